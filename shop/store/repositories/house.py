"""The manager's rules, numbers."""

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select, text

from shop.errors import FieldWrong
from shop.policy import Policy
from shop.policy_values import decode, encode
from shop.ports import StoredRule
from shop.store import tables
from shop.store.engine import lock_schema
from shop.store.session import ShopSession
from shop.times import local

log = logging.getLogger(__name__)


_CURRENT = select(tables.policies.c.name, tables.policies.c.value).order_by(tables.policies.c.name)


@lru_cache(maxsize=8)
def _read(rows: str) -> Policy:
    """Kept while the rows stay as they are: they are asked for at every message and change once in a while."""
    policy = Policy()
    for name, value in json.loads(rows):
        try:
            policy = replace(policy, **{name: decode(name, value)})
        except FieldWrong as error:
            log.warning("stored rule ignored: %s", error)
    return policy


class SqlPolicies:
    """A row for every rule that differs from its default. Read anew in every unit of work, once."""

    def __init__(self, session: ShopSession) -> None:
        self.session = session
        self._current: Policy | None = None

    def current(self) -> Policy:
        """A stored value that today's program refuses (a rule gone, a range narrowed) is passed over and logged."""
        if self._current is None:
            self._current = _read(json.dumps([tuple(row) for row in self.session.execute(_CURRENT)]))
        return self._current

    def set(self, name: str, value: object, by: str, at: datetime) -> None:
        """`value` as in Policy, or as JSON has it (lists, objects, "09:00"). Raises FieldWrong."""
        decoded, self._current = decode(name, value), None
        replace(Policy(), **{name: decoded})
        row = {"value": encode(decoded), "set_by": by, "set_at": at}
        changed = self.session.execute(tables.policies.update().where(tables.policies.c.name == name).values(row))
        if not changed.rowcount:  # type: ignore[attr-defined]  # a CursorResult, which execute() does not say
            self.session.execute(tables.policies.insert().values(name=name, **row))

    def unset(self, name: str) -> None:
        self._current = None
        self.session.execute(tables.policies.delete().where(tables.policies.c.name == name))

    def stored(self) -> Mapping[str, StoredRule]:
        t = tables.policies.c
        rows = self.session.execute(select(t.name, t.value, t.set_by, t.set_at))
        return {row[0]: StoredRule(row[1], row[2], row[3]) for row in rows}

    def hold(self) -> None:
        lock_schema(self.session.connection())
        self._current = None


_NEXT = text(
    "INSERT INTO number_series (prefix, day, last) VALUES (:prefix, :day, 1)"
    " ON CONFLICT (prefix, day) DO UPDATE SET last = number_series.last + 1 RETURNING last"
)


class SqlNumbers:
    """One row a prefix and day. Who takes a number holds the series until commit, so that none is given twice."""

    def __init__(self, session: ShopSession) -> None:
        self.session = session

    def next(self, prefix: str, at: datetime) -> str:
        day = f"{local(at):%y%m%d}"
        serial = self.session.execute(_NEXT, {"prefix": prefix, "day": day}).scalar_one()
        return f"{prefix}{day}{serial:04d}"
