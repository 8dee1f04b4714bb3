"""操作记录 over the API: what stands in it, how it is found, taken along, and that nothing leads to changing it."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from consoles import sign_in
from fastapi.routing import APIRoute
from wire import RunningDesk

from desk import api as routes
from shop.changes import note_change
from shop.model import ChangeKind, Role, Staff
from shop.wiring import Services
from tests.conftest import NOW, SettableClock

Api = Callable[..., Any]
BOSS = Staff("100", "云舒", Role.MANAGER)
OTHER = Staff("200", "南星", Role.SUPERVISOR)
MANAGER, SUPERVISOR, AGENT, PRESALE = "100", "200", "341", "321"


@pytest.fixture
def api(desk: RunningDesk, services: Services) -> Api:
    """`await api("100", "changes", kind="审批")`: the answer, as that member of staff."""

    async def ask(staff_id: str, path: str, method: str = "GET", **query: Any) -> httpx.Response:
        headers = {"Cookie": sign_in(services, staff_id), "Origin": desk.url}
        async with httpx.AsyncClient(base_url=desk.url, trust_env=False, timeout=60) as http:
            return await http.request(method, f"/api/v1/{path}", headers=headers, params=query)

    return ask


def write(services: Services, count: int = 1, **given: Any) -> None:
    """Rule changes of the manager, a minute apart."""
    with services.unit_of_work() as uow:
        for number in range(count):
            facts = {"by": BOSS, "kind": ChangeKind.RULE, "key": "offer_hours", "action": "修改", **given}
            before, after = facts.pop("before", {"value": number}), facts.pop("after", {"value": number + 1})
            at = facts.pop("at", NOW) + timedelta(minutes=number)
            by, kind, key, action = (facts.pop(name) for name in ("by", "kind", "key", "action"))
            note_change(uow, by, kind, key, action, at, before=before, after=after)
        uow.commit()


async def test_what_was_changed_is_said_in_words(api, services: Services) -> None:
    write(services, before={"value": 24}, after={"value": 48})
    write(
        services,
        kind=ChangeKind.AUTO_REPLY,
        key="welcome",
        before={"scene": "欢迎", "enabled": True, "wordings": [{"text": "您好"}, {"text": "欢迎光临"}]},
        after={
            "scene": "欢迎",
            "enabled": False,
            "wordings": [{"text": "您好"}, {"text": "来啦", "when": {"back": True}}],
        },
    )
    reply, rule = (await api(MANAGER, "changes")).json()["changes"]
    assert (rule["title"], rule["name"], rule["action"]) == ("优惠有效期", "云舒", "修改")
    [hours] = rule["differences"]
    assert (hours["label"], hours["before"][:2], hours["after"][:2]) == ("数值", "24", "48")
    assert reply["title"] == "欢迎(welcome)"
    assert reply["differences"] == [
        {"label": "启用", "before": "是", "after": "否"},
        {"label": "说法", "before": "欢迎光临", "after": "来啦(条件:back:是)"},
    ]


@pytest.mark.req("PC-04")
async def test_records_are_found_by_kind_person_words_and_days_and_read_page_by_page(api, services: Services) -> None:
    write(services, 120)
    write(services, by=OTHER, kind=ChangeKind.APPROVAL, key="SP1", action="已同意", at=NOW + timedelta(days=3))
    seen: list[int] = []
    below: dict[str, int] = {}
    for _ in range(3):
        page = (await api(MANAGER, "changes", **below)).json()
        seen += [change["id"] for change in page["changes"]]
        below = {"below": seen[-1]}
    assert seen == sorted(seen, reverse=True) and len(set(seen)) == 121 and not page["more"]

    async def find(**query: Any) -> list[str]:
        return [change["title"] for change in (await api(MANAGER, "changes", **query)).json()["changes"]]

    assert await find(kind="审批") == ["SP1"]
    assert await find(by="200") == ["SP1"]
    assert await find(words="南星") == ["SP1"]
    assert await find(words="同意") == ["SP1"]
    assert await find(first="2026-11-23") == ["SP1"], "the shop's days, not those of UTC"
    assert await find(first="2026-11-24") == []
    assert await find(last="2026-11-19") == []
    assert await find(words="%") == []


@pytest.mark.req("PC-04")
async def test_a_file_of_them_is_harmless_masked_and_itself_written_down(api, services: Services) -> None:
    write(services, kind=ChangeKind.QUICK_PHRASE, key="=1+1", before=None, after={"text": "@SUM(A1)打13800138000"})
    answer = await api(MANAGER, "changes/export", kind="快捷短语")
    assert answer.headers["cache-control"] == "no-store"
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert header[:3] == ["时间", "操作人", "工号"]
    assert row == [
        "2026-11-20 14:03:00",
        "云舒",
        "100",
        "快捷短语",
        "'=1+1",
        "修改",
        "内容:无 → @SUM(A1)打138****8000",
    ]
    newest = (await api(MANAGER, "changes")).json()["changes"][0]
    assert (newest["kind"], newest["title"], newest["by"]) == ("导出", "操作记录", MANAGER)
    assert {d["label"]: d["after"] for d in newest["differences"]} == {"条数": "1", "类别": "快捷短语"}


@pytest.mark.req("PC-04")
def test_no_route_leads_to_changing_a_record() -> None:
    of_log = [r for router in routes.ROUTERS for r in router.routes if isinstance(r, APIRoute) and "changes" in r.path]
    reading = [r for r in of_log if r.path.startswith("/changes")]
    assert {(r.path, *r.methods) for r in reading} == {("/changes", "GET"), ("/changes/export", "GET")}


async def test_there_is_nothing_to_write_to(api, services: Services) -> None:
    write(services)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("changes", "changes/1"):
            assert (await api(MANAGER, path, method)).status_code in {404, 405}
    assert len((await api(MANAGER, "changes")).json()["changes"]) == 1


@pytest.mark.req("PC-04")
async def test_every_look_at_personal_data_is_written_down_once_a_person_buyer_and_hour(  # noqa: PLR0917
    services: Services, desk, join, console, api, order_of, clock: SettableClock
) -> None:
    order_of("b1")
    buyer = await join(token=desk.tokens.for_buyer("b1", "晴天", timedelta(hours=1)))
    talk = buyer.opened["conversation_id"]
    supervisor, presale = await console(SUPERVISOR), await console(PRESALE)
    side = await supervisor.done("side", talk=talk)
    assert side["orders"][0]["receiver"]["phone"] == "13800138000"
    for _ in range(3):
        await supervisor.done("side", talk=talk)
    await presale.done("side", talk=talk)

    async def looks() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await api(MANAGER, "changes", kind="查看个人资料")).json()["changes"]
        return found

    [look] = await looks()
    assert (look["by"], look["title"], look["talk"]) == (SUPERVISOR, "买家 晴天", talk)
    assert look["differences"] == [{"label": "看到的内容", "before": "", "after": "地址、姓名、电话"}]
    clock.advance(minutes=59)
    await supervisor.done("side", talk=talk)
    assert len(await looks()) == 1
    clock.advance(minutes=1)
    await supervisor.done("side", talk=talk)
    assert len(await looks()) == 2
    agent = await console(AGENT)
    await agent.done("side", talk=talk)
    assert len(await looks()) == 2, "masked"
    await agent.done("take", talk=talk)
    await agent.done("side", talk=talk)
    assert [look["by"] for look in await looks()] == [AGENT, SUPERVISOR, SUPERVISOR]


@pytest.mark.parametrize(
    "query", [{"kind": "没有"}, {"below": 0}, {"first": "昨天"}, {"words": "a\x00"}, {"by": "x" * 65}]
)
async def test_what_makes_no_sense_is_refused(api, query: dict[str, Any]) -> None:
    assert (await api(MANAGER, "changes", **query)).status_code == 422
