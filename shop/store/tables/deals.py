"""Promotions, personal offers, price approvals."""

from dataclasses import asdict

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from shop.model import ApprovalState, BargainMove, OfferState, PromotionKind, Tier
from shop.store.columns import EmptyAsNull, Fen, UtcDateTime, chosen, items
from shop.store.tables.base import effect_of_turn, key, metadata, reference, words

promotions = Table(
    "promotions",
    metadata,
    key("code"),
    Column("title", String, nullable=False),
    Column("kind", chosen(PromotionKind), nullable=False),
    Column("tiers", items(asdict, lambda data: Tier(**data)), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False, index=True),
    Column("product_codes", items(), nullable=False),
    words("how"),
)

offers = Table(
    "offers",
    metadata,
    key("number"),
    reference("conversation_id", "conversations.id", nullable=False),
    reference("buyer_id", "buyers.id"),
    reference("product_code", "products.code"),
    reference("order_no", "orders.order_no"),
    Column("list_fen", Fen, nullable=False),
    Column("price_fen", Fen, nullable=False),
    Column("round", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("granted_by", String, nullable=False),
    Column("state", chosen(OfferState), nullable=False),
    effect_of_turn(),
    Column("sku", String, nullable=False),
)

approvals = Table(
    "approvals",
    metadata,
    key("number"),
    reference("conversation_id", "conversations.id", nullable=False),
    reference("buyer_id", "buyers.id"),
    reference("product_code", "products.code"),
    reference("order_no", "orders.order_no"),
    Column("list_fen", Fen, nullable=False),
    Column("asked_fen", Fen),
    Column("created_at", UtcDateTime, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("state", chosen(ApprovalState), nullable=False, index=True),
    Column("decided_fen", Fen),
    Column("decided_by", String),
    Column("decided_at", UtcDateTime),
    effect_of_turn(),
    Column("sku", String, nullable=False),
)

bargain_rounds = Table(
    "bargain_rounds",
    metadata,
    Column("conversation_id", String, ForeignKey("conversations.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("move", chosen(BargainMove), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("list_fen", Fen, nullable=False),
    reference("product_code", "products.code"),
    reference("order_no", "orders.order_no"),
    Column("asked_fen", Fen),
    Column("offer_number", EmptyAsNull, ForeignKey("offers.number")),
    Column("approval_number", EmptyAsNull, ForeignKey("approvals.number")),
    effect_of_turn(),
)
