"""SQLAlchemy's session, holding on to what it has loaded."""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session


class ShopSession(Session):
    """Of its own accord a session forgets an object that nobody else holds, and with it a change made through
    one of its lists: `uow.orders.lock(n).lines.append(…)` would be lost without a word.
    """

    def __init__(self, engine: Engine) -> None:
        # Not expiring: objects stay readable after commit, when nothing can be loaded any more.
        super().__init__(engine, expire_on_commit=False)
        self.kept: set[Any] = set()


def _keep(session: ShopSession, item: Any) -> None:
    session.kept.add(item)


event.listen(ShopSession, "loaded_as_persistent", _keep)
event.listen(ShopSession, "pending_to_persistent", _keep)
