"""Promotions: one row for each tier; the tiers of the file replace those of the store."""

from collections.abc import Iterator
from typing import Any

from shop.importing import cells
from shop.importing.kinds import Column, Context, Kind, Values, assign, present
from shop.importing.reading import Row
from shop.importing.report import Problem
from shop.model import Promotion, PromotionKind, Tier

_COLUMNS = (
    Column("code", "活动编码", cells.code, required=True),
    Column("title", "名称", required=True),
    Column("kind", "类型", cells.choice(PromotionKind), required=True),
    Column("starts_at", "开始时间", cells.moment, required=True),
    Column("ends_at", "结束时间", cells.moment, required=True),
    Column("product_codes", "适用商品", cells.names, empty=[]),
    Column("how", "参与方式"),
    Column("from_fen", "满额", cells.money, required=True, item=False),
    Column("off_fen", "减额", cells.money, item=False, empty=0),
    Column("gift", "赠品", item=False),
    Column("gift_stock", "赠品库存", cells.number(0, 1_000_000), item=False, empty=0),
)
_ITEM = tuple(column.name for column in _COLUMNS if column.item)
_TIER = tuple(column.name for column in _COLUMNS if not column.item)


def _complete(context: Context, rows: list[Row], stored: Promotion | None) -> Iterator[Problem]:
    first = rows[0]
    if first.values["starts_at"] >= first.values["ends_at"]:
        yield Problem(first.line, "结束时间", "应晚于开始时间")
    for code in first.values.get("product_codes", []):
        if context.uow.products.find(code) is None:
            yield Problem(first.line, "适用商品", f"没有商品 {code}")
    for row in rows:
        yield from _wrong_with_tier(row)


def _wrong_with_tier(row: Row) -> Iterator[Problem]:
    off, gift = row.values.get("off_fen", 0), row.values.get("gift", "")
    if row.values["kind"] is PromotionKind.GIFT and not gift:
        yield Problem(row.line, "赠品", "满赠活动要写赠品")
    if row.values["kind"] is not PromotionKind.GIFT and not off:
        yield Problem(row.line, "减额", "满减和优惠券要写减额")
    if off > row.values["from_fen"]:
        yield Problem(row.line, "减额", "不能大于满额")


def _tiers(rows: list[Values]) -> list[Tier]:
    return sorted((Tier(**present(values, _TIER)) for values in rows), key=lambda tier: tier.from_fen)


def _values_of(promotion: Promotion) -> list[Values]:
    common = {name: getattr(promotion, name) for name in _ITEM}
    return [{**common, **{name: getattr(tier, name) for name in _TIER}} for tier in promotion.tiers]


def _update(promotion: Any, rows: list[Values]) -> None:
    """A tier column that the file has not keeps its stored value."""
    old = {tier.from_fen: {name: getattr(tier, name) for name in _TIER} for tier in promotion.tiers}
    tiers = _tiers([{**old.get(values["from_fen"], {}), **values} for values in rows])
    assign(promotion, {**present(rows[0], _ITEM), "tiers": tiers})


PROMOTIONS = Kind(
    name="promotions",
    columns=_COLUMNS,
    key="code",
    row_key=("from_fen",),
    find=lambda uow, key: uow.promotions.find(key),
    add=lambda uow, promotion: uow.promotions.add(promotion),
    values_of=_values_of,
    create=lambda rows: Promotion(**present(rows[0], _ITEM), tiers=_tiers(rows)),
    update=_update,
    complete=_complete,
    replaces=True,
)
