"""What care finds, and what it looks at."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from phrases.library import AutoReply, Wording

Kind = Literal["auto", "quick"]


class Trouble(str, Enum):
    """In the order in which it is to be mended."""

    UNREACHABLE = "说不到"
    STALE = "过时"
    UNHELPFUL = "效果差"
    DOUBLE = "重复"
    UNUSED = "没人用"


@dataclass(frozen=True)
class Cared:
    """A phrase as care looks at it. `written`: the shop's own words, on `changed_on`. `topic`: the family of intents
    whose buyers it is for; empty: no one family. `reply`: how the auto-reply stands; `problem`: why it does not.
    """

    kind: Kind
    key: str
    title: str
    wordings: tuple[Wording, ...]
    written: bool = False
    changed_on: date | None = None
    topic: str = ""
    reply: AutoReply | None = None
    shipped: AutoReply | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        """As in shop.phrase_uses."""
        return f"{self.kind}:{self.key}"

    def where(self, number: int) -> str:
        """Which of its wordings; nothing where there is but one."""
        return f"第{number}条话术" if len(self.wordings) > 1 else ""


@dataclass(frozen=True)
class Ailment:
    """`reason`: a plain sentence; `figure`: the number that it rests on, or empty. The greatest `weight` of a trouble
    comes first.
    """

    kind: Kind
    key: str
    trouble: Trouble
    reason: str
    figure: str = ""
    weight: float = 0.0


def ail(cared: Cared, trouble: Trouble, reason: str, figure: str = "", weight: float = 0.0) -> Ailment:
    return Ailment(cared.kind, cared.key, trouble, reason, figure, weight)
