"""设置 → 快捷短语: the team's quick phrases. PH-01, PH-09, PH-32, PH-33."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from desk.access import CurrentDesk
from desk.api.rights import Manager
from desk.forms import Form, Name, Seq, Text
from desk.phrase_changes import change_phrases, library
from desk.phrase_shapes import find_problem, show_change, show_library, show_removed, show_saved
from desk.shown import Json
from phrases.saving import check_savable
from phrases.speech import check
from shop.errors import FieldWrong
from shop.own_phrases import PhraseDraft, remove_phrase, save_phrase
from shop.phrase_history import history_of, restore_phrase
from shop.ports import UnitOfWork

router = APIRouter(prefix="/phrases")

Long = Annotated[Text, Field(max_length=5000)]
Short = Annotated[Text, Field(max_length=64, pattern=r"^[^\x00]*$")]


class Draft(Form):
    """`picture`: the id of one that was sent up, empty for none; None: as it is."""

    code: Short = ""
    group: Name
    text: Long
    picture: Short | None = None


class Edited(Draft):
    """`version`: the one that was edited; None: whatever it is by now, which is how one insists."""

    version: Seq | None = None


class Restored(Form):
    """Without `change`: the last words of a removed phrase."""

    change: Seq | None = None
    before: bool = False
    version: Seq | None = None


class Written(Form):
    text: Long


@router.get("")
async def show(desk: CurrentDesk, staff: Manager) -> Json:
    return await desk.look(lambda uow: show_library(uow, desk.words.quick, desk.now(), desk.pictures))


@router.post("", status_code=201)
async def add(desk: CurrentDesk, staff: Manager, form: Draft) -> Json:
    return await _save(desk, staff, form, PhraseDraft(form.code, form.group, form.text, picture=form.picture))


@router.put("/{code}")
async def edit(desk: CurrentDesk, staff: Manager, code: Short, form: Edited) -> Json:
    draft = PhraseDraft(form.code, form.group, form.text, code, form.version, form.picture)
    return await _save(desk, staff, form, draft)


async def _save(desk: CurrentDesk, staff: Manager, form: Draft, draft: PhraseDraft) -> Json:
    check_savable(form.text)
    if form.picture and not desk.pictures.has(form.picture):
        raise FieldWrong(field="picture")

    def use_case(uow: UnitOfWork) -> Json:
        shipped = library(desk).phrases
        saved = save_phrase(uow, staff, draft, own=False, shipped=shipped, now=desk.now())
        return show_saved(saved, desk.pictures)

    return {"phrase": await change_phrases(desk, use_case)}


@router.delete("/{code}")
async def remove(desk: CurrentDesk, staff: Manager, code: Short, version: int | None = None) -> Json:
    def use_case(uow: UnitOfWork) -> None:
        shipped = library(desk).phrases
        remove_phrase(uow, staff, code, own=False, shipped=shipped, now=desk.now(), version=version)

    await change_phrases(desk, use_case)
    return {}


@router.get("/removed")
async def removed(desk: CurrentDesk, staff: Manager) -> Json:
    return {"phrases": await desk.look(lambda uow: show_removed(uow, desk.pictures))}


@router.get("/{code}/history")
async def history(desk: CurrentDesk, staff: Manager, code: Short) -> Json:
    """Newest first."""

    def use_case(uow: UnitOfWork) -> list[Json]:
        return [show_change(change, desk.pictures) for change in history_of(uow, code)]

    return {"changes": await desk.look(use_case)}


@router.post("/{code}/restore")
async def restore(desk: CurrentDesk, staff: Manager, code: Short, form: Restored) -> Json:
    def use_case(uow: UnitOfWork) -> Json:
        row = restore_phrase(
            uow,
            staff,
            code,
            form.change,
            before=form.before,
            version=form.version,
            library=library(desk),
            now=desk.now(),
        )
        return show_saved(row, desk.pictures)

    return {"phrase": await change_phrases(desk, use_case)}


@router.post("/check")
async def weigh(desk: CurrentDesk, staff: Manager, form: Written) -> Json:
    """While one types: words that no buyer should read, and what would keep it from being saved."""
    findings = [
        {"start": found.start, "end": found.end, "word": found.word, "advice": found.advice, "instead": found.instead}
        for found in check(form.text)
    ]
    return {"findings": findings, "problem": find_problem(form.text) if form.text.strip() else ""}
