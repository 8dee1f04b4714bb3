"""What came of the words that the shop keeps ready. PH-35."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import NamedTuple

from shop.model.conversations import Direction, Holder


@dataclass
class Outcome:
    """Of one phrase, over one day or many. Counts of messages, but for `rated` and `stars`: of services."""

    said: int = 0
    plain: int = 0
    """Nothing else was written beside it."""
    answered: int = 0
    """The buyer wrote on."""
    again: int = 0
    """The buyer asked the same again."""
    handed: int = 0
    """Another had to take over."""
    well: int = 0
    """Neither asked again nor handed over."""
    complained: int = 0
    rated: int = 0
    stars: int = 0

    def add(self, other: "Outcome") -> None:
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))


@dataclass(eq=False)
class PhraseDay:
    """What was counted of a day of the shop: `auto:<key>`, `quick:<code>` → the parts of an Outcome in their order;
    `topic:<family>` → how many messages of buyers were about it.
    """

    day: date
    counts: dict[str, list[int]] = field(default_factory=dict)


class LoggedMessage(NamedTuple):
    """`intent`: of the turn that it asked or answered, empty where there is none."""

    talk: str
    seq: int
    at: datetime
    direction: Direction
    key: str
    text: str
    intent: str


class LoggedUse(NamedTuple):
    """A quick phrase in an agent's message; `plain`: nothing else was written."""

    talk: str
    seq: int
    at: datetime
    code: str
    plain: bool


class LoggedHandover(NamedTuple):
    talk: str
    seq: int
    at: datetime
    giver: Holder
    taker: Holder


class LoggedService(NamedTuple):
    """`rating` None: not rated, or not in time."""

    talk: str
    number: str
    started_at: datetime
    closed_at: datetime | None
    rating: int | None


class LoggedComplaint(NamedTuple):
    talk: str
    at: datetime


class PhraseLog(NamedTuple):
    """What was said from a while before a day to a while after it, each in the order of time and of its number."""

    messages: list[LoggedMessage]
    uses: list[LoggedUse]
    handovers: list[LoggedHandover]
    services: list[LoggedService]
    complaints: list[LoggedComplaint]
