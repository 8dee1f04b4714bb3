"""The demo shop's goods and freight table, from products.yml."""

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
        regions=[
            FreightRegion(("江苏", "浙江", "上海", "安徽"), 600, 1.0, 200, (1, 2), free_from_fen=5900),
            FreightRegion(("甘肃", "青海", "宁夏", "内蒙古"), 1200, 1.0, 800, (4, 6), free_from_fen=19900),
            FreightRegion(("新疆", "西藏"), 2000, 1.0, 1500, (6, 10)),
            FreightRegion(("香港", "澳门", "台湾"), 0, 1.0, 0, (0, 0), covered=False),
            FreightRegion((), 800, 1.0, 400, (2, 4), free_from_fen=9900),
        ],
    )
