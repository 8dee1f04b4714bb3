"""The manager's rules, numbers."""

import logging
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop.errors import FieldWrong
from shop.policy import Policy
from shop.store import tables
from shop.store.policy_values import decode, encode
from shop.times import local

log = logging.getLogger(__name__)


class SqlPolicies:
    """A row for every rule that differs from its default. Nothing is kept between two units of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def current(self) -> Policy:
        """A stored value that today's program refuses (a rule gone, a range narrowed) is passed over and logged."""
        policy = Policy()
        t = tables.policies.c
        for name, value in self.session.execute(select(t.name, t.value).order_by(t.name)):
            try:
                policy = replace(policy, **{name: decode(name, value)})
            except FieldWrong as error:
                log.warning("stored rule ignored: %s", error)
        return policy

    def set(self, name: str, value: object, by: str, at: datetime) -> None:
        """`value` as in Policy, or as JSON has it (lists, objects, "09:00"). Raises FieldWrong."""
        decoded = decode(name, value)
        replace(Policy(), **{name: decoded})
        row = {"value": encode(decoded), "set_by": by, "set_at": at}
        changed = self.session.execute(tables.policies.update().where(tables.policies.c.name == name).values(row))
        if not changed.rowcount:  # type: ignore[attr-defined]  # a CursorResult, which execute() does not say
            self.session.execute(tables.policies.insert().values(name=name, **row))


_NEXT = text(
    "INSERT INTO number_series (prefix, day, last) VALUES (:prefix, :day, 1)"
    " ON CONFLICT (prefix, day) DO UPDATE SET last = number_series.last + 1 RETURNING last"
)


class SqlNumbers:
    """One row a prefix and day. Who takes a number holds the series until commit, so that none is given twice."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def next(self, prefix: str, at: datetime) -> str:
        day = f"{local(at):%y%m%d}"
        serial = self.session.execute(_NEXT, {"prefix": prefix, "day": day}).scalar_one()
        return f"{prefix}{day}{serial:04d}"
