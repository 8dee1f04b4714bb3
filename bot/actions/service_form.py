"""The form behind everything that is about an order: which one, what is needed more, then the answer.

A question in the middle is answered and the form goes on; 不对,是另一个订单 corrects; 算了 leaves.
"""

import re
from collections.abc import Callable

from bot.actions.aftersale import kind_of
from bot.actions.answers import answer_for
from bot.actions.base import OTHER_ORDER, ShopAction, calm_down, offer_person, settle_dispute, told
from bot.actions.orders import find_tail, orders_named, settle_order, word_for_goods
from bot.actions.second import begin
from bot.actions.shortcuts import take_shortcut
from bot.actions.talk import Settled, Talk
from bot.actions.topics import FAULT_TOPICS, REASONS_OF_TOPIC, TOPICS, meant_in
from bot.actions.tracking import tell_waybill
from shop.aftersales.kinds import KIND_OF_INTENT, KINDS
from shop.aftersales.requests import remedies
from shop.errors import ShopError
from shop.model import Order
from shop.orders import access_order, own_orders

LEAVES = re.compile(r"^(那?就?算了|不用了|不弄了|没事了?|不退了|不换了|不取消了|先不了|不申请了)[吧啊呀哦,。!~ ]*")
NO_NUMBER = re.compile(r"(不知道|不清楚|不记得|记不得|忘了|忘记|找不到|查不到|没有|没记).{0,4}(订?单号|号码?|订单)")
"""Asked for the order number; what these words are like otherwise is a question where the parcel is."""
BARE_NO = re.compile(r"(没有?|无|不是?|不用|不要)[。.!！~ ]*$")
OWN_WORDS = ("nlu_fallback", "inform", "chitchat", "deny")
"""Understood as these, a message may as well be the reason that was asked for."""
ASIDES = 3
"""So many questions in a row about other things."""
GATHERED = (
    "goods", "reason", "photos", "remedy", "confirmed", "story", "choice", "guest_order", "excluded",
    "next_topic", "later", "wish",
)  # fmt: skip


class ValidateServiceForm(ShopAction):
    intent = "validate_service_form"
    in_form = True

    def name(self) -> str:
        return self.intent

    def answer(self, talk: Talk) -> None:
        if settle_dispute(talk) or offer_person(talk, again=False):
            talk.remember(requested_slot=None, topic=None)
            return
        try:
            go_on = _start(talk) if talk.slot("requested_slot") is None else _take_reply(talk)
            requested = _next_slot(talk) if go_on else None
        except Settled:
            go_on, requested = False, None
        except ShopError:  # told to the buyer by the frame; the form ends
            talk.remember(requested_slot=None, topic=None)
            raise
        talk.remember(requested_slot=requested)
        if not go_on:
            talk.remember(topic=None)


def _start(talk: Talk) -> bool:
    if take_shortcut(talk) or _declines_offer(talk) or _names_waybill(talk):
        raise Settled
    before, guest, following = talk.slot("order_no"), talk.slot("guest_order"), talk.slot("next_topic")
    story = talk.slot("story") if talk.slot("later") else talk.text[:500]
    talk.remember(**{**dict.fromkeys(GATHERED), "order_no": None, "story": story, "guest_order": guest})
    if following:
        talk.remember(topic=following)
    elif talk.intent in TOPICS and not OTHER_ORDER.search(talk.text):
        if not TOPICS[talk.intent].soothes:
            calm_down(talk)
        talk.remember(topic=begin(talk, talk.intent))
    talk.remember(reason=REASONS_OF_TOPIC.get(str(talk.slot("topic"))), pending=None, form_turns=0)
    if OTHER_ORDER.search(talk.text):
        _exclude(talk, before)
    return talk.slot("topic") in TOPICS


def _declines_offer(talk: Talk) -> bool:
    """不要了 in the middle of bargaining, with no order that could be cancelled."""
    declined = talk.slot("pending") == "bargain" and talk.intent == "cancel_order"
    if declined and not own_orders(talk.uow, talk.conversation) and not talk.entity("order_no"):
        talk.say("declined")
        return True
    return False


