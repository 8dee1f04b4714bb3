"""The talk: who holds it, what was said, which bot turns ran, what the bot remembers."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from shop.model import Direction, Holder, TurnState
from shop.store.columns import UtcDateTime, chosen, items
from shop.store.tables.base import key, metadata, reference, words

conversations = Table(
    "conversations",
    metadata,
    key("id"),
    Column("created_at", UtcDateTime, nullable=False),
    # Unique: a buyer has one conversation; guests (NULL) any number.
    Column("buyer_id", String, ForeignKey("buyers.id"), unique=True),
    Column("nick", String, nullable=False),
    Column("holder", chosen(Holder), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("product_code", String),
    Column("order_no", String),
    Column("verified_orders", items(), nullable=False),
    Column("verify_tries", Integer, nullable=False),
    reference("agent_id", "staff.id"),
    words("queue_reason"),
    Column("queued_at", UtcDateTime),
    Column("last_buyer_at", UtcDateTime),
    words("group_code"),
    Column("last_agent_id", String),
    Column("waiting_since", UtcDateTime),
    Column("buyer_read_seq", Integer, nullable=False),
    Column("agent_read_seq", Integer, nullable=False),
    words("intent"),
    words("mood"),
    Column("tags", items(), nullable=False),
    Column("urgent", Boolean, nullable=False),
    words("service_no"),
    Column("reminded_at", UtcDateTime),
    Column("excused_at", UtcDateTime),
    Column("assisted", Boolean, nullable=False),
    Index(None, "holder", "queued_at"),
    Index(None, "last_buyer_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("conversation_id", String, ForeignKey("conversations.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("direction", chosen(Direction), nullable=False),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("client_msg_id", String),
    Column("phrase_key", String),
    Column("author", String, nullable=False),
    words("author_id"),
    Column("buttons", items(), nullable=False),
    Column("cards", items(), nullable=False),
    Column("turn_id", String),
    Column("recalled_at", UtcDateTime),
    UniqueConstraint("conversation_id", "client_msg_id"),
)

turns = Table(
    "turns",
    metadata,
    key("id"),
    reference("conversation_id", "conversations.id", nullable=False),
    Column("seq", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", chosen(TurnState), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("intent", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Index(None, "state", "created_at"),
)

dialogue_states = Table(
    "dialogue_states",
    metadata,
    # No foreign key: under `rasa shell` and `rasa test` the bot talks without a desk.
    key("conversation_id"),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
