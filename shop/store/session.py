"""SQLAlchemy's session, holding on to what it has loaded and locked."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, Select, bindparam, event, select
from sqlalchemy.orm import Session, class_mapper
from sqlalchemy.orm.attributes import instance_state

from shop.model import News

T = TypeVar("T")


class ShopSession(Session):
    """Of its own accord a session forgets an object that nobody else holds, and with it a change made through
    one of its lists: `uow.orders.lock(n).lines.append(…)` would be lost without a word.
    """

    def __init__(self, engine: Engine) -> None:
        # Not expiring: objects stay readable after commit, when nothing can be loaded any more.
        super().__init__(engine, expire_on_commit=False)
        self.kept: set[Any] = set()
        self.news: list[News] = []
        self._locked: set[tuple[type, Any]] = set()

    def find(self, cls: type[T], *key: Any) -> T | None:
        """As `get`, which builds its statement anew at every call: that takes longer than asking the database."""
        known = self._known(cls, key)
        return known if known is not None else self.scalars(_by_key(cast(Any, cls)), _named(key)).first()

    def find_for_writing(self, cls: type[T], *key: Any) -> T | None:
        """Read anew under the row's lock; what this transaction has locked already cannot have changed since."""
        known = self._known(cls, key) if (cls, key) in self._locked else None
        if known is None:
            self.flush()
            known = self.scalars(_by_key(cast(Any, cls), locking=True), _named(key)).first()
            self._locked.add((cls, key))
        return known

    def _known(self, cls: type[T], key: Sequence[Any]) -> T | None:
        known: T | None = self.identity_map.get(class_mapper(cls).identity_key_from_primary_key(tuple(key)))
        return None if known is None or instance_state(known).expired else known


@lru_cache(maxsize=256)
def _by_key(cls: Any, *, locking: bool = False) -> Select[Any]:
    parts = (column == bindparam(f"key_{n}") for n, column in enumerate(class_mapper(cls).primary_key))
    query = select(cls).where(*parts)
    return query.with_for_update().execution_options(populate_existing=True) if locking else query


def _named(key: Sequence[Any]) -> dict[str, Any]:
    return {f"key_{n}": part for n, part in enumerate(key)}


def _keep(session: ShopSession, item: Any) -> None:
    session.kept.add(item)


def _unlock(session: ShopSession, transaction: Any) -> None:
    session._locked.clear()


event.listen(ShopSession, "loaded_as_persistent", _keep)
event.listen(ShopSession, "pending_to_persistent", _keep)
event.listen(ShopSession, "after_transaction_end", _unlock)
