"""Refunds and compensations."""

from sqlalchemy import Column, ForeignKey, String, Table

from shop.model import PayoutCause, PayoutForm, PayoutKind, PayoutState
from shop.store.columns import EmptyAsNull, Fen, UtcDateTime, chosen
from shop.store.tables.base import key, metadata, reference, words

payouts = Table(
    "payouts",
    metadata,
    key("number"),
    reference("conversation_id", "conversations.id", nullable=False),
    reference("order_no", "orders.order_no", nullable=False),
    Column("kind", chosen(PayoutKind), nullable=False),
    Column("form", chosen(PayoutForm), nullable=False),
    Column("cause", chosen(PayoutCause), nullable=False),
    Column("asked_fen", Fen, nullable=False),
    Column("asked_by", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("client_id", String, nullable=False, unique=True),
    words("reason"),
    Column("request_no", EmptyAsNull, ForeignKey("aftersales.number"), index=True),
    Column("state", chosen(PayoutState), nullable=False, index=True),
    Column("amount_fen", Fen),
    words("decided_by"),
    Column("decided_at", UtcDateTime, index=True),
)
