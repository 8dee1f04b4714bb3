"""Trainings: asked for by a manager, done by a bot worker, measured before the new model may answer buyers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shop.changes import note_change
from shop.errors import Conflict, NotFound, WrongState
from shop.live_models import put_live
from shop.model import ChangeKind, Staff, Training, TrainingState
from shop.policy import Policy
from shop.ports import UnitOfWork

LEASE = timedelta(minutes=2)
"""A run that is not heard of for so long is taken for dead. It renews every few seconds, but is the last to get the
processor: on a machine under full load half a minute was not enough.
"""
TRIES = 2
SHOWN = 20
INTERRUPTED = "机器人中途停了两次，没有训练完，请您稍后再试"


class TrainingUnderWay(Conflict):
    """One at a time: `number` is the other one's."""


class NothingTaught(Conflict):
    pass


@dataclass(frozen=True)
class Marks:
    """How both models did: questions of the test set and taught messages, right of them before and after."""

    exam: int
    exam_before: int
    exam_after: int
    lessons_before: int
    lessons_after: int
    changed: list[dict[str, Any]] = field(default_factory=list)


def ask_training(uow: UnitOfWork, staff: Staff, now: datetime, go_live: bool) -> Training:
    """Waits for a worker from here on. Raises TrainingUnderWay(number), NothingTaught."""
    uow.taught_messages.hold()
    other = uow.trainings.under_way()
    if other is not None:
        raise TrainingUnderWay(number=other.number)
    lessons = uow.taught_messages.count()
    if not lessons:
        raise NothingTaught()
    training = Training(uow.numbers.next("XL", now), staff.id, now, lessons, go_live)
    uow.trainings.add(training)
    note_change(uow, staff, ChangeKind.TEACHING, training.number, "开始训练", now, after={"lessons": lessons})
    return training


def cancel_training(uow: UnitOfWork, staff: Staff, now: datetime, number: str) -> None:
    """Whoever works on it hears of it within seconds. Raises NotFound, WrongState where it is over."""
    training = uow.trainings.lock(number)
    if not training.under_way:
        raise WrongState(number=number, state=training.state.value)
    training.state, training.ended_at = TrainingState.CANCELLED, now
    note_change(uow, staff, ChangeKind.TEACHING, number, "取消训练", now, after={"percent": training.percent})


def claim_training(uow: UnitOfWork, holder: str, now: datetime) -> str | None:
    """The number of one that waits, or whose holder was not heard of; it is `holder`'s then. After TRIES it fails."""
    found = uow.trainings.under_way()
    if found is None or (found.lease_until is not None and now < found.lease_until):
        return None
    training = uow.trainings.lock(found.number)
    if not training.under_way or (training.lease_until is not None and now < training.lease_until):
        return None
    if training.tries >= TRIES:
        _end(training, TrainingState.FAILED, now, INTERRUPTED)
        return None
    training.state, training.percent, training.tries = TrainingState.RUNNING, 0, training.tries + 1
    training.holder, training.lease_until = holder, now + LEASE
    training.started_at = training.started_at or now
    return training.number


def renew_training(
    uow: UnitOfWork, number: str, holder: str, now: datetime, *, percent: int = 0, checking: bool = False
) -> bool:
    """A sign of life, with how far it has come. False: it was cancelled or is another's; stop working."""
    training = _held(uow, number, holder)
    if training is None:
        return False
    training.lease_until = now + LEASE
    training.percent = max(training.percent, min(percent, 100))
    if checking:
        training.state = TrainingState.CHECKING
    return True


def end_training(  # noqa: PLR0917  # what is known of a model
    uow: UnitOfWork, number: str, holder: str, now: datetime, policy: Policy, marks: Marks, model: str, base: str
) -> bool:
    """Writes the figures down; the model goes live if that was asked for and it is not worse. False as in renewing."""
    training = _held(uow, number, holder)
    if training is None:
        return False
    for name in ("exam", "exam_before", "exam_after", "lessons_before", "lessons_after", "changed"):
        setattr(training, name, getattr(marks, name))
    good = marks.exam_after + policy.exam_slack >= marks.exam_before
    training.model, training.base = (model, base) if good else ("", base)
    _end(training, TrainingState.GOOD if good else TrainingState.WORSE, now)
    asker = uow.people.find(training.asked_by)
    if good and training.go_live and asker is not None:
        put_live(uow, asker, now, model, base, "自动上线")
    return True


def fail_training(uow: UnitOfWork, number: str, holder: str, now: datetime, why: str) -> bool:
    """`why` in words for the manager."""
    training = _held(uow, number, holder)
    if training is not None:
        _end(training, TrainingState.FAILED, now, why)
    return training is not None


def take_live(uow: UnitOfWork, staff: Staff, now: datetime, number: str) -> None:
    """The model of that training answers from now on. Raises NotFound; WrongState where it may not, or is gone."""
    training = uow.trainings.find(number)
    if training is None:
        raise NotFound(number=number)
    if training.state is not TrainingState.GOOD or not training.model:
        raise WrongState(number=number, state=training.state.value)
    put_live(uow, staff, now, training.model, training.base, "上线")


def list_trainings(uow: UnitOfWork) -> Sequence[Training]:
    return uow.trainings.latest(SHOWN)


def drop_models(uow: UnitOfWork) -> frozenset[str]:
    """Model files that must stay: the live one, the one before, and the newest that may still go live.

    The trainings of all others forget theirs; the caller deletes those files once this is committed.
    """
    uow.taught_messages.hold()
    live = uow.live_models.current()
    kept = {live.model, live.before} if live else set()
    usable = [each for each in uow.trainings.latest(1000) if each.model]
    kept.update(each.model for each in usable[:1])
    for each in usable:
        if each.model not in kept:
            each.model = ""
    return frozenset(kept - {""})


def _held(uow: UnitOfWork, number: str, holder: str) -> Training | None:
    training = uow.trainings.lock(number)
    return training if training.under_way and training.holder == holder else None


def _end(training: Training, state: TrainingState, now: datetime, error: str = "") -> None:
    training.state, training.ended_at, training.error, training.percent = state, now, error, 100
    training.lease_until = None
