"""What is for sale and what sending it costs."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Integer, String, Table, Time

from shop.model import SizeRow
from shop.store.columns import Fen, items, mapping
from shop.store.tables.base import key, metadata, reference, words


def _size_row(data: dict[str, Any]) -> SizeRow:
    ranges = {name: tuple(data[name]) for name in ("height_cm", "weight_kg") if data[name] is not None}
    return SizeRow(**{**data, **ranges})


products = Table(
    "products",
    metadata,
    key("code"),
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False, index=True),
    Column("attributes", mapping(), nullable=False),
    Column("aliases", items(), nullable=False),
    Column("best_seller", Boolean, nullable=False),
    Column("main_product", Boolean, nullable=False),
    Column("size_chart", items(asdict, _size_row), nullable=False),
    Column("warranty_months", Integer, nullable=False),
    words("warranty_note"),
    words("return_exception"),
    Column("picture", String, nullable=False),
    Column("on_sale", Boolean, nullable=False, index=True),
)

variants = Table(
    "variants",
    metadata,
    key("sku"),
    reference("product_code", "products.code", nullable=False),
    Column("position", Integer, nullable=False),
    Column("colour", String, nullable=False),
    Column("size", String, nullable=False),
    Column("price_fen", Fen, CheckConstraint("price_fen >= 0", name="price_not_negative"), nullable=False),
    Column("stock", Integer, nullable=False),
    Column("restock_on", Date),
)

freight_templates = Table(
    "freight_templates",
    metadata,
    key("code"),
    Column("title", String, nullable=False),
    Column("couriers", items(), nullable=False),
    Column("cut_off", Time, nullable=False),
    Column("dispatch_hours", Integer, nullable=False),
    Column("ships_from", String, nullable=False),
)
