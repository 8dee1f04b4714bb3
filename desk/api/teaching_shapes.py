"""教机器人 as the page reads it."""

from collections.abc import Sequence

from desk.shown import Json, iso
from shop.intents import FAMILIES, name_intent
from shop.live_models import SHIPPED_NAME
from shop.model import LiveModel, TaughtMessage, Training, TrainingState
from shop.ports import UnitOfWork
from shop.training import list_trainings

FAMILY_NAMES = {
    "general": "日常",
    "presale": "售前",
    "bargain": "议价",
    "payment": "付款与订单",
    "tracking": "物流",
    "aftersale": "售后",
}


def show_intents() -> list[Json]:
    """`{family, intents: [{intent, name}]}`, in the order of the shop's list."""
    return [
        {
            "family": FAMILY_NAMES.get(family, family),
            "intents": [{"intent": intent, "name": name} for intent, name in names.items()],
        }
        for family, names in FAMILIES.items()
    ]


def show_lesson(uow: UnitOfWork, lesson: TaughtMessage) -> Json:
    return {
        "id": lesson.id,
        "text": lesson.text,
        "intent": lesson.intent,
        "name": name_intent(lesson.intent),
        "by": _name(uow, lesson.by),
        "at": iso(lesson.at),
        "heard": bool(lesson.conversation_id),
    }


def show_state(uow: UnitOfWork) -> Json:
    """`{under_way: training|null, trainings, live, fresh}`; `fresh`: messages that the live model has not learned."""
    trainings, live = list_trainings(uow), uow.live_models.current()
    model = live.model if live else ""
    return {
        "under_way": next((_show_training(uow, each, model) for each in trainings if each.under_way), None),
        "trainings": [_show_training(uow, each, model) for each in trainings if not each.under_way],
        "live": _show_live(uow, live, trainings),
        "fresh": _count_fresh(uow, model, trainings),
        "lessons": uow.taught_messages.count(),
    }


def _show_training(uow: UnitOfWork, training: Training, live: str) -> Json:
    return {
        "number": training.number,
        "state": training.state.value,
        "percent": training.percent,
        "go_live": training.go_live,
        "lessons": training.lessons,
        "by": _name(uow, training.asked_by),
        "asked_at": iso(training.asked_at),
        "started_at": training.started_at and iso(training.started_at),
        "ended_at": training.ended_at and iso(training.ended_at),
        "exam": training.exam,
        "exam_before": training.exam_before,
        "exam_after": training.exam_after,
        "lessons_before": training.lessons_before,
        "lessons_after": training.lessons_after,
        "changed": [
            {
                **each,
                "name": name_intent(each["intent"]),
                "before_name": name_intent(each["before"]),
                "after_name": name_intent(each["after"]),
            }
            for each in training.changed
        ],
        "live": bool(live) and training.model == live,
        "usable": training.state is TrainingState.GOOD and bool(training.model) and training.model != live,
        "error": training.error,
    }


def _show_live(uow: UnitOfWork, live: LiveModel | None, trainings: Sequence[Training]) -> Json:
    """`back`: what one press goes back to; null where there is nothing to go back to."""
    if live is None:
        return {"name": SHIPPED_NAME, "shipped": True, "at": None, "by": "", "problem": "", "back": None, "version": 0}
    return {
        "name": _name_model(live.model, trainings),
        "shipped": not live.model,
        "at": iso(live.at),
        "by": _name(uow, live.by),
        "problem": live.problem,
        "back": _name_model(live.before, trainings) if live.before != live.model else None,
        "version": live.version,
    }


def _name_model(model: str, trainings: Sequence[Training]) -> str:
    if not model:
        return SHIPPED_NAME
    return next((f"训练 {each.number}" for each in trainings if each.model == model), model.partition("-")[0])


def _count_fresh(uow: UnitOfWork, model: str, trainings: Sequence[Training]) -> int:
    since = next((each.started_at for each in trainings if model and each.model == model), None)
    lessons = uow.taught_messages.all()
    return sum(since is None or lesson.at > since for lesson in lessons)


def _name(uow: UnitOfWork, staff_id: str) -> str:
    person = uow.people.find(staff_id)
    return person.name if person else staff_id
