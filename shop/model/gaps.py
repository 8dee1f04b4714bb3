"""Buyers' messages that the bot did not answer well, and what became of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class GapKind(str, Enum):
    NOT_UNDERSTOOD = "没听懂"
    CLARIFIED = "问了一遍"
    """The bot asked back what was meant."""
    HANDED_OVER = "转人工"
    """Not where the buyer asked for a person, or the manager wants one."""
    FAILED = "没答上"
    RATED_LOW = "评价低"
    """Answered, in a talk that the buyer rated with one star or two."""


class GapState(str, Enum):
    OPEN = "待处理"
    TAUGHT = "已教"
    REPLIED = "已做成自动回复"
    DISMISSED = "不用管"


@dataclass(eq=False)
class Gap:
    """The buyer's message `seq`; `first_seq` is that of the first piece of the same thought, mostly the same.

    `intent`: what it was taught as. `settled_at`: when somebody decided what becomes of it.
    """

    conversation_id: str
    seq: int
    first_seq: int
    at: datetime
    kind: GapKind
    reason: str = ""
    """Why people were called."""
    state: GapState = GapState.OPEN
    intent: str = ""
    settled_at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True)
class Missed:
    """A gap with the words that were said: `text` holds all pieces of the thought."""

    id: int
    conversation_id: str
    buyer_id: str | None
    seq: int
    at: datetime
    kind: GapKind
    reason: str
    state: GapState
    intent: str
    settled_at: datetime | None
    text: str
