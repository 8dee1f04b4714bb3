"""Whose order is it, where does it stand, what may be done with it.

An order is shown to its own buyer, and to a guest who gave its number and the last four digits of the
receiver's phone (requirements PC-01, TR-01). For everybody else it does not exist.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shop.errors import OrderUnknown, TooManyTries, VerificationFailed, WrongState
from shop.model import Conversation, Order, OrderStatus
from shop.policy import Policy
from shop.ports import UnitOfWork

NEXT: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.UNPAID: frozenset({OrderStatus.TO_SHIP, OrderStatus.CLOSED}),
    OrderStatus.TO_SHIP: frozenset({OrderStatus.PARTLY_SHIPPED, OrderStatus.SHIPPED, OrderStatus.CLOSED}),
    OrderStatus.PARTLY_SHIPPED: frozenset({OrderStatus.SHIPPED, OrderStatus.CLOSED}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.SIGNED, OrderStatus.CLOSED}),
    OrderStatus.SIGNED: frozenset({OrderStatus.COMPLETED, OrderStatus.CLOSED}),
    OrderStatus.COMPLETED: frozenset(),
    OrderStatus.CLOSED: frozenset(),
}
"""The status machine. Closed from 已签收 on means refunded."""

NOT_SENT = frozenset({OrderStatus.UNPAID, OrderStatus.TO_SHIP})
ON_THE_WAY = frozenset({OrderStatus.PARTLY_SHIPPED, OrderStatus.SHIPPED})
RECEIVED = frozenset({OrderStatus.SIGNED, OrderStatus.COMPLETED})
EXTENDED = "[已延长收货]"
"""Mark in the memo: an order's deadline is extended once."""


def move_order(order: Order, to: OrderStatus, now: datetime) -> None:
    """Set the status and its time. Raises WrongState where the machine has no such step."""
    if to not in NEXT[order.status]:
        raise WrongState(order_no=order.order_no, status=order.status.value, to=to.value)
    order.status, order.changed_at = to, now
    match to:
        case OrderStatus.TO_SHIP:
            order.paid_at = now
        case OrderStatus.SHIPPED:
            order.dispatched_at = now
        case OrderStatus.SIGNED:
            order.signed_at = now
        case OrderStatus.CLOSED:
            order.closed_at = now
        case _:
            pass


def own_orders(uow: UnitOfWork, conversation: Conversation) -> Sequence[Order]:
    """Every order that this conversation may speak of, newest first."""
    if conversation.buyer_id is not None:
        return uow.orders.of_buyer(conversation.buyer_id)
    found = (uow.orders.find(number) for number in conversation.verified_orders)
    return sorted((order for order in found if order), key=lambda o: o.created_at, reverse=True)


def access_order(uow: UnitOfWork, conversation: Conversation, order_no: str) -> Order:
    """The order, if it may be spoken of here. Raises OrderUnknown, also for somebody else's."""
    order = uow.orders.find(order_no)
    if order is None or not _may_see(conversation, order):
        raise OrderUnknown(order_no=order_no)
    return order


def _may_see(conversation: Conversation, order: Order) -> bool:
    if conversation.buyer_id is not None:
        return order.buyer_id == conversation.buyer_id
    return order.order_no in conversation.verified_orders


def orders_by_tail(orders: Sequence[Order], tail: str) -> list[Order]:
    """Those whose number ends in `tail` (requirement SQ-03)."""
    return [order for order in orders if order.order_no.endswith(tail)]


def verify_guest(uow: UnitOfWork, conversation: Conversation, order_no: str, phone_tail: str, policy: Policy) -> Order:
    """Open an order to a guest. Every miss counts, whether the order exists or not.

    Raises TooManyTries once `policy.verify_tries` misses are used up, else VerificationFailed(tries_left).
    """
    if conversation.verify_tries >= policy.verify_tries:
        raise TooManyTries(conversation_id=conversation.id)
    order = uow.orders.find(order_no)
    if order is not None and order.receiver.phone_tail == phone_tail:
        if order_no not in conversation.verified_orders:
            conversation.verified_orders = [*conversation.verified_orders, order_no]
        return order
    conversation.verify_tries += 1
    left = policy.verify_tries - conversation.verify_tries
    if left <= 0:
        raise TooManyTries(conversation_id=conversation.id)
    raise VerificationFailed(tries_left=left)


def close_unpaid(order: Order, now: datetime) -> None:
    """The buyer does not want it. Twice is once. Raises WrongState where it is paid."""
    if order.status is OrderStatus.CLOSED:
        return
    if order.status is not OrderStatus.UNPAID:
        raise WrongState(order_no=order.order_no, status=order.status.value, to=OrderStatus.CLOSED.value)
    move_order(order, OrderStatus.CLOSED, now)


def unpaid(orders: Sequence[Order]) -> list[Order]:
    return [order for order in orders if order.status is OrderStatus.UNPAID]


def extend_receipt(order: Order, policy: Policy, now: datetime) -> datetime:
    """Move the confirmation deadline once by `policy.extend_days`; returns the new one.

    A second time, or where nothing is on its way: WrongState.
    """
    if order.status not in ON_THE_WAY or order.confirm_by is None or EXTENDED in order.memo:
        raise WrongState(order_no=order.order_no, status=order.status.value, to="延长收货")
    order.confirm_by += timedelta(days=policy.extend_days)
    order.memo = f"{order.memo} {EXTENDED}".strip()
    order.changed_at = now
    return order.confirm_by
