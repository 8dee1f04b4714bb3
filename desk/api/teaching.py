"""教机器人: what managers taught the bot, its trainings, and the model that answers buyers."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from desk.access import CurrentDesk
from desk.api.rights import Manager
from desk.api.teaching_shapes import show_intents, show_lesson, show_state
from desk.context import Desk
from desk.forms import Form, Name, Text
from desk.shown import Json
from shop.live_models import go_back, go_shipped
from shop.ports import UnitOfWork
from shop.teaching import LONGEST, MOST, Lesson, export_lessons, forget_lesson, list_lessons, teach
from shop.training import ask_training, cancel_training, take_live

router = APIRouter(prefix="/teaching", tags=["教机器人"])
PAGE = 200
Words = Annotated[Text, Query(max_length=64, pattern=r"^[^\x00]*$")]
LessonId = Annotated[int, Field(ge=1, lt=2**31)]


class LessonForm(Form):
    text: Annotated[Text, Field(max_length=2000, pattern=r"^[^\x00]*$")]
    intent: Name


class LessonsForm(Form):
    lessons: Annotated[list[LessonForm], Field(min_length=1, max_length=200)]


class TrainingForm(Form):
    go_live: bool = False


@router.get("")
async def lessons(desk: CurrentDesk, staff: Manager, words: Words = "", intent: Words = "") -> Json:
    """`{lessons: newest first, at most 200, found, limit, longest, intents, state}`."""

    def use_case(uow: UnitOfWork) -> Json:
        found = list_lessons(uow, words, intent)
        return {
            "lessons": [show_lesson(uow, lesson) for lesson in found[:PAGE]],
            "found": len(found),
            "limit": MOST,
            "longest": LONGEST,
            "intents": show_intents(),
            "state": show_state(uow),
        }

    return await desk.look(use_case)


@router.get("/state")
async def state(desk: CurrentDesk, staff: Manager) -> Json:
    """`{under_way, trainings, live, fresh, lessons}`: what changes while a training runs."""
    return await desk.look(show_state)


@router.post("/lessons")
async def add(desk: CurrentDesk, staff: Manager, form: LessonsForm) -> Json:
    """`{added, moved, same, masked}`; all or none. Errors `lesson_refused`, `too_many`."""
    given = [Lesson(lesson.text, lesson.intent) for lesson in form.lessons]

    def use_case(uow: UnitOfWork) -> Json:
        taught = teach(uow, staff, desk.now(), given)
        return {"added": taught.added, "moved": taught.moved, "same": taught.same, "masked": taught.masked}

    return await desk.change(use_case)


@router.delete("/lessons/{lesson_id}")
async def forget(desk: CurrentDesk, staff: Manager, lesson_id: LessonId) -> Json:
    await desk.change(lambda uow: forget_lesson(uow, staff, desk.now(), lesson_id))
    return {}


@router.get("/lessons.yml")
async def export(desk: CurrentDesk, staff: Manager) -> Response:
    """As the files of `data/nlu` are written. Written down, like all that leaves the store."""
    text = await desk.change(lambda uow: export_lessons(uow, staff, desk.now()))
    named = {"Content-Disposition": 'attachment; filename="taught.yml"', "Cache-Control": "no-store"}
    return Response(text, media_type="application/yaml", headers=named)


@router.post("/trainings")
async def train(desk: CurrentDesk, staff: Manager, form: TrainingForm) -> Json:
    """The state, as all below. Errors `training_under_way`, `nothing_taught`."""
    return await _change(desk, lambda uow: ask_training(uow, staff, desk.now(), form.go_live))


@router.post("/trainings/{number}/cancel")
async def cancel(desk: CurrentDesk, staff: Manager, number: Name) -> Json:
    return await _change(desk, lambda uow: cancel_training(uow, staff, desk.now(), number))


@router.post("/trainings/{number}/live")
async def make_live(desk: CurrentDesk, staff: Manager, number: Name) -> Json:
    """Every bot worker takes the model within seconds."""
    return await _change(desk, lambda uow: take_live(uow, staff, desk.now(), number))


@router.post("/live/back")
async def back(desk: CurrentDesk, staff: Manager) -> Json:
    return await _change(desk, lambda uow: go_back(uow, staff, desk.now()))


@router.post("/live/shipped")
async def shipped(desk: CurrentDesk, staff: Manager) -> Json:
    return await _change(desk, lambda uow: go_shipped(uow, staff, desk.now()))


async def _change(desk: Desk, deed: Callable[[UnitOfWork], object]) -> Json:
    def use_case(uow: UnitOfWork) -> Json:
        deed(uow)
        return show_state(uow)

    return await desk.change(use_case)
