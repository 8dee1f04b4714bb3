"""What an agent says in a conversation, and beside it: messages, recall, notes, drafts, marks. CW-14, HE-02, HE-27."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from shop.arriving import Posted
from shop.conversations import Line, Say, append_line
from shop.errors import FieldWrong, NotAllowed, WrongState
from shop.model import (
    LEADERS,
    AgentDraft,
    Alert,
    AlertKind,
    Conversation,
    Direction,
    Message,
    Note,
    NoteKind,
    PhraseUse,
    Staff,
)
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.services import find_open
from shop.takeover import check_holds, check_note

TAGS, TAG_LENGTH = 20, 20
DRAFT_LENGTH = 5000


class Inserted(NamedTuple):
    """A quick phrase that the agent put into the message, as it was put in."""

    code: str
    text: str


def post_agent_message(
    uow: UnitOfWork,
    conversation_id: str,
    staff: Staff,
    client_msg_id: str,
    say: Say,
    *,
    phrases: Sequence[Inserted] = (),
    now: datetime,
) -> Posted:
    """Only who holds the conversation speaks. A `client_msg_id` seen before gives the first message again.

    Raises NotYourTalk, and what `say` raises.
    """
    conversation = uow.conversations.lock(conversation_id)
    known = uow.messages.find_by_client_id(conversation_id, client_msg_id)
    if known is not None:
        return Posted(_own_message(known, staff), fresh=False)
    check_holds(uow, conversation_id, staff)
    draft = say(uow, conversation)
    line = Line(draft.text, phrases[0].code if phrases else None, cards=draft.cards)
    more = {"kind": draft.kind, "client_msg_id": client_msg_id, "author": staff.name, "author_id": staff.id}
    _answered(uow, conversation, now)
    message = append_line(uow, conversation, Direction.AGENT, line, now, **more)
    uow.agent_drafts.put(AgentDraft(conversation_id, staff.id, "", now))
    for phrase in phrases:
        edited = message.text.strip() != phrase.text.strip()
        use = PhraseUse(now, staff.id, conversation_id, message.seq, phrase.code, edited, conversation.intent)
        uow.phrase_uses.add(use)
    return Posted(message)


def _own_message(known: Message, staff: Staff) -> Message:
    """An id that was somebody else's shows nobody what was said under it."""
    if known.author_id != staff.id:
        raise FieldWrong(field="client_msg_id")
    return known


def _answered(uow: UnitOfWork, conversation: Conversation, now: datetime) -> None:
    """By the message that follows: told first, so that all goes into the table with it."""
    service = find_open(uow, conversation)
    conversation.waiting_since = conversation.excused_at = conversation.reminded_at = None
    conversation.agent_read_seq = conversation.last_seq + 1
    if service is not None and service.first_reply_at is None:
        service.first_reply_at = now


def recall(uow: UnitOfWork, conversation_id: str, staff: Staff, seq: int, at: Moment) -> Message:
    """Takes one's own message back while the time for it runs; the same again gives the notice of the first.

    Raises FieldWrong where it is not one's own, WrongState where the time has passed.
    """
    conversation = uow.conversations.lock(conversation_id)
    message = uow.messages.find(conversation_id, seq)
    if message is None or message.author_id != staff.id or message.direction is not Direction.AGENT:
        raise FieldWrong(field="seq", value=seq)
    if message.recalled_at is not None:
        return _notice_of(uow, message)
    if at.now - message.created_at > timedelta(seconds=at.policy.recall_seconds):
        raise WrongState(status="已超过撤回时限", to="撤回")
    message.recalled_at = at.now
    said = at.say("recalled")
    line = Line(said.text, said.key, cards=[{"kind": "recall", "seq": seq}])
    return append_line(uow, conversation, Direction.SYSTEM, line, at.now, kind="recall")


def _notice_of(uow: UnitOfWork, message: Message) -> Message:
    later = uow.messages.after(message.conversation_id, message.seq)
    return next(m for m in later if m.kind == "recall" and m.cards[0]["seq"] == message.seq)


class Jotted(NamedTuple):
    client_msg_id: str
    text: str
    kind: NoteKind


def add_note(uow: UnitOfWork, conversation_id: str, staff: Staff, jotted: Jotted, now: datetime) -> Note:
    """For colleagues only (HE-02). A whisper is a leader's, to who holds the talk (HE-27).

    Raises TooLong, FieldWrong, NotAllowed.
    """
    uow.conversations.lock(conversation_id)
    known = uow.notes.find_by_client_id(conversation_id, jotted.client_msg_id)
    if known is not None:
        return known
    words = check_note(jotted.text)
    if not words:
        raise FieldWrong(field="text")
    if jotted.kind is NoteKind.WHISPER and staff.role not in LEADERS:
        raise NotAllowed(role=staff.role.value)
    number = len(uow.notes.of_conversation(conversation_id)) + 1
    note = Note(conversation_id, number, jotted.kind, staff.id, staff.name, words, now, jotted.client_msg_id)
    uow.notes.add(note)
    return note


def keep_draft(uow: UnitOfWork, conversation_id: str, staff: Staff, text: str, now: datetime) -> None:
    """What is typed and not sent, for the same person on any machine."""
    uow.agent_drafts.put(AgentDraft(conversation_id, staff.id, text[:DRAFT_LENGTH], now))


def mark_read(uow: UnitOfWork, conversation_id: str, staff: Staff, seq: int) -> bool:
    """Whether this moved the mark; only who holds the talk reads in the buyer's sight."""
    conversation = uow.conversations.lock(conversation_id)
    if conversation.agent_id != staff.id or not conversation.agent_read_seq < seq <= conversation.last_seq:
        return False
    conversation.agent_read_seq = seq
    return True


def mark_seen_by_buyer(uow: UnitOfWork, conversation_id: str, seq: int) -> bool:
    conversation = uow.conversations.lock(conversation_id)
    if not conversation.buyer_read_seq < seq <= conversation.last_seq:
        return False
    conversation.buyer_read_seq = seq
    return True


def tag(uow: UnitOfWork, conversation_id: str, tags: Sequence[str]) -> None:
    """In place of those before; blanks and doubles are dropped. Raises FieldWrong for too many or too long ones."""
    cleaned = list(dict.fromkeys(t.strip() for t in tags if t.strip()))
    if len(cleaned) > TAGS or any(len(t) > TAG_LENGTH for t in cleaned):
        raise FieldWrong(field="tags", value=len(cleaned), low=0, high=TAGS)
    uow.conversations.lock(conversation_id).tags = cleaned


def set_urgent(uow: UnitOfWork, conversation_id: str, staff: Staff, on: bool, now: datetime) -> None:
    """On top of every list, and the people in charge are told (HE-22)."""
    conversation = uow.conversations.lock(conversation_id)
    if on and not conversation.urgent:
        uow.alerts.add(Alert(AlertKind.URGENT, now, conversation_id=conversation_id, staff_id=staff.id))
    conversation.urgent = on
