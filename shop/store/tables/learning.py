"""What the bot was taught, and which model answers."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from shop.model.teaching import TrainingState
from shop.store.columns import UtcDateTime, chosen, items
from shop.store.tables.base import conversation_or_none, key, metadata, words

taught_messages = Table(
    "taught_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False, unique=True),
    Column("intent", String, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    conversation_or_none(),
    Column("seq", Integer),
)

trainings = Table(
    "trainings",
    metadata,
    key("number"),
    Column("asked_by", String, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("lessons", Integer, nullable=False),
    Column("go_live", Boolean, nullable=False),
    Column("state", chosen(TrainingState), nullable=False, index=True),
    Column("percent", Integer, nullable=False),
    words("holder"),
    Column("lease_until", UtcDateTime),
    Column("tries", Integer, nullable=False),
    Column("started_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("exam", Integer, nullable=False),
    Column("exam_before", Integer, nullable=False),
    Column("exam_after", Integer, nullable=False),
    Column("lessons_before", Integer, nullable=False),
    Column("lessons_after", Integer, nullable=False),
    Column("changed", items(), nullable=False),
    words("model"),
    words("base"),
    words("error"),
)

live_models = Table(
    "live_models",
    metadata,
    key("name"),
    Column("model", String, nullable=False),
    Column("base", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("by", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    words("before"),
    words("before_base"),
    words("problem"),
)
