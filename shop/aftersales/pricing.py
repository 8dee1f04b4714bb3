"""The money that a request gives back: shares of what was paid, and price protection. Whole fen, exact in sum."""

from collections.abc import Callable
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple

from shop.aftersales.kinds import COMPENSATION, DIFFERENCE, KINDS, NO_PROTECTION, PROTECTION, REFUND, KindRule
from shop.model import PAID_OUT, AfterSale, AfterSaleKind, AfterSaleState, Order, OrderLine, OrderStatus
from shop.policy import Policy
from shop.ports import UnitOfWork

LIVE = frozenset({AfterSaleState.OPEN, AfterSaleState.DONE})


class PriceProtection(NamedTuple):
    """`refund_fen` 0 with `covered`: the rule holds, but nothing has become cheaper."""

    covered: bool
    refund_fen: int
    rule: str


def shares(order: Order, paid_fen: int) -> list[int]:
    """`paid_fen` spread over the lines by their worth; the shares sum to it exactly."""
    worths = [line.price_fen * line.quantity for line in order.lines]
    worths = worths if sum(worths) else [line.quantity for line in order.lines]
    ends = [paid_fen * upto // sum(worths) for upto in accumulate(worths)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def paid_goods_fen(order: Order) -> int:
    """Paid without the postage."""
    return max(0, order.total_fen - order.freight_fen)


def refund_fen(order: Order, sku: str, with_freight: bool) -> int:
    """What was paid for a line (for the whole order: empty `sku`), after the order's discount."""
    parts = shares(order, order.total_fen if with_freight else paid_goods_fen(order))
    return sum(part for line, part in zip(order.lines, parts, strict=True) if sku in ("", line.sku))


def left_fen(uow: UnitOfWork, order: Order) -> int:
    """What was paid and is neither promised back nor given back beside the requests."""
    unpaid = order.status is OrderStatus.UNPAID or (order.status is OrderStatus.CLOSED and order.paid_at is None)
    if unpaid:
        return 0
    paying = {request.number: request.amount_fen or 0 for request in _paying(uow, order)}
    payouts = [payout for payout in uow.payouts.of_order(order.order_no) if payout.request_no not in paying]
    beside = sum(payout.amount_fen or 0 for payout in payouts if payout.state in PAID_OUT)
    return max(0, order.total_fen - sum(paying.values()) - beside)


def _paying(uow: UnitOfWork, order: Order) -> list[AfterSale]:
    """What a buyer wishes for as compensation takes nothing off what may be refunded, before it is given."""
    requests = uow.aftersales.of_order(order.order_no)
    return [r for r in requests if r.state in LIVE and r.amount_fen is not None and r.wish != COMPENSATION]


def price_protection(uow: UnitOfWork, order: Order, policy: Policy, now: datetime) -> PriceProtection:
    """What the goods have become cheaper since, less what was given back for it before."""
    paid = order.paid_at is not None and order.status is not OrderStatus.CLOSED
    if not policy.price_protection_days:
        return PriceProtection(False, 0, NO_PROTECTION)
    rule = PROTECTION.words(None, policy)
    if not paid or not PROTECTION.is_open(order, None, policy, now):
        return PriceProtection(False, 0, rule)
    paying = _paying(uow, order)
    before = sum(r.amount_fen or 0 for r in paying if r.wish == DIFFERENCE)
    returned = {r.sku for r in paying if r.wish != DIFFERENCE}
    parts = zip(order.lines, shares(order, paid_goods_fen(order)), strict=True)
    kept = [(line, part) for line, part in parts if not returned & {"", line.sku}]
    fallen = sum(_fallen_fen(uow, line, part) for line, part in kept)
    return PriceProtection(True, min(max(0, fallen - before), left_fen(uow, order)), rule)


def _fallen_fen(uow: UnitOfWork, line: OrderLine, paid_fen: int) -> int:
    product = uow.products.find(line.product_code)
    today = next((v.price_fen for v in product.variants if v.sku == line.sku), None) if product else None
    return 0 if today is None else max(0, paid_fen - today * line.quantity)


Amount = Callable[[UnitOfWork, Order, KindRule, str, Policy, datetime], int]

AMOUNTS: dict[str, Amount] = {
    REFUND: lambda uow, order, rule, sku, policy, now: refund_fen(order, sku, rule.refunds_freight),
    DIFFERENCE: lambda uow, order, rule, sku, policy, now: price_protection(uow, order, policy, now).refund_fen,
}
"""Remedies that give money back, and how much."""


def amount_fen(
    uow: UnitOfWork, order: Order, kind: AfterSaleKind, wish: str, sku: str, *, policy: Policy, now: datetime
) -> int | None:
    """Never more than is left of what was paid; None for a remedy that gives no money back."""
    amount = AMOUNTS.get(wish)
    return min(amount(uow, order, KINDS[kind], sku, policy, now), left_fen(uow, order)) if amount else None
