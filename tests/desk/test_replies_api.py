"""The API of 自动回复设置 over HTTP, and what buyers then read."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from consoles import sign_in
from wire import Client, RunningDesk, Worker, say

from phrases import PhraseBook
from shop.model import Role, SavedReply, Staff
from shop.wiring import Services
from tests.conftest import SettableClock

Join = Callable[..., Awaitable[Client]]
Json = dict[str, Any]
BOSS = "m1"


@pytest.fixture
async def api(desk: RunningDesk, services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """The manager's."""
    with services.unit_of_work() as uow:
        uow.people.add(Staff(BOSS, "阿主管", Role.MANAGER))
        uow.commit()
    headers = {"Cookie": sign_in(services, BOSS), "Origin": desk.url}
    async with httpx.AsyncClient(base_url=f"{desk.url}/api/v1", headers=headers, trust_env=False, timeout=60) as http:
        yield http


async def listed(api: httpx.AsyncClient) -> dict[str, Json]:
    answer = await api.get("/replies")
    assert answer.status_code == 200, answer.text
    return {reply["key"]: reply for reply in answer.json()["replies"]}


async def saved(api: httpx.AsyncClient, key: str, *texts: str, version: int = 0, **more: Any) -> httpx.Response:
    body = {"version": version, "wordings": [{"text": text} for text in texts], **more}
    return await (api.put(f"/replies/{key}", json=body) if key else api.post("/replies", json=body))


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.req("PH-01", "PH-03")
async def test_the_list_shows_every_reply_with_its_text_state_and_the_count(
    api: httpx.AsyncClient, book: PhraseBook
) -> None:
    body = (await api.get("/replies")).json()
    assert (body["count"], body["limit"]) == (len(book.auto), 100)
    found = {reply["key"]: reply for reply in body["replies"]}
    assert found.keys() == book.auto.keys()
    assert found["thanks"]["wordings"][0]["text"] == book.auto["thanks"].wordings[0].text
    assert {reply["state"] for reply in found.values()} == {"shipped"}
    assert {reply["group"] for reply in found.values()} <= set(body["groups"])
    assert found["order_state"]["conditions"][0] == {"label": "状态：待付款", "when": {"status": "待付款"}}


@pytest.mark.req("PH-05", "PH-06")
async def test_a_saved_welcome_is_what_the_next_buyer_reads_without_restart(
    api: httpx.AsyncClient, desk: RunningDesk, join: Join
) -> None:
    first = await join(token=desk.buyer_token("B1"))
    assert "欢迎" in first.opened["messages"][-1]["text"]
    answer = await saved(api, "welcome", "{店铺名}欢迎您，今晚八点上新哦{笑脸}")
    assert answer.status_code == 200, answer.text
    second = await join(token=desk.buyer_token("B2", "小满"))
    assert second.opened["messages"][-1]["text"] == "云栖小铺欢迎您，今晚八点上新哦😊"
    reply = (await listed(api))["welcome"]
    assert (reply["state"], reply["changed_by"], reply["version"]) == ("changed", "阿主管", 1)


@pytest.mark.req("PH-05", "PH-14", "PH-32")
@pytest.mark.parametrize(
    ("wording", "why"),
    [
        ({"text": " \n"}, "还没有写内容"),
        ({"text": "您好" * 251}, "最多500个字"),
        ({"text": "您好{心情}"}, "没有“心情”这个变量"),
        ({"text": "您好{单号"}, "花括号"),
        ({"text": "满***元减"}, "快捷短语"),
        ({"text": "您好，这是全网最低价"}, "不适合说给买家"),
        ({"text": "您好", "starts": "9点", "ends": "10点"}, "09:00"),
        ({"text": "您好", "starts": "09:00"}, "开始和结束"),
        ({"text": "您好", "first": "2026-11-20", "last": "2026-11-19"}, "有效期"),
        ({"text": "您好", "when": {"status": "待付款"}}, "适用条件"),
    ],
)
async def test_what_cannot_be_said_is_refused_in_chinese_and_nothing_changes(
    api: httpx.AsyncClient, wording: Json, why: str
) -> None:
    answer = await api.put("/replies/thanks", json={"version": 0, "wordings": [wording]})
    assert refusal(answer) == (422, "phrase_refused")
    assert why in answer.json()["error"]["text"]
    assert (await listed(api))["thanks"]["version"] == 0


