"""The talk itself: who holds it, what was said, which bot turns ran."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class Holder(str, Enum):
    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"


class Direction(str, Enum):
    """Who wrote a message."""

    BUYER = "buyer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(eq=False)
class Conversation:
    """`last_seq` is the number of the newest message; `epoch` grows with every change of holder."""

    id: str
    created_at: datetime
    buyer_id: str | None = None
    """None: a guest."""
    nick: str = ""
    holder: Holder = Holder.BOT
    epoch: int = 0
    last_seq: int = 0
    product_code: str | None = None
    """In view when the window was opened, or talked about last."""
    order_no: str | None = None
    """Chosen or sent by the buyer last."""
    verified_orders: list[str] = field(default_factory=list)
    """A guest's orders, shown after number + phone tail."""
    verify_tries: int = 0
    agent_id: str | None = None
    queue_reason: str = ""
    queued_at: datetime | None = None
    last_buyer_at: datetime | None = None
    group_code: str = ""
    """The skill group whose people are meant."""
    last_agent_id: str | None = None
    waiting_since: datetime | None = None
    """The buyer's first message that nobody has answered; None: all is answered."""
    buyer_read_seq: int = 0
    agent_read_seq: int = 0
    intent: str = ""
    """What the bot understood last; `mood` as `bot.nlu.mood` names it."""
    mood: str = ""
    tags: list[str] = field(default_factory=list)
    urgent: bool = False
    service_no: str = ""
    """The service by people that is open."""
    reminded_at: datetime | None = None
    """A silent buyer was reminded, since the last message."""
    excused_at: datetime | None = None
    """A buyer was told that the agent is slow, since the last message."""
    assisted: bool = False
    """The bot drafts for the agent."""


@dataclass(eq=False)
class Message:
    """`seq` counts from 1 without gaps in its conversation. `kind`: text, picture, card, notice,
    recall (its one card names the `seq` that was taken back), rating (asks for one).
    """

    conversation_id: str
    seq: int
    direction: Direction
    kind: str
    text: str
    created_at: datetime
    client_msg_id: str | None = None
    phrase_key: str | None = None
    """Library entry that a bot or system text came from."""
    author: str = ""
    author_id: str = ""
    """Staff id, where a person wrote it."""
    buttons: list[dict[str, str]] = field(default_factory=list)
    """Each `{"title": …, "payload": …}`; the payload never leaves the desk."""
    cards: list[dict[str, Any]] = field(default_factory=list)
    turn_id: str | None = None
    recalled_at: datetime | None = None
    """Taken back: what it said is shown to nobody any more."""


class TurnState(str, Enum):
    PENDING = "pending"
    DONE = "done"
    DROPPED = "dropped"
    """A person took over before the answer was there."""
    FAILED = "failed"


@dataclass(eq=False)
class Turn:
    """One question put to the bot: the buyer's message `seq`, asked while `epoch` stood."""

    id: str
    conversation_id: str
    seq: int
    epoch: int
    created_at: datetime
    state: TurnState = TurnState.PENDING
    tries: int = 0
    finished_at: datetime | None = None
    intent: str = ""
    confidence: float = 0.0
