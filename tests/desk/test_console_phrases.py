"""Quick phrases and the speech check at the console, over the real socket."""

from uuid import uuid4

import pytest

from shop.model import AlertKind
from shop.wiring import Services


async def serving(join, console, staff_id: str = "321"):
    """An agent who holds a buyer's talk: console, window, talk."""
    agent, buyer = await console(staff_id), await join()
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    return agent, buyer, talk


@pytest.mark.req("PH-10", "PH-15")
async def test_a_code_finds_its_phrase_first_filled_from_the_talk(join, console) -> None:
    agent, _, talk = await serving(join, console)
    found = (await agent.done("phrases", talk=talk, words="/hy1"))["found"]
    assert found[0]["code"] == "hy1"
    assert "云栖小铺" in found[0]["filled"] and "小禾" in found[0]["filled"]
    assert "{" in found[0]["text"], "the text itself keeps its variables"


@pytest.mark.req("PH-14", "PC-01")
async def test_an_order_fills_only_its_own_buyers_talk(desk, join, console, order_of) -> None:
    order_of("B1")
    agent = await console("321")
    await agent.done("save_phrase", code="dd1", group="对话用语", text="您的订单{单号}我看到了", own=True)
    owner, guest = await join(token=desk.buyer_token("B1", "晴天")), await join()
    filled = []
    for window in (owner, guest):
        found = await agent.done("phrases", talk=window.opened["conversation_id"], words="/dd1")
        filled.append(found["found"][0]["filled"])
    assert filled == ["您的订单XS261120000123我看到了", "您的订单{单号}我看到了"]


@pytest.mark.req("PH-08", "PH-09", "PH-11", "HE-07")
async def test_own_phrases_are_ones_own_and_the_teams_are_the_managers(join, console) -> None:
    agent, other, manager = await console("321"), await console("331"), await console("100")
    own = {"code": "xy9", "group": "对话用语", "text": "您稍等，我去仓库看一下实物"}
    await agent.done("save_phrase", **own, own=True)
    assert (await agent.done("phrases", words="/xy9"))["found"][0]["own"] is True
    assert not any(p["code"] == "xy9" for p in (await other.done("phrases", words="/xy9"))["found"])
    assert (await agent.refused("save_phrase", **own, own=False))["code"] == "beyond_authority"
    await manager.done("save_phrase", code="td9", group="物流", text="您的包裹我已经催过快递了", own=False)
    assert (await other.done("phrases", words="/td9"))["found"][0]["code"] == "td9", "at once, for everybody"
    taken = await manager.refused("save_phrase", code="td9", group="物流", text="另一句话，请您看看", own=False)
    assert (taken["code"], "td9" in taken["text"]) == ("code_taken", True)
    await agent.done("remove_phrase", code="xy9", own=True)
    assert not any(p["code"] == "xy9" for p in (await agent.done("phrases", words="/xy9"))["found"])


@pytest.mark.req("PH-32")
@pytest.mark.parametrize(
    ("text", "why"), [("您好{不存在}", "不存在"), ("这个不行", "不行"), ("您好{", "花括号"), ("  ", "")]
)
async def test_what_no_buyer_should_read_is_not_saved(console, text: str, why: str) -> None:
    agent = await console("321")
    refused = await agent.refused("save_phrase", code="zz1", group="对话用语", text=text, own=True)
    assert refused["code"] in {"phrase_refused", "field_wrong"}
    assert why in refused["text"]


@pytest.mark.req("PC-02", "PC-18")
async def test_words_are_weighed_before_a_buyer_sees_them(join, console, services: Services) -> None:
    leader = await console("200")
    agent, buyer, talk = await serving(join, console)
    form = {"talk": talk, "client_msg_id": uuid4().hex, "text": "这个我不知道"}
    warned = await agent.refused("send", **form)
    [finding] = warned["findings"]
    assert (finding["word"], finding["blocked"]) == ("我不知道", False)
    assert finding["advice"]
    await agent.done("send", **form, anyway=True)
    await buyer.wait("message", lambda m: m["text"] == "这个我不知道")
    rude = {"talk": talk, "client_msg_id": uuid4().hex, "text": "你有病吧"}
    assert (await agent.refused("send", **rude, anyway=True))["code"] == "speech"
    blank = {"talk": talk, "client_msg_id": uuid4().hex, "text": "您的单号是***"}
    assert (await agent.refused("send", **blank, anyway=True))["code"] == "speech"
    [alert] = await leader.wait("alert", lambda a: a["kind"] == AlertKind.RUDE.value)
    assert alert["staff"] == "小禾"
    assert [m["text"] for m in buyer.messages if m["direction"] == "agent"] == ["这个我不知道"]


@pytest.mark.req("QK-21", "PH-35")
async def test_a_phrase_sent_as_it_is_and_one_reworded_are_told_apart(join, console, services: Services, clock) -> None:
    agent, _, talk = await serving(join, console)
    text = "您慢慢挑，有拿不准的地方随时问我"
    used = [{"code": "dh6", "text": text}]
    await agent.write(talk, text, phrases=used)
    await agent.write(talk, f"{text}，尺码也可以问", phrases=used)
    with services.unit_of_work() as uow:
        uses = uow.phrase_uses.since(clock.now())
    assert [(use.code, use.edited) for use in uses] == [("dh6", False), ("dh6", True)]


async def test_a_buyers_braces_are_words_and_nothing_else(join, console, worker) -> None:
    agent, buyer, talk = await serving(join, console)
    await buyer.say("{店铺名} *** {单号}")
    seen = (await agent.look(talk))["messages"][-1]
    assert seen["text"] == "{店铺名} *** {单号}"
