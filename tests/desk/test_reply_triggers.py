"""Each moment at which a shop on Qianniu replies by itself is on the page of auto-replies, and can be reworded."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest
from consoles import ConsoleClient, sign_in
from wire import Client, RunningDesk

from shop.model import Role, Staff
from shop.wiring import Services
from tests.conftest import SettableClock

Json = dict[str, Any]
Join = Callable[..., Awaitable[Client]]
Console = Callable[..., Awaitable[ConsoleClient]]
BOSS = "m1"
LATE = datetime(2026, 11, 20, 15, 50, tzinfo=timezone.utc)
"""23:50 in the shop."""
TRIGGERS: dict[str, tuple[str, Json]] = {
    "当日首次消息": ("first_today", {}),
    "挂起": ("agent_away", {}),
    "示忙": ("agent_busy", {}),
    "接待超过人数": ("too_many", {}),
    "不在上班时间": ("handover_queue", {"open": False}),
    "不在上班时间留言": ("message_taken", {"open": False}),
}
"""Qianniu's trigger → scene of ours, and its condition there."""


@pytest.fixture
async def api(desk: RunningDesk, services: Services, clock: SettableClock) -> AsyncIterator[httpx.AsyncClient]:
    """The manager's, late in the evening."""
    clock.set(LATE)
    with services.unit_of_work() as uow:
        uow.people.add(Staff(BOSS, "阿主管", Role.MANAGER))
        uow.commit()
    headers = {"Cookie": sign_in(services, BOSS), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=f"{desk.url}/api/v1", headers=headers, trust_env=False) as http:
        yield http


async def listed(api: httpx.AsyncClient) -> dict[str, Json]:
    return {reply["key"]: reply for reply in (await api.get("/replies")).json()["replies"]}


@pytest.mark.req("PH-05", "PH-06")
async def test_every_trigger_of_qianniu_is_on_the_page_and_can_be_reworded(api: httpx.AsyncClient) -> None:
    shown = await listed(api)
    for trigger, (key, when) in TRIGGERS.items():
        assert not when or when in [each["when"] for each in shown[key]["conditions"]], trigger
        wording = {"text": f"您好，{trigger}时我们这样回复您", "when": when}
        answer = await api.put(f"/replies/{key}", json={"version": 0, "wordings": [wording]})
        assert answer.status_code == 200, (trigger, answer.text)
        [stands] = answer.json()["reply"]["wordings"]
        assert (stands["text"], stands.get("when", {})) == (wording["text"], when), trigger
    keyed = {"keywords": ["福袋"], "priority": 7, "wordings": [{"text": "您好，福袋今晚八点开抢"}]}
    key = (await api.post("/replies", json=keyed)).json()["reply"]["key"]
    answer = await api.put(f"/replies/{key}", json={**keyed, "version": 1, "priority": 9})
    assert (answer.json()["reply"]["keywords"], answer.json()["reply"]["priority"]) == (["福袋"], 9)


@pytest.mark.req("CW-02", "PH-03")
async def test_the_first_word_of_the_day_is_off_until_a_manager_switches_it_on(
    api: httpx.AsyncClient, desk: RunningDesk, join: Join, clock: SettableClock
) -> None:
    first = (await listed(api))["first_today"]
    assert (first["enabled"], first["state"], first["may_be_off"]) == (False, "shipped", True)
    early, buyer = await join(token=desk.buyer_token("B1", "小满")), await join(token=desk.buyer_token("B2", "晴天"))
    for each in (early, buyer):
        await each.say("在吗")
    clock.advance(minutes=20)
    await early.say("今天发货吗")
    assert "first_today" not in [message["key"] for message in early.messages]
    answer = await api.post("/replies/first_today/enabled", json={"version": 0, "enabled": True})
    assert (answer.json()["reply"]["enabled"], answer.json()["reply"]["state"]) == (True, "changed")
    await buyer.say("有货吗")
    [said] = await buyer.wait("message", lambda message: message["key"] == "first_today")
    assert (said["text"], said["direction"]) == ("晴天，您好，欢迎来到云栖小铺，您的消息我们收到了😊", "system")
    assert [m["text"] for m in buyer.messages if m["seq"] > said["seq"]] == ["答:有货吗"]


@pytest.mark.req("CW-02")
async def test_who_is_with_an_agent_reads_the_managers_own_first_word(
    api: httpx.AsyncClient, join: Join, console: Console, clock: SettableClock
) -> None:
    body = {"version": 0, "wordings": [{"text": "新的一天，{店铺名}向您问好"}]}
    assert (await api.put("/replies/first_today", json=body)).status_code == 200
    buyer, agent = await join(), await console("321")
    await buyer.say("在吗")
    await agent.done("take", talk=buyer.opened["conversation_id"])
    clock.advance(minutes=20)
    await buyer.send("还在吗")
    [said] = await buyer.wait("message", lambda message: message["key"] == "first_today")
    assert said["text"] == "新的一天，云栖小铺向您问好"
