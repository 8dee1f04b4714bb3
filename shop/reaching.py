"""A buyer needs a person: the one who is free, else a place in the queue, else a message that somebody answers.

Never a dead end (CW-05, CW-09): with nobody there the bot goes on, and a task with a time is opened.
Nothing here commits.
"""

from dataclasses import replace
from datetime import timedelta

from shop.conversations import append_notice
from shop.handover import BOT, DESK, Passing, pass_on, position
from shop.handover_card import make_card
from shop.hours import opening
from shop.model import Alert, AlertKind, Conversation, Holder, Message, Staff, Task, TaskKind
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.routing import Choice, choose
from shop.seats import is_full, is_staffed
from shop.services import begin_service
from shop.tasks import put_task


def call_person(
    uow: UnitOfWork, conversation: Conversation, reason: str, at: Moment, *, note: str = "", turn_id: str = ""
) -> list[Message]:
    """From the bot to people, of a conversation that is locked. What the buyer is told is returned and stored."""
    if not is_staffed(uow, at.policy, at.now):
        return _take_message(uow, conversation, reason, at, turn_id)
    passing = Passing(BOT, reason, note, card=make_card(uow, conversation, reason, note, at.now))
    choice = choose(uow, conversation, at.policy)
    if choice.chair is not None:
        return [give(uow, conversation, choice, passing, at)]
    pass_on(uow, conversation, replace(passing, queued=True, group_code=choice.group_code, why=choice.why), at.now)
    key = "too_many" if is_full(uow, at.policy) else "handover_queue"
    line = at.say(key, open=True, position=position(uow, conversation), meanwhile=True)
    return [append_notice(uow, conversation, line, at.now)]


def give(uow: UnitOfWork, conversation: Conversation, choice: Choice, passing: Passing, at: Moment) -> Message:
    """To the person that was chosen; the buyer hears who it is (CW-14)."""
    if choice.chair is None:
        raise ValueError("nobody was chosen")
    agent = choice.chair.staff
    chosen = replace(passing, agent=agent, group_code=choice.group_code, why=choice.why)
    record = pass_on(uow, conversation, chosen, at.now)
    return welcome_by(uow, conversation, agent, at, after_bot=record.from_holder is not Holder.AGENT)


def welcome_by(uow: UnitOfWork, conversation: Conversation, agent: Staff, at: Moment, *, after_bot: bool) -> Message:
    """The service begins."""
    begin_service(uow, conversation, agent, at.now)
    return append_notice(uow, conversation, at.say("agent_hello", service_name=agent.name, after_bot=after_bot), at.now)


def assign_waiting(uow: UnitOfWork, conversation_id: str, at: Moment) -> Staff | None:
    """Gives who waits to a person that has become free; None where there is none, or it waits no more."""
    conversation = uow.conversations.lock(conversation_id)
    if conversation.holder is not Holder.QUEUE:
        return None
    record = next(iter(uow.handovers.of_conversation(conversation_id)), None)
    fixed = conversation.group_code if record is not None and record.by not in (BOT, DESK) else ""
    choice = choose(uow, conversation, at.policy, group_code=fixed)
    if choice.chair is None:
        return None
    give(uow, conversation, choice, Passing(DESK, card=record.card if record else {}), at)
    return choice.chair.staff


def _take_message(uow: UnitOfWork, conversation: Conversation, reason: str, at: Moment, turn_id: str) -> list[Message]:
    """The bot keeps the talk; one open task a conversation, whoever asks again hears that it stands."""
    known = next((t for t in uow.tasks.of_conversation(conversation.id) if is_message(t) and t.done_at is None), None)
    hours = opening(at.policy, at.now)
    opens_at = hours.opens_at and hours.opens_at.isoformat()
    task = known or _note_down(uow, conversation, reason, at, turn_id)
    if hours.open and uow.alerts.last(AlertKind.NOBODY_THERE, conversation_id=conversation.id) is None:
        uow.alerts.add(Alert(AlertKind.NOBODY_THERE, at.now, conversation_id=conversation.id, note=reason))
    key = "still_noted" if known else "message_taken"
    late = task.due_at < at.now
    line = at.say(key, open=hours.open, opens_at=opens_at, due_at=task.due_at.isoformat(), late=late)
    return [append_notice(uow, conversation, line, at.now)]


def is_message(task: Task) -> bool:
    """留言: the buyer asked for a person and nobody was there."""
    return task.kind is TaskKind.CALL_BACK


def _note_down(uow: UnitOfWork, conversation: Conversation, reason: str, at: Moment, turn_id: str) -> Task:
    """Due a while after people are back."""
    starts = opening(at.policy, at.now).opens_at or at.now
    last = uow.messages.find(conversation.id, conversation.last_seq)
    return put_task(
        uow,
        TaskKind.CALL_BACK,
        f"{reason}:{last.text if last else ''}"[:200],
        now=at.now,
        minutes=at.policy.call_back_minutes + round((starts - at.now) / timedelta(minutes=1)),
        turn_id=turn_id,
        conversation_id=conversation.id,
        order_no=conversation.order_no or "",
    )
