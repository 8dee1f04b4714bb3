"""Conversations, messages, turns, and what the bot remembers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select, text

from shop.errors import ConversationUnknown
from shop.model import Conversation, Direction, Holder, Message, Turn, TurnState
from shop.ports import Clock
from shop.store import tables
from shop.store.columns import UtcDateTime
from shop.store.repositories.base import Repository
from shop.store.repositories.searching import find_talks
from shop.store.session import ShopSession

_c = tables.conversations.c
_OF_BUYER = select(Conversation).where(_c.buyer_id == bindparam("buyer_id"))
_WAITING = select(Conversation).where(_c.holder == Holder.QUEUE).order_by(_c.urgent.desc(), _c.queued_at, _c.id)
_OF_AGENT = (
    select(Conversation)
    .where(_c.holder == Holder.AGENT, _c.agent_id == bindparam("staff_id"))
    .order_by(_c.waiting_since.is_(None), _c.waiting_since, _c.id)
)
_LOADS = select(_c.agent_id, func.count()).where(_c.holder == Holder.AGENT).group_by(_c.agent_id)


class SqlConversations(Repository[Conversation]):
    cls, unknown, key = Conversation, ConversationUnknown, "conversation_id"

    def find_by_buyer(self, buyer_id: str) -> Conversation | None:
        return self.one(_OF_BUYER, buyer_id=buyer_id)

    def waiting(self) -> Sequence[Conversation]:
        return self.many(_WAITING)

    def of_agent(self, staff_id: str) -> Sequence[Conversation]:
        return self.many(_OF_AGENT, staff_id=staff_id)

    def loads(self) -> Mapping[str, int]:
        return {row[0]: row[1] for row in self.session.execute(_LOADS)}

    def unanswered(self, before: datetime) -> Sequence[Conversation]:
        t = tables.conversations.c
        late = select(Conversation).where(t.holder == Holder.AGENT, t.waiting_since < before)
        return self.many(late.order_by(t.waiting_since))

    def resting(self, before: datetime) -> Sequence[Conversation]:
        t = tables.conversations.c
        still = select(Conversation).where(t.holder == Holder.AGENT, t.waiting_since.is_(None))
        silent = or_(t.last_buyer_at.is_(None), t.last_buyer_at < before)
        return self.many(still.where(silent).order_by(t.last_buyer_at))

    def unheard(self, notices: Collection[str]) -> Sequence[Conversation]:
        t, said, answer = tables.conversations.c, tables.messages.alias().c, tables.messages.alias().c
        own = select(func.max(said.seq)).where(said.conversation_id == t.id, said.direction == Direction.BUYER)
        answers = or_(
            and_(answer.direction == Direction.BOT, answer.turn_id.is_not(None)),
            and_(answer.direction == Direction.AGENT, answer.recalled_at.is_(None)),
            and_(answer.direction == Direction.SYSTEM, answer.phrase_key.in_(notices)),
        )
        later = (answer.conversation_id == t.id, answer.seq > own.correlate(tables.conversations).scalar_subquery())
        silent = select(Conversation).where(t.last_buyer_at.is_not(None), ~exists().where(*later, answers))
        return self.many(silent.order_by(t.last_buyer_at, t.id))

    def listed(self, limit: int, holder: Holder | None = None) -> Sequence[Conversation]:
        t = tables.conversations.c
        some = select(Conversation) if holder is None else select(Conversation).where(t.holder == holder)
        return self.many(some.order_by(t.last_buyer_at.is_(None), t.last_buyer_at.desc(), t.id).limit(limit))

    def matching(self, words: str, limit: int) -> Sequence[Conversation]:
        return self.many(find_talks(words).limit(limit))


_m = tables.messages.c
_TALK = _m.conversation_id == bindparam("talk")
_AFTER = select(Message).where(_TALK, _m.seq > bindparam("seq")).order_by(_m.seq)
_BEFORE = select(Message).where(_TALK, _m.seq < bindparam("seq")).order_by(_m.seq.desc()).limit(bindparam("limit"))
_BY_CLIENT_ID = select(Message).where(_TALK, _m.client_msg_id == bindparam("client_msg_id"))
_COUNT_OF_BUYER = (
    select(func.count())
    .select_from(tables.messages)
    .where(_TALK, _m.seq > bindparam("seq"), _m.direction == Direction.BUYER)
)


class SqlMessages(Repository[Message]):
    cls = Message

    def after(self, conversation_id: str, seq: int, limit: int | None = None) -> Sequence[Message]:
        return self.many(_AFTER if limit is None else _AFTER.limit(limit), talk=conversation_id, seq=seq)

    def before(self, conversation_id: str, seq: int, limit: int) -> Sequence[Message]:
        return self.many(_BEFORE, talk=conversation_id, seq=seq, limit=limit)[::-1]

    def find(self, conversation_id: str, seq: int) -> Message | None:  # type: ignore[override]  # the key is a pair
        return self.session.find(Message, conversation_id, seq)

    def count_of_buyer(self, conversation_id: str, after: int) -> int:
        return self.session.scalar(_COUNT_OF_BUYER, {"talk": conversation_id, "seq": after}) or 0

    def find_by_client_id(self, conversation_id: str, client_msg_id: str) -> Message | None:
        return self.one(_BY_CLIENT_ID, talk=conversation_id, client_msg_id=client_msg_id)

    def said_by_buyers(self, since: datetime, limit: int) -> Sequence[tuple[str, str]]:
        typed = select(_m.conversation_id, _m.text).where(
            _m.created_at >= since, _m.direction == Direction.BUYER, _m.kind == "text"
        )
        return [(row[0], row[1]) for row in self.session.execute(typed.order_by(_m.created_at.desc()).limit(limit))]


_PENDING = (
    select(Turn).where(tables.turns.c.state == TurnState.PENDING).order_by(tables.turns.c.created_at, tables.turns.c.id)
)
_PENDING_IN_TALK = _PENDING.where(tables.turns.c.conversation_id == bindparam("talk"))


class SqlTurns(Repository[Turn]):
    cls = Turn

    def pending(self, conversation_id: str | None = None) -> Sequence[Turn]:
        return self.many(_PENDING) if conversation_id is None else self.many(_PENDING_IN_TALK, talk=conversation_id)

    def last(self, conversation_id: str, limit: int) -> Sequence[Turn]:
        t = tables.turns.c
        newest = select(Turn).where(t.conversation_id == conversation_id).order_by(t.seq.desc())
        return self.many(newest.limit(limit))

    def answered_between(self, conversation_id: str, since: datetime, until: datetime) -> Sequence[Turn]:
        t = tables.turns.c
        answered = select(Turn).where(t.conversation_id == conversation_id, t.state == TurnState.DONE)
        return self.many(answered.where(t.created_at.between(since, until)).order_by(t.seq))


_SAVE = text(
    "INSERT INTO dialogue_states (conversation_id, state, version, updated_at) VALUES (:id, :state, 1, :at)"
    " ON CONFLICT (conversation_id) DO UPDATE"
    " SET state = excluded.state, updated_at = excluded.updated_at, version = dialogue_states.version + 1"
    " RETURNING version"
).bindparams(bindparam("at", type_=UtcDateTime))


class SqlDialogueStates:
    """One row a conversation, written with one statement: no lock is needed."""

    def __init__(self, session: ShopSession, clock: Clock) -> None:
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
