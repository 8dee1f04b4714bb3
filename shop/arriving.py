"""A buyer's message comes in: who answers it. The bot, a person, or (until one is free) a word that it was heard.

Nothing here commits: message, turn and a change of holder stand or fall together. CW-03, CW-04.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from shop.conversations import (
    SESSION_IDLE,
    Draft,
    Say,
    append_line,
    append_notice,
    newest_first,
    say_notice,
    store_buyer_message,
)
from shop.first_message import FIRST_TODAY, say_first_today
from shop.handover import BACK_TO_BOT, BUYER, CLOSED, DESK, Passing, pass_on, position
from shop.handover_card import make_card
from shop.hours import opening
from shop.model import Conversation, Direction, Holder, Message, SeatState, Turn, TurnState
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.reaching import call_person, give
from shop.reception import receive
from shop.routing import choose
from shop.seats import find_chair

NOTICE_EVERY = timedelta(minutes=2)
"""Who writes on while waiting is told so this often at most."""
KEYWORD = "关键词回复转人工"
ABSENT = {SeatState.PAUSED: "agent_away", SeatState.BUSY: "agent_busy"}
"""What a buyer hears whose agent is not looking."""


@dataclass(frozen=True)
class Posted:
    """`turn_id`: the turn that is to answer, None where none is; `fresh` False: the message was there already."""

    message: Message
    turn_id: str | None = None
    notices: Sequence[Message] = field(default=())
    fresh: bool = True
    assisted: bool = False
    """辅助: the bot is to word an answer for the agent; nobody else sees it."""


def post_buyer_message(
    uow: UnitOfWork,
    conversation_id: str,
    client_msg_id: str,
    draft: Say,
    at: Moment,
) -> Posted:
    """Stores what the buyer said and sees to it that somebody answers. Raises TooFast, TooLong, FieldWrong.

    A `client_msg_id` that was seen before returns the first message and changes nothing.
    """
    conversation = uow.conversations.lock(conversation_id)
    known = uow.messages.find_by_client_id(conversation.id, client_msg_id)
    if known is not None:
        return Posted(known, turn_id=_still_asked(uow, known), fresh=False)
    heard_before = conversation.last_buyer_at
    message, drafted = store_buyer_message(uow, conversation, client_msg_id, draft, at.policy, at.now)
    first = say_first_today(uow, conversation, message, heard_before, at)
    if conversation.holder is Holder.QUEUE and drafted.payload == BACK_TO_BOT:
        pass_on(uow, conversation, Passing(BUYER, "买家先和机器人聊"), at.now)
    elif conversation.holder is Holder.BOT and not drafted.payload:
        notice = _find_person(uow, conversation, heard_before, at)
        if notice is not None:
            return Posted(message, notices=[*first, notice], assisted=conversation.assisted)
    if conversation.holder is Holder.BOT and (said := _reply_to_keyword(uow, conversation, drafted, at)):
        return Posted(message, notices=[*first, *said])
    if conversation.holder is Holder.BOT:
        return Posted(message, turn_id=ask_bot(uow, message, conversation.epoch, at.now), notices=first)
    conversation.waiting_since = conversation.waiting_since or at.now
    notices = [*first, *_say_heard(uow, conversation, at)]
    return Posted(message, notices=notices, assisted=conversation.assisted)


def _still_asked(uow: UnitOfWork, message: Message) -> str | None:
    turn = uow.turns.find(message.turn_id) if message.turn_id else None
    return turn.id if turn is not None and turn.state is TurnState.PENDING else None


def _reply_to_keyword(uow: UnitOfWork, conversation: Conversation, drafted: Draft, at: Moment) -> list[Message]:
    """PH-06: what the shop itself answers to words that a buyer typed. Empty: the bot is asked."""
    if drafted.payload or drafted.kind != "text":
        return []
    reply = at.reply_to(uow, conversation, drafted.text)
    if reply is None:
        return []
    said = [append_line(uow, conversation, Direction.BOT, reply.line, at.now)]
    return said + (call_person(uow, conversation, KEYWORD, at) if reply.to_person else [])


def ask_bot(uow: UnitOfWork, message: Message, epoch: int, now: datetime) -> str:
    turn = Turn(uuid4().hex, message.conversation_id, message.seq, epoch, now)
    uow.turns.add(turn)
    message.turn_id = turn.id
    return turn.id


def _find_person(
    uow: UnitOfWork, conversation: Conversation, heard_before: datetime | None, at: Moment
) -> Message | None:
    """The agent who served this buyer a moment ago, or whom the reception mode sends a new session to; only one who
    is free now. None: the bot goes on.
    """
    reason, only, assisted = "", None, False
    if _was_served(uow, conversation, at):
        reason, only = "买家再次来访", conversation.last_agent_id
    elif heard_before is None or at.now - heard_before >= SESSION_IDLE:
        reception = receive(uow, conversation, at.policy, at.now)
        reason, assisted = reception.mode.value if reception.to_person else "", reception.assisted
    if not reason or not opening(at.policy, at.now).open:
        return None
    choice = choose(uow, conversation, at.policy)
    if choice.chair is None or only not in (None, choice.chair.staff.id):
        return None
    card = make_card(uow, conversation, reason, "", at.now)
    notice = give(uow, conversation, choice, Passing(DESK, reason, card=card), at)
    conversation.assisted = assisted
    return notice


def _was_served(uow: UnitOfWork, conversation: Conversation, at: Moment) -> bool:
    """Closed by people so short a while ago that what comes belongs to it."""
    if not conversation.last_agent_id or not at.policy.reopen_minutes:
        return False
    last = next(iter(uow.handovers.of_conversation(conversation.id)), None)
    if last is None or last.to_holder is not Holder.BOT or last.reason != CLOSED:
        return False
    return at.now - last.at < timedelta(minutes=at.policy.reopen_minutes)


def _say_heard(uow: UnitOfWork, conversation: Conversation, at: Moment) -> list[Message]:
    """CW-03: who writes into the queue, or to an agent who is away, hears from it; not at every word."""
    seat = uow.seats.find(conversation.agent_id) if conversation.agent_id else None
    if seat is not None and seat.state not in ABSENT:
        return []
    recent = newest_first(uow, conversation, at.now - NOTICE_EVERY)
    if any(_is_heard(message) for message in recent):
        return []
    if conversation.holder is Holder.QUEUE:
        hours = opening(at.policy, at.now)
        opens_at = hours.opens_at and hours.opens_at.isoformat()
        place = position(uow, conversation)
        line = at.say("handover_queue", open=hours.open, position=place, opens_at=opens_at, meanwhile=True)
        return [append_notice(uow, conversation, line, at.now)]
    chair = find_chair(uow, conversation.agent_id or "", at.policy)
    key = ABSENT.get(chair.seat.state) if chair else None
    if chair is None or key is None:
        return []
    return list(say_notice(uow, conversation, at.say(key, service_name=chair.staff.name), at.now))


def _is_heard(message: Message) -> bool:
    """The day's first word says nothing of who is away."""
    return message.direction in (Direction.SYSTEM, Direction.AGENT) and message.phrase_key != FIRST_TODAY
