"""The metadata with constraint names that Alembic can name again, and columns that many tables have."""

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, String, Text

from shop.store.columns import EmptyAsNull

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key(name: str) -> Column[Any]:
    """The natural key of a table."""
    return Column(name, String, primary_key=True)


def reference(name: str, target: str, **options: Any) -> Column[Any]:
    """A foreign key with its index."""
    return Column(name, String, ForeignKey(target), index=True, **options)


def conversation_or_none() -> Column[Any]:
    """Where it came from; the model's empty text where it came from no talk."""
    return Column("conversation_id", EmptyAsNull, ForeignKey("conversations.id"), index=True)


def effect_of_turn() -> Column[Any]:
    """The bot turn that caused the row: unique, so that a turn run twice cannot do its work twice."""
    return Column("turn_id", EmptyAsNull, unique=True)


def words(name: str) -> Column[Any]:
    """Free text, never NULL."""
    return Column(name, Text, nullable=False, default="")
