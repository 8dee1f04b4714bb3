"""What people do with a conversation."""

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from shop.model import Holder, NoteKind, ServiceKind, ServiceResult
from shop.store.columns import UtcDateTime, chosen, items, mapping
from shop.store.tables.base import key, metadata, reference, words


def of_conversation(**options: Any) -> Column[Any]:
    return Column("conversation_id", String, ForeignKey("conversations.id"), **options)


handovers = Table(
    "handovers",
    metadata,
    of_conversation(primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("from_holder", chosen(Holder, "from_holder"), nullable=False),
    Column("to_holder", chosen(Holder, "to_holder"), nullable=False),
    words("from_agent"),
    words("to_agent"),
    words("group_code"),
    words("reason"),
    words("note"),
    words("by"),
    Column("why", items(), nullable=False),
    Column("card", mapping(), nullable=False),
)

notes = Table(
    "notes",
    metadata,
    of_conversation(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", chosen(NoteKind), nullable=False),
    Column("author_id", String, nullable=False),
    Column("author", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    words("client_msg_id"),
)

agent_drafts = Table(
    "agent_drafts",
    metadata,
    of_conversation(primary_key=True),
    Column("staff_id", String, ForeignKey("staff.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

services = Table(
    "services",
    metadata,
    key("number"),
    reference("conversation_id", "conversations.id", nullable=False),
    Column("agent_id", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False, index=True),
    Column("first_reply_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    words("closed_by"),
    Column("kind", chosen(ServiceKind)),
    words("cause"),
    Column("result", chosen(ServiceResult)),
    words("order_no"),
    Column("asked_rating", Boolean, nullable=False),
    Column("rating", Integer),
    words("comment"),
    Column("rated_at", UtcDateTime),
)

saved_phrases = Table(
    "saved_phrases",
    metadata,
    # Empty for the team's own, so that one key serves both.
    Column("owner_id", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("group", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("changed_by", String, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    words("picture"),
)

phrase_uses = Table(
    "phrase_uses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("staff_id", String, nullable=False),
    of_conversation(nullable=False),
    Column("seq", Integer, nullable=False),
    Column("code", String, nullable=False),
    Column("edited", Boolean, nullable=False),
    words("intent"),
    Index(None, "staff_id", "code"),
)
