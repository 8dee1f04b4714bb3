"""Conversations, messages, turns, and what the bot remembers."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from shop.errors import ConversationUnknown
from shop.model import Conversation, Holder, Message, Turn, TurnState
from shop.ports import Clock
from shop.store import tables
from shop.store.columns import UtcDateTime
from shop.store.repositories.base import Repository


class SqlConversations(Repository[Conversation]):
    cls, unknown, key = Conversation, ConversationUnknown, "conversation_id"

    def find_by_buyer(self, buyer_id: str) -> Conversation | None:
        return self.one(select(Conversation).where(tables.conversations.c.buyer_id == buyer_id))

    def waiting(self) -> Sequence[Conversation]:
        t = tables.conversations.c
        return self.many(select(Conversation).where(t.holder == Holder.QUEUE).order_by(t.queued_at, t.id))


class SqlMessages(Repository[Message]):
    cls = Message

    def after(self, conversation_id: str, seq: int, limit: int | None = None) -> Sequence[Message]:
        t = tables.messages.c
        query = select(Message).where(t.conversation_id == conversation_id, t.seq > seq)
        return self.many(query.order_by(t.seq).limit(limit))

    def before(self, conversation_id: str, seq: int, limit: int) -> Sequence[Message]:
        t = tables.messages.c
        query = select(Message).where(t.conversation_id == conversation_id, t.seq < seq)
        return self.many(query.order_by(t.seq.desc()).limit(limit))[::-1]

    def find(self, conversation_id: str, seq: int) -> Message | None:  # type: ignore[override]  # the key is a pair
        return self.session.get(Message, (conversation_id, seq))

    def find_by_client_id(self, conversation_id: str, client_msg_id: str) -> Message | None:
        t = tables.messages.c
        return self.one(select(Message).where(t.conversation_id == conversation_id, t.client_msg_id == client_msg_id))


class SqlTurns(Repository[Turn]):
    cls = Turn

    def pending(self, conversation_id: str | None = None) -> Sequence[Turn]:
        t = tables.turns.c
        query = select(Turn).where(t.state == TurnState.PENDING).order_by(t.created_at, t.id)
        return self.many(query if conversation_id is None else query.where(t.conversation_id == conversation_id))


_SAVE = text(
    "INSERT INTO dialogue_states (conversation_id, state, version, updated_at) VALUES (:id, :state, 1, :at)"
    " ON CONFLICT (conversation_id) DO UPDATE"
    " SET state = excluded.state, updated_at = excluded.updated_at, version = dialogue_states.version + 1"
    " RETURNING version"
).bindparams(bindparam("at", type_=UtcDateTime))


class SqlDialogueStates:
    """One row a conversation, written with one statement: no lock is needed."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session, self.clock = session, clock

    def find(self, conversation_id: str) -> tuple[str, int] | None:
        t = tables.dialogue_states.c
        row = self.session.execute(select(t.state, t.version).where(t.conversation_id == conversation_id)).first()
        return None if row is None else (row.state, row.version)

    def version(self, conversation_id: str) -> int:
        """0 where nothing was saved."""
        t = tables.dialogue_states.c
        return self.session.scalar(select(t.version).where(t.conversation_id == conversation_id)) or 0

    def save(self, conversation_id: str, state: str) -> int:
        values = {"id": conversation_id, "state": state, "at": self.clock.now()}
        return int(self.session.execute(_SAVE, values).scalar_one())
