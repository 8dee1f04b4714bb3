"""Things that a person has to do, put down by the bot. The same turn never puts the same kind down twice.

A turn may put down several kinds and the store keeps one row a cause, so a task's cause is turn and kind.
"""

from datetime import datetime, timedelta

from shop.model import Staff, Task, TaskKind
from shop.ports import UnitOfWork


def put_task(
    uow: UnitOfWork,
    kind: TaskKind,
    title: str,
    *,
    now: datetime,
    minutes: int,
    turn_id: str,
    conversation_id: str = "",
    order_no: str = "",
) -> Task:
    """A task due in `minutes`; where this turn already put one of this kind down, that one."""
    cause = f"{turn_id}/{kind.name}" if turn_id else ""
    if cause and (known := uow.tasks.find_by_turn(cause)):
        return known
    task = Task(
        number=uow.numbers.next("RW", now),
        kind=kind,
        title=title,
        created_at=now,
        due_at=now + timedelta(minutes=minutes),
        conversation_id=conversation_id,
        order_no=order_no,
        turn_id=cause,
    )
    uow.tasks.add(task)
    return task


def finish_task(uow: UnitOfWork, number: str, staff: Staff, now: datetime) -> Task:
    """Done by that member of staff; done already stays as it is. Raises RequestUnknown."""
    task = uow.tasks.lock(number)
    if task.done_at is None:
        task.done_at, task.owner = now, staff.id
    return task
