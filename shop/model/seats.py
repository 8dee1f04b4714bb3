"""Where people sit: whether they take buyers, in which groups, and since when they are signed in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class SeatState(str, Enum):
    ONLINE = "在线"
    PAUSED = "挂起"
    """Known buyers stay, no new ones come; who writes hears the away text."""
    BUSY = "示忙"
    OFFLINE = "离线"


PRESENT = frozenset({SeatState.ONLINE, SeatState.PAUSED, SeatState.BUSY})


@dataclass(eq=False)
class Seat:
    """One a member of staff. `seen_at`: the last sign of a hand on the keys; `linked_at`: of an open console."""

    staff_id: str
    state: SeatState
    since: datetime
    seen_at: datetime | None = None
    linked_at: datetime | None = None
    max_buyers: int = 0
    """0: as the rules say."""


@dataclass(eq=False)
class Group:
    """People of one skill. `families` are those of the intents whose buyers come here; none: whoever is left."""

    code: str
    name: str
    families: list[str] = field(default_factory=list)
    position: int = 0


@dataclass(eq=False)
class StaffSession:
    """`id` is a digest of the token, which only the browser knows."""

    id: str
    staff_id: str
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    address: str = ""


@dataclass(eq=False)
class ApiToken:
    """What another program of the shop's signs its questions with; it may what `scopes` say, and no more than the
    member of staff who made it. `id` is a digest of the token, which only that program knows.
    """

    id: str
    name: str
    staff_id: str
    scopes: list[str]
    created_at: datetime
    used_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(eq=False)
class KeptAnswer:
    """What was answered to a question that may be sent again. `who` is a digest, `question` one of all that was sent.

    `status` None: it is being answered. `body` None with a status: done, and not to be told a second time.
    """

    who: str
    key: str
    question: str
    at: datetime
    status: int | None = None
    body: str | None = None


@dataclass(eq=False)
class SignInTry:
    """A sign-in that failed, for the limit."""

    staff_id: str
    address: str
    at: datetime
    id: int | None = None


class AlertKind(str, Enum):
    """What the people in charge are told at once."""

    LAST_SEAT = "最后一个座位示忙"
    AWAY = "离开未示忙"
    LEFT_OPEN = "离线时还有未交接的会话"
    AGENT_SILENT = "客服超时未回复"
    NOBODY_THERE = "无人接待"
    QUEUE_LONG = "排队过长"
    RUDE = "不文明用语"
    URGENT = "紧急会话"
    OVERDUE = "任务到期"
    APPROVAL = "议价审批"
    PAYOUT = "退款补偿审批"


@dataclass(eq=False)
class Alert:
    """For leaders, or for `to_staff` alone. `seen_by`: staff ids that have put it away."""

    kind: AlertKind
    at: datetime
    conversation_id: str = ""
    staff_id: str = ""
    """About whom."""
    to_staff: str = ""
    note: str = ""
    seen_by: list[str] = field(default_factory=list)
    id: int | None = None
