"""Buyers, their orders, the parcels and what couriers scanned."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from shop.model import DeliveryMethod, OrderStatus, Problem, Receiver, ScanKind
from shop.store.columns import Fen, JsonObject, UtcDateTime, chosen
from shop.store.tables.base import key, metadata, reference, words


def _tail(context: Any) -> str:
    """The last four signs of the number: what buyers say when they mean an order."""
    return str(context.get_current_parameters()["order_no"])[-4:]


buyers = Table(
    "buyers",
    metadata,
    key("id"),
    Column("nick", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("province", String, nullable=False),
    Column("level", Integer, nullable=False),
    Column("registered_at", UtcDateTime),
)

orders = Table(
    "orders",
    metadata,
    key("order_no"),
    # Indexed with the time below.
    Column("buyer_id", String, ForeignKey("buyers.id"), nullable=False),
    Column("tail", String, nullable=False, default=_tail, index=True),
    Column("status", chosen(OrderStatus), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("receiver", JsonObject(asdict, lambda data: Receiver(**data)), nullable=False),
    Column("goods_fen", Fen, nullable=False),
    Column("discount_fen", Fen, nullable=False),
    Column("freight_fen", Fen, nullable=False),
    Column("total_fen", Fen, CheckConstraint("total_fen >= 0", name="total_not_negative"), nullable=False),
    Column("delivery", chosen(DeliveryMethod), nullable=False),
    Column("paid_at", UtcDateTime),
    Column("dispatched_at", UtcDateTime),
    Column("signed_at", UtcDateTime),
    Column("confirm_by", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("changed_at", UtcDateTime),
    words("memo"),
    Column("memo_flag", String, nullable=False),
    Column("slip_no", String, nullable=False),
    Index(None, "buyer_id", "created_at"),
    Index(None, "status", "created_at"),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("order_no", "orders.order_no", nullable=False),
    # No foreign keys to the catalogue: a line stays as sold when the product is gone.
    Column("sku", String, nullable=False),
    Column("product_code", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("quantity", Integer, CheckConstraint("quantity > 0", name="quantity_positive"), nullable=False),
    Column("price_fen", Fen, CheckConstraint("price_fen >= 0", name="price_not_negative"), nullable=False),
    Column("sent_quantity", Integer, nullable=False),
)

parcels = Table(
    "parcels",
    metadata,
    key("waybill"),
    reference("order_no", "orders.order_no", nullable=False),
    Column("courier", String, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("goods", String, nullable=False),
    Column("problem", chosen(Problem)),
    Column("eta_at", UtcDateTime),
)

scan_events = Table(
    "scan_events",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("waybill", "parcels.waybill", nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("place", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", chosen(ScanKind), nullable=False),
    Column("operator", String, nullable=False),
)
