"""话术体检 over HTTP: the figures of what was said, what needs care, and the week's report."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from consoles import sign_in
from openpyxl import load_workbook
from wire import RunningDesk

from shop.model import ChangeKind, Conversation, Direction, Message, PhraseUse, Role, SavedPhrase, SavedReply, Staff
from shop.wiring import Services
from tests.conftest import NOW, SettableClock

Json = dict[str, Any]
BOSS = "m1"


@pytest.fixture
async def api(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """The manager's, at a shop where the library was said and changed."""
    with services.unit_of_work() as uow:
        uow.people.add(Staff(BOSS, "阿主管", Role.MANAGER))
        uow.people.add(Staff("s1", "小组长", Role.SUPERVISOR))
        uow.people.add(Staff("a1", "小安", Role.AGENT))
        uow.conversations.add(Conversation("t1", NOW))
        for number, (direction, key) in enumerate(
            [(Direction.BOT, "welcome"), (Direction.BUYER, None), (Direction.BOT, "thanks"), (Direction.AGENT, "yj1")]
        ):
            at = NOW - timedelta(days=20) + timedelta(minutes=number)
            uow.messages.add(Message("t1", number + 1, direction, "text", f"话{number}", at, phrase_key=key))
        uow.phrase_uses.add(PhraseUse(NOW - timedelta(days=20), "a1", "t1", 4, "yj1", edited=False))
        long_ago = NOW - timedelta(days=200)
        uow.saved_phrases.add(SavedPhrase("", "td1", "议价用语", "=1+1 的价格活动到 11月11日", BOSS, long_ago))
        uow.saved_replies.add(
            SavedReply("own_1", "赠品", [{"text": "有赠品"}], BOSS, long_ago, enabled=False, keywords=["赠品"])
        )
        uow.commit()
    headers = {"Cookie": sign_in(services, BOSS), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=f"{desk.url}/api/v1", headers=headers, trust_env=False, timeout=60) as http:
        yield http


async def looked(api: httpx.AsyncClient, days: int = 30) -> Json:
    answer = await api.get("/care", params={"days": days})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.req("PH-35")
async def test_the_figures_of_a_period_and_what_needs_care_first(
    api: httpx.AsyncClient, services: Services, clock: SettableClock
) -> None:
    found = await looked(api)
    rows = {(row["kind"], row["key"]): row for row in found["phrases"]}
    welcome, used = rows["auto", "welcome"], rows["quick", "yj1"]
    assert (welcome["said"], welcome["answered"], welcome["well"]) == (1, 1, 1)
    assert (used["said"], used["plain"], used["answered"]) == (1, 1, 0)
    assert rows["quick", "td1"]["said"] == 0
    assert [(a["key"], a["trouble"]) for a in found["ailments"]] == [("own_1", "说不到"), ("td1", "过时")]
    assert found["may_edit"] is True
    assert all(row["said"] == 0 for row in (await looked(api, 7))["phrases"])
    with services.unit_of_work() as uow:
        kept = uow.phrase_days.between(NOW.date() - timedelta(days=30), NOW.date())
        assert NOW.date() - timedelta(days=20) in {day.day for day in kept}
        assert max(day.day for day in kept) < NOW.date() - timedelta(days=8)
    again = await looked(api)
    assert again["phrases"] == found["phrases"]


@pytest.mark.req("PH-35")
@pytest.mark.parametrize("form", ["xlsx", "csv"])
async def test_the_weeks_report_is_taken_along_with_harmless_cells(
    api: httpx.AsyncClient, services: Services, form: str
) -> None:
    day = (NOW - timedelta(days=20)).date()
    answer = await api.get("/care/report", params={"day": day.isoformat(), "form": form})
    assert answer.status_code == 200, answer.text
    if form == "csv":
        lines = [list(line) for line in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))]
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        lines = [["" if cell is None else str(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
    header, *rows = lines
    by_title = {row[1]: dict(zip(header, row, strict=True)) for row in rows}
    assert by_title["/td1 · 议价用语"]["内容"] == "'=1+1 的价格活动到 11月11日"
    assert by_title["/td1 · 议价用语"]["使用次数"] == "0"
    assert [row["使用次数"] for row in by_title.values() if row["使用次数"] != "0"] == ["1", "1", "1"]
    assert "这一周没有用过" in {row["体检"] for row in by_title.values()}
    with services.unit_of_work() as uow:
        [change] = uow.changes.of(ChangeKind.EXPORT, "话术周报", 5)
        assert change.by == BOSS


async def test_a_leader_sees_it_and_an_agent_does_not(
    api: httpx.AsyncClient, desk: RunningDesk, services: Services
) -> None:
    for staff_id, status in (("s1", 200), ("a1", 403)):
        headers = {"Cookie": sign_in(services, staff_id), "Origin": desk.url}
        answer = await api.get("/care", headers=headers)
        assert answer.status_code == status
        assert status == 403 or answer.json()["may_edit"] is False


async def test_a_period_that_is_not_offered_is_refused(api: httpx.AsyncClient) -> None:
    assert (await api.get("/care", params={"days": 8})).status_code == 422
    assert (await api.get("/care/report", params={"day": "gestern"})).status_code == 422
