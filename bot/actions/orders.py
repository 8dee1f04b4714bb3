"""Which order is meant? Number, last four digits, the one chosen, the only likely one; else a choice (SQ-03)."""

import re
from collections.abc import Sequence

from bot.actions.talk import Settled, Talk, button, order_button, person_button
from bot.actions.topics import MEANT_IN, TOPICS
from phrases.labels import OTHER_ORDER
from shop.cards import order_card
from shop.errors import TooManyTries, VerificationFailed
from shop.model import Order, OrderStatus
from shop.orders import NOT_SENT, access_order, orders_by_tail, own_orders, verify_guest

SHOWN = 5
BARE = 5
"""Up to so many characters a wish names neither goods nor state."""
FOUR = re.compile(r"[0-9]{4}")
FILLERS = re.compile(
    r"(是|就是)?(那|这)?(个|一|款|件|单|订单|笔)*的?(那|这)?(个|款|件|单|订单|笔)?[。,，!！~ ]*$"
    r"|^(我要|我买的|就是|是)"
)
"""What stands around the goods in 是茶叶那个."""


def settle_order(talk: Talk, topic: str) -> Order | None:
    """The order that is meant, or None where the buyer has to say. Raises Settled, OrderUnknown."""
    if talk.conversation.buyer_id is None:
        return _settle_guest(talk)
    orders = own_orders(talk.uow, talk.conversation)
    if not orders:
        talk.say("which_order", none=True)
        raise Settled
    if number := talk.entity("order_no"):
        return _choose(talk, access_order(talk.uow, talk.conversation, str(number)))
    if tail := find_tail(talk):
        return _settle_tail(talk, orders, tail)
    if named := orders_named(talk, orders):
        return _offer(talk, named)
    return _settle_unsaid(talk, orders, topic)


def find_tail(talk: Talk) -> str | None:
    """Four digits; alone, after the question for the order, also such as look like a year."""
    bare = FOUR.fullmatch(talk.text.strip()) if talk.slot("requested_slot") == "order_no" else None
    return bare[0] if bare else talk.entity("order_tail")


def word_for_goods(talk: Talk) -> str:
    """茶叶那个 → 茶叶; empty where nothing is left to go by."""
    word = FILLERS.sub("", talk.text)
    return word if len(word) > 1 else ""


def orders_named(talk: Talk, orders: Sequence[Order]) -> list[Order]:
    """Those that hold the product named in the message, or goods whose title has the word."""
    code, word = talk.entity("product"), word_for_goods(talk)
    return [o for o in orders if any(ln.product_code == code or (word and word in ln.title) for ln in o.lines)]


def _settle_tail(talk: Talk, orders: Sequence[Order], tail: str) -> Order | None:
    """Only among the buyer's own: another's order of the same digits does not exist here."""
    found = orders_by_tail(orders, tail)
    if len(found) == 1:
        return _choose(talk, found[0])
    if not found:
        talk.say("order_unknown", order_no=tail)
    talk.remember(choice=[o.order_no for o in found] or None)
    return None


def _settle_unsaid(talk: Talk, orders: Sequence[Order], topic: str) -> Order | None:
    excluded = talk.slot("excluded")
    rest = [o for o in orders if o.order_no != excluded]
    if excluded:  # which of the others is the buyer's to say: a likely one was wrong once
        return _offer(talk, rest)
    likely = [o for o in rest if o.status in _likely_states(talk, topic)]
    chosen = next((o for o in rest if o.order_no == talk.conversation.order_no), None)
    if chosen is not None and (chosen in likely or not likely):
        return _choose(talk, chosen)
    return _offer(talk, likely or rest)


def _likely_states(talk: Talk, topic: str) -> frozenset[OrderStatus]:
    """退 / 换个码 and no word more: an order that is not sent may be meant as well as one that is here."""
    likely = TOPICS[topic].likely
    if len(talk.text) > BARE or talk.intent not in TOPICS:
        return likely
    return likely.union(*(states for states, _ in MEANT_IN.get(topic, ()) if states == NOT_SENT))


def _offer(talk: Talk, candidates: Sequence[Order]) -> Order | None:
    """The only one, or a choice."""
    if len(candidates) == 1:
        return _choose(talk, candidates[0])
    talk.remember(choice=[o.order_no for o in candidates[:SHOWN]])
    return None


def _choose(talk: Talk, order: Order) -> Order:
    talk.conversation.order_no = order.order_no
    talk.remember(order_no=order.order_no, choice=None, excluded=None)
    return order


def _settle_guest(talk: Talk) -> Order | None:
    """Order number, then the last four digits of the receiver's phone; misses are counted (requirement PC-01)."""
    verified = talk.conversation.verified_orders
    number = talk.entity("order_no")
    excluded = talk.slot("excluded")
    if number in verified or (not number and verified and verified[-1] != excluded and not talk.slot("guest_order")):
        return _choose(talk, access_order(talk.uow, talk.conversation, str(number or verified[-1])))
    if number:
        talk.remember(guest_order=str(number))
    claimed, tail = talk.slot("guest_order"), _phone_tail(talk)
    if not claimed or not tail:
        return None
    return _verify(talk, str(claimed), tail)


def _phone_tail(talk: Talk) -> str | None:
    phone = talk.entity("phone")
    return str(phone)[-4:] if phone else find_tail(talk)


def _verify(talk: Talk, number: str, tail: str) -> Order | None:
    try:
        order = verify_guest(talk.uow, talk.conversation, number, tail, talk.policy)
    except VerificationFailed as failed:
        talk.remember(guest_order=None, tries_left=failed.facts["tries_left"])
        return None
    except TooManyTries:
        talk.remember(guest_order=None)
        talk.hand_over("订单核对多次未通过")
        raise Settled from None
    talk.remember(guest_order=None)
    return _choose(talk, order)


def _ask_guest(talk: Talk) -> None:
    left = talk.slot("tries_left")
    talk.remember(tries_left=None)
    if left is not None:
        talk.say("guest_check", step="mismatch", tries_left=int(left))
    elif talk.slot("guest_order"):
        talk.say("guest_check", step="phone")
    elif talk.slot("misses"):
        talk.say("guest_check", step="order", asked_before=True, buttons=[person_button()])
    else:
        talk.say("guest_check", step="order")


def ask_order(talk: Talk) -> None:
    """The question for the order, with the likely ones as buttons: date, goods, state."""
    if talk.conversation.buyer_id is None:
        _ask_guest(talk)
        return
    orders = own_orders(talk.uow, talk.conversation)
    listed = talk.slot("choice") or []
    shown = [o for o in orders if o.order_no in listed] or list(orders[:SHOWN])
    more = [button(OTHER_ORDER, "inform", order_choice="all")] if len(orders) > len(shown) else [person_button()]
    talk.say(
        "which_order",
        count=len(shown),
        buttons=[*(order_button(o) for o in shown), *more],
        cards=[order_card(o) for o in shown[:3]],
    )
