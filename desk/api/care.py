"""设置 → 话术体检: what came of each phrase, what needs care first, and the week's report. PH-35."""

import asyncio
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from desk.access import CurrentDesk
from desk.api.rights import Leader
from desk.care import WIDTHS, examine, make_report, show_health
from desk.meanings import Meanings
from desk.rights import may
from desk.shown import Json
from phrases.transfer import FORMS, write_table
from shop.changes import note_change
from shop.model import ChangeKind
from shop.phrase_uses import period_of, week_of
from shop.ports import UnitOfWork
from shop.times import local

router = APIRouter(prefix="/care", tags=["话术体检"])
WEEKS = 8
"""So many can be taken along."""


def find_meanings(request: Request) -> Meanings:
    meanings: Meanings = request.app.state.meanings
    return meanings


CurrentMeanings = Annotated[Meanings, Depends(find_meanings)]


@router.get("")
async def show(
    desk: CurrentDesk, meanings: CurrentMeanings, staff: Leader, days: Literal["7", "30", "90"] = "30"
) -> Json:
    """`{by_meaning, ailments, phrases, first, last, may_edit, weeks: [{day, label}]}`."""
    first, last = period_of(int(days), desk.now())
    health = await examine(desk, meanings, first, last)
    shown = {"first": first.isoformat(), "last": last.isoformat(), "may_edit": may(staff, "manage")}
    return {**show_health(health), **shown, "weeks": _offer_weeks(last)}


def _offer_weeks(today: date) -> list[Json]:
    """The last full one first; the one that runs comes last."""
    spans = [week_of(today - timedelta(weeks=back)) for back in range(WEEKS)]
    weeks = [{"day": f.isoformat(), "label": f"{f.month}月{f.day}日－{t.month}月{t.day}日"} for f, t in spans]
    return [*weeks[1:], {**weeks[0], "label": f"本周（{weeks[0]['label']}）"}]


@router.get("/report")
async def report(
    desk: CurrentDesk,
    meanings: CurrentMeanings,
    staff: Leader,
    day: Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2999, 1, 1))] = None,
    form: Literal["xlsx", "csv"] = "xlsx",
) -> Response:
    """The week with that day in it, else the last full one."""
    now = desk.now()
    today = local(now).date()
    first, last = week_of(min(day, today) if day else today - timedelta(weeks=1))
    lines = make_report(await examine(desk, meanings, first, last))
    after = {"form": form, "count": len(lines) - 1, "first": first.isoformat(), "last": last.isoformat()}

    def note(uow: UnitOfWork) -> None:
        note_change(uow, staff, ChangeKind.EXPORT, "话术周报", "导出", now, after=after)

    await desk.change(note)
    data = await asyncio.to_thread(write_table, form, lines, "话术周报", WIDTHS)
    name = quote(f"话术周报-{first:%Y%m%d}.{form}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return Response(data, media_type=FORMS[form].kind, headers=headers)
