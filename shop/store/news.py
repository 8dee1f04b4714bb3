"""What a transaction adds and changes of the things that other programs are told of, as it goes into the tables.

Found at the session itself: no use case can forget to tell, in whichever process it runs.
"""

from typing import Any

from sqlalchemy import event, inspect

from shop.model import News
from shop.store.session import ShopSession
from shop.webhooks.events import WATCHED


def take_news(session: ShopSession) -> list[News]:
    """All since the last time, in the order of the program."""
    session.flush()
    news, session.news = session.news, []
    return news


def _gather(session: ShopSession, context: Any, instances: Any) -> None:
    added = [News(item, changed=False) for item in session.new if type(item) in WATCHED]
    changed = [News(item, changed=True) for item in session.dirty if _is_changed(item)]
    session.news += [*added, *changed]


def _is_changed(item: Any) -> bool:
    fields = WATCHED.get(type(item), ())
    return any(inspect(item).attrs[field].history.has_changes() for field in fields)


def _forget(session: ShopSession, previous: Any) -> None:
    session.news = []


event.listen(ShopSession, "before_flush", _gather)
event.listen(ShopSession, "after_soft_rollback", _forget)
