"""Opening after-sale requests and moving them through their steps. Reads the table, names no kind. AS-01 to AS-03."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.aftersales.eligibility import check_eligible, remedies
from shop.aftersales.kinds import KINDS
from shop.aftersales.pricing import amount_fen
from shop.errors import AlreadyOpen, FieldWrong, WrongState
from shop.model import (
    AfterSale,
    AfterSaleKind,
    AfterSaleState,
    AfterSaleStep,
    Conversation,
    Order,
    Product,
    StepRecord,
)
from shop.orders import access_order
from shop.policy import Policy
from shop.ports import UnitOfWork

__all__ = [
    "RequestState",
    "advance",
    "check_eligible",
    "close",
    "may_send_back",
    "open_request",
    "remedies",
    "state_of",
    "withdraw",
]

BUYER = "买家"
BOT = "bot"


@dataclass(frozen=True)
class RequestState:
    """Where a request stands: `phrase` is the library key for it, `next_step` None in the last."""

    request: AfterSale
    phrase: str
    next_step: AfterSaleStep | None
    may_send_back: bool


def open_request(
    uow: UnitOfWork,
    conversation: Conversation,
    order: Order,
    kind: AfterSaleKind,
    *,
    reason: str,
    description: str = "",
    sku: str = "",
    photos: Sequence[str] = (),
    wish: str = "",
    policy: Policy,
    now: datetime,
    turn_id: str = "",
) -> AfterSale:
    """A new request about one order that may be spoken of here. The same turn again gets the first one.

    Without a `wish` the kind's usual remedy is meant. Raises OrderUnknown, FieldWrong(field),
    AlreadyOpen(number), NotEligible(rule), WrongState(rule).
    """
    known = uow.aftersales.find_by_turn(turn_id)
    if known is not None:
        return known
    access_order(uow, conversation, order.order_no)
    order = uow.orders.lock(order.order_no)
    sku = _line_of(order, sku)
    wish = wish or KINDS[kind].usual
    _check_not_open(uow, order, kind, sku)
    for product in _products(uow, order, sku):
        check_eligible(order, product, kind, policy, now, wish=wish)
    request = AfterSale(
        number=uow.numbers.next("SH", now),
        order_no=order.order_no,
        buyer_id=order.buyer_id,
        kind=kind,
        reason=reason,
        created_at=now,
        description=description,
        sku=sku,
        photos=list(photos),
        wish=wish,
        amount_fen=amount_fen(uow, order, kind, wish, sku, policy=policy, now=now),
        steps=[StepRecord(KINDS[kind].steps[0].step, now, BOT)],
        conversation_id=conversation.id,
        turn_id=turn_id,
    )
    uow.aftersales.add(request)
    return request


def _line_of(order: Order, sku: str) -> str:
    """An order of one line is that line, however it was named."""
    skus = {line.sku for line in order.lines}
    if sku and sku not in skus:
        raise FieldWrong(field="sku", value=sku)
    return skus.pop() if len(skus) == 1 else sku


def _check_not_open(uow: UnitOfWork, order: Order, kind: AfterSaleKind, sku: str) -> None:
    for request in uow.aftersales.of_order(order.order_no):
        if request.state is AfterSaleState.OPEN and request.kind is kind and request.sku in ("", sku):
            raise AlreadyOpen(number=request.number, order_no=order.order_no)


def _products(uow: UnitOfWork, order: Order, sku: str) -> list[Product | None]:
    """Every product that it is about: a whole order is as strict as its strictest line."""
    codes = dict.fromkeys(line.product_code for line in order.lines if sku in ("", line.sku))
    return [uow.products.find(code) for code in codes] or [None]


def advance(request: AfterSale, step: AfterSaleStep, by: str, note: str, now: datetime) -> None:
    """To a later step of its kind; steps may be passed over, never gone back to. Raises WrongState."""
    _check_open(request, step.value)
    steps = [entry.step for entry in KINDS[request.kind].steps]
    if step not in steps or steps.index(step) <= steps.index(request.step):
        raise WrongState(number=request.number, status=request.step.value, to=step.value)
    request.steps.append(StepRecord(step, now, by, note))


def close(request: AfterSale, state: AfterSaleState, by: str, note: str, now: datetime) -> None:
    """Done, or refused for a reason that must be given. Raises WrongState, FieldWrong."""
    _check_open(request, state.value)
    if state not in (AfterSaleState.DONE, AfterSaleState.REFUSED):
        raise FieldWrong(field="state", value=state.value)
    if state is AfterSaleState.REFUSED and not note.strip():
        raise FieldWrong(field="note", value=note)
    request.steps.append(StepRecord(KINDS[request.kind].steps[-1].step, now, by, note))
    request.state, request.closed_at = state, now


def withdraw(request: AfterSale, now: datetime, by: str = BUYER) -> None:
    """The buyer wants it no more. Twice is once. Raises WrongState where it is closed."""
    if request.state is AfterSaleState.WITHDRAWN:
        return
    _check_open(request, AfterSaleState.WITHDRAWN.value)
    request.steps.append(StepRecord(request.step, now, by, AfterSaleState.WITHDRAWN.value))
    request.state, request.closed_at = AfterSaleState.WITHDRAWN, now


def _check_open(request: AfterSale, to: str) -> None:
    if request.state is not AfterSaleState.OPEN:
        raise WrongState(number=request.number, status=request.state.value, to=to)


def state_of(uow: UnitOfWork, order: Order) -> list[RequestState]:
    """All requests of the order, newest first."""
    return [_describe(request) for request in uow.aftersales.of_order(order.order_no)]


def _describe(request: AfterSale) -> RequestState:
    steps = KINDS[request.kind].steps
    place = next((i for i, entry in enumerate(steps) if entry.step is request.step), 0)
    ahead = steps[place + 1].step if place + 1 < len(steps) and request.state is AfterSaleState.OPEN else None
    return RequestState(request, steps[place].phrase, ahead, may_send_back(request))


def may_send_back(request: AfterSale) -> bool:
    """Only once the shop has confirmed the request, which moves it to 接收商品 (AS-43)."""
    return request.state is AfterSaleState.OPEN and request.step is AfterSaleStep.RECEIVE
