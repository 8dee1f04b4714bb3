"""Figures for the people in charge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.arriving import NOTICE_EVERY
from shop.conversations import newest_first
from shop.model import Conversation, Direction
from shop.ports import UnitOfWork
from shop.standing import WAITING_NOTICES


@dataclass(frozen=True)
class Unanswered:
    """A conversation whose buyer's last words nobody has answered, and for how long."""

    conversation: Conversation
    waited: timedelta


def unanswered_count(uow: UnitOfWork, now: datetime) -> int:
    """Conversations whose buyer's last message has neither an answer (the bot's, an agent's) nor a waiting notice.

    Zero at close of day is the aim (CW-03).
    """
    return len(find_unanswered(uow, now))


def find_unanswered(uow: UnitOfWork, now: datetime) -> Sequence[Unanswered]:
    """Longest first. What was taken back is no answer, and neither is a welcome, a reminder or a goodbye."""
    silent = uow.conversations.unheard(WAITING_NOTICES)
    return [Unanswered(c, now - c.last_buyer_at) for c in silent if c.last_buyer_at and not _was_told(uow, c)]


def _was_told(uow: UnitOfWork, conversation: Conversation) -> bool:
    """Who writes on right after a waiting notice is not told again: that notice is meant for these words, too."""
    last_words: datetime | None = None
    for message in newest_first(uow, conversation):
        if message.direction is Direction.BUYER:
            last_words = last_words or message.created_at
        elif last_words is not None:
            heard = message.direction is Direction.SYSTEM and message.phrase_key in WAITING_NOTICES
            return heard and last_words - message.created_at < NOTICE_EVERY
    return False