async def test_who_was_slower_sees_the_others_text_and_loses_nothing(api: httpx.AsyncClient) -> None:
    await saved(api, "thanks", "您太客气啦")
    answer = await saved(api, "thanks", "应该的，您客气", version=0)
    assert refusal(answer) == (409, "phrase_changed")
    theirs = answer.json()["error"]["theirs"]
    assert (theirs["wordings"][0]["text"], theirs["by"], theirs["version"]) == ("您太客气啦", "阿主管", 1)
    assert (await saved(api, "thanks", "应该的，您客气", version=1)).status_code == 200


@pytest.mark.req("PH-33")
async def test_an_earlier_text_comes_back_and_the_history_says_who_changed_what(
    api: httpx.AsyncClient, clock: SettableClock
) -> None:
    await saved(api, "thanks", "您太客气啦")
    clock.advance(minutes=5)
    await saved(api, "thanks", "应该的，您客气", version=1)
    changes = (await api.get("/replies/thanks/history")).json()["changes"]
    assert [(c["action"], c["name"], c["after"]["wordings"][0]["text"]) for c in changes] == [
        ("修改", "阿主管", "应该的，您客气"),
        ("修改", "阿主管", "您太客气啦"),
    ]
    answer = await api.post("/replies/thanks/restore", json={"version": 2, "change": changes[1]["id"]})
    assert answer.json()["reply"]["wordings"][0]["text"] == "您太客气啦"
    answer = await api.delete("/replies/thanks", params={"version": 3})
    assert answer.json()["reply"]["state"] == "shipped"
    other = await api.post("/replies/welcome/restore", json={"version": 0, "change": changes[1]["id"]})
    assert refusal(other) == (404, "not_found")


@pytest.mark.req("PH-06")
async def test_a_keyword_is_answered_by_the_shop_itself_and_the_bot_is_not_asked(
    api: httpx.AsyncClient, desk: RunningDesk, join: Join, worker: Worker
) -> None:
    answer = await saved(api, "", "{店铺名}的福袋今晚八点开抢，您留意首页{笑脸}", keywords=["福袋"], scene="福袋活动")
    assert answer.status_code == 201, answer.text
    key = answer.json()["reply"]["key"]
    buyer = await join(token=desk.buyer_token())
    said = await buyer.say("请问 福 袋 怎么抢？")
    assert [(m["text"], m["direction"], m["key"]) for m in said] == [
        ("云栖小铺的福袋今晚八点开抢，您留意首页😊", "bot", key)
    ]
    assert worker.asked == []
    assert [m["text"] for m in await buyer.say("有货吗")] == ["答:有货吗"]
    await api.post(f"/replies/{key}/enabled", json={"version": 1, "enabled": False})
    assert [m["text"] for m in await buyer.say("福袋呢")] == ["答:福袋呢"]


@pytest.mark.req("PH-06")
async def test_a_keyword_reply_marked_so_calls_a_person_and_people_are_not_talked_over(
    api: httpx.AsyncClient, desk: RunningDesk, join: Join
) -> None:
    await saved(api, "", "定制的事我请同事来和您细说。", keywords=["定制"], to_person=True)
    buyer = await join(token=desk.buyer_token())
    said = await buyer.say("可以定制吗")
    assert said[0]["text"] == "定制的事我请同事来和您细说。"
    assert said[1]["key"] in ("handover_queue", "too_many")
    await buyer.wait("holder", lambda place: place["holder"] == "queue")
    assert "定制的事" not in str(await buyer.say("定制要多久"))


async def test_the_higher_priority_is_said_and_only_in_its_time(
    api: httpx.AsyncClient, desk: RunningDesk, join: Join, clock: SettableClock
) -> None:
    night = {"text": "夜里下单，明早给您发出", "starts": "22:00", "ends": "06:00"}
    await api.post("/replies", json={"keywords": ["发货"], "priority": 9, "wordings": [night]})
    await saved(api, "", "您放心，今天的活动会发券。", keywords=["活动"], priority=1)
    buyer = await join(token=desk.buyer_token())
    both = "活动订单什么时候发货"
    assert [m["text"] for m in await buyer.say(both)] == ["您放心，今天的活动会发券。"]
    clock.advance(hours=9)
    assert [m["text"] for m in await buyer.say(both)] == ["夜里下单，明早给您发出"]


