"""教机器人 over the API: taught, taken back, exported; trainings asked for, cancelled; the way back."""

from collections.abc import AsyncIterator

import httpx
import pytest
import yaml
from consoles import sign_in
from wire import RunningDesk

from shop.model import ChangeKind, Role, Staff
from shop.policy import Policy
from shop.training import Marks, claim_training, end_training
from shop.wiring import Services

PATH = "/api/v1/teaching"
LESSONS = {"lessons": [{"text": "再杀我一刀呗", "intent": "bargain"}, {"text": "打13912345678", "intent": "inform"}]}
CHANGED = [{"text": "有人吗", "intent": "greet", "before": "ask_human", "after": "greet", "taught": False}]


@pytest.fixture
async def manager(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    with services.unit_of_work() as uow:
        if uow.people.find("902") is None:
            uow.people.add(Staff("902", "云舒", Role.MANAGER))
            uow.commit()
    headers = {"Cookie": sign_in(services, "902"), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=60) as http:
        yield http


def finish(services: Services, number: str, marks: Marks) -> None:
    """As a worker does."""
    now = services.clock.now()
    with services.unit_of_work() as uow:
        assert claim_training(uow, "w", now) == number
        assert end_training(uow, number, "w", now, Policy(), marks, f"{number}.tar.gz", "shop-1")
        uow.commit()


async def test_messages_are_taught_found_exported_and_taken_back(
    manager: httpx.AsyncClient, services: Services
) -> None:
    made = await manager.post(f"{PATH}/lessons", json=LESSONS)
    assert made.json() == {"added": 2, "moved": 0, "same": 0, "masked": 1}
    found = (await manager.get(PATH, params={"words": "议价"})).json()
    assert [lesson["text"] for lesson in found["lessons"]] == ["再杀我一刀呗"]
    assert found["state"]["fresh"] == found["state"]["lessons"] == 2
    exported = await manager.get(f"{PATH}/lessons.yml")
    assert {block["intent"] for block in yaml.safe_load(exported.text)["nlu"]} == {"bargain", "inform"}
    assert "13912345678" not in exported.text
    with services.unit_of_work() as uow:
        assert uow.changes.of(ChangeKind.EXPORT, "教机器人", 1)
    assert (await manager.delete(f"{PATH}/lessons/{found['lessons'][0]['id']}")).status_code == 200
    assert (await manager.delete(f"{PATH}/lessons/{found['lessons'][0]['id']}")).status_code == 404


async def test_what_cannot_be_learned_is_refused_in_words(manager: httpx.AsyncClient) -> None:
    refused = await manager.post(f"{PATH}/lessons", json={"lessons": [{"text": "便宜点", "intent": "nonsense"}]})
    assert refused.status_code == 422
    assert refused.json()["error"]["text"] == "“便宜点”要先选好是什么意思，请您改一改再教~"
    assert (await manager.post(f"{PATH}/trainings", json={})).json()["error"]["code"] == "nothing_taught"


async def test_one_training_at_a_time_which_can_be_cancelled(manager: httpx.AsyncClient) -> None:
    await manager.post(f"{PATH}/lessons", json=LESSONS)
    state = (await manager.post(f"{PATH}/trainings", json={"go_live": True})).json()
    number = state["under_way"]["number"]
    second = await manager.post(f"{PATH}/trainings", json={})
    assert (second.status_code, second.json()["error"]["code"]) == (409, "training_under_way")
    assert number in second.json()["error"]["text"]
    cancelled = (await manager.post(f"{PATH}/trainings/{number}/cancel")).json()
    assert cancelled["under_way"] is None
    assert cancelled["trainings"][0]["state"] == "已取消"
    assert (await manager.post(f"{PATH}/trainings/{number}/cancel")).status_code == 409


async def test_a_model_goes_live_and_back_with_one_call_each(manager: httpx.AsyncClient, services: Services) -> None:
    assert (await manager.post(f"{PATH}/live/back")).status_code == 409
    await manager.post(f"{PATH}/lessons", json=LESSONS)
    number = (await manager.post(f"{PATH}/trainings", json={})).json()["under_way"]["number"]
    finish(services, number, Marks(1500, 1204, 1207, 0, 2, CHANGED))
    [shown] = (await manager.get(f"{PATH}/state")).json()["trainings"]
    assert (shown["exam"], shown["exam_before"], shown["exam_after"], shown["usable"]) == (1500, 1204, 1207, True)
    assert (shown["changed"][0]["before_name"], shown["changed"][0]["after_name"]) == ("要人工", "打招呼")
    live = (await manager.post(f"{PATH}/trainings/{number}/live")).json()["live"]
    assert (live["name"], live["shipped"], live["back"]) == (f"训练 {number}", False, "随程序的模型")
    back = (await manager.post(f"{PATH}/live/back")).json()["live"]
    assert (back["shipped"], back["back"]) == (True, f"训练 {number}")
    assert (await manager.post(f"{PATH}/live/shipped")).status_code == 409
