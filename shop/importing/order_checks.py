"""What an order of a file must agree with: its own sums, its status and times, the order that the shop has."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shop.importing.reading import Row
from shop.importing.report import Problem
from shop.model import Order, OrderStatus
from shop.orders import NEXT

_TIMES = {
    "created_at": "下单时间",
    "paid_at": "付款时间",
    "dispatched_at": "发货时间",
    "signed_at": "签收时间",
    "closed_at": "关闭时间",
}
_SENT = ("paid_at", "dispatched_at")
_NEEDS: dict[OrderStatus, tuple[str, ...]] = {
    OrderStatus.UNPAID: (),
    OrderStatus.TO_SHIP: ("paid_at",),
    OrderStatus.PARTLY_SHIPPED: _SENT,
    OrderStatus.SHIPPED: _SENT,
    OrderStatus.SIGNED: (*_SENT, "signed_at"),
    OrderStatus.COMPLETED: (*_SENT, "signed_at"),
    OrderStatus.CLOSED: ("closed_at",),
}
"""The times that a status cannot be without."""
_TOO_EARLY: dict[OrderStatus, tuple[str, ...]] = {
    OrderStatus.UNPAID: (*_SENT, "signed_at", "closed_at"),
    OrderStatus.TO_SHIP: ("dispatched_at", "signed_at", "closed_at"),
}
"""The times that it cannot have yet."""
_SOLD = {"product_code": "商品编码", "quantity": "数量", "price_fen": "单价"}
_SOLD_ORDER = {"buyer_id": "买家编号", "created_at": "下单时间", "goods_fen": "商品金额"}


def wrong_with_order(rows: list[Row], stored: Order | None) -> Iterator[Problem]:
    """Every disagreement, with the line and column to look at."""
    yield from _sums(rows, stored)
    yield from _times(rows[0], stored)
    if stored is not None:
        yield from _against(rows, stored)
    for row in rows:
        if row.values.get("sent_quantity", 0) > row.values["quantity"]:
            yield Problem(row.line, "已发数量", "不能大于数量")


def _value(row: Row, stored: Order | None, name: str, default: Any) -> Any:
    """As in the file; where it lacks the column, as the shop has it."""
    return row.values.get(name, getattr(stored, name) if stored else default)


def _sums(rows: list[Row], stored: Order | None) -> Iterator[Problem]:
    first = rows[0]
    goods = sum(row.values["price_fen"] * row.values["quantity"] for row in rows)
    if goods != first.values["goods_fen"]:
        yield Problem(first.line, "商品金额", f"各行单价×数量合计 {_yuan(goods)} 元,与商品金额不符")
    discount, freight = (_value(first, stored, name, 0) for name in ("discount_fen", "freight_fen"))
    total = first.values["goods_fen"] - discount + freight
    if total != first.values["total_fen"]:
        yield Problem(first.line, "实付金额", f"商品金额-优惠+运费应为 {_yuan(total)} 元")


def _times(first: Row, stored: Order | None) -> Iterator[Problem]:
    status: OrderStatus = first.values["status"]
    times = {name: _value(first, stored, name, None) for name in _TIMES}
    for name in _NEEDS[status]:
        if times[name] is None:
            yield Problem(first.line, "状态", f"状态是 {status.value},但没有{_TIMES[name]}")
    for name in _TOO_EARLY.get(status, ()):
        if times[name] is not None:
            yield Problem(first.line, "状态", f"状态是 {status.value},却有{_TIMES[name]}")
    known = [(at, name) for name, at in times.items() if at is not None]
    for (earlier, before), (later, after) in pairwise(known):
        if later < earlier:
            yield Problem(first.line, _TIMES[after], f"早于{_TIMES[before]}")


def _against(rows: list[Row], stored: Order) -> Iterator[Problem]:
    first = rows[0]
    taken = f"订单号 {stored.order_no} 已存在,且内容不同"
    for name, header in _SOLD_ORDER.items():
        if first.values[name] != getattr(stored, name):
            yield Problem(first.line, header, taken)
    lines = {line.sku: line for line in stored.lines}
    for row in rows:
        line = lines.pop(row.values["sku"], None)
        if line is None:
            yield Problem(row.line, "规格编码", taken)
            continue
        for name, header in _SOLD.items():
            if row.values[name] != getattr(line, name):
                yield Problem(row.line, header, taken)
    if lines:
        yield Problem(first.line, "规格编码", f"{taken}:缺少 {'、'.join(lines)}")
    if first.values["status"] not in _reachable(stored.status):
        change = f"{stored.status.value} 变成 {first.values['status'].value}"
        yield Problem(first.line, "状态", f"订单不能从 {change}")


def _reachable(status: OrderStatus) -> set[OrderStatus]:
    """The status itself and all that can follow it."""
    found, ahead = {status}, [status]
    while ahead:
        new = NEXT[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if fen >= 0 else f"-{_yuan(-fen)}"