@pytest.mark.parametrize(
    ("keywords", "code"),
    [([], "phrase_refused"), (["发"], "phrase_refused"), (["福袋活动"], "keyword_taken"), (["福"], "phrase_refused")],
)
async def test_a_keyword_is_long_enough_and_stands_in_no_other(
    api: httpx.AsyncClient, keywords: list[str], code: str
) -> None:
    await saved(api, "", "福袋今晚开抢，您留意首页", keywords=["福袋"])
    assert refusal(await saved(api, "", "您好", keywords=keywords))[1] == code


async def test_what_buyers_wait_for_is_not_switched_off(api: httpx.AsyncClient) -> None:
    for key in ("safe", "handover_queue"):
        answer = await api.post(f"/replies/{key}/enabled", json={"version": 0, "enabled": False})
        assert refusal(answer) == (422, "phrase_refused"), key
        assert (await saved(api, key, enabled=False)).status_code == 422, key


async def test_the_desk_is_silent_where_its_own_words_are_off(
    api: httpx.AsyncClient, desk: RunningDesk, join: Join
) -> None:
    answer = await api.post("/replies/welcome/enabled", json={"version": 0, "enabled": False})
    assert answer.json()["reply"]["state"] == "changed"
    buyer = await join(token=desk.buyer_token())
    assert buyer.opened["messages"] == []
    assert [m["text"] for m in await buyer.say("在吗")] == ["答:在吗"]


async def test_a_saved_reply_that_todays_checks_refuse_is_passed_over(
    api: httpx.AsyncClient, services: Services, desk: RunningDesk, join: Join, clock: SettableClock
) -> None:
    with services.unit_of_work() as uow:
        uow.saved_replies.add(SavedReply("welcome", "进店", [{"text": "全网最低价{没有}"}], BOSS, clock.now()))
        uow.saved_replies.add(SavedReply("thanks", "道谢", ["不是一条"], BOSS, clock.now()))  # type: ignore[list-item]
        uow.commit()
    buyer = await join(token=desk.buyer_token())
    assert "欢迎" in buyer.opened["messages"][-1]["text"]
    found = await listed(api)
    assert found["welcome"]["problem"] and found["thanks"]["problem"] and not found["goodbye"]["problem"]


@pytest.mark.req("PH-32")
async def test_words_are_checked_while_they_are_typed(api: httpx.AsyncClient) -> None:
    body = (await api.post("/replies/check", json={"text": "这是最好的{心情}"})).json()
    assert (body["length"], body["limit"], body["unknown"]) == (9, 500, ["心情"])
    assert [finding["word"] for finding in body["findings"]] == ["最好"]
    assert (await api.post("/replies/check", json={"text": "您好{笑脸}"})).json()["problem"] is None


async def test_a_preview_speaks_of_samples_or_of_a_real_talk(
    api: httpx.AsyncClient, desk: RunningDesk, join: Join, order_of: Callable[..., Any]
) -> None:
    order_of("B1")
    await join(token=desk.buyer_token("B1", "晴天"))
    wordings = [{"text": "{买家昵称}，订单{单号}{运单号}"}, {"text": "您好", "last": "2020-01-01"}]
    sample, late = (await api.post("/replies/preview", json={"wordings": wordings})).json()["shown"]
    assert sample["text"] == "晴天，订单XS261120000123YT8812345678901"
    assert (sample["timed_out"], late["timed_out"]) == (False, True)
    [talk] = (await api.get("/replies/talks")).json()["talks"]
    body = {"wordings": wordings, "talk": talk["id"]}
    real = (await api.post("/replies/preview", json=body)).json()["shown"][0]
    assert (real["text"], real["missing"]) == ("晴天，订单XS261120000123{运单号}", ["运单号"])


async def test_a_handover_without_words_reaches_the_queue(desk: RunningDesk, join: Join, worker: Worker) -> None:
    worker.answer = lambda question: say(handover="自动回复已停用，由人工接待")
    buyer = await join(token=desk.buyer_token())
    await buyer.say("谢谢")
    await buyer.wait("holder", lambda place: place["holder"] == "queue")
