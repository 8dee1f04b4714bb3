"""What needs an order: which questions come first, which orders are likely meant, how it is answered."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.actions.aftersale import (
    REQUESTS_OF_ORDER,
    check_request,
    claim_compensation,
    open_from_form,
    protect_price,
    tell_requests_of,
)
from bot.actions.payment import (
    cancel_order,
    change_address,
    change_order,
    check_cancel,
    needs_cancel_confirm,
    report_paid,
)
from bot.actions.talk import Settled, Talk
from bot.actions.tracking import (
    arrange_delivery,
    extend,
    is_half_here,
    report_not_received,
    track,
    urge_delivery,
    urge_shipment,
)
from shop.model import Order, OrderStatus
from shop.orders import NOT_SENT, ON_THE_WAY, RECEIVED

S = OrderStatus
OPEN = frozenset({S.TO_SHIP, S.PARTLY_SHIPPED, S.SHIPPED})


@dataclass(frozen=True)
class Topic:
    """`steps` are slots of the form after the order; `likely` states are looked at first when nothing was said."""

    answer: Callable[[Talk, Order], None]
    likely: frozenset[OrderStatus]
    steps: tuple[str, ...] = ()
    check: Callable[[Talk, Order, str], None] | None = None
    confirm_when: Callable[[Order], bool] = lambda order: True
    brief: bool = False
    """Answered in the middle of another topic, which then goes on."""
    soothes: bool = False
    """Its answer begins with an apology of its own."""


Check = Callable[[Talk, Order, str], None]


def _request(*steps: str, check: Check = check_request) -> Topic:
    return Topic(open_from_form, RECEIVED, (*steps, "confirmed"), check)


def check_missing(talk: Talk, order: Order, topic: str) -> None:
    """怎么只收到一半: the rest may be on its way still. Raises Settled and what `check_request` raises."""
    if is_half_here(talk, order) and "错" not in str(talk.slot("story")):
        track(talk, order)
        raise Settled
    check_request(talk, order, topic)


TOPICS: dict[str, Topic] = {
    # payment
    "report_paid": Topic(report_paid, frozenset({S.UNPAID, S.TO_SHIP}), brief=True),
    "cancel_order": Topic(cancel_order, NOT_SENT, ("confirmed",), check_cancel, needs_cancel_confirm),
    "change_order": Topic(change_order, NOT_SENT),
    "change_address": Topic(change_address, NOT_SENT | ON_THE_WAY),
    # tracking
    "track_order": Topic(track, OPEN, brief=True),
    "urge_shipment": Topic(urge_shipment, frozenset({S.TO_SHIP}), brief=True, soothes=True),
    "urge_delivery": Topic(urge_delivery, ON_THE_WAY, brief=True, soothes=True),
    "report_not_received": Topic(report_not_received, ON_THE_WAY | {S.SIGNED}, soothes=True),
    "arrange_delivery": Topic(arrange_delivery, ON_THE_WAY),
    "extend_receipt": Topic(extend, ON_THE_WAY),
    # after-sale
    "request_return": _request("goods", "reason"),
    "request_exchange": _request("goods", "reason"),
    "request_refund": _request("goods", "reason"),
    "report_damage": _request("goods", "photos", "remedy"),
    "report_quality": _request("goods", "photos", "remedy"),
    "report_wrong_missing": _request("goods", "photos", "remedy", check=check_missing),
    "ask_repair": _request("goods", "photos"),
    "request_price_protection": Topic(protect_price, frozenset(S) - {S.UNPAID, S.CLOSED}),
    REQUESTS_OF_ORDER: Topic(tell_requests_of, frozenset(S), brief=True),
    "claim_compensation": Topic(claim_compensation, frozenset(S) - {S.UNPAID}, soothes=True),
}
"""Intent → topic; `REQUESTS_OF_ORDER` is no intent: it begins where a guest asks. Which after-sale kind an intent
opens is `shop.aftersales.kinds.KIND_OF_INTENT`.
"""

SENT = frozenset({S.SHIPPED, S.PARTLY_SHIPPED})
MEANT_IN: dict[str, tuple[tuple[frozenset[OrderStatus], str], ...]] = {
    "request_return": ((NOT_SENT, "cancel_order"),),
    "request_refund": ((NOT_SENT, "cancel_order"),),
    "request_exchange": ((NOT_SENT, "change_order"),),
    "cancel_order": ((RECEIVED, "request_return"),),
    "change_order": ((RECEIVED, "request_exchange"),),
    "urge_shipment": ((SENT, "urge_delivery"),),
    "urge_delivery": ((frozenset({S.TO_SHIP}), "urge_shipment"), (frozenset({S.SIGNED}), "report_not_received")),
    "report_not_received": ((frozenset({S.TO_SHIP}), "urge_shipment"),),
}
"""What the same words mean by the state of the order: 退吧, 换个码, 还没到吗 (requirement AS-06)."""


def meant_in(topic: str, status: OrderStatus) -> str:
    """The topic itself where its words fit the state."""
    return next((other for states, other in MEANT_IN.get(topic, ()) if status in states), topic)


FAULT_TOPICS: dict[str, str] = {
    "商品有质量问题": "report_quality",
    "发错或少发": "report_wrong_missing",
    "运输中破损": "report_damage",
}
"""Reasons for a return that are the shop's fault: their own register, longer time, postage on the shop (AS-04)."""
REASONS_OF_TOPIC = {topic: reason for reason, topic in FAULT_TOPICS.items()}
