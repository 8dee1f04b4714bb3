"""The demo shop's goods, from products.yml, and what sending them costs."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from shop.model import FreightRegion, FreightTemplate, Product, SizeRow, Variant
from shop.times import local


def demo_products(now: datetime) -> list[Product]:
    """In the order of the file; restocking days count from `now`."""
    text = (Path(__file__).parent / "products.yml").read_text(encoding="utf-8")
    return [_product(record, now) for record in yaml.safe_load(text)]


def _product(record: dict[str, Any], now: datetime) -> Product:
    code = record["code"]
    sizes = [_size_row(row) for row in record.get("size_chart", [])]
    variants = [_variant(f"{code}-{n:02d}", row, now) for n, row in enumerate(record["variants"], start=1)]
    picture = f"/static/pictures/{code.lower()}.svg"
    return Product(**{**record, "variants": variants, "size_chart": sizes, "picture": picture})


def _size_row(row: dict[str, Any]) -> SizeRow:
    facts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return SizeRow(**facts)


def _variant(sku: str, row: list[Any], now: datetime) -> Variant:
    colour, size, price_fen, stock, *days = row
    restock_on = local(now + timedelta(days=days[0])).date() if days else None
    return Variant(sku, colour, size, price_fen, stock, restock_on)


def demo_freight() -> FreightTemplate:
    """Sent from Hangzhou by 16:30; within 24 h of payment."""
    return FreightTemplate(
        code="STANDARD",
        title="标准运费",
        couriers=["zto", "sf", "yto", "yunda", "jt", "sto", "ems", "jd", "deppon"],
        cut_off=time(16, 30),
        dispatch_hours=24,
        ships_from="浙江杭州",
    )


def demo_regions() -> tuple[FreightRegion, ...]:
    return (
        _sent(("江苏", "浙江", "上海", "安徽"), 6_00, 2_00, (1, 2), 59_00),
        _sent(("甘肃", "青海", "宁夏", "内蒙古"), 12_00, 8_00, (4, 6), 199_00),
        _sent(("新疆", "西藏"), 20_00, 15_00, (6, 10)),
        FreightRegion(("香港", "澳门", "台湾"), covered=False),
        _sent((), 8_00, 4_00, (2, 4), 99_00),
    )


def _sent(
    provinces: tuple[str, ...], first_fen: int, more_fen: int, days: tuple[int, int], free_fen: int | None = None
) -> FreightRegion:
    region = FreightRegion(provinces, first_fen=first_fen, more_fen_per_kg=more_fen, days_from=days[0], days_to=days[1])
    return region if free_fen is None else replace(region, free=True, free_from_fen=free_fen)
