"""Noting what the bot did not answer well, in the transaction in which it happens.

Only what a buyer typed counts: pressed buttons and pictures teach nobody a wording.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from shop.intents import FAMILY_OF
from shop.model import Gap, GapKind, Message, Service, Turn
from shop.ports import UnitOfWork

NOT_UNDERSTOOD = "机器人没听懂"
"""The bot's reason for a hand-over of which nothing is known but that."""
WANTED: frozenset[str] = frozenset({"买家要求人工", "自动回复后转人工", "自动回复已停用，由人工接待"})
"""Reasons for a hand-over that say nothing against the bot: the buyer or the manager wants a person."""
ASKED_BACK, BEYOND, UNSURE = "clarify", "refusal", "safe"
"""What the bot says of the library where it asks back, has no part in it, or has no words left."""
STRANGE = "out_of_scope"
SMALL_TALK = "general"
LOW = 2
"""Stars, of five."""
TALK_BEFORE = timedelta(hours=4)
"""So long before people came in what the bot said belongs to the talk that is rated."""


def note_answer(
    uow: UnitOfWork, turn: Turn, earlier: Sequence[Turn], keys: Collection[str], reason: str | None
) -> None:
    """`keys`: what the bot said; `reason` of its hand-over, None without one; `earlier`: pieces of the same thought."""
    if (kind := _judge(turn.intent, keys, reason)) is not None:
        _note(uow, turn, kind, min([turn.seq, *(piece.seq for piece in earlier)]), reason or "")


def note_failure(uow: UnitOfWork, turn: Turn, earlier: Sequence[Turn]) -> None:
    _note(uow, turn, GapKind.FAILED, min([turn.seq, *(piece.seq for piece in earlier)]))


def note_low_rating(uow: UnitOfWork, service: Service) -> None:
    """What the bot answered before and while people had the talk; small talk is nobody's disappointment."""
    if service.rating is None or service.rating > LOW or service.closed_at is None:
        return
    before = [s for s in uow.services.of_conversation(service.conversation_id) if s.started_at < service.started_at]
    closed = [s.closed_at for s in before if s.closed_at is not None]
    since = max([service.started_at - TALK_BEFORE, *closed])
    for turn in uow.turns.answered_between(service.conversation_id, since, service.closed_at):
        if FAMILY_OF.get(turn.intent, SMALL_TALK) != SMALL_TALK:
            _note(uow, turn, GapKind.RATED_LOW, turn.seq)


def _judge(intent: str, keys: Collection[str], reason: str | None) -> GapKind | None:
    if reason == NOT_UNDERSTOOD:
        return GapKind.NOT_UNDERSTOOD
    if reason is not None:
        return None if reason in WANTED else GapKind.HANDED_OVER
    if ASKED_BACK in keys:
        return GapKind.CLARIFIED
    if UNSURE in keys:
        return GapKind.FAILED
    return GapKind.NOT_UNDERSTOOD if intent == STRANGE and BEYOND in keys else None


def _note(uow: UnitOfWork, turn: Turn, kind: GapKind, first_seq: int, reason: str = "") -> None:
    message = uow.messages.find(turn.conversation_id, turn.seq)
    if message is None or not _is_typed(message) or uow.gaps.of_message(turn.conversation_id, turn.seq):
        return
    uow.gaps.add(Gap(turn.conversation_id, turn.seq, first_seq, turn.created_at, kind, reason))


def _is_typed(message: Message) -> bool:
    return message.kind == "text" and not message.buttons and bool(message.text.strip())
