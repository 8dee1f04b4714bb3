"""What all repositories do the same way."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.exc import IntegrityError

from shop.errors import Duplicate, NotFound
from shop.store import mapping  # noqa: F401  # statements are made of mapped classes when a module is loaded
from shop.store.engine import begin_writing, is_duplicate
from shop.store.session import ShopSession

T = TypeVar("T")


class Repository(Generic[T]):
    """Rows of one class of the model. What is asked at every message is a statement made once, with its values
    left open: SQLAlchemy takes longer to build one than the database to answer.
    """

    cls: type[T]
    unknown: type[NotFound] = NotFound
    key: str = "number"
    """How the key is called in the facts of `unknown`."""

    def __init__(self, session: ShopSession) -> None:
        self.session = session

    def find(self, number: str) -> T | None:
        return self.session.find(self.cls, number)

    def lock(self, number: str) -> T:
        """Read for writing: fresh from the table, and nobody else changes it until this transaction ends."""
        begin_writing(self.session.connection())
        found = self.session.find_for_writing(self.cls, number)
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

    def many(self, query: Select[Any], **values: Any) -> Sequence[T]:
        return self.session.scalars(query, values).all()

    def one(self, query: Select[Any], **values: Any) -> T | None:
        return self.session.scalars(query, values).first()
