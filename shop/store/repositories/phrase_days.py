"""What was counted of each day's words, and the log that it is counted from."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Date, Select, bindparam, or_, select, text

from shop.model import (
    LoggedComplaint,
    LoggedHandover,
    LoggedMessage,
    LoggedService,
    LoggedUse,
    PhraseDay,
    PhraseLog,
)
from shop.store import tables
from shop.store.repositories.base import Repository

_m, _t, _u = tables.messages.c, tables.turns.c, tables.phrase_uses.c
_h, _s, _c = tables.handovers.c, tables.services.c, tables.complaints.c
_KEEP = text("INSERT INTO phrase_days (day, counts) VALUES (:day, :counts) ON CONFLICT (day) DO NOTHING").bindparams(
    bindparam("day", type_=Date), bindparam("counts", type_=JSON(none_as_null=True))
)


class SqlPhraseDays(Repository[PhraseDay]):
    cls = PhraseDay

    def between(self, first: date, last: date) -> Sequence[PhraseDay]:
        day = tables.phrase_days.c.day
        return self.many(select(PhraseDay).where(day >= first, day <= last).order_by(day))

    def keep(self, day: PhraseDay) -> None:
        self.session.execute(_KEEP, {"day": day.day, "counts": day.counts})

    def log(
        self, since: datetime, until: datetime, *, rated_by: datetime, hours_after: int, days_before: int
    ) -> PhraseLog:
        later = until + timedelta(hours=hours_after)
        rows = self.session.execute
        return PhraseLog(
            messages=[
                LoggedMessage(r[0], r[1], r[2], r[3], r[4] or "", r[5], r[6] or "")
                for r in rows(_messages(since, until))
            ],
            uses=[LoggedUse(r[0], r[1], r[2], r[3], not r[4]) for r in rows(_uses(since, until))],
            handovers=[LoggedHandover(*r) for r in rows(_handovers(since, until))],
            services=[
                LoggedService(r[0], r[1], r[2], r[3], r[4] if r[5] is not None and r[5] < rated_by else None)
                for r in rows(_services(since - timedelta(days=days_before), since, later))
            ],
            complaints=[LoggedComplaint(*r) for r in rows(_complaints(since, later))],
        )


def _messages(since: datetime, until: datetime) -> Select[Any]:
    said = select(_m.conversation_id, _m.seq, _m.created_at, _m.direction, _m.phrase_key, _m.text, _t.intent)
    within = said.join(tables.turns, _m.turn_id == _t.id, isouter=True)
    return within.where(_m.created_at >= since, _m.created_at < until).order_by(
        _m.created_at, _m.conversation_id, _m.seq
    )


def _uses(since: datetime, until: datetime) -> Select[Any]:
    used = select(_u.conversation_id, _u.seq, _u.at, _u.code, _u.edited)
    return used.where(_u.at >= since, _u.at < until).order_by(_u.at, _u.id)


def _handovers(since: datetime, until: datetime) -> Select[Any]:
    passed = select(_h.conversation_id, _h.seq, _h.at, _h.from_holder, _h.to_holder)
    return passed.where(_h.at >= since, _h.at < until).order_by(_h.at, _h.conversation_id, _h.epoch)


def _services(earliest: datetime, since: datetime, until: datetime) -> Select[Any]:
    """Those under way at any time between, and begun not too long ago."""
    some = select(_s.conversation_id, _s.number, _s.started_at, _s.closed_at, _s.rating, _s.rated_at)
    open_then = or_(_s.closed_at.is_(None), _s.closed_at >= since)
    return some.where(_s.started_at >= earliest, _s.started_at < until, open_then).order_by(_s.started_at, _s.number)


def _complaints(since: datetime, until: datetime) -> Select[Any]:
    return (
        select(_c.conversation_id, _c.created_at)
        .where(_c.created_at >= since, _c.created_at < until)
        .order_by(_c.created_at, _c.number)
    )
