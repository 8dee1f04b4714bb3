"""After-sale requests with their steps, and complaints."""

from sqlalchemy import Column, Integer, String, Table

from shop.model import AfterSaleKind, AfterSaleState, AfterSaleStep
from shop.store.columns import Fen, UtcDateTime, chosen, items
from shop.store.tables.base import conversation_or_none, effect_of_turn, key, metadata, reference, words

aftersales = Table(
    "aftersales",
    metadata,
    key("number"),
    reference("order_no", "orders.order_no", nullable=False),
    reference("buyer_id", "buyers.id", nullable=False),
    Column("kind", chosen(AfterSaleKind), nullable=False),
    words("reason"),
    Column("created_at", UtcDateTime, nullable=False),
    words("description"),
    Column("sku", String, nullable=False),
    Column("photos", items(), nullable=False),
    Column("wish", String, nullable=False),
    Column("amount_fen", Fen),
    Column("state", chosen(AfterSaleState), nullable=False, index=True),
    conversation_or_none(),
    effect_of_turn(),
    Column("closed_at", UtcDateTime),
)

aftersale_steps = Table(
    "aftersale_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    reference("number", "aftersales.number", nullable=False),
    Column("step", chosen(AfterSaleStep), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    words("note"),
)

complaints = Table(
    "complaints",
    metadata,
    key("number"),
    reference("conversation_id", "conversations.id", nullable=False),
    reference("buyer_id", "buyers.id"),
    reference("order_no", "orders.order_no"),
    Column("cause", String, nullable=False),
    words("text"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("reply_by", UtcDateTime, nullable=False),
    words("offer"),
    words("result"),
    effect_of_turn(),
)
