"""Orders: one row for each line. An order that the shop has may move on, but what was sold in it stands (OR-02)."""

from collections.abc import Iterator
from typing import Any

from shop.importing import cells
from shop.importing.kinds import Column, Context, Kind, Values, assign, present
from shop.importing.order_checks import wrong_with_order
from shop.importing.reading import Row
from shop.importing.report import Problem
from shop.model import DeliveryMethod, Order, OrderLine, OrderStatus, Receiver

_ORDER = (
    Column("order_no", "订单号", cells.code, required=True),
    Column("buyer_id", "买家编号", cells.code),
    Column("nick", "买家昵称"),
    Column("status", "状态", cells.choice(OrderStatus), required=True),
    Column("created_at", "下单时间", cells.moment, required=True),
    Column("delivery", "配送方式", cells.choice(DeliveryMethod), empty=DeliveryMethod.DELIVERY),
    Column("goods_fen", "商品金额", cells.money, required=True),
    Column("discount_fen", "优惠金额", cells.money, empty=0),
    Column("freight_fen", "运费", cells.money, empty=0),
    Column("total_fen", "实付金额", cells.money, required=True),
    Column("paid_at", "付款时间", cells.moment, empty=None),
    Column("dispatched_at", "发货时间", cells.moment, empty=None),
    Column("signed_at", "签收时间", cells.moment, empty=None),
    Column("confirm_by", "确认截止时间", cells.moment, empty=None),
    Column("closed_at", "关闭时间", cells.moment, empty=None),
    Column("memo", "备注"),
    Column("memo_flag", "旗标", cells.one_of("红", "黄", "绿", "蓝", "紫")),
    Column("slip_no", "单据号"),
)
_RECEIVER = (
    Column("receiver_name", "收货人", required=True),
    Column("receiver_phone", "收货手机", cells.phone, required=True),
    Column("receiver_province", "省", cells.province, required=True),
    Column("receiver_city", "市", required=True),
    Column("receiver_district", "区"),
    Column("receiver_address", "详细地址", required=True),
)
_LINE = (
    Column("product_code", "商品编码", cells.code, required=True, item=False),
    Column("sku", "规格编码", cells.code, required=True, item=False),
    Column("title", "商品标题", item=False),
    Column("variant", "规格", item=False),
    Column("quantity", "数量", cells.number(1, 9999), required=True, item=False),
    Column("price_fen", "单价", cells.money, required=True, item=False),
    Column("sent_quantity", "已发数量", cells.number(0, 9999), item=False, empty=0),
)
_ORDER_NAMES = tuple(c.name for c in _ORDER if c.name != "nick")
_RECEIVER_NAMES = tuple(c.name for c in _RECEIVER)
_LINE_NAMES = tuple(c.name for c in _LINE)


def _complete(context: Context, rows: list[Row], stored: Order | None) -> Iterator[Problem]:
    yield from _name_buyer(context, rows)
    for row in rows:
        yield from _name_goods(context, row, stored)
    yield from wrong_with_order(rows, stored)


def _name_buyer(context: Context, rows: list[Row]) -> Iterator[Problem]:
    """The nick, where the file has only that, becomes the buyer's id."""
    line, first = rows[0].line, rows[0].values
    nick, buyer_id = first.get("nick", ""), first.get("buyer_id", "")
    buyer = context.uow.buyers.find(buyer_id) if buyer_id else context.uow.buyers.find_by_nick(nick)
    if buyer is None:
        yield Problem(line, "买家编号" if buyer_id else "买家昵称", f"没有买家 {buyer_id or nick}".rstrip())
    elif nick and buyer.nick != nick:
        yield Problem(line, "买家昵称", f"买家 {buyer.id} 的昵称不是 {nick}")
    for row in rows:
        row.values.pop("nick", None)
        row.values["buyer_id"] = buyer.id if buyer else buyer_id


def _name_goods(context: Context, row: Row, stored: Order | None) -> Iterator[Problem]:
    """Title and variant, where the file leaves them out: as sold before, else as in the catalogue."""
    values = row.values
    product = context.uow.products.find(values["product_code"])
    variants = {variant.sku: variant for variant in product.variants} if product else {}
    if product is None:
        yield Problem(row.line, "商品编码", f"没有商品 {values['product_code']}")
    elif values["sku"] not in variants:
        yield Problem(row.line, "规格编码", f"商品 {product.code} 没有规格 {values['sku']}")
    else:
        sold = next((line for line in stored.lines if line.sku == values["sku"]), None) if stored else None
        values["title"] = values.get("title") or (sold.title if sold else product.title)
        values["variant"] = values.get("variant") or (sold.variant if sold else variants[values["sku"]].label)


def _receiver(values: Values) -> Receiver:
    return Receiver(**{name.removeprefix("receiver_"): values.get(name, "") for name in _RECEIVER_NAMES})


def _values_of(order: Order) -> list[Values]:
    common = {name: getattr(order, name) for name in _ORDER_NAMES}
    receiver = {name: getattr(order.receiver, name.removeprefix("receiver_")) for name in _RECEIVER_NAMES}
    return [{**common, **receiver, **{name: getattr(line, name) for name in _LINE_NAMES}} for line in order.lines]


def _create(rows: list[Values]) -> Order:
    lines = [OrderLine(**present(values, _LINE_NAMES)) for values in rows]
    return Order(**present(rows[0], _ORDER_NAMES), receiver=_receiver(rows[0]), lines=lines)


def _update(order: Any, rows: list[Values]) -> None:
    district = {"receiver_district": order.receiver.district}
    assign(order, {**present(rows[0], _ORDER_NAMES), "receiver": _receiver({**district, **rows[0]})})
    lines = {line.sku: line for line in order.lines}
    for values in rows:
        assign(lines[values["sku"]], present(values, _LINE_NAMES))


ORDERS = Kind(
    name="orders",
    columns=(*_ORDER, *_RECEIVER, *_LINE),
    key="order_no",
    row_key=("sku",),
    find=lambda uow, key: uow.orders.find(key),
    add=lambda uow, order: uow.orders.add(order),
    values_of=_values_of,
    create=_create,
    update=_update,
    complete=_complete,
)
