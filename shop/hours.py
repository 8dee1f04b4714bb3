"""When people are at work: the weekly hours, and the days with hours of their own. HE-13, CW-05."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from shop.policy import Policy, Shift
from shop.times import TIMEZONE

LOOK_AHEAD_DAYS = 60
"""Longer than any holiday; a shop that opens later than that has no opening time worth telling a buyer."""


@dataclass(frozen=True)
class Opening:
    """`opens_at` (aware, UTC): the next start while nobody is there; None while open, or where there is no start
    within `LOOK_AHEAD_DAYS`.
    """

    open: bool
    opens_at: datetime | None = None


def opening(policy: Policy, now: datetime) -> Opening:
    """Whether people are at work at `now`. Shifts are shop time and may overlap; starts count, ends do not.

    A shift belongs to the day on which it begins, and runs to its end: a night shift before a holiday is worked until
    the morning, and a special day takes the place of what would begin on it, not of what is still running. Whoever
    wants people gone at midnight makes the day before a special day, too.
    """
    today = now.astimezone(TIMEZONE).date()
    running = (span for offset in (-1, 0) for span in _spans(policy, today + timedelta(days=offset)))
    if any(start <= now < end for start, end in running):
        return Opening(open=True)
    return Opening(open=False, opens_at=next(_starts(policy, today, now), None))


def _starts(policy: Policy, today: date, now: datetime) -> Iterator[datetime]:
    """What begins after `now`, in order."""
    for offset in range(LOOK_AHEAD_DAYS + 1):
        yield from sorted(start for start, _ in _spans(policy, today + timedelta(days=offset)) if start > now)


def _spans(policy: Policy, day: date) -> Iterator[tuple[datetime, datetime]]:
    """What begins on `day`; a shift that ends when it starts lasts 24 hours."""
    for shift in _shifts(policy, day):
        last_day = day if shift.starts < shift.ends else day + timedelta(days=1)
        yield _moment(day, shift.starts), _moment(last_day, shift.ends)


def _shifts(policy: Policy, day: date) -> tuple[Shift, ...]:
    special = next((s for s in policy.special_days if s.day == day), None)
    if special is not None:
        return special.shifts
    return tuple(Shift(h.starts, h.ends) for h in policy.working_hours if day.weekday() in h.days)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, TIMEZONE).astimezone(timezone.utc)
