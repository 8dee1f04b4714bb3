"""消息推送 over the API: what a manager may write there, and what never comes out."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from consoles import sign_in
from receiving import Receiver
from wire import RunningDesk

from shop.settings import DeskSettings
from shop.wiring import Services

PATH = "/api/v1/webhooks"
Json = dict[str, Any]


@pytest.fixture
def desk_settings(desk_settings: DeskSettings) -> DeskSettings:
    return desk_settings.model_copy(update={"webhook_hosts": "127.0.0.1, erp.lan"})


@pytest.fixture
async def manager(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Cookie": sign_in(services, "100"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=60) as http:
        yield http


def wish(**other: Any) -> Json:
    return {"name": "进销存", "url": "http://erp.lan/hook", "areas": ["message", "task"], **other}


async def add(manager: httpx.AsyncClient, **other: Any) -> Json:
    answer = await manager.post(PATH, json=wish(**other))
    assert answer.status_code == 200, answer.text
    made: Json = answer.json()
    return made


async def test_the_secret_is_told_once_and_stands_nowhere_else(manager: httpx.AsyncClient) -> None:
    made = await add(manager)
    path, secret = f"{PATH}/{made['webhook']['id']}", made["secret"].removeprefix("whsec_")
    assert len(secret) == 64
    changed = (await manager.post(f"{path}/secret")).json()
    assert changed["secret"] != made["secret"]
    edited = await manager.put(path, json=wish(name="报表"))
    switched = await manager.patch(path, json={"on": False})
    whole = "".join(
        answer.text for answer in (edited, switched, await manager.get(PATH), await manager.get("/api/v1/changes"))
    )
    assert "报表" in whole
    for one in (secret, changed["secret"].removeprefix("whsec_")):
        assert one not in whole


async def test_a_repeated_question_does_not_tell_the_secret_again(manager: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    assert (await manager.post(PATH, json=wish(), headers=headers)).is_success
    again = await manager.post(PATH, json=wish(), headers=headers)
    assert again.json()["error"]["code"] == "told_once"
    assert len((await manager.get(PATH)).json()["webhooks"]) == 1


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://erp.example.com/hook", "https"),
        ("https://10.0.0.8/hook", "内部网络"),
        ("https://localhost/hook", "内部网络"),
        ("https://127.1/hook", "内部网络"),
        ("https://2130706433/hook", "内部网络"),
        ("https://0x7f.1/hook", "内部网络"),
        ("https://[::1]/hook", "内部网络"),
        ("ftp://erp.lan/", "https"),
        ("网址", "https"),
    ],
)
async def test_an_address_that_is_not_to_be_asked_is_refused_with_the_reason(
    manager: httpx.AsyncClient, url: str, says: str
) -> None:
    made = await add(manager)
    for answer in (
        await manager.post(PATH, json=wish(url=url)),
        await manager.put(f"{PATH}/{made['webhook']['id']}", json=wish(url=url)),
    ):
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == "address_refused"
        assert says in answer.json()["error"]["text"]
    [kept] = (await manager.get(PATH)).json()["webhooks"]
    assert kept["url"] == "http://erp.lan/hook"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "长" * 31}, {"areas": []}, {"areas": ["all"]}, {"url": "x\0"}, {"name": "\ud800"}]
)
async def test_what_makes_no_sense_is_refused(manager: httpx.AsyncClient, wrong: Json) -> None:
    body = json.dumps(wish(**wrong)).encode()
    answer = await manager.post(PATH, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert (await manager.get(PATH)).json()["webhooks"] == []


async def test_each_change_stands_in_the_log(manager: httpx.AsyncClient) -> None:
    path = f"{PATH}/{(await add(manager))['webhook']['id']}"
    await manager.put(path, json=wish(areas=["task"]))
    await manager.post(f"{path}/secret")
    await manager.patch(path, json={"on": False})
    assert (await manager.delete(path)).is_success
    log = (await manager.get("/api/v1/changes", params={"kind": "消息推送"})).json()["changes"]
    assert [change["action"] for change in log] == ["删除", "停用", "更换密钥", "修改", "新增"]
    assert {change["name"] for change in log} == {"云舒"}
    for gone in (
        await manager.get(f"{path}/deliveries"),
        await manager.delete(path),
        await manager.post(f"{path}/test"),
    ):
        assert gone.status_code == 404


async def test_a_test_arrives_by_itself_and_its_record_says_nothing_of_what_was_said(
    manager: httpx.AsyncClient, receiver: Receiver, desk: RunningDesk
) -> None:
    made = await add(manager, url=receiver.url)
    receiver.use(made["secret"])
    path = f"{PATH}/{made['webhook']['id']}"
    assert (await manager.post(f"{path}/test")).json()["delivery"]["state"] == "等待"
    while (given := (await manager.get(f"{path}/deliveries")).json()["deliveries"][0])["state"] == "等待":
        pass
    assert (given["state"], given["code"], given["tries"]) == ("成功", 204, 1)
    assert receiver.answers == [204]
    assert "facts" not in given
    again = await manager.post(f"{path}/deliveries/{given['id']}/again")
    assert again.json()["delivery"]["state"] == "等待"
    while len(receiver.ids) < 2:
        await manager.get(PATH)
    assert receiver.ids[0] == receiver.ids[1]


async def test_what_is_switched_off_is_not_tried_out(manager: httpx.AsyncClient) -> None:
    path = f"{PATH}/{(await add(manager))['webhook']['id']}"
    await manager.patch(path, json={"on": False})
    assert (await manager.post(f"{path}/test")).status_code == 409
