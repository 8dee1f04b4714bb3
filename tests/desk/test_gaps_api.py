"""没答好的问题 over HTTP: from a talk that went wrong to a lesson, an auto-reply, or nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from consoles import sign_in
from gap_talks import ask
from gap_worker import understand
from wire import Client, RunningDesk, Worker

from shop.wiring import Services

ENGRAVING = ("能刻字吗", "可以刻名字不", "刻字要加钱吗")


@pytest.fixture
async def http(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """Of a manager."""
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=f"{desk.url}/api/v1", headers=headers, trust_env=False, timeout=60) as client:
        yield client


async def find(http: httpx.AsyncClient, **params: Any) -> dict[str, Any]:
    answer = await http.get("/gaps", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def do(http: httpx.AsyncClient, what: str, **body: Any) -> dict[str, Any]:
    answer = await http.post(f"/gaps/{what}", json=body)
    assert answer.status_code == 200, answer.text
    done: dict[str, Any] = answer.json()
    return done


def ids_of(group: dict[str, Any]) -> list[int]:
    return [number for example in group["examples"] for number in example["ids"]]


@pytest.fixture
def asked(services: Services, worker: Worker) -> None:
    """Three buyers want something engraved, one a receipt; the bot asks back."""
    understand(worker)
    for number, text in enumerate(ENGRAVING):
        ask(services, f"g{number}", text)
    ask(services, "g9", "有收据吗")


async def test_a_talk_with_the_bot_that_goes_wrong_is_found_by_its_meaning(
    http: httpx.AsyncClient, worker: Worker, join: Callable[..., Awaitable[Client]]
) -> None:
    understand(worker)
    window = await join()
    for text in ENGRAVING:
        await window.say(text)
    found = await find(http)
    [group] = found["groups"]
    assert (group["count"], group["buyers"], found["grouping"]) == (3, 1, "done")
    assert {example["text"] for example in group["examples"]} == set(ENGRAVING)
    assert group["kinds"] == [{"kind": "问了一遍", "count": 3}]
    assert group["likely"] == {"intent": "ask_product", "name": "咨询商品", "percent": 40}


@pytest.mark.usefixtures("asked")
async def test_groups_come_with_counts_shares_and_links(http: httpx.AsyncClient) -> None:
    found = await find(http)
    assert [group["count"] for group in found["groups"]] == [3, 1]
    assert found["counts"] == {"open": 2, "taught": 0, "replied": 0, "dismissed": 0}
    assert {"kind": "问了一遍", "count": 4} in found["shares"]
    assert all(example["talk"] for group in found["groups"] for example in group["examples"])
    assert (found["left"], found["cut"]) == (0, False)


@pytest.mark.usefixtures("asked")
async def test_without_a_worker_the_messages_are_listed_one_by_one(http: httpx.AsyncClient, worker: Worker) -> None:
    worker.stop()
    found = await find(http)
    assert found["grouping"] == "none"
    assert [group["count"] for group in found["groups"]] == [1, 1, 1, 1]
    assert all(group["likely"] is None for group in found["groups"])


@pytest.mark.usefixtures("asked")
async def test_confirmed_messages_are_lessons_and_the_rest_stays(http: httpx.AsyncClient, services: Services) -> None:
    first, second, third = (await find(http))["groups"][0]["examples"]
    lessons = [{"ids": first["ids"], "intent": "ask_product"}, {"ids": second["ids"], "intent": "ask_price"}]
    assert (await do(http, "teach", lessons=lessons))["added"] == 2
    [taught] = (await find(http, state="taught"))["groups"]
    assert {example["text"]: example["intent_name"] for example in taught["examples"]} == {
        first["text"]: "咨询商品",
        second["text"]: "问价格",
    }
    still = [example["text"] for group in (await find(http))["groups"] for example in group["examples"]]
    assert sorted(still) == sorted([third["text"], "有收据吗"])
    with services.unit_of_work() as uow:
        assert {lesson.text for lesson in uow.taught_messages.all()} == {first["text"], second["text"]}


@pytest.mark.usefixtures("asked")
async def test_an_intent_that_there_is_not_is_refused_and_nothing_is_taught(http: httpx.AsyncClient) -> None:
    group = (await find(http))["groups"][0]
    answer = await http.post("/gaps/teach", json={"lessons": [{"ids": ids_of(group), "intent": "make_coffee"}]})
    assert answer.status_code == 422
    assert (await find(http, state="taught"))["groups"] == []


@pytest.mark.usefixtures("asked")
async def test_what_is_put_aside_can_be_taken_back(http: httpx.AsyncClient) -> None:
    group = (await find(http))["groups"][0]
    await do(http, "settle", ids=ids_of(group), state="dismissed")
    assert (await find(http))["counts"] == {"open": 1, "taught": 0, "replied": 0, "dismissed": 1}
    await do(http, "settle", ids=ids_of(group), state="open")
    assert (await find(http))["counts"]["open"] == 2


@pytest.mark.usefixtures("asked")
async def test_keywords_are_those_that_set_the_group_apart(http: httpx.AsyncClient) -> None:
    engraving, receipt = (await find(http))["groups"]
    assert (await do(http, "keywords", ids=ids_of(engraving), days=7))["keywords"][0] == "刻字"
    assert (await do(http, "keywords", ids=ids_of(receipt), days=7))["keywords"] == ["收据"]


@pytest.mark.usefixtures("asked")
async def test_what_the_same_buyers_wrote_with_numbers_in_it_costs_no_keyword(
    http: httpx.AsyncClient, services: Services
) -> None:
    """Listed it has other numbers than in the log."""
    ask(services, "g5", "刻字，单号XS261120009999，电话13912345678")
    engraving = (await find(http))["groups"][0]
    assert engraving["count"] == 4
    assert (await do(http, "keywords", ids=ids_of(engraving), days=7))["keywords"][0] == "刻字"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("teach", {"lessons": []}),
        ("teach", {"lessons": [{"ids": [], "intent": "greet"}]}),
        ("settle", {"ids": [1], "state": "taught"}),
        ("settle", {"ids": ["1"], "state": "open"}),
        ("keywords", {"ids": [1], "days": 8}),
    ],
)
async def test_what_makes_no_sense_is_refused(http: httpx.AsyncClient, path: str, body: dict[str, Any]) -> None:
    assert (await http.post(f"/gaps/{path}", json=body)).status_code == 422


async def test_unknown_messages_and_periods_are_refused(http: httpx.AsyncClient) -> None:
    assert (await http.post("/gaps/settle", json={"ids": [7], "state": "dismissed"})).status_code == 404
    assert (await http.get("/gaps", params={"days": 8})).status_code == 422


async def test_every_intent_has_a_chinese_name_to_choose(http: httpx.AsyncClient) -> None:
    from shop.intents import FAMILY_OF

    families = (await http.get("/gaps/intents")).json()["families"]
    named = {each["intent"]: each["name"] for family in families for each in family["intents"]}
    assert named.keys() == FAMILY_OF.keys()
    assert not any(name.isascii() for name in named.values())
    assert [family["family"] for family in families] == ["售前", "议价", "付款", "物流", "售后", "通用"]
