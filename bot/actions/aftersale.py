"""From receipt on: requests, their state, and the rules that hold for them (requirements AS-01 to AS-07)."""

from bot.actions.base import ShopAction
from bot.actions.requests import (
    find_open,
    get_request,
    open_requests,
    request_card,
    request_label,
    tell_all_requests,
    tell_open_one,
    tell_request,
    tell_requests,
)
from bot.actions.talk import Settled, Talk, order_button, person_button
from phrases.describe import describe_return_rule
from shop.aftersales.kinds import DIFFERENCE, KIND_OF_INTENT
from shop.aftersales.pricing import price_protection
from shop.aftersales.requests import check_eligible, open_request
from shop.complaints import cause_of, claim, register_complaint
from shop.errors import AlreadyOpen, NotEligible, WrongState
from shop.model import AfterSaleKind, Order, OrderLine
from shop.orders import own_orders


def kind_of(talk: Talk, topic: str) -> AfterSaleKind:
    return KIND_OF_INTENT[topic]


def _lines_meant(talk: Talk, order: Order) -> list[OrderLine]:
    """The line chosen; all of them where the whole order is meant or nothing was said."""
    return [line for line in order.lines if line.sku == talk.slot("goods")] or list(order.lines)


def check_request(talk: Talk, order: Order, topic: str) -> None:
    """Before any more is asked: is it open already, does the rule allow it? Raises Settled, NotEligible, WrongState.

    While the line is not chosen, an order is refused only if every line is.
    """
    kind, lines = kind_of(talk, topic), _lines_meant(talk, order)
    chosen = talk.slot("goods") is not None or len(order.lines) == 1
    if chosen and (under_way := find_open(talk, order, kind, talk.slot("goods") or "")):
        tell_open_one(talk, under_way)
        raise Settled
    refusals = [found for line in lines if (found := _find_refusal(talk, order, kind, line))]
    if refusals and (len(refusals) == len(lines) or chosen):
        raise refusals[0]


def _find_refusal(talk: Talk, order: Order, kind: AfterSaleKind, line: OrderLine) -> NotEligible | WrongState | None:
    try:
        check_eligible(order, talk.uow.products.find(line.product_code), kind, talk.policy, talk.now)
    except (NotEligible, WrongState) as refusal:
        return refusal
    return None


def open_from_form(talk: Talk, order: Order, kind: AfterSaleKind | None = None) -> None:
    """Open what the form has gathered; the answer carries its number (requirement AS-01)."""
    topic = talk.slot("topic")
    kind = kind or kind_of(talk, topic)
    try:
        request = open_request(
            talk.uow,
            talk.conversation,
            order,
            kind,
            reason=talk.slot("reason") or kind.value,
            description=talk.slot("story") or "",
            sku=talk.slot("goods") or "",
            photos=list(talk.slot("photos") or []),
            wish=talk.slot("remedy") or "",
            policy=talk.policy,
            now=talk.now,
            turn_id=talk.turn_id,
        )
    except AlreadyOpen as open_one:
        tell_open_one(talk, get_request(talk, str(open_one.facts["number"])))
        return
    talk.say(
        "request_opened",
        request_no=request.number,
        request_kind=request_label(request),
        order_no=order.order_no,
        goods=next((line.title for line in order.lines if line.sku == request.sku), order.goods),
        cards=[request_card(request)],
    )


REQUESTS_OF_ORDER = "requests_of_order"


def tell_requests_of(talk: Talk, order: Order) -> None:
    if not tell_requests(talk, order):
        talk.say("request_state", none=True, buttons=[person_button()])


def is_stranger(talk: Talk) -> bool:
    """Nobody's orders are known to be theirs."""
    return talk.conversation.buyer_id is None and not talk.conversation.verified_orders


class AskRefundStatus(ShopAction):
    """Over all of the buyer's orders: the requests say which one is meant. A guest is asked for the order (PC-07)."""

    intent = "ask_refund_status"

    def answer(self, talk: Talk) -> None:
        if is_stranger(talk):
            talk.remember(next_topic=REQUESTS_OF_ORDER, order_no=None)
            talk.follow_up = "service_form"
        elif not tell_all_requests(talk):
            talk.say("request_state", none=True, buttons=[person_button()])


class AskReturnHow(ShopAction):
    """What is under way first; then how it goes, the address only after approval (requirement AS-43)."""

    intent = "ask_return_how"

    def answer(self, talk: Talk) -> None:
        for request in open_requests(talk)[:3]:
            tell_request(talk, request)
        talk.say("return_how", rule=describe_return_rule(None, talk.policy))


def protect_price(talk: Talk, order: Order) -> None:
    """The difference to today's price, by the shop's rule (request_price_protection)."""
    found = price_protection(talk.uow, order, talk.policy, talk.now)
    if found.covered and found.refund_fen > 0:
        talk.remember(reason="价保退差价", remedy=DIFFERENCE)
        talk.say("price_protection", covered=True, refund_fen=found.refund_fen, rule=found.rule)
        open_from_form(talk, order, AfterSaleKind.REFUND)
    else:
        talk.say("price_protection", covered=found.covered, fallen=False, rule=found.rule, buttons=[person_button()])


class Complain(ShopAction):
    """Apology, cause, what is offered, number (requirements CC-01, CC-02)."""

    intent = "complain"
    soothes = True

    def answer(self, talk: Talk) -> None:
        order = likely_order(talk)
        cause = cause_of(talk.uow, order, talk.text, talk.policy, talk.now)
        complaint = register_complaint(
            talk.uow,
            talk.conversation,
            order,
            cause,
            talk.text[:500],
            policy=talk.policy,
            now=talk.now,
            turn_id=talk.turn_id,
        )
        talk.soothe(cause)
        talk.say(
            "complaint_registered",
            complaint_no=complaint.number,
            due_at=complaint.reply_by.isoformat(),
            buttons=[*([order_button(order)] if order else []), person_button()],
        )


def likely_order(talk: Talk) -> Order | None:
    """The order talked about, or the newest one."""
    orders = own_orders(talk.uow, talk.conversation)
    named = talk.entity("order_no") or talk.conversation.order_no
    return next((o for o in orders if o.order_no == named), orders[0] if orders else None)


def claim_compensation(talk: Talk, order: Order) -> None:
    """Put down for a person to decide; no amount is promised, and beyond the limit the leader is called."""
    cause = cause_of(talk.uow, order, talk.text, talk.policy, talk.now)
    claimed = claim(
        talk.uow,
        talk.conversation,
        order,
        cause,
        talk.text[:500],
        asked_fen=talk.entity("money"),
        policy=talk.policy,
        now=talk.now,
        turn_id=talk.turn_id,
    )
    complaint = claimed.complaint
    talk.soothe(cause)
    talk.say("complaint_registered", complaint_no=complaint.number, due_at=complaint.reply_by.isoformat())
    if claimed.to_leader:
        talk.hand_over("补偿超出权限", complaint.number)
