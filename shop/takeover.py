"""What people do with who holds a conversation: take it, give it back, pass it on, close it. HE-01 to HE-08, HE-27.

Every step locks the conversation, so that of two who take at once one gets it and the other is told who has it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shop.conversations import append_line, get_conversation, say_notice
from shop.errors import FieldWrong, NotAllowed, NotYourTalk, StaffUnknown, Taken, TooLong
from shop.handover import CLOSED, DESK, Passing, pass_on
from shop.handover_card import make_card
from shop.model import (
    LEADERS,
    RECEIVING,
    Conversation,
    Direction,
    SeatState,
    Service,
    Staff,
)
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.reaching import welcome_by
from shop.routing import Choice, choose
from shop.seats import Chair
from shop.services import Ending, begin_service, end_service

TRANSFER_REASONS = ("技能不匹配", "交接班", "高峰分流", "升级处理", "买家要求")
NOTE_LENGTH = 2000
HANDED_BACK = "交回机器人"


def take(uow: UnitOfWork, conversation_id: str, staff: Staff, at: Moment) -> Conversation:
    """One action: from the bot, from the queue, or (a leader) from a colleague. Who holds it already holds it still.

    Raises NotAllowed for a role that talks with no buyers, Taken(agent) where a colleague has it.
    """
    if staff.role not in RECEIVING:
        raise NotAllowed(role=staff.role.value)
    conversation = uow.conversations.lock(conversation_id)
    if conversation.agent_id == staff.id:
        return conversation
    if conversation.agent_id and staff.role not in LEADERS:
        raise Taken(agent=name_of(uow, conversation.agent_id))
    reason = conversation.queue_reason or ("主管介入" if conversation.agent_id else "主动接待")
    card = make_card(uow, conversation, reason, "", at.now)
    pass_on(uow, conversation, Passing(staff.id, reason, agent=staff, why=[f"{staff.name}{reason}"], card=card), at.now)
    welcome_by(uow, conversation, staff, at, after_bot=True)
    return conversation


def hand_back(uow: UnitOfWork, conversation_id: str, staff: Staff, settled: str, at: Moment) -> Conversation:
    """To the bot, whose memory of the talk before is put away: it starts from the stores' facts."""
    conversation = get_own(uow, conversation_id, staff)
    pass_on(uow, conversation, Passing(staff.id, HANDED_BACK, check_note(settled)), at.now)
    uow.dialogue_states.save(conversation_id, "")
    say_notice(uow, conversation, at.say("back_to_bot"), at.now)
    return conversation


@dataclass(frozen=True)
class Goal:
    """One colleague or a group, with a reason of the list (HE-08) and what they should know."""

    reason: str
    note: str = ""
    to_staff: str = ""
    to_group: str = ""


def transfer(uow: UnitOfWork, conversation_id: str, staff: Staff, goal: Goal, at: Moment) -> Conversation:
    """To one colleague who is there, or to a group: its freest, else its queue.

    Raises FieldWrong for a reason not in the list or a goal that makes no sense, NotYourTalk, TooLong,
    StaffUnknown(state) for a colleague who is not there (any more).
    """
    if goal.reason not in TRANSFER_REASONS:
        raise FieldWrong(field="reason", value=goal.reason)
    if bool(goal.to_staff) == bool(goal.to_group) or goal.to_staff == staff.id:
        raise FieldWrong(field="to", value=goal.to_staff or goal.to_group)
    conversation = get_own(uow, conversation_id, staff)
    note = check_note(goal.note)
    choice = _colleague(uow, conversation, goal.to_staff) if goal.to_staff else _of_group(uow, conversation, goal, at)
    agent = choice.chair.staff if choice.chair else None
    passing = Passing(
        by=staff.id,
        reason=goal.reason,
        note=note,
        agent=agent,
        queued=agent is None,
        group_code=choice.group_code,
        why=[f"{staff.name}转来:{goal.reason}", *choice.why],
        card=make_card(uow, conversation, goal.reason, note, at.now),
    )
    pass_on(uow, conversation, passing, at.now)
    if agent:
        begin_service(uow, conversation, agent, at.now)
    say_notice(uow, conversation, at.say("transferred", **_named(uow, agent, choice.group_code)), at.now)
    return conversation


