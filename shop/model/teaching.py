"""What managers taught the bot, the trainings that came of it, and the model that is live."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


@dataclass(eq=False)
class TaughtMessage:
    """Something a buyer may write, and what is meant by it. Every text stands here once."""

    text: str
    """Without phone numbers, addresses and the like: training files leave the store."""
    intent: str
    by: str
    """Staff id."""
    at: datetime
    conversation_id: str = ""
    """Where a buyer wrote it; empty where it was made up."""
    seq: int | None = None
    id: int | None = None


class TrainingState(str, Enum):
    WAITING = "等待"
    RUNNING = "训练中"
    CHECKING = "检验中"
    GOOD = "可用"
    WORSE = "不如原来"
    FAILED = "失败"
    CANCELLED = "已取消"


UNDER_WAY = frozenset({TrainingState.WAITING, TrainingState.RUNNING, TrainingState.CHECKING})


@dataclass(eq=False)
class Training:
    """One run. Whoever works on it holds it until `lease_until`, and renews that; later it is anybody's again.

    `exam` is the test set: how many questions, how many right with the model of before and with the new one;
    `lessons_…` the same for the taught messages. `changed`: questions that one of the two got right
    and the other wrong, as `{"text", "intent", "before", "after", "taught": bool}`.
    """

    number: str
    asked_by: str
    asked_at: datetime
    lessons: int
    go_live: bool = False
    """Whether it goes live by itself where it is not worse."""
    state: TrainingState = TrainingState.WAITING
    percent: int = 0
    holder: str = ""
    lease_until: datetime | None = None
    tries: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    exam: int = 0
    exam_before: int = 0
    exam_after: int = 0
    lessons_before: int = 0
    lessons_after: int = 0
    changed: list[dict[str, Any]] = field(default_factory=list)
    model: str = ""
    """File name; empty before there is one, and again when it was cleaned up."""
    base: str = ""
    """Fingerprint of the shipped data and program that it was made from."""
    error: str = ""
    """In words for the manager."""

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY


@dataclass(eq=False)
class LiveModel:
    """The one row of its table. Workers compare `version` with what they serve."""

    model: str
    """File name; empty: the shipped one."""
    base: str
    """Fingerprint that `model` was made from; a worker of another one stays with its shipped model."""
    version: int
    by: str
    at: datetime
    before: str = ""
    """What was live before, to go back to; empty: the shipped one."""
    before_base: str = ""
    problem: str = ""
    """Why a worker could not take it, in words for the manager; empty: all is well."""
    name: str = "live"
