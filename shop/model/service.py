"""What people do with a conversation: hand-overs, notes, drafts, phrases used, how it was closed."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from shop.model.conversations import Holder


@dataclass(eq=False)
class HandoverRecord:
    """One change of holder; `epoch` is the one that it began. `why` explains the choice, `card` is for the taker."""

    conversation_id: str
    epoch: int
    seq: int
    """The newest message then: all with a higher number were said in this epoch or later."""
    at: datetime
    from_holder: Holder
    to_holder: Holder
    from_agent: str = ""
    to_agent: str = ""
    group_code: str = ""
    reason: str = ""
    note: str = ""
    by: str = ""
    """Staff id; "bot", "buyer" or "desk" otherwise."""
    why: list[str] = field(default_factory=list)
    card: dict[str, Any] = field(default_factory=dict)


class NoteKind(str, Enum):
    NOTE = "备注"
    QUESTION = "求助"
    WHISPER = "悄悄话"


@dataclass(eq=False)
class Note:
    """Between colleagues; no buyer ever sees it. `number` counts from 1 in its conversation."""

    conversation_id: str
    number: int
    kind: NoteKind
    author_id: str
    author: str
    text: str
    at: datetime
    client_msg_id: str = ""


@dataclass(eq=False)
class AgentDraft:
    """What an agent had typed and not sent."""

    conversation_id: str
    staff_id: str
    text: str
    at: datetime


class ServiceKind(str, Enum):
    QUESTION = "咨询"
    AFTERSALE = "售后"
    COMPLAINT = "投诉"
    OTHER = "其他"


class ServiceResult(str, Enum):
    SOLVED = "已解决"
    FOLLOW_UP = "待跟进"
    REFUSED = "无法满足"
    SILENT = "买家未回应"


@dataclass(eq=False)
class Service:
    """One service of a buyer by people, from the first that takes the talk to its closing and rating."""

    number: str
    conversation_id: str
    agent_id: str
    started_at: datetime
    first_reply_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    kind: ServiceKind | None = None
    cause: str = ""
    result: ServiceResult | None = None
    order_no: str = ""
    asked_rating: bool = False
    rating: int | None = None
    comment: str = ""
    rated_at: datetime | None = None


@dataclass(eq=False)
class SavedPhrase:
    """A quick phrase written in the shop: over the shipped one of the same code. `owner_id` empty: the team's."""

    owner_id: str
    code: str
    group: str
    text: str
    changed_by: str
    changed_at: datetime
    removed: bool = False
    version: int = 1
    """Grows with every change."""
    picture: str = ""
    """Id of the one that goes with it; empty: none. Only the team's have one."""


@dataclass(eq=False)
class PhraseUse:
    """A quick phrase in a message that was sent; `edited` False: nothing else was written. QK-21, PH-35."""

    at: datetime
    staff_id: str
    conversation_id: str
    seq: int
    code: str
    edited: bool
    intent: str = ""
    id: int | None = None
