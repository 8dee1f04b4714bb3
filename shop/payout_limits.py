"""How much money may go back for an order: never more than was paid, and no role beyond its limit. HE-06, AS-12."""

from collections.abc import Callable
from dataclasses import dataclass

from shop.aftersales.kinds import KINDS
from shop.aftersales.pricing import refund_fen
from shop.model import PAID_OUT, AfterSale, AfterSaleState, Order, OrderStatus, PayoutKind, Role
from shop.policy import Policy, RoleLimits
from shop.ports import UnitOfWork

LIMITS: dict[PayoutKind, Callable[[Policy], RoleLimits]] = {
    PayoutKind.REFUND: lambda policy: policy.refund_limits,
    PayoutKind.COMPENSATION: lambda policy: policy.compensation_limits,
}
AUTHORITY: dict[Role, Callable[[RoleLimits], int]] = {
    Role.SUPERVISOR: lambda limits: limits.supervisor,
    Role.LEADER: lambda limits: limits.leader,
    Role.PRESALE_AGENT: lambda limits: limits.presale,
    Role.AFTERSALE_AGENT: lambda limits: limits.agent,
    Role.AGENT: lambda limits: limits.agent,
}
"""The manager has no limit of the own; who is neither gives nothing."""


@dataclass(frozen=True)
class Left:
    """Of one order, in fen: `in_all` may still go back; this role may still give `by_role` (never more than that)."""

    in_all: int
    by_role: int


def payable_fen(uow: UnitOfWork, order: Order) -> int:
    """What was paid and has not gone back: refunds and compensations of every way count together.

    What a buyer has only asked for does not count. A closed order has been settled.
    """
    if order.status in (OrderStatus.UNPAID, OrderStatus.CLOSED):
        return 0
    payouts = [payout for payout in uow.payouts.of_order(order.order_no) if payout.state in PAID_OUT]
    settled = {payout.request_no for payout in payouts}
    done = [
        request.amount_fen or 0
        for request in uow.aftersales.of_order(order.order_no)
        if request.state is AfterSaleState.DONE and request.number not in settled
    ]
    return max(0, order.total_fen - sum(done) - sum(payout.amount_fen or 0 for payout in payouts))


def find_left(uow: UnitOfWork, order: Order, kind: PayoutKind, role: Role, policy: Policy) -> Left:
    """What colleagues gave of this kind counts towards the limit too: nobody reaches it twice in small parts."""
    in_all = payable_fen(uow, order)
    if role is Role.MANAGER:
        return Left(in_all, in_all)
    allowed = AUTHORITY.get(role)
    given = sum(
        payout.amount_fen or 0
        for payout in uow.payouts.of_order(order.order_no)
        if payout.kind is kind and payout.state in PAID_OUT
    )
    most = allowed(LIMITS[kind](policy)) - given if allowed else 0
    return Left(in_all, max(0, min(most, in_all)))


def proposed_refund(uow: UnitOfWork, order: Order, request: AfterSale) -> int:
    """What the request puts down, else what was paid for its line."""
    full = refund_fen(order, request.sku, KINDS[request.kind].refunds_freight)
    return min(full if request.amount_fen is None else request.amount_fen, payable_fen(uow, order))
