"""操作记录: read and taken along, never changed. PH-33, PC-04."""

import asyncio
import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from desk.access import CurrentDesk
from desk.api.rights import Manager
from desk.changes_shown import Titles, mask, show_change
from desk.forms import Text
from desk.shown import Json
from phrases.transfer.cells import guard
from shop.audit import Sieve, find_changes, note_export, walk_changes
from shop.model import Change, ChangeKind
from shop.ports import UnitOfWork
from shop.times import local

router = APIRouter(prefix="/changes")
PAGE, MOST = 50, 20_000
"""MOST: rows of one file; older ones by their days."""
HEADER = ("时间", "操作人", "工号", "类别", "对象", "动作", "改动前后")
Plain = Annotated[Text, Query(max_length=64, pattern=r"^[^\x00]*$")]


def read_sieve(
    kind: Annotated[ChangeKind | None, Query()] = None,
    by: Plain = "",
    words: Plain = "",
    first: Annotated[date | None, Query()] = None,
    last: Annotated[date | None, Query()] = None,
) -> Sieve:
    return Sieve(kind, by, words, first, last)


CurrentSieve = Annotated[Sieve, Depends(read_sieve)]


@router.get("")
async def changes(
    staff: Manager, desk: CurrentDesk, sieve: CurrentSieve, below: Annotated[int | None, Query(ge=1, lt=2**31)] = None
) -> Json:
    """`{changes, more, kinds, people: [{id, name}]}`; the next page with `below` the last id."""

    def use_case(uow: UnitOfWork) -> Json:
        found, titles = find_changes(uow, sieve, below=below, limit=PAGE + 1), Titles(uow)
        return {
            "changes": [show_change(change, titles) for change in found[:PAGE]],
            "more": len(found) > PAGE,
            "kinds": [kind.value for kind in ChangeKind],
            "people": [{"id": person.id, "name": person.name} for person in uow.people.all()],
        }

    return await desk.look(use_case)


@router.get("/export")
async def export(staff: Manager, desk: CurrentDesk, sieve: CurrentSieve) -> Response:
    """A CSV of at most MOST of them, which itself stands in the log from then on."""

    def use_case(uow: UnitOfWork) -> list[list[str]]:
        titles = Titles(uow)
        return [_row(change, titles) for change in walk_changes(uow, sieve, MOST)]

    rows, now = await desk.look(use_case), desk.now()
    data = await asyncio.to_thread(_write, rows)
    await desk.change(lambda uow: note_export(uow, staff, len(rows), sieve, now))
    name = quote(f"操作记录-{local(now):%Y%m%d}.csv")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


def _row(change: Change, titles: Titles) -> list[str]:
    shown = show_change(change, titles)
    parts = [f"{d['label']}:{d['before'] or '无'} → {d['after'] or '无'}" for d in shown["differences"]]
    cells = [change.name, change.by, change.kind.value, shown["title"], shown["action"], "\n".join(parts)]
    return [f"{local(change.at):%Y-%m-%d %H:%M:%S}", *(guard(mask(cell)) for cell in cells)]


def _write(rows: Sequence[Sequence[str]]) -> bytes:
    """With a byte order mark, by which table programs know UTF-8."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([HEADER, *rows])
    return written.getvalue().encode("utf-8-sig")
