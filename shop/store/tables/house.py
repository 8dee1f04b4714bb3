"""Staff, their tasks, the manager's rules, the number series."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table

from shop.model import Role, TaskKind
from shop.store.columns import EmptyAsNull, UtcDateTime, chosen, items
from shop.store.tables.base import conversation_or_none, effect_of_turn, key, metadata, words

staff = Table(
    "staff",
    metadata,
    key("id"),
    Column("name", String, nullable=False),
    Column("role", chosen(Role), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("groups", items(), nullable=False),
    words("password_hash"),
    Column("last_sign_in_at", UtcDateTime),
)

tasks = Table(
    "tasks",
    metadata,
    key("number"),
    Column("kind", chosen(TaskKind), nullable=False),
    Column("title", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    conversation_or_none(),
    Column("order_no", EmptyAsNull, ForeignKey("orders.order_no"), index=True),
    Column("owner", String, nullable=False),
    Column("done_at", UtcDateTime),
    effect_of_turn(),
    Index(None, "done_at", "due_at"),
)

policies = Table(
    "policies",
    metadata,
    key("name"),
    Column("value", JSON, nullable=False),
    Column("set_by", String, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
)

number_series = Table(
    "number_series",
    metadata,
    Column("prefix", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("last", Integer, nullable=False),
)