def _names_waybill(talk: Talk) -> bool:
    """查一下 SF…: that parcel is asked for, and nothing else of the order."""
    waybill = talk.entity("waybill")
    if waybill and talk.intent in ("track_order", "urge_delivery"):
        tell_waybill(talk, str(waybill))
        return True
    return False


def _exclude(talk: Talk, order_no: str | None) -> None:
    talk.remember(excluded=order_no or talk.conversation.order_no, order_no=None, goods=None)
    talk.conversation.order_no = None


def _take_reply(talk: Talk) -> bool:
    """Use the message for the form; False leaves it."""
    requested, topic = str(talk.slot("requested_slot")), str(talk.slot("topic"))
    if talk.intent == "ask_human":
        talk.hand_over("买家要求人工")
        return False
    if LEAVES.match(talk.text) or talk.intent == "goodbye":
        talk.say("form_left")
        return False
    if OTHER_ORDER.search(talk.text):
        _exclude(talk, talk.slot("order_no"))
    elif FILL[requested](talk) or _keep_photos(talk):
        talk.remember(misses=0, form_turns=0)
    elif requested == "order_no" and NO_NUMBER.search(talk.text):
        return _missed(talk)
    elif talk.intent in TOPICS and talk.intent != topic:
        return _other_topic(talk)
    else:
        return _aside(talk)
    return True


def _keep_photos(talk: Talk) -> bool:
    """A picture sent before it is asked for."""
    if talk.photos and "photos" in TOPICS[str(talk.slot("topic"))].steps:
        talk.remember(photos=[*(talk.slot("photos") or []), *talk.photos])
    return bool(talk.photos)


def _other_topic(talk: Talk) -> bool:
    """A short one about the same order is answered in between; any other takes the place of what was asked."""
    kept = talk.slot("order_no")
    order = access_order(talk.uow, talk.conversation, str(kept)) if kept else None
    fits = order is not None and order.status in TOPICS[talk.intent].likely
    if order is not None and fits and TOPICS[talk.intent].brief:
        TOPICS[talk.intent].answer(talk, order)
        return True
    _start(talk)
    talk.remember(order_no=kept if fits else None)
    return True


def _missed(talk: Talk) -> bool:
    misses = int(talk.slot("misses") or 0) + 1
    talk.remember(misses=misses)
    if misses < talk.policy.misses:
        return True
    talk.remember(misses=0)
    talk.hand_over("机器人没听懂")
    return False


def _aside(talk: Talk) -> bool:
    """Something else in the middle: answered, and the form goes on; after several of them it is left, since the buyer
    has moved on. Twice nothing to go by, the same wish once more among it: a person.
    """
    if talk.intent in ("nlu_fallback", "inform", "affirm", "deny", "default_fallback", talk.slot("topic")):
        return _missed(talk)
    topic = str(talk.slot("topic"))
    if talk.intent == "ask_shipping_fee" and topic in KIND_OF_INTENT:  # who pays for the way back is meant
        talk.say("return_how", postage=KINDS[kind_of(talk, topic)].postage.value)
    else:
        told(talk, answer_for(talk.intent))
        if talk.also and talk.also not in TOPICS:
            told(talk, answer_for(talk.also))
    talk.follow_up = None
    turns = int(talk.slot("form_turns") or 0) + 1
    talk.remember(misses=0, form_turns=turns)
    return turns < ASIDES


def _next_slot(talk: Talk) -> str | None:
    """What has to be asked next; None when all is there."""
    topic = str(talk.slot("topic"))
    if not talk.slot("order_no"):
        order = settle_order(talk, topic)
        if order is None:
            return "order_no"
    order = access_order(talk.uow, talk.conversation, str(talk.slot("order_no")))
    topic = meant_in(topic, order.status)
    talk.remember(topic=topic)
    _take_wish(talk, topic, order)
    check = TOPICS[topic].check
    if check is not None and talk.slot("confirmed") is None:
        check(talk, order, topic)
    return next((step for step in TOPICS[topic].steps if NEEDED[step](talk, order)), None)


