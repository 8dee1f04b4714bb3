"""The questions of the service form, one action a slot, and the answer at its end."""

from bot.actions.aftersale import kind_of
from bot.actions.answers import answer_for
from bot.actions.base import ShopAction
from bot.actions.orders import ask_order
from bot.actions.talk import Talk, button, person_button
from bot.actions.topics import TOPICS
from phrases.labels import CONFIRM, NOT_NOW, REASONS, SKIP_PHOTO
from shop.aftersales.requests import remedies
from shop.model import Order
from shop.orders import access_order


def form_order(talk: Talk) -> Order:
    return access_order(talk.uow, talk.conversation, str(talk.slot("order_no")))


class AskOrderNo(ShopAction):
    intent = "ask_order_no"
    in_form = True

    def answer(self, talk: Talk) -> None:
        ask_order(talk)


class AskGoods(ShopAction):
    intent = "ask_goods"
    in_form = True

    def answer(self, talk: Talk) -> None:
        lines = form_order(talk).lines
        buttons = [button(f"{line.title} {line.variant}".strip(), "inform", sku=line.sku) for line in lines[:6]]
        talk.say("ask_detail", field="goods", buttons=[*buttons, button("全部商品", "inform", sku="all")])


class AskReason(ShopAction):
    intent = "ask_reason"
    in_form = True

    def answer(self, talk: Talk) -> None:
        talk.say("ask_detail", field="reason", buttons=[button(r, "inform", reason=r) for r in REASONS])


class AskPhotos(ShopAction):
    intent = "ask_photos"
    in_form = True

    def answer(self, talk: Talk) -> None:
        talk.say("ask_detail", field="photo", buttons=[button(SKIP_PHOTO, "inform", photos="none")])


class AskRemedy(ShopAction):
    """The remedies that the policy allows (requirement AS-07)."""

    intent = "ask_remedy"
    in_form = True

    def answer(self, talk: Talk) -> None:
        kind = kind_of(talk, str(talk.slot("topic")))
        offered = remedies(kind, form_order(talk), talk.policy, talk.now)
        talk.say(
            "remedy_offer",
            remedies=list(offered),
            buttons=[*(button(r, "inform", remedy=r) for r in offered), person_button()],
        )


class AskConfirmed(ShopAction):
    intent = "ask_confirmed"
    in_form = True

    def answer(self, talk: Talk) -> None:
        order, topic = form_order(talk), str(talk.slot("topic"))
        buttons = [button(CONFIRM, "affirm"), button(NOT_NOW, "deny")]
        if topic == "cancel_order":
            talk.say("confirm_request", cancel=True, order_no=order.order_no, goods=order.goods, buttons=buttons)
            return
        line = next((line for line in order.lines if line.sku == talk.slot("goods")), None)
        kind = kind_of(talk, topic).value
        wanted = (talk.slot("remedy") or kind).removeprefix("申请")
        talk.say(
            "confirm_request",
            request_kind=wanted,
            goods=line.title if line else order.goods,
            order_no=order.order_no,
            reason=talk.slot("reason") or (kind if kind != wanted else None),
            buttons=buttons,
        )


class Serve(ShopAction):
    """All is known: the answer of the topic, then the other wish of the same message. A form that was left has none."""

    intent = "serve"
    in_form = True

    def answer(self, talk: Talk) -> None:
        topic, later = talk.slot("topic"), talk.slot("later")
        if topic not in TOPICS or not talk.slot("order_no"):
            talk.remember(later=None)
            return
        order = form_order(talk)
        TOPICS[topic].answer(talk, order)
        if later:
            _go_on(talk, str(later), order)


def _go_on(talk: Talk, later: str, order: Order) -> None:
    """The wish that waited, about the same order where its state fits."""
    if later in TOPICS and TOPICS[later].brief and order.status in TOPICS[later].likely:
        talk.remember(later=None)
        TOPICS[later].answer(talk, order)
    else:
        answer_for(later)(talk)
