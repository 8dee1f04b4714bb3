"""Addresses that hear of events, and the outbox."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from shop.model import DeliveryState, WebhookState
from shop.store.columns import UtcDateTime, chosen, items
from shop.store.tables.base import key, metadata, words

webhooks = Table(
    "webhooks",
    metadata,
    key("id"),
    Column("name", String, nullable=False),
    Column("url", String, nullable=False),
    Column("areas", items(), nullable=False),
    Column("created_by", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", chosen(WebhookState), nullable=False),
    Column("secret_no", Integer, nullable=False),
    Column("overlap_until", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("failing_since", UtcDateTime),
    Column("rests_until", UtcDateTime),
    Column("last_sent_at", UtcDateTime),
    words("last_error"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    # No foreign key: an address is removed while others write down what it was to hear; `tidy` clears that away.
    Column("webhook_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("stream", String, nullable=False, index=True),
    Column("facts", JSON(none_as_null=True), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("state", chosen(DeliveryState), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("code", Integer),
    words("error"),
    Column("done_at", UtcDateTime, index=True),
    words("lease"),
    Column("leased_until", UtcDateTime),
    Index(None, "webhook_id", "state", "stream", "number"),
)
