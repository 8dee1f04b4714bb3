"""What the bot did not answer well."""

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from shop.model import GapKind, GapState
from shop.store.columns import UtcDateTime, chosen
from shop.store.tables.base import metadata, words
from shop.store.tables.service import of_conversation

gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    of_conversation(nullable=False),
    Column("seq", Integer, nullable=False),
    Column("first_seq", Integer, nullable=False),
    # Alone: all that is asked for is those of the last days.
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("kind", chosen(GapKind), nullable=False),
    words("reason"),
    Column("state", chosen(GapState), nullable=False),
    Column("intent", String, nullable=False),
    Column("settled_at", UtcDateTime),
    UniqueConstraint("conversation_id", "seq"),
)