def _take_wish(talk: Talk, topic: str, order: Order) -> None:
    """The remedy that was wished for in the first message, where the rules offer it."""
    wish = talk.slot("wish")
    if wish and "remedy" in TOPICS[topic].steps:
        offered = remedies(kind_of(talk, topic), order, talk.policy, talk.now)
        talk.remember(wish=None, remedy=next((remedy for remedy in offered if remedy in wish), talk.slot("remedy")))


def _missing(slot: str) -> Callable[[Talk, Order], bool]:
    return lambda talk, order: talk.slot(slot) is None


NEEDED: dict[str, Callable[[Talk, Order], bool]] = {
    "goods": lambda talk, order: talk.slot("goods") is None and len(order.lines) > 1,
    "reason": _missing("reason"),
    "photos": _missing("photos"),
    "remedy": _missing("remedy"),
    "confirmed": lambda talk, order: (
        talk.slot("confirmed") is None and TOPICS[str(talk.slot("topic"))].confirm_when(order)
    ),
}


def _fill_order(talk: Talk) -> bool:
    """Settled in _next_slot; here only whether the message says something about it."""
    if talk.entity("order_choice") == "all":
        talk.remember(choice=None)
    named = (talk.entity(name) for name in ("order_no", "phone", "order_choice"))
    if find_tail(talk) or any(value is not None for value in named):
        return True
    stated = talk.intent in (str(talk.slot("topic")), *OWN_WORDS)
    return stated and bool(orders_named(talk, own_orders(talk.uow, talk.conversation)))


def _fill_goods(talk: Talk) -> bool:
    order = access_order(talk.uow, talk.conversation, str(talk.slot("order_no")))
    sku, product, text, word = talk.entity("sku"), talk.entity("product"), talk.text, word_for_goods(talk)
    for line in order.lines:
        if sku == line.sku or product == line.product_code or (word and word in line.title):
            talk.remember(goods=line.sku)
            return True
    if "全部" in text or "都" in text or sku == "all":
        talk.remember(goods="")
        return True
    return False


def _fill_reason(talk: Talk) -> bool:
    """A button, or the buyer's own words unless they ask something else altogether."""
    chosen = talk.entity("reason")
    fault = FAULT_TOPICS.get(str(chosen)) or (talk.intent if talk.intent in REASONS_OF_TOPIC else None)
    if fault:
        talk.remember(topic=fault)
    own_words = talk.intent in (fault, str(talk.slot("topic")), *OWN_WORDS)
    if chosen or (own_words and not BARE_NO.match(talk.text)):
        talk.remember(reason=str(chosen or talk.text)[:200])
        return True
    return False


def _fill_photos(talk: Talk) -> bool:
    if talk.photos:
        talk.remember(photos=[*(talk.slot("photos") or []), *talk.photos])
        return True
    if (
        talk.entity("photos") == "none"
        or talk.intent == "deny"
        or re.search(r"没有|没拍|拍不了|跳过|不方便", talk.text)
    ):
        talk.remember(photos=[])
        return True
    return False


def _fill_remedy(talk: Talk) -> bool:
    order = access_order(talk.uow, talk.conversation, str(talk.slot("order_no")))
    offered = remedies(kind_of(talk, str(talk.slot("topic"))), order, talk.policy, talk.now)
    said = str(talk.entity("remedy") or talk.text)
    chosen = next((remedy for remedy in offered if remedy in said), None)
    if chosen:
        talk.remember(remedy=chosen)
    return chosen is not None


def _fill_confirmed(talk: Talk) -> bool:
    if talk.intent == "affirm":
        talk.remember(confirmed=True)
        return True
    if talk.intent == "deny":
        talk.say("form_left")
        raise Settled
    return False


FILL: dict[str, Callable[[Talk], bool]] = {
    "order_no": _fill_order,
    "goods": _fill_goods,
    "reason": _fill_reason,
    "photos": _fill_photos,
    "remedy": _fill_remedy,
    "confirmed": _fill_confirmed,
}
