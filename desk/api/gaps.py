"""设置 → 没答好的问题: what the bot did not answer well, by meaning; taught, made an auto-reply, or put aside."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from desk.access import CurrentDesk
from desk.api.care import CurrentMeanings
from desk.api.rights import Manager
from desk.forms import Form, Name, Seq
from desk.gaps import find_keywords, look, show_intents, show_page_of
from desk.shown import Json
from shop.gaps import MOST, Wish, settle_missed, teach_missed
from shop.model import GapState
from shop.ports import UnitOfWork

router = APIRouter(prefix="/gaps", tags=["没答好的问题"])

Days = Literal[7, 30, 90]
Ids = Annotated[list[Seq], Field(min_length=1, max_length=MOST)]
State = Literal["open", "taught", "replied", "dismissed"]


class WishForm(Form):
    ids: Ids
    intent: Name


class TeachForm(Form):
    lessons: Annotated[list[WishForm], Field(min_length=1, max_length=200)]


class SettleForm(Form):
    """`state` "open" takes it back."""

    ids: Ids
    state: Literal["open", "replied", "dismissed"]


class KeywordsForm(Form):
    ids: Ids
    days: Days


@router.get("")
async def listed(  # noqa: PLR0917  # what the address says
    staff: Manager,
    desk: CurrentDesk,
    meanings: CurrentMeanings,
    days: Annotated[int, Query(ge=1, le=90)] = 7,
    state: State = "open",
    start: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> Json:
    """Groups, the largest first. `grouping`: "loading" where it is worth asking again soon. Raises FieldWrong."""
    looked = await look(desk, meanings, days)
    return await show_page_of(meanings, looked, GapState[state.upper()], days, start)


@router.get("/intents")
async def intents(staff: Manager) -> Json:
    return {"families": show_intents()}


@router.post("/teach")
async def teach(staff: Manager, desk: CurrentDesk, form: TeachForm) -> Json:
    """The next training learns them. Raises LessonRefused, TooMany, NotFound."""
    wishes = [Wish(lesson.ids, lesson.intent) for lesson in form.lessons]

    def use_case(uow: UnitOfWork) -> Json:
        return asdict(teach_missed(uow, staff, wishes, desk.now()))

    return await desk.change(use_case)


@router.post("/settle")
async def settle(staff: Manager, desk: CurrentDesk, form: SettleForm) -> Json:
    """Raises NotFound."""

    def use_case(uow: UnitOfWork) -> None:
        settle_missed(uow, staff, form.ids, GapState[form.state.upper()], desk.now())

    await desk.change(use_case)
    return {}


@router.post("/keywords")
async def keywords(staff: Manager, desk: CurrentDesk, form: KeywordsForm) -> Json:
    """Proposed for an auto-reply, the best first; may be none. Raises NotFound."""
    return {"keywords": await desk.look(lambda uow: find_keywords(uow, desk, form.ids, form.days))}
