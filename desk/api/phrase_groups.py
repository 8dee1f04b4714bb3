"""设置 → 快捷短语: groups, and the order of what is in them. Names stand in bodies: they may hold any sign. PH-11."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from desk.access import CurrentDesk
from desk.api.phrases import Short
from desk.api.rights import Manager
from desk.forms import Form, Name
from desk.phrase_changes import change_phrases, library
from desk.shown import Json
from shop import phrase_groups

router = APIRouter(prefix="/phrase-groups")

Names = Annotated[list[Name], Field(max_length=200)]


class Named(Form):
    name: Name


class Renamed(Named):
    to: Name


class Removed(Named):
    """`to`: where its phrases go; empty for a group without any."""

    to: Short = ""


class Ordered(Form):
    names: Names


class Placed(Named):
    codes: Names


@router.get("")
async def show(desk: CurrentDesk, staff: Manager) -> Json:
    return {"groups": await desk.look(lambda uow: phrase_groups.list_groups(uow, library(desk)))}


@router.post("", status_code=201)
async def add(desk: CurrentDesk, staff: Manager, form: Named) -> Json:
    shipped, now = library(desk), desk.now()
    return {
        "name": await change_phrases(
            desk, lambda uow: phrase_groups.add_group(uow, staff, form.name, library=shipped, now=now)
        )
    }


@router.put("/name")
async def rename(desk: CurrentDesk, staff: Manager, form: Renamed) -> Json:
    shipped, now = library(desk), desk.now()
    return {
        "name": await change_phrases(
            desk, lambda uow: phrase_groups.rename_group(uow, staff, form.name, form.to, library=shipped, now=now)
        )
    }


@router.post("/removal")
async def remove(desk: CurrentDesk, staff: Manager, form: Removed) -> Json:
    """`moved`: phrases that went to the other group."""
    shipped, now = library(desk), desk.now()
    return {
        "moved": await change_phrases(
            desk, lambda uow: phrase_groups.remove_group(uow, staff, form.name, to=form.to, library=shipped, now=now)
        )
    }


@router.put("/order")
async def order(desk: CurrentDesk, staff: Manager, form: Ordered) -> Json:
    shipped, now = library(desk), desk.now()
    return {
        "names": await change_phrases(
            desk, lambda uow: phrase_groups.order_groups(uow, staff, form.names, library=shipped, now=now)
        )
    }


@router.put("/places")
async def places(desk: CurrentDesk, staff: Manager, form: Placed) -> Json:
    """The order of the phrases of one group."""
    shipped, now = library(desk), desk.now()
    return {
        "codes": await change_phrases(
            desk,
            lambda uow: phrase_groups.order_phrases(uow, staff, form.name, form.codes, library=shipped, now=now),
        )
    }
