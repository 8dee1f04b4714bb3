"""The first message of a buyer's day: the shop says a word of its own, whoever holds the talk. CW-02."""

from collections.abc import Sequence
from datetime import datetime, time, timezone

from shop.conversations import SESSION_IDLE, newest_first, say_notice
from shop.model import Conversation, Direction, Message
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.times import TIMEZONE, local

FIRST_TODAY = "first_today"


def say_first_today(
    uow: UnitOfWork, conversation: Conversation, message: Message, heard_before: datetime | None, at: Moment
) -> Sequence[Message]:
    """Once a day of the shop (Asia/Shanghai), at the message that was just stored. `heard_before`: when the buyer wrote
    last before it.

    Not where a person has spoken today, nor right after the welcome, which is the same word.
    """
    starts = _day_starts(at.now)
    if heard_before is not None and heard_before >= starts:
        return []
    if _was_spoken_to(uow, conversation, starts) or _was_welcomed(uow, conversation, message):
        return []
    return say_notice(uow, conversation, at.say(FIRST_TODAY, nick=conversation.nick or None), at.now)


def _day_starts(now: datetime) -> datetime:
    return datetime.combine(local(now).date(), time(0), TIMEZONE).astimezone(timezone.utc)


def _was_spoken_to(uow: UnitOfWork, conversation: Conversation, since: datetime) -> bool:
    return any(
        message.direction is Direction.AGENT and message.created_at >= since
        for message in newest_first(uow, conversation, since - datetime.resolution)
    )


def _was_welcomed(uow: UnitOfWork, conversation: Conversation, message: Message) -> bool:
    """In this visit, with no word of the buyer between."""
    for earlier in newest_first(uow, conversation, message.created_at - SESSION_IDLE):
        if earlier.phrase_key == "welcome":
            return True
        if earlier.direction is Direction.BUYER and earlier.seq != message.seq:
            return False
    return False
