"""Reading what was changed by whom, and writing down who looked at whose data. PH-33, PC-04.

There is no use case that changes or removes a record, and the database refuses one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shop.changes import note_change
from shop.masking import Personal
from shop.model import Change, ChangeKind, Conversation, Staff
from shop.ports import UnitOfWork
from shop.times import TIMEZONE

CHUNK = 500
ONCE = timedelta(hours=1)
"""One person's looks at one buyer within it are one record, so that the log stays readable."""
LOOKED_AT = 50
"""Of one person's records within the hour; the words of a key are found in longer ones, too."""
LOOKED, THE_LOG = "查看", "操作记录"


@dataclass(frozen=True)
class Sieve:
    """Days are those of the shop's calendar, both inclusive."""

    kind: ChangeKind | None = None
    by: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None


def find_changes(uow: UnitOfWork, sieve: Sieve, *, below: int | None, limit: int) -> list[Change]:
    """Newest first, those with a smaller id than `below`."""
    return [
        *uow.changes.search(
            kind=sieve.kind,
            by=sieve.by,
            words=sieve.words.strip(),
            since=_midnight(sieve.first) if sieve.first else None,
            until=_midnight(sieve.last + timedelta(days=1)) if sieve.last and sieve.last < date.max else None,
            below=below,
            limit=limit,
        )
    ]


def walk_changes(uow: UnitOfWork, sieve: Sieve, most: int) -> Iterator[Change]:
    """All of them up to `most`, read in parts."""
    below: int | None = None
    while most > 0 and (found := find_changes(uow, sieve, below=below, limit=min(CHUNK, most))):
        yield from found
        below, most = found[-1].id, most - len(found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TIMEZONE)


def note_export(uow: UnitOfWork, staff: Staff, count: int, sieve: Sieve, now: datetime) -> None:
    """Whoever takes the log along stands in it."""
    chosen = {
        "kind": sieve.kind.value if sieve.kind else "",
        "by": sieve.by,
        "words": sieve.words.strip(),
        "first": sieve.first.isoformat() if sieve.first else "",
        "last": sieve.last.isoformat() if sieve.last else "",
    }
    after = {"count": count, **{name: value for name, value in chosen.items() if value}}
    note_change(uow, staff, ChangeKind.EXPORT, THE_LOG, "导出", now, after=after)


def key_of(conversation: Conversation) -> str:
    """Whose data it is: the buyer, or the talk of a guest."""
    return conversation.buyer_id or conversation.id


def is_look_noted(uow: UnitOfWork, staff: Staff, conversation: Conversation, now: datetime) -> bool:
    key, since = key_of(conversation), now - ONCE
    kind = ChangeKind.PERSONAL_DATA
    looks = uow.changes.search(kind=kind, by=staff.id, words=key, since=since, until=None, below=None, limit=LOOKED_AT)
    return any(look.key == key and look.at > since for look in looks)


def note_look(
    uow: UnitOfWork, staff: Staff, conversation: Conversation, seen: Collection[Personal], now: datetime
) -> None:
    """`staff` saw these kinds of the buyer's data in full."""
    if is_look_noted(uow, staff, conversation, now):
        return
    after = {"seen": sorted(kind.value for kind in seen), "talk": conversation.id}
    note_change(uow, staff, ChangeKind.PERSONAL_DATA, key_of(conversation), LOOKED, now, after=after)
