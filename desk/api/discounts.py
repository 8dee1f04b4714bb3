"""优惠统计: what was given off, per person and day, and taken along. BG-11."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import Response

from desk.access import CurrentDesk
from desk.api.rights import Leader
from desk.context import Desk
from desk.forms import Text
from desk.shown import Json
from phrases.transfer import FORMS, write_table
from shop.approval_answers import find_named
from shop.changes import note_change
from shop.discounts import BOT, DayLine, Discount, Period, find_discounts, sum_up
from shop.model import ChangeKind
from shop.ports import UnitOfWork
from shop.times import local

router = APIRouter(prefix="/discounts")
DAYS = 7
"""So many of the last days are shown at first."""
BOT_NAME, OWN_RIGHT = "机器人", "权限内"
HEADER = (
    "日期",
    "时间",
    "客服",
    "买家",
    "商品或订单",
    "原价(元)",
    "优惠价(元)",
    "优惠(元)",
    "优惠比例",
    "谁批准",
    "状态",
)
WIDTHS = (12, 8, 10, 14, 28, 10, 10, 10, 10, 10, 10)
Agent = Annotated[Text, Query(max_length=64, pattern=r"^[^\x00]*$")]
Day = Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2999, 1, 1))]


@router.get("")
async def discounts(staff: Leader, desk: CurrentDesk, first: Day = None, last: Day = None, agent: Agent = "") -> Json:
    """`{first, last, lines: [{day, agent, approver, count, list_fen, off_fen}], total, people: [{id, name}]}`; newest
    day first. Error `field_wrong` for a period that makes no sense, or is longer than a year.
    """
    period = _period(desk, first, last)

    def use_case(uow: UnitOfWork) -> Json:
        names = _names(uow)
        lines = [_line(line, names) for line in sum_up(find_discounts(uow, period, agent))]
        total = {part: sum(line[part] for line in lines) for part in ("count", "list_fen", "off_fen")}
        people = [{"id": known, "name": name} for known, name in names.items() if known]
        return {"first": period.first, "last": period.last, "lines": lines, "total": total, "people": people}

    return await desk.look(use_case)


@router.get("/export")
async def export(  # noqa: PLR0917  # what the address may say
    staff: Leader,
    desk: CurrentDesk,
    first: Day = None,
    last: Day = None,
    agent: Agent = "",
    form: Annotated[Literal["csv", "xlsx"], Query()] = "xlsx",
) -> Response:
    """A row for every price that was given; it stands in the log from then on."""
    period = _period(desk, first, last)

    def use_case(uow: UnitOfWork) -> list[Sequence[str | int | float]]:
        names = _names(uow)
        return [HEADER, *(_row(uow, each, names) for each in find_discounts(uow, period, agent))]

    lines, now = await desk.look(use_case), desk.now()
    after = {"form": form, "count": len(lines) - 1, "first": str(period.first), "last": str(period.last)}

    def note(uow: UnitOfWork) -> None:
        note_change(uow, staff, ChangeKind.EXPORT, "优惠统计", "导出", now, after=after)

    await desk.change(note)
    data = await asyncio.to_thread(write_table, form, lines, "优惠统计", WIDTHS)
    name = quote(f"优惠统计-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{form}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return Response(data, media_type=FORMS[form].kind, headers=headers)


def _period(desk: Desk, first: date | None, last: date | None) -> Period:
    last = last or local(desk.now()).date()
    return Period(first or last - timedelta(days=DAYS - 1), last)


def _names(uow: UnitOfWork) -> dict[str, str]:
    return {"": OWN_RIGHT, BOT: BOT_NAME, **{person.id: person.name for person in uow.people.all()}}


def _line(line: DayLine, names: dict[str, str]) -> Json:
    return {
        "day": line.day,
        "agent": names.get(line.agent, line.agent),
        "approver": names.get(line.approver, line.approver),
        "count": line.count,
        "list_fen": line.list_fen,
        "off_fen": line.off_fen,
    }


def _row(uow: UnitOfWork, discount: Discount, names: dict[str, str]) -> list[str | int | float]:
    offer, at = discount.offer, local(discount.offer.created_at)
    talk = uow.conversations.find(offer.conversation_id)
    return [
        f"{at:%Y-%m-%d}",
        f"{at:%H:%M}",
        names.get(discount.agent, discount.agent),
        talk.nick if talk else "",
        find_named(uow, offer.product_code, offer.order_no),
        offer.list_fen / 100,
        offer.price_fen / 100,
        discount.off_fen / 100,
        f"{discount.off_fen / offer.list_fen:.1%}",
        names.get(discount.approver, discount.approver),
        offer.state.value,
    ]
