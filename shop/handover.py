"""Handing a conversation to people: when they are there, and who is next. HE-13, CW-05."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from shop.model import Conversation, Holder
from shop.policy import WorkingHours
from shop.ports import UnitOfWork
from shop.settings import TIMEZONE


@dataclass(frozen=True)
class Opening:
    """`opens_at` (aware, UTC): the next start while nobody is there; None while open, or where no hours are set."""

    open: bool
    opens_at: datetime | None = None


def opening(hours: Sequence[WorkingHours], now: datetime) -> Opening:
    """Whether people are at work at `now`; hours are shop time and may overlap. Starts count, ends do not."""
    spans = list(_spans(hours, now.astimezone(TIMEZONE)))
    if any(start <= now < end for start, end in spans):
        return Opening(open=True)
    return Opening(open=False, opens_at=min((start for start, _ in spans if start > now), default=None))


def _spans(hours: Sequence[WorkingHours], local: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yesterday's spans (one may last over midnight) to those of the same day next week."""
    for offset in range(-1, 8):
        day = local.date() + timedelta(days=offset)
        for shift in hours:
            if day.weekday() in shift.days:
                last_day = day if shift.starts < shift.ends else day + timedelta(days=1)
                yield _moment(day, shift.starts), _moment(last_day, shift.ends)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, TIMEZONE).astimezone(timezone.utc)


def position(uow: UnitOfWork, conversation: Conversation) -> int | None:
    """Place in the queue, 1 = next; None for a conversation that does not wait."""
    if conversation.holder is not Holder.QUEUE:
        return None
    waiting = [c.id for c in uow.conversations.waiting()]
    return waiting.index(conversation.id) + 1 if conversation.id in waiting else len(waiting) + 1


BACK_TO_BOT = "/greet"
"""Payload of the button with which a waiting buyer goes on with the bot meanwhile."""


def to_bot(conversation: Conversation) -> None:
    """The buyer would rather not wait. Nobody had taken the conversation yet."""
    conversation.holder = Holder.BOT
    conversation.epoch += 1
    conversation.queue_reason = ""
    conversation.queued_at = None


def to_queue(conversation: Conversation, reason: str, now: datetime) -> None:
    """The bot lets go. Every turn that it still works on is void from here on."""
    conversation.holder = Holder.QUEUE
    conversation.epoch += 1
    conversation.queue_reason = reason
    conversation.queued_at = now
