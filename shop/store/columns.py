"""Column types: how a value of the model lies in a table."""

from collections.abc import Callable
from datetime import datetime, timezone
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, Integer, String
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

E = TypeVar("E", bound=Enum)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware UTC out, to the microsecond. A naive datetime is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: the store takes aware times only")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite keeps no zone; what lies there is UTC because of process_bind_param.
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


class EmptyAsNull(TypeDecorator[str]):
    """The model's empty text is NULL in the table, so that foreign keys and unique indices pass over it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value or None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        return value or ""


class JsonList(TypeDecorator[list[Any]]):
    """A list as JSON; `encode` and `decode` turn one item of the model into plain data and back."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, encode: Callable[[Any], Any] | None = None, decode: Callable[[Any], Any] | None = None) -> None:
        super().__init__()
        self.encode, self.decode = encode, decode

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> list[Any] | None:
        if value is None:
            return None
        return [self.encode(item) for item in value] if self.encode else list(value)

    def process_result_value(self, value: list[Any] | None, dialect: Dialect) -> list[Any] | None:
        if value is None or self.decode is None:
            return value
        return [self.decode(item) for item in value]


class JsonObject(TypeDecorator[Any]):
    """One frozen value object as JSON."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, encode: Callable[[Any], Any], decode: Callable[[Any], Any]) -> None:
        super().__init__()
        self.encode, self.decode = encode, decode

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.encode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.decode(value)


def items(encode: Callable[[Any], Any] | None = None, decode: Callable[[Any], Any] | None = None) -> TypeEngine[Any]:
    """A list whose append, remove … are noticed and written (a change inside an item is not)."""
    return MutableList.as_mutable(JsonList(encode, decode))


def mapping() -> TypeEngine[Any]:
    """A dict of texts whose changes are noticed and written."""
    return MutableDict.as_mutable(JSON(none_as_null=True))


def chosen(enum: type[E], name: str = "") -> SqlEnum:
    """An enum kept by its value, with a check constraint that allows no other; `name` where a table has two."""
    return SqlEnum(
        enum,
        name=name or enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=32,
    )


Fen = Integer
"""Money: whole fen. 32 bits hold 21 million yuan."""