def _of_group(uow: UnitOfWork, conversation: Conversation, goal: Goal, at: Moment) -> Choice:
    if uow.groups.find(goal.to_group) is None:
        raise FieldWrong(field="to", value=goal.to_group)
    leaving = [conversation.agent_id or ""]
    return choose(uow, conversation, at.policy, group_code=goal.to_group, leaving=leaving)


def _named(uow: UnitOfWork, agent: Staff | None, group_code: str) -> dict[str, Any]:
    group = uow.groups.find(group_code)
    return {"person": True, "service_name": agent.name} if agent else {"group": group.name if group else ""}


def _colleague(uow: UnitOfWork, conversation: Conversation, staff_id: str) -> Choice:
    """The seat is held for this transaction: who leaves at the same moment is gone, or has the talk to hand on."""
    staff, seat = uow.people.find(staff_id), uow.seats.find(staff_id)
    state = uow.seats.lock(staff_id).state if seat else SeatState.OFFLINE
    if staff is None or seat is None or not staff.active or staff.role not in RECEIVING or state is SeatState.OFFLINE:
        raise StaffUnknown(staff_id=staff_id, state=state.value)
    return Choice(conversation.group_code, Chair(seat, staff, 0, 1), [])


def release(uow: UnitOfWork, conversation_id: str, staff_id: str, reason: str, now: datetime) -> None:
    """Back to the queue because who held it has gone."""
    conversation = uow.conversations.lock(conversation_id)
    if conversation.agent_id == staff_id:
        card = make_card(uow, conversation, reason, "", now)
        pass_on(uow, conversation, Passing(DESK, reason, queued=True, card=card), now)


def close(uow: UnitOfWork, conversation_id: str, staff: Staff | None, ending: Ending, at: Moment) -> Conversation:
    """The goodbye and the question for a rating; with the next message the same agent (or the bot) is there again.

    `staff` None: the desk, because the buyer has been silent. Raises NotYourTalk, FieldWrong.
    """
    conversation = get_own(uow, conversation_id, staff) if staff else uow.conversations.lock(conversation_id)
    by = staff.id if staff else DESK
    agent_name = name_of(uow, conversation.agent_id or "")
    service = end_service(uow, conversation, by, ending, at.now)
    note = f"{ending.kind.value}/{ending.cause}/{ending.result.value}"
    pass_on(uow, conversation, Passing(by, CLOSED, note), at.now)
    uow.dialogue_states.save(conversation_id, "")
    goodbye = at.say("goodbye_closed" if staff else "goodbye_idle", service_name=agent_name)
    say_notice(uow, conversation, goodbye, at.now)
    if service is not None and not service.asked_rating:
        service.asked_rating = True
        question = replace(at.say("ask_rating", service_name=agent_name), cards=[_rating_card(service)])
        append_line(uow, conversation, Direction.SYSTEM, question, at.now, kind="rating")
    return conversation


def _rating_card(service: Service) -> dict[str, str]:
    return {"kind": "rating", "service": service.number}


def get_own(uow: UnitOfWork, conversation_id: str, staff: Staff) -> Conversation:
    """Locked. Raises NotYourTalk(agent) unless this member of staff holds it."""
    conversation = uow.conversations.lock(conversation_id)
    check_holds(uow, conversation_id, staff)
    return conversation


def check_holds(uow: UnitOfWork, conversation_id: str, staff: Staff) -> None:
    """Without locking. Raises ConversationUnknown, NotYourTalk(agent)."""
    conversation = get_conversation(uow, conversation_id)
    if conversation.agent_id != staff.id:
        raise NotYourTalk(agent=name_of(uow, conversation.agent_id or ""), holder=conversation.holder.value)


def name_of(uow: UnitOfWork, staff_id: str) -> str:
    staff = uow.people.find(staff_id) if staff_id else None
    return staff.name if staff else ""


def check_note(note: str) -> str:
    """Stripped. Raises TooLong(limit)."""
    if len(note) > NOTE_LENGTH:
        raise TooLong(limit=NOTE_LENGTH)
    return note.strip()
