"""What is said of after-sale requests that exist: their number, where they stand, taking one back (AS-01, AS-03)."""

from collections.abc import Sequence

from bot.actions.talk import Talk, person_button
from shop.aftersales.kinds import KINDS
from shop.aftersales.requests import withdraw
from shop.cards import Card
from shop.errors import RequestUnknown
from shop.model import AfterSale, AfterSaleKind, AfterSaleState, Order
from shop.orders import own_orders

LOOKED_AT = 20
"""Orders of a buyer whose requests are told, the newest."""


def request_label(request: AfterSale) -> str:
    """What the buyer asked for: the kind where it has one usual remedy, else the remedy chosen."""
    chosen = request.kind.value if KINDS[request.kind].usual or not request.wish else request.wish
    return chosen.removeprefix("申请")


def request_card(request: AfterSale) -> Card:
    return {"kind": "request", "number": request.number, "kind_name": request.kind.value, "step": request.step.value}


def is_open(request: AfterSale) -> bool:
    return request.state is AfterSaleState.OPEN


def get_request(talk: Talk, number: str) -> AfterSale:
    """Raises RequestUnknown."""
    request = talk.uow.aftersales.find(number)
    if request is None:
        raise RequestUnknown(number=number)
    return request


def find_open(talk: Talk, order: Order, kind: AfterSaleKind, sku: str = "") -> AfterSale | None:
    """The request of that kind that is under way: for the line or the whole order; without a line, for any."""
    requests = talk.uow.aftersales.of_order(order.order_no)
    of_kind = (r for r in requests if is_open(r) and r.kind is kind)
    return next((r for r in of_kind if not sku or r.sku in ("", sku)), None)


def tell_open_one(talk: Talk, request: AfterSale) -> None:
    talk.say(
        "request_opened",
        already=True,
        request_no=request.number,
        request_kind=request_label(request),
        step=request.step.value,
        cards=[request_card(request)],
    )


def tell_request(talk: Talk, request: AfterSale) -> None:
    """Where it stands (requirement AS-03)."""
    talk.say(
        "request_state",
        request_no=request.number,
        request_kind=request_label(request),
        step=request.step.value,
        done=not is_open(request),
        status=request.state.value,
        refund_fen=request.amount_fen or None,
        cards=[request_card(request)],
    )


def tell_requests(talk: Talk, order: Order) -> bool:
    """The newest of the order; False where there is none."""
    requests = talk.uow.aftersales.of_order(order.order_no)
    for request in requests[:3]:
        tell_request(talk, request)
    return bool(requests)


def tell_all_requests(talk: Talk) -> bool:
    """Every request of this buyer, the newest order's first."""
    told = [tell_requests(talk, order) for order in own_orders(talk.uow, talk.conversation)[:LOOKED_AT]]
    return any(told)


def open_requests(talk: Talk) -> list[AfterSale]:
    orders = own_orders(talk.uow, talk.conversation)[:LOOKED_AT]
    return [r for order in orders for r in talk.uow.aftersales.of_order(order.order_no) if is_open(r)]


def withdraw_request(talk: Talk) -> bool:
    """撤销退款: the one open request that fits the words is taken back; of several the buyer has to say which."""
    waiting = open_requests(talk)
    meant = [r for r in waiting if request_label(r) in talk.text] or waiting
    if len(meant) == 1:
        withdraw(meant[0], talk.now)
    _tell_each(talk, meant)
    return bool(meant)


def _tell_each(talk: Talk, requests: Sequence[AfterSale]) -> None:
    for request in requests[:3]:
        tell_request(talk, request)
    if len(requests) > 1:
        talk.say("request_state", several=True, buttons=[person_button()])
