"""The rules over HTTP, and that the next message goes by them."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from consoles import ConsoleClient, sign_in
from wire import Client, RunningDesk, Worker, say

from shop.wiring import Services

Open = Callable[..., Awaitable[ConsoleClient]]
Join = Callable[..., Awaitable[Client]]


@pytest.fixture
async def manager(desk: RunningDesk, services: Services) -> Any:
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=f"{desk.url}/api/v1", headers=headers, trust_env=False, timeout=60) as http:
        yield http


async def change(http: httpx.AsyncClient, **rules: tuple[Any, Any]) -> httpx.Response:
    """`text_limit=(before, after)`."""
    changes = [{"name": name, "expected": old, "value": new} for name, (old, new) in rules.items()]
    return await http.patch("/rules", json={"changes": changes})


def rule_of(answer: httpx.Response, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        rule for topic in answer.json()["topics"] for rule in topic["rules"] if rule["name"] == name
    )
    return found


async def test_a_rule_is_set_and_shown_with_who_and_when(manager: httpx.AsyncClient, services: Services) -> None:
    answer = await change(manager, text_limit=(2000, 100))
    assert answer.status_code == 200
    for given in (answer, await manager.get("/rules")):
        rule = rule_of(given, "text_limit")
        assert (rule["value"], rule["set_by"], rule["set_at"]) == (100, "云舒", "2026-11-20T06:03:00.000Z")
    reset = {"changes": [{"name": "text_limit", "expected": 100, "reset": True}]}
    rule = rule_of(await manager.patch("/rules", json=reset), "text_limit")
    assert (rule["value"], rule["set_by"], rule["set_at"]) == (2000, None, None)


@pytest.mark.req("HE-07")
async def test_a_rule_counts_for_the_next_message(manager: httpx.AsyncClient, join: Join) -> None:
    client = await join()
    long = "请问" * 60
    assert (await client.send(long))["ok"]
    await change(manager, text_limit=(2000, 100))
    refused = await client.send(long)
    assert refused["error"]["code"] == "too_long"
    assert "100" in refused["error"]["text"]


@pytest.mark.req("HE-13")
async def test_who_asks_for_a_person_out_of_the_new_hours_is_told_when_they_open(
    manager: httpx.AsyncClient, join: Join, worker: Worker
) -> None:
    """It is a Friday, 14:03."""
    client = await join()
    worker.answer = lambda question: say("正在转接", handover="ask_human")
    full = [{"days": [0, 1, 2, 3, 4, 5, 6], "starts": "09:00", "ends": "21:30"}]
    short = [{"days": [4], "starts": "09:00", "ends": "12:00"}, {"days": [4], "starts": "15:30", "ends": "18:00"}]
    answer = await change(manager, working_hours=(full, short))
    assert rule_of(answer, "working_hours")["effect"] == "现在没有人工，下次上班：11月20日（周五）15:30。"
    said = await client.say("转人工")
    assert any("15:30" in message["text"] for message in said), said


async def test_a_wrong_value_is_refused_in_words_and_nothing_is_kept(manager: httpx.AsyncClient) -> None:
    answer = await change(manager, misses=(2, 3), answer_seconds=(180, 5))
    assert answer.status_code == 422
    assert answer.json()["error"] == {
        "code": "rule_refused",
        "text": "「回复时限」要在 10 秒 到 3600 秒 之间，请您改好再保存~",
        "field": "answer_seconds",
    }
    now = await manager.get("/rules")
    assert (rule_of(now, "misses")["value"], rule_of(now, "answer_seconds")["value"]) == (2, 180)


async def test_the_second_of_two_managers_hears_what_the_first_has_set(manager: httpx.AsyncClient) -> None:
    assert (await change(manager, answer_seconds=(180, 60))).is_success
    answer = await change(manager, answer_seconds=(180, 120), misses=(2, 3))
    assert answer.status_code == 409
    assert answer.json()["error"]["text"] == "「回复时限」刚刚由云舒改成了“60 秒”，这次的修改没有保存~"
    assert rule_of(await manager.get("/rules"), "misses")["value"] == 2


@pytest.mark.req("BG-03")
async def test_an_example_shows_what_would_be_and_keeps_nothing(manager: httpx.AsyncClient) -> None:
    tiers = [{"from_fen": 0, "bot": 100, "agent": 200, "supervisor": 300}]
    answer = await manager.post("/rules/example", json={"changes": [{"name": "discount_tiers", "value": tiers}]})
    assert "机器人 53.10 元，客服 47.20 元，主管 41.30 元" in answer.json()["effects"]["discount_tiers"]
    assert "57.82" in rule_of(await manager.get("/rules"), "discount_tiers")["effect"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"changes": []},
        {"changes": [{"name": "nonsense", "value": 1}]},
        {"changes": [{"name": "misses\x00", "value": 1}]},
        {"changes": [{"name": "misses", "value": 3}, {"name": "misses", "value": 4}]},
        {"changes": [{"name": "forbidden_words", "value": ["\ud800"], "expected": []}]},
        {"changes": [{"name": "forbidden_words", "value": ["词"] * 501, "expected": []}]},
        {"changes": [{"name": "misses", "value": 10**40, "expected": 2}]},
    ],
)
async def test_what_makes_no_sense_is_refused(manager: httpx.AsyncClient, body: dict[str, Any]) -> None:
    kind = {"Content-Type": "application/json"}
    answer = await manager.patch("/rules", content=json.dumps(body), headers=kind)
    assert answer.status_code == 422, answer.text


@pytest.mark.req("PS-20", "HE-07")
async def test_freight_is_set_tried_and_refused_as_every_rule(manager: httpx.AsyncClient) -> None:
    near = {
        "provinces": ["上海", "浙江"], "covered": True, "first_fen": 600, "first_grams": 1000, "more_fen_per_kg": 200,
        "free": False, "free_from_fen": 9900, "days_from": 1, "days_to": 2,
    }  # fmt: skip
    tried = {"changes": [{"name": "freight_regions", "value": [near]}]}
    effects = (await manager.post("/rules/example", json=tried)).json()["effects"]
    assert effects["freight_regions"] == "59.00 元、2 千克的商品，寄到上海 8.00 元，其余省份不配送。"
    assert rule_of(await change(manager, freight_regions=([], [near])), "freight_regions")["set_by"] == "云舒"
    twice = [near, {**near, "provinces": ["浙江"]}]
    answer = await change(manager, misses=(2, 3), freight_regions=([near], twice))
    assert answer.status_code == 422
    assert answer.json()["error"] == {
        "code": "rule_refused",
        "text": "「运费与配送」「浙江」写了不止一次，一个地区只能有一种运费，请您改好再保存~",
        "field": "freight_regions",
    }
    late = await change(manager, freight_regions=([], [{**near, "first_fen": 900}]))
    assert late.status_code == 409
    assert "首重运费 6 元" in late.json()["error"]["text"]
    now = await manager.get("/rules")
    assert (rule_of(now, "misses")["value"], rule_of(now, "freight_regions")["value"]) == (2, [near])
