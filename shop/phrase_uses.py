"""What became of the shop's words, counted from the log. PH-35.

A day of the shop is counted from its own messages and what followed each within WINDOW. Ratings come late: a day is
counted anew at every look until LATE_DAYS after its end, and then kept, with the ratings that were there by then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Protocol, TypeVar

from shop.conversations import SESSION_IDLE
from shop.intents import FAMILY_OF
from shop.model import (
    Direction,
    Holder,
    LoggedMessage,
    LoggedService,
    Outcome,
    PhraseDay,
    PhraseLog,
)
from shop.ports import UnitOfWork
from shop.replies import fold
from shop.times import TIMEZONE, local

WINDOW = timedelta(minutes=10)
"""What comes later is no answer to it."""
COMPLAINT_HOURS = 24
LONGEST_SERVICE_DAYS = 3
"""A service that began longer ago did not rate what is said today."""
LATE_DAYS = 9
"""Longer than a buyer may rate."""
SMALL_TALK = "general"


class _OfTalk(Protocol):
    @property
    def talk(self) -> str: ...


_Row = TypeVar("_Row", bound=_OfTalk)


@dataclass(frozen=True)
class Spoken:
    """A phrase in a message: `key` as in PhraseDay."""

    key: str
    talk: str
    seq: int
    at: datetime
    giver: Holder
    plain: bool
    intent: str = ""


@dataclass
class Figures:
    """Of a period: `phrases` by `auto:<key>` and `quick:<code>`, `topics` by family of intents."""

    phrases: dict[str, Outcome] = field(default_factory=lambda: defaultdict(Outcome))
    topics: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def find_uncounted(uow: UnitOfWork, first: date, last: date, now: datetime) -> list[date]:
    """Days that will not change any more and are not kept yet."""
    kept = {day.day for day in uow.phrase_days.between(first, last)}
    return [day for day in _days(first, last) if day not in kept and _is_settled(day, now)]


def count_day(uow: UnitOfWork, day: date) -> PhraseDay:
    """From the log."""
    start, end = _bounds(day)
    log = uow.phrase_days.log(
        start - WINDOW,
        end + WINDOW,
        rated_by=end + timedelta(days=LATE_DAYS),
        hours_after=COMPLAINT_HOURS,
        days_before=LONGEST_SERVICE_DAYS,
    )
    return PhraseDay(day, tally(log, start, end))


def gather_figures(uow: UnitOfWork, first: date, last: date) -> Figures:
    """Both days inside; days that are not kept are counted."""
    kept = {day.day: day for day in uow.phrase_days.between(first, last)}
    figures = Figures()
    for day in _days(first, last):
        for key, counts in (kept.get(day) or count_day(uow, day)).counts.items():
            kind, _, name = key.partition(":")
            if kind == "topic":
                figures.topics[name] += counts[0]
            else:
                figures.phrases[key].add(Outcome(*counts))
    return figures


def tally(log: PhraseLog, start: datetime, end: datetime) -> dict[str, list[int]]:
    """The counts of what was said from `start` to before `end`."""
    talks = _Talks(log)
    found: dict[str, Outcome] = defaultdict(Outcome)
    rated: set[tuple[str, str]] = set()
    for spoken in _spoken(log):
        if start <= spoken.at < end:
            outcome = found[spoken.key]
            _count(outcome, spoken, talks)
            service = talks.service_of(spoken)
            if service is not None and service.rating is not None and (spoken.key, service.number) not in rated:
                rated.add((spoken.key, service.number))
                outcome.rated += 1
                outcome.stars += service.rating
    topics: dict[str, int] = defaultdict(int)
    for message in log.messages:
        if message.direction is Direction.BUYER and message.intent and start <= message.at < end:
            topics[FAMILY_OF.get(message.intent, SMALL_TALK)] += 1
    counts = {key: list(astuple(outcome)) for key, outcome in found.items()}
    return counts | {f"topic:{family}": [count] for family, count in topics.items()}


def _spoken(log: PhraseLog) -> Iterator[Spoken]:
    for m in log.messages:
        if m.key and m.direction in (Direction.BOT, Direction.SYSTEM):
            yield Spoken(f"auto:{m.key}", m.talk, m.seq, m.at, Holder.BOT, plain=True, intent=m.intent)
    for use in log.uses:
        yield Spoken(f"quick:{use.code}", use.talk, use.seq, use.at, Holder.AGENT, use.plain)


def _count(outcome: Outcome, spoken: Spoken, talks: "_Talks") -> None:
    following = talks.next_of_buyer(spoken)
    again = following is not None and talks.asks_again(spoken, following)
    handed = talks.was_handed(spoken)
    outcome.said += 1
    outcome.plain += spoken.plain
    outcome.answered += following is not None
    outcome.again += again
    outcome.handed += handed
    outcome.well += not again and not handed
    outcome.complained += talks.complained(spoken)


class _Talks:
    """The log, talk by talk."""

    def __init__(self, log: PhraseLog) -> None:
        self._buyer = _by_talk(m for m in log.messages if m.direction is Direction.BUYER)
        self._handovers, self._services = _by_talk(log.handovers), _by_talk(log.services)
        self._complaints = _by_talk(log.complaints)

    def next_of_buyer(self, spoken: Spoken) -> LoggedMessage | None:
        said = (m for m in self._buyer[spoken.talk] if m.seq > spoken.seq and m.at <= spoken.at + WINDOW)
        return next(said, None)

    def asks_again(self, spoken: Spoken, following: LoggedMessage) -> bool:
        """In the same words as before it, or with the same wish."""
        if following.intent and following.intent == spoken.intent and FAMILY_OF.get(spoken.intent) != SMALL_TALK:
            return True
        before = [m for m in self._buyer[spoken.talk] if m.seq < spoken.seq and m.at >= spoken.at - WINDOW]
        words = fold(following.text)
        return bool(words and before) and fold(before[-1].text) == words

    def was_handed(self, spoken: Spoken) -> bool:
        """Before the buyer had written twice."""
        for handover in self._handovers[spoken.talk]:
            passed_on = handover.giver is spoken.giver and handover.taker is not Holder.BOT
            if passed_on and handover.seq >= spoken.seq and spoken.at <= handover.at <= spoken.at + WINDOW:
                between = [m for m in self._buyer[spoken.talk] if spoken.seq < m.seq <= handover.seq]
                return len(between) <= 1
        return False

    def service_of(self, spoken: Spoken) -> LoggedService | None:
        """In which it was said, or which began in the same session after it."""
        earliest = spoken.at - timedelta(days=LONGEST_SERVICE_DAYS)
        for service in self._services[spoken.talk]:
            still_open = service.closed_at is None or service.closed_at >= spoken.at
            if earliest <= service.started_at <= spoken.at + SESSION_IDLE and still_open:
                return service
        return None

    def complained(self, spoken: Spoken) -> bool:
        until = spoken.at + timedelta(hours=COMPLAINT_HOURS)
        return any(spoken.at <= complaint.at <= until for complaint in self._complaints[spoken.talk])


def _by_talk(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.talk].append(row)
    return found


def period_of(days: int, now: datetime) -> tuple[date, date]:
    """The last `days` days of the shop, today among them."""
    today = local(now).date()
    return today - timedelta(days=days - 1), today


def week_of(day: date) -> tuple[date, date]:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _days(first: date, last: date) -> Sequence[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _bounds(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, clock(), TIMEZONE)
    return start, datetime.combine(day + timedelta(days=1), clock(), TIMEZONE)


def _is_settled(day: date, now: datetime) -> bool:
    return _bounds(day)[1] + timedelta(days=LATE_DAYS) <= now
