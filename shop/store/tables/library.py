"""What the shop writes itself: auto-replies, order and groups of its quick phrases; and who changed what."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from shop.model import ChangeKind
from shop.store.columns import UtcDateTime, chosen, items
from shop.store.tables.base import key, metadata, words

saved_replies = Table(
    "saved_replies",
    metadata,
    key("key"),
    Column("scene", Text, nullable=False),
    Column("wordings", items(), nullable=False),
    Column("changed_by", String, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("to_person", Boolean, nullable=False),
    Column("keywords", items()),
    Column("priority", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
)

phrase_groups = Table(
    "phrase_groups",
    metadata,
    key("name"),
    Column("position", Integer, nullable=False),
)

phrase_places = Table(
    "phrase_places",
    metadata,
    key("code"),
    Column("position", Integer, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", chosen(ChangeKind), nullable=False),
    Column("key", String, nullable=False),
    Column("action", String, nullable=False),
    words("by"),
    words("name"),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    words("batch"),
    Index(None, "kind", "key"),
)
