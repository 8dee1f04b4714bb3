"""What all repositories do the same way."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.errors import Duplicate, NotFound
from shop.store.engine import begin_writing, is_duplicate

T = TypeVar("T")


class Repository(Generic[T]):
    """Rows of one class of the model."""

    cls: type[T]
    unknown: type[NotFound] = NotFound
    key: str = "number"
    """How the key is called in the facts of `unknown`."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, number: str) -> T | None:
        return self.session.get(self.cls, number)

    def lock(self, number: str) -> T:
        """Read for writing: fresh from the table, and nobody else changes it until this transaction ends."""
        self.session.flush()
        begin_writing(self.session.connection())
        found = self.session.get(self.cls, number, with_for_update=True, populate_existing=True)
        if found is None:
            raise self.unknown(**{self.key: number})
        return found

    def add(self, item: T) -> None:
        """Writes at once, so that what refers to it can follow in the order of the program. Raises Duplicate."""
        self.session.add(item)
        try:
            self.session.flush()
        except IntegrityError as error:
            if is_duplicate(error):
                raise Duplicate(what=self.cls.__name__) from error
            raise

    def many(self, query: Select[Any]) -> Sequence[T]:
        return self.session.scalars(query).all()

    def one(self, query: Select[Any]) -> T | None:
        return self.session.scalars(query).first()
