"""Questions put to the bot: what is asked, and how an answer (or none) ends the turn. Nothing here commits.

Each of them may run twice with the same turn: the second time changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shop.conversations import Line, append_line, append_notice
from shop.gap_notes import note_answer, note_failure
from shop.intents import FAMILY_OF
from shop.model import Conversation, Direction, Holder, Message, Turn, TurnState
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.reaching import call_person

SUPPOSED = "handover_queue"
"""What the bot says of the queue before anybody has looked."""
BOT_FAILED = "机器人故障"
SMALL_TALK = "general"
"""The family of 转人工, 你好, 好的: what the talk is about stays what it was."""


@dataclass(frozen=True)
class Question:
    """What the bot is asked; `payload` is set for a pressed button, `photos` are picture ids."""

    conversation_id: str
    turn_id: str
    seq: int
    text: str
    payload: str = ""
    photos: Sequence[str] = ()
    epoch: int = 0
    """Of its turn."""

    @property
    def is_words(self) -> bool:
        """Typed, and nothing else: may be a piece of a longer thought."""
        return bool(self.text.strip()) and not self.payload and not self.photos

    def continues(self, earlier: "Question") -> bool:
        """May be read as one thought with it. What was said before people had the talk was theirs to answer."""
        return self.is_words and self.epoch == earlier.epoch


@dataclass(frozen=True)
class Handover:
    """`reason` says in a word why people are needed, `note` what they should know beside the log."""

    reason: str
    note: str = ""


@dataclass(frozen=True)
class Answer:
    messages: Sequence[Line]
    handover: Handover | None = None
    intent: str = ""
    confidence: float = 0.0
    mood: str = ""
    unfinished: bool = False
    """The words mean little alone: nothing is said yet, the rest of the thought may follow."""


@dataclass(frozen=True)
class Settled:
    """How a turn ended: `messages` are what it added. `seq`: the question's.

    `joined` are the questions of the turns that were read as one with it.
    """

    seq: int
    state: TurnState
    messages: Sequence[Message] = ()
    joined: Sequence[int] = ()


def find_question(uow: UnitOfWork, turn_id: str) -> Question | None:
    """What to ask; None for a turn that is over, or whose conversation has changed hands."""
    turn = uow.turns.find(turn_id)
    if turn is None or turn.state is not TurnState.PENDING:
        return None
    conversation = uow.conversations.find(turn.conversation_id)
    message = uow.messages.find(turn.conversation_id, turn.seq)
    if conversation is None or message is None or not _stands(turn, conversation):
        return None
    return replace(ask_about(message, turn.id), epoch=turn.epoch)


def ask_about(message: Message, turn_id: str) -> Question:
    return Question(
        conversation_id=message.conversation_id,
        turn_id=turn_id,
        seq=message.seq,
        text=message.text,
        payload=next((b["payload"] for b in message.buttons), ""),
        photos=tuple(card["picture"] for card in message.cards if message.kind == "picture"),
    )


def drop_turn(uow: UnitOfWork, turn_id: str, now: datetime, *, earlier: Sequence[str] = ()) -> Settled:
    """Ends a turn that need not be asked any more."""
    turn, conversation = _lock(uow, turn_id)
    return _ended(turn) if conversation is None else _finish_all(uow, turn, earlier, TurnState.DROPPED, now)


def commit_reply(
    uow: UnitOfWork,
    turn_id: str,
    answer: Answer,
    at: Moment,
    tries: int = 1,
    *,
    earlier: Sequence[str] = (),
) -> Settled:
    """Adds the bot's messages if the turn still stands, else drops it; with a handover a person is called, and what
    the bot supposed of the queue gives way to what is so.

    `earlier` are turns that were read as one thought with this one: they end with it, in the same way.
    """
    turn, conversation = _lock(uow, turn_id)
    if conversation is None:
        return _ended(turn)
    turn.intent, turn.confidence, turn.tries = answer.intent, answer.confidence, tries
    if not _stands(turn, conversation):
        return _finish_all(uow, turn, earlier, TurnState.DROPPED, at.now)
    conversation.mood = answer.mood
    if FAMILY_OF.get(answer.intent) != SMALL_TALK or not conversation.intent:
        conversation.intent = answer.intent or conversation.intent
    reason = answer.handover.reason if answer.handover else None
    note_answer(uow, turn, _pieces(uow, turn, earlier), [line.key or "" for line in answer.messages], reason)
    lines = [line for line in answer.messages if answer.handover is None or line.key != SUPPOSED]
    messages = [_append_answer(uow, conversation, line, turn, at.now) for line in lines]
    if answer.handover is not None:
        handover = answer.handover
        messages += call_person(uow, conversation, handover.reason, at, note=handover.note, turn_id=turn_id)
    settled = _finish_all(uow, turn, earlier, TurnState.DONE, at.now)
    return replace(settled, messages=messages)


def fail_turn(
    uow: UnitOfWork,
    turn_id: str,
    at: Moment,
    tries: int = 2,
    *,
    earlier: Sequence[str] = (),
) -> Settled:
    """After the last try: a person is called and the buyer is told, in notices."""
    turn, conversation = _lock(uow, turn_id)
    if conversation is None:
        return _ended(turn)
    turn.tries = tries
    if not _stands(turn, conversation):
        return _finish_all(uow, turn, earlier, TurnState.DROPPED, at.now)
    note_failure(uow, turn, _pieces(uow, turn, earlier))
    messages = [append_notice(uow, conversation, at.say("handover_failed"), at.now)]
    messages += call_person(uow, conversation, BOT_FAILED, at, turn_id=turn_id)
    return replace(_finish_all(uow, turn, earlier, TurnState.FAILED, at.now), messages=messages)


def _lock(uow: UnitOfWork, turn_id: str) -> tuple[Turn, Conversation | None]:
    """The turn and, unless it is over, its conversation for writing.

    `pending` is asked after the lock: another desk may have ended the turn while this one waited.
    """
    turn = uow.turns.find(turn_id)
    if turn is None:
        raise LookupError(turn_id)
    conversation = uow.conversations.lock(turn.conversation_id)
    still = any(t.id == turn_id for t in uow.turns.pending(turn.conversation_id))
    return turn, conversation if still else None


def _stands(turn: Turn, conversation: Conversation) -> bool:
    return conversation.holder is Holder.BOT and conversation.epoch == turn.epoch


def _append_answer(uow: UnitOfWork, conversation: Conversation, line: Line, turn: Turn, now: datetime) -> Message:
    return append_line(uow, conversation, Direction.BOT, line, now, turn_id=turn.id)


def _ended(turn: Turn) -> Settled:
    return Settled(turn.seq, turn.state)


def _finish_all(uow: UnitOfWork, turn: Turn, earlier: Sequence[str], state: TurnState, now: datetime) -> Settled:
    """The conversation is locked by `turn`; an earlier one that ended meanwhile stays as it is."""
    waiting = _pieces(uow, turn, earlier)
    for piece in waiting:
        _finish(piece, state, now)
    return replace(_finish(turn, state, now), joined=[piece.seq for piece in waiting])


def _pieces(uow: UnitOfWork, turn: Turn, earlier: Sequence[str]) -> list[Turn]:
    """Those of the earlier turns that are still open."""
    return [t for t in uow.turns.pending(turn.conversation_id) if t.id in earlier] if earlier else []


def _finish(turn: Turn, state: TurnState, now: datetime) -> Settled:
    turn.state = state
    turn.finished_at = now
    return Settled(turn.seq, state)
