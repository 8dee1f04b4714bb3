"""What the people at work are told because time has passed: late tasks, a long queue, transfers that nobody took up.

Every alert comes once. What was told stands in the alerts themselves, under a lock that two desks share.
CW-18, HE-20, HE-26.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from shop.handover import DESK
from shop.model import LEADERS, Alert, AlertKind, Conversation, Direction, HandoverRecord, Holder, Task
from shop.moment import Moment
from shop.ports import UnitOfWork
from shop.takeover import TRANSFER_REASONS, name_of
from shop.times import local

SOON = timedelta(minutes=10)
"""A task's owner is reminded so long before it is due."""
AGAIN = timedelta(days=1)
"""What is overdue and still not done is brought up anew so often."""
TITLE = 40
EASED = "已回落"
"""Ends the note of an alert about the queue once the queue is short again."""


def alarm(uow: UnitOfWork, alert: Alert) -> None:
    """For the people in charge, and for whom it is about: who is one of them hears it once."""
    if _needs_own(uow, alert.staff_id):
        uow.alerts.add(Alert(alert.kind, alert.at, alert.conversation_id, alert.staff_id, alert.staff_id, alert.note))
    uow.alerts.add(alert)


def _needs_own(uow: UnitOfWork, staff_id: str) -> bool:
    """Whether an alert for the people in charge does not reach this one."""
    staff = uow.people.find(staff_id) if staff_id else None
    return staff is not None and staff.active and staff.role not in LEADERS


def has_queue_turned(uow: UnitOfWork, at: Moment) -> bool:
    """Whether the queue has grown too long since it was last short, or is short again."""
    waiting, told = len(uow.conversations.waiting()), _find_open(uow)
    return waiting < at.policy.queue_alert if told else waiting > at.policy.queue_alert


def _find_open(uow: UnitOfWork) -> Alert | None:
    last = uow.alerts.last(AlertKind.QUEUE_LONG)
    return None if last is None or last.note.endswith(EASED) else last


def alert_queue(uow: UnitOfWork, at: Moment) -> list[Alert]:
    """One alert when more than `queue_alert` wait; the next only after fewer than that did."""
    uow.alerts.hold()
    if not has_queue_turned(uow, at):
        return []
    told = _find_open(uow)
    if told is not None:
        told.note += f";{local(at.now):%H:%M} {EASED}"
        return []
    waiting = len(uow.conversations.waiting())
    alert = Alert(AlertKind.QUEUE_LONG, at.now, note=f"{waiting} 人在排队,超过 {at.policy.queue_alert} 人")
    uow.alerts.add(alert)
    return [alert]


def remind_tasks(uow: UnitOfWork, at: Moment) -> list[Alert]:
    """To the owner shortly before a task is due; to the owner and the people in charge when it is, and once a day until
    it is done. A task that nobody owns is theirs from the start.
    """
    return [alert for number in find_due_tasks(uow, at.now) for alert in _remind(uow, number, at.now)]


def find_due_tasks(uow: UnitOfWork, now: datetime) -> list[str]:
    """Numbers of those that somebody has to be reminded of now; only reads."""
    near = [(task.number, since) for task in uow.tasks.undone() if (since := _stage(task, now))]
    told = _find_told(uow, min(since for _, since in near)) if near else []
    return [number for number, since in near if not _is_told(told, number, since)]


def _stage(task: Task, now: datetime) -> datetime | None:
    """When the present reminder fell due: before the task is, then with it, then every day. None: too early."""
    if now < task.due_at:
        return task.due_at - SOON if now >= task.due_at - SOON else None
    return task.due_at + (now - task.due_at) // AGAIN * AGAIN


def _find_told(uow: UnitOfWork, since: datetime) -> list[Alert]:
    return [alert for alert in uow.alerts.since(since) if alert.kind is AlertKind.OVERDUE]


def _is_told(told: Sequence[Alert], number: str, since: datetime) -> bool:
    return any(alert.at >= since and alert.note.startswith(f"{number} ") for alert in told)


def _remind(uow: UnitOfWork, number: str, now: datetime) -> Iterator[Alert]:
    task = uow.tasks.lock(number)
    since = _stage(task, now)
    if task.done_at is not None or since is None or _is_told(_find_told(uow, since), number, since):
        return
    note = f"{number} {task.kind.value} {_say_due(task, now)}:{task.title[:TITLE]}"
    told = [task.owner] if _needs_own(uow, task.owner) else []
    if now >= task.due_at or not told:
        told.append("")
    for to_staff in told:
        alert = Alert(AlertKind.OVERDUE, now, task.conversation_id, to_staff=to_staff, note=note)
        uow.alerts.add(alert)
        yield alert


def _say_due(task: Task, now: datetime) -> str:
    due = f"{local(task.due_at):%m-%d %H:%M}"
    days = (now - task.due_at) // AGAIN
    if days > 0:
        return f"应在 {due} 前完成,已超过 {days} 天"
    return f"应在 {due} 前完成,已到期" if now >= task.due_at else f"{due} 到期"


def find_late_transfers(uow: UnitOfWork, at: Moment) -> Iterator[Conversation]:
    """Passed to a colleague or a group, and nobody there has said a word in time; only reads."""
    before = at.now - timedelta(seconds=at.policy.answer_seconds)
    held = [*uow.conversations.unanswered(before), *uow.conversations.resting(before)]
    passed = [*uow.conversations.waiting(), *(c for c in held if c.agent_id != c.last_agent_id)]
    yield from (c for c in passed if c.last_agent_id and _find_late(uow, c, at))


def report_transfer(uow: UnitOfWork, conversation_id: str, at: Moment) -> bool:
    """Who passed it on and the people in charge are told once that nobody took it up. HE-26."""
    conversation = uow.conversations.lock(conversation_id)
    transfer = _find_late(uow, conversation, at)
    if transfer is None:
        return False
    group = uow.groups.find(transfer.group_code)
    goal = name_of(uow, transfer.to_agent) or (group.name if group else "")
    note = f"{name_of(uow, transfer.by)}转给{goal}({transfer.reason}),超过 {at.policy.answer_seconds} 秒还没有人答复"
    alarm(uow, Alert(AlertKind.OVERDUE, at.now, conversation_id, transfer.by, note=note))
    return True


def _find_late(uow: UnitOfWork, conversation: Conversation, at: Moment) -> HandoverRecord | None:
    transfer = _find_transfer(uow, conversation)
    if transfer is None or at.now - transfer.at <= timedelta(seconds=at.policy.answer_seconds):
        return None
    if any(message.direction is Direction.AGENT for message in uow.messages.after(conversation.id, transfer.seq)):
        return None
    told = uow.alerts.last(AlertKind.OVERDUE, conversation_id=conversation.id, staff_id=transfer.by)
    return transfer if told is None or told.at < transfer.at else None


def _find_transfer(uow: UnitOfWork, conversation: Conversation) -> HandoverRecord | None:
    """The last one by a person to others, whoever the desk has given it to since or took it from the queue."""
    if conversation.holder is Holder.BOT:
        return None
    records = uow.handovers.of_conversation(conversation.id)
    last = next((r for r in records if r.by not in (DESK, r.to_agent)), None)
    passed = last is not None and last.from_holder is Holder.AGENT and last.reason in TRANSFER_REASONS
    return last if passed else None
