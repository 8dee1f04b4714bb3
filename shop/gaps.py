"""没答好的问题: what buyers wrote that the bot did not answer well, and what becomes of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from shop.changes import note_change
from shop.errors import FieldWrong, NotFound
from shop.impersonal import SAMPLE_NAME, make_impersonal
from shop.model import ChangeKind, Gap, GapState, Missed, Staff
from shop.ports import UnitOfWork
from shop.teaching import Lesson, Taught, teach

PERIODS = (7, 30, 90)
"""Days that a manager may look back."""
MOST = 2000
"""Newest messages that are looked at: each has to be compared with each."""
SHORTEST_NAME, SHORTEST_ADDRESS = 2, 4
SHOWN_TEXTS = 5


class Wish(NamedTuple):
    """These messages mean `intent`."""

    ids: Sequence[int]
    intent: str


def list_missed(uow: UnitOfWork, days: int, now: datetime) -> Sequence[Missed]:
    """Newest first, MOST at most, without personal data. Raises FieldWrong for a period that is none."""
    if days not in PERIODS:
        raise FieldWrong(field="days", value=days)
    return _impersonal(uow, uow.gaps.missed_since(now - timedelta(days=days), MOST))


def find_missed(uow: UnitOfWork, ids: Collection[int]) -> Sequence[Missed]:
    """Raises NotFound where one is missing."""
    found = uow.gaps.missed(ids)
    if len(found) != len(set(ids)):
        raise NotFound(gaps=sorted({*ids} - {each.id for each in found}))
    return _impersonal(uow, found)


def live_since(uow: UnitOfWork) -> datetime | None:
    """When the taught model went live; None: the shipped one answers."""
    live = uow.live_models.current()
    return live.at if live is not None and live.model else None


def teach_missed(uow: UnitOfWork, staff: Staff, wishes: Sequence[Wish], now: datetime) -> Taught:
    """The bot learns them with the next training. Raises LessonRefused, TooMany, NotFound."""
    lessons = []
    for wish in wishes:
        by_text = {each.text: each for each in find_missed(uow, wish.ids)}
        lessons += [Lesson(m.text, wish.intent, m.conversation_id, m.seq) for m in by_text.values()]
    taught = teach(uow, staff, now, lessons)
    for wish in wishes:
        _settle(uow, wish.ids, GapState.TAUGHT, now, wish.intent)
    return taught


def settle_missed(uow: UnitOfWork, staff: Staff, ids: Collection[int], state: GapState, now: datetime) -> None:
    """不用管, 已做成自动回复, or (OPEN) back among those to be seen to. Raises NotFound, FieldWrong for 已教."""
    if state is GapState.TAUGHT:
        raise FieldWrong(field="state", value=state.value)
    missed = find_missed(uow, ids)
    if not missed:
        return
    before = {"state": missed[0].state.value, "count": len(missed)}
    after = {"state": state.value, "count": len(missed), "examples": _examples(missed)}
    note_change(uow, staff, ChangeKind.TEACHING, missed[0].text[:60], _DEEDS[state], now, before=before, after=after)
    _settle(uow, ids, state, now)


_DEEDS: Mapping[GapState, str] = {
    GapState.DISMISSED: "不用管",
    GapState.REPLIED: "做成自动回复",
    GapState.OPEN: "放回待处理",
}


def _examples(missed: Sequence[Missed]) -> list[str]:
    return list(dict.fromkeys(each.text for each in missed))[:SHOWN_TEXTS]


def _settle(uow: UnitOfWork, ids: Collection[int], state: GapState, now: datetime, intent: str = "") -> None:
    for gap in uow.gaps.with_ids(ids):
        _decide(gap, state, None if state is GapState.OPEN else now, intent)


def _decide(gap: Gap, state: GapState, at: datetime | None, intent: str) -> None:
    gap.state, gap.settled_at, gap.intent = state, at, intent


def _impersonal(uow: UnitOfWork, missed: Sequence[Missed]) -> Sequence[Missed]:
    """Numbers and addresses by their form, the buyer's own names and addresses by what the orders say."""
    buyers = {each.buyer_id for each in missed if each.buyer_id}
    receivers = uow.orders.receivers_of(buyers) if buyers else {}
    cleaned = []
    for each in missed:
        text = each.text
        for receiver in receivers.get(each.buyer_id or "", ()):
            text = _without(text, receiver.address, SHORTEST_ADDRESS, "某处")
            text = _without(text, receiver.name, SHORTEST_NAME, SAMPLE_NAME)
        cleaned.append(replace(each, text=" ".join(make_impersonal(text).split())))
    return cleaned


def _without(text: str, known: str, shortest: int, instead: str) -> str:
    return text.replace(known, instead) if len(known) >= shortest else text
