"""设置 → 快捷短语: files in and out. PH-01, PH-09, PH-33."""

import asyncio
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated, Literal, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Header, Request
from pydantic import TypeAdapter
from starlette.datastructures import UploadFile
from starlette.responses import Response

from desk.access import CurrentDesk
from desk.api.phrases import Short
from desk.api.rights import Manager
from desk.forms import check_writable
from desk.pages.pictures import FORM_BYTES
from desk.phrase_changes import change_phrases, library
from desk.phrase_shapes import find_problem, show_checked, to_file
from desk.shown import Json
from phrases.transfer import FORMS, MAX_BYTES, FilePhrase, read_file, write_file
from shop.changes import note_change
from shop.errors import FieldWrong, FileRefused
from shop.model import ChangeKind
from shop.phrase_history import recent_imports, undo_import
from shop.phrase_import import DEFAULT_GROUP, FileRow, check_rows, take_rows
from shop.ports import UnitOfWork
from shop.times import TIMEZONE

router = APIRouter(prefix="/phrases")
AT_ONCE = asyncio.Semaphore(2)
"""A workbook takes some memory while it is read."""
LINES = TypeAdapter(list[int])


class Sent(NamedTuple):
    """`lines`: the chosen rows."""

    rows: list[FileRow]
    group: str
    state: str
    lines: frozenset[int]


async def _receive(request: Request, length: int) -> Sent:
    """A form with `file`, and `group`, `state`, `lines` (JSON) where they are of use. FileRefused, FieldWrong."""
    if not 0 <= length <= MAX_BYTES + FORM_BYTES:
        raise FileRefused(
            problems=[(0, "文件", "文件太大")], why=f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆成几个"
        )
    async with request.form(max_files=1, max_fields=4, max_part_size=FORM_BYTES) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise FieldWrong(field="file")
        data = await file.read()
        group, state, lines = (str(form.get(name) or "") for name in ("group", "state", "lines"))
    async with AT_ONCE:
        rows = await asyncio.to_thread(read_file, data)
    with suppress(ValueError):
        return Sent(rows, check_writable(group) or DEFAULT_GROUP, state, frozenset(LINES.validate_json(lines or "[]")))
    raise FieldWrong(field="lines")


@router.post("/import")
async def look_through(
    request: Request, desk: CurrentDesk, staff: Manager, content_length: Annotated[int, Header()] = -1
) -> Json:
    """What the file would do, row by row; nothing is changed. `state` belongs into the form that takes the rows."""
    sent, shipped = await _receive(request, content_length), library(desk)

    def use_case(uow: UnitOfWork) -> Json:
        return show_checked(
            check_rows(
                uow,
                sent.rows,
                library=shipped,
                problem_of=find_problem,
                has_picture=desk.pictures.has,
                default_group=sent.group,
            )
        )

    return await desk.look(use_case)


@router.post("/import/rows", status_code=201)
async def take(
    request: Request, desk: CurrentDesk, staff: Manager, content_length: Annotated[int, Header()] = -1
) -> Json:
    """The chosen rows of the same file, all or none. `batch` undoes it."""
    sent, shipped, now = await _receive(request, content_length), library(desk), desk.now()

    def use_case(uow: UnitOfWork) -> Json:
        taken = take_rows(
            uow,
            staff,
            sent.rows,
            chosen=sent.lines,
            state=sent.state,
            library=shipped,
            problem_of=find_problem,
            now=now,
            has_picture=desk.pictures.has,
            default_group=sent.group,
        )
        return {"batch": taken.batch, "added": taken.added, "changed": taken.changed}

    return await change_phrases(desk, use_case)


@router.get("/imports")
async def imports(desk: CurrentDesk, staff: Manager) -> Json:
    """Those of late that can still be taken back, newest first."""

    def use_case(uow: UnitOfWork) -> list[Json]:
        return [{**asdict(each), "at": each.at.isoformat()} for each in recent_imports(uow)]

    return {"imports": await desk.look(use_case)}


@router.post("/imports/{batch}/undo")
async def undo(desk: CurrentDesk, staff: Manager, batch: Short) -> Json:
    """`kept`: codes that somebody has changed since; they stay as they are."""
    shipped, now = library(desk), desk.now()

    def use_case(uow: UnitOfWork) -> Json:
        undone = undo_import(uow, staff, batch, library=shipped, now=now)
        return {"undone": len(undone.codes), "kept": undone.kept}

    return await change_phrases(desk, use_case)


@router.get("/export")
async def export(desk: CurrentDesk, staff: Manager, form: Literal["xlsx", "csv", "qianniu"] = "xlsx") -> Response:
    """A file with all phrases of the team, which `import` takes back without loss."""
    now = desk.now()

    def use_case(uow: UnitOfWork) -> list[FilePhrase]:
        found = to_file(uow, desk.words.quick)
        after = {"form": form, "count": len(found)}
        note_change(uow, staff, ChangeKind.EXPORT, "快捷短语", "导出", now, after=after)
        return found

    data = await asyncio.to_thread(write_file, form, await desk.change(use_case))
    name = f"快捷短语-{now.astimezone(TIMEZONE):%Y%m%d}{'-千牛' if form == 'qianniu' else ''}.{FORMS[form].suffix}"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(data, media_type=FORMS[form].kind, headers=headers)
