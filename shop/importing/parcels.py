"""Parcels: one row for each scan, or one without a scan. Scans are added to what the shop has, none is taken away."""

from collections.abc import Iterator
from typing import Any

from shop.importing import cells
from shop.importing.kinds import Column, Context, Kind, Values, assign, present
from shop.importing.reading import Row
from shop.importing.report import Problem as Wrong
from shop.model import Parcel, Problem, ScanEvent, ScanKind

_PARCEL = (
    Column("waybill", "运单号", cells.code, required=True),
    Column("order_no", "订单号", cells.code, required=True),
    Column("courier", "快递公司", required=True),
    Column("sent_at", "发货时间", cells.moment, required=True),
    Column("goods", "包裹内容"),
    Column("problem", "问题", cells.choice(Problem), empty=None),
    Column("eta_at", "预计送达", cells.moment, empty=None),
)
_SCAN = (
    Column("at", "扫描时间", cells.moment, item=False, empty=None),
    Column("kind", "扫描类型", cells.choice(ScanKind), item=False, empty=None),
    Column("text", "物流内容", item=False),
    Column("place", "地点", item=False),
    Column("operator", "操作员", item=False),
)
_PARCEL_NAMES = tuple(c.name for c in _PARCEL)
_SCAN_NAMES = tuple(c.name for c in _SCAN)
_SCAN_NEEDS = {"at": "扫描时间", "kind": "扫描类型", "text": "物流内容"}


def _complete(context: Context, rows: list[Row], stored: Parcel | None) -> Iterator[Wrong]:
    first = rows[0]
    if context.uow.orders.find(first.values["order_no"]) is None:
        yield Wrong(first.line, "订单号", f"没有订单 {first.values['order_no']}")
    if stored is not None and stored.order_no != first.values["order_no"]:
        yield Wrong(first.line, "运单号", f"已存在,属于订单 {stored.order_no}")
    yield from _name_courier(context, rows)
    for row in rows:
        told = present(row.values, _SCAN_NAMES)
        if any(told.values()):
            yield from (
                Wrong(row.line, header, "不能为空") for name, header in _SCAN_NEEDS.items() if not told.get(name)
            )


def _name_courier(context: Context, rows: list[Row]) -> Iterator[Wrong]:
    """Code, name or any name in use becomes the code."""
    said = rows[0].values["courier"].upper()
    for courier in context.couriers:
        if said in (courier.code.upper(), courier.name.upper(), *(alias.upper() for alias in courier.aliases)):
            for row in rows:
                row.values["courier"] = courier.code
            return
    names = "、".join(courier.name for courier in context.couriers)
    yield Wrong(rows[0].line, "快递公司", f"不认识 {said},可填:{names}")


def _events(rows: list[Values]) -> list[ScanEvent]:
    told = [present(values, _SCAN_NAMES) for values in rows if values.get("at")]
    return [ScanEvent(**{"place": "", **values}) for values in told]


def _newest_first(events: list[ScanEvent]) -> list[ScanEvent]:
    return sorted(events, key=lambda event: event.at, reverse=True)


def _values_of(parcel: Parcel) -> list[Values]:
    """One row for each scan, and one without: a file may name the parcel alone."""
    common = {name: getattr(parcel, name) for name in _PARCEL_NAMES}
    bare = {column.name: column.empty for column in _SCAN}
    scans = [{name: getattr(event, name) for name in _SCAN_NAMES} for event in parcel.events]
    return [{**common, **scan} for scan in [bare, *scans]]


def _create(rows: list[Values]) -> Parcel:
    return Parcel(**present(rows[0], _PARCEL_NAMES), events=_newest_first(_events(rows)))


def _update(parcel: Any, rows: list[Values]) -> None:
    assign(parcel, present(rows[0], _PARCEL_NAMES))
    known = {(event.at, event.text): event for event in parcel.events}
    for event in _events(rows):
        if (event.at, event.text) in known:
            assign(known[event.at, event.text], {n: getattr(event, n) for n in _SCAN_NAMES if n in rows[0]})
        else:
            known[event.at, event.text] = event
    parcel.events = _newest_first(list(known.values()))


PARCELS = Kind(
    name="parcels",
    columns=(*_PARCEL, *_SCAN),
    key="waybill",
    row_key=("at", "text"),
    find=lambda uow, key: uow.parcels.find(key),
    add=lambda uow, parcel: uow.parcels.add(parcel),
    values_of=_values_of,
    create=_create,
    update=_update,
    complete=_complete,
)
