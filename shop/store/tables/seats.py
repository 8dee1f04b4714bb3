"""Seats, skill groups, sign-ins, alerts."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from shop.model import AlertKind, SeatState
from shop.store.columns import UtcDateTime, chosen, items
from shop.store.tables.base import conversation_or_none, key, metadata, reference, words

seats = Table(
    "seats",
    metadata,
    Column("staff_id", String, ForeignKey("staff.id"), primary_key=True),
    Column("state", chosen(SeatState), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("linked_at", UtcDateTime),
    Column("max_buyers", Integer, nullable=False),
)

groups = Table(
    "groups",
    metadata,
    key("code"),
    Column("name", String, nullable=False, unique=True),
    Column("families", items(), nullable=False),
    Column("position", Integer, nullable=False),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    key("id"),
    reference("staff_id", "staff.id", nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    words("address"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    key("id"),
    Column("name", String, nullable=False),
    reference("staff_id", "staff.id", nullable=False),
    Column("scopes", items(), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
)

kept_answers = Table(
    "kept_answers",
    metadata,
    Column("who", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("question", String, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("status", Integer),
    Column("body", Text),
)

sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    # No foreign key: most tries are of names that do not exist.
    Column("staff_id", String, nullable=False),
    Column("address", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "staff_id", "at"),
    Index(None, "address", "at"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", chosen(AlertKind), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    conversation_or_none(),
    words("staff_id"),
    words("to_staff"),
    words("note"),
    Column("seen_by", items(), nullable=False),
)
