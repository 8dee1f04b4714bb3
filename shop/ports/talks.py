"""Conversations, what is said in them, and what the bot remembers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from shop.model import Conversation, Holder, Message, Turn


class Conversations(Protocol):
    def find(self, conversation_id: str) -> Conversation | None: ...
    def find_by_buyer(self, buyer_id: str) -> Conversation | None:
        """The buyer's one conversation."""

    def waiting(self) -> Sequence[Conversation]:
        """Those in the queue, urgent ones first, then longest."""

    def of_agent(self, staff_id: str) -> Sequence[Conversation]:
        """Those that the agent holds, longest waiting first."""

    def loads(self) -> Mapping[str, int]:
        """How many conversations each agent holds; who holds none is not in it."""

    def unanswered(self, before: datetime) -> Sequence[Conversation]:
        """Held by an agent, with a buyer who has waited since before that."""

    def resting(self, before: datetime) -> Sequence[Conversation]:
        """Held by an agent, everything answered, the buyer's last word (if any) before that."""

    def unheard(self, notices: Collection[str]) -> Sequence[Conversation]:
        """Nothing answers the buyer's last message: no reply of the bot, no word of an agent that stands, none of these
        notices (keys of the library). Longest first.
        """

    def listed(self, limit: int, holder: Holder | None = None) -> Sequence[Conversation]:
        """Last heard of first."""

    def matching(self, words: str, limit: int) -> Sequence[Conversation]:
        """By the buyer's nick or name, phone, order or waybill number; last heard of first. Only for staff."""

    def lock(self, conversation_id: str) -> Conversation:
        """For writing: no other transaction changes it until this one ends. Raises ConversationUnknown."""

    def add(self, conversation: Conversation) -> None: ...


class Messages(Protocol):
    def after(self, conversation_id: str, seq: int, limit: int | None = None) -> Sequence[Message]:
        """Those with a higher number, in order."""

    def before(self, conversation_id: str, seq: int, limit: int) -> Sequence[Message]:
        """The last `limit` with a lower number, in order."""

    def find(self, conversation_id: str, seq: int) -> Message | None: ...
    def find_by_client_id(self, conversation_id: str, client_msg_id: str) -> Message | None: ...
    def count_of_buyer(self, conversation_id: str, after: int) -> int:
        """How many the buyer wrote with a higher number."""

    def said_by_buyers(self, since: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """What buyers typed, as (conversation id, text), newest first."""

    def add(self, message: Message) -> None: ...


class Turns(Protocol):
    def find(self, turn_id: str) -> Turn | None: ...
    def pending(self, conversation_id: str | None = None) -> Sequence[Turn]:
        """Oldest first."""

    def last(self, conversation_id: str, limit: int) -> Sequence[Turn]:
        """Newest first."""

    def answered_between(self, conversation_id: str, since: datetime, until: datetime) -> Sequence[Turn]:
        """Those that the bot answered, by when they were asked, oldest first."""

    def add(self, turn: Turn) -> None: ...


class DialogueStates(Protocol):
    """What the bot remembers of a talk, as an opaque text; `version` grows with every save."""

    def find(self, conversation_id: str) -> tuple[str, int] | None: ...
    def version(self, conversation_id: str) -> int: ...
    def save(self, conversation_id: str, state: str) -> int:
        """Returns the new version."""
