"""Prices before the leaders, over the API: the decision, what the buyer and the agent get of it, and who was first."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from wire import RunningDesk

from shop.bargaining import Ask, about_product, answer_bargain
from shop.model import AlertKind, ApprovalState, ChangeKind, Holder
from shop.policy import Policy
from shop.wiring import Services
from tests.conftest import SettableClock
from tests.shop.asking import put_request

Api = Callable[..., Any]
SUPERVISOR, MANAGER, AGENT = "200", "100", "321"


@pytest.fixture
def buyer_token(desk: RunningDesk) -> str:
    return desk.tokens.for_buyer("b1", "晴天", timedelta(hours=1))


def says(text: str) -> Callable[[Any], bool]:
    return lambda message: text in message["text"]


@pytest.mark.req("BG-05")
async def test_a_leader_sees_item_price_buyer_and_what_the_own_role_may_give(api, services, clock) -> None:
    number = put_request(services)
    clock.advance(minutes=31)
    status, seen = await api(SUPERVISOR, "GET", "approvals")
    assert status == 200
    [request] = seen["waiting"]
    shown = {name: request[name] for name in ("number", "item", "nick", "list_fen", "asked_fen", "attempt", "minutes")}
    assert shown == {
        "number": number,
        "item": "云朵棉T恤",
        "nick": "晴天",
        "list_fen": 100_00,
        "asked_fen": 92_00,
        "attempt": 1,
        "minutes": 31,
    }
    assert (request["lowest_fen"], request["late"], request["holder"]) == (88_00, True, "bot")
    _, boss = await api(MANAGER, "GET", "approvals")
    assert boss["waiting"][0]["lowest_fen"] == 0


@pytest.mark.req("BG-07")
@pytest.mark.parametrize(
    ("body", "state", "amount"),
    [
        ({"verdict": "同意"}, "已同意", "92元"),
        ({"verdict": "改价", "price_fen": 95_50}, "已改价", "95.50元"),
    ],
)
async def test_what_is_decided_is_said_to_the_buyer_at_once_with_the_amount(  # noqa: PLR0917  # fixtures
    api, services: Services, join, buyer_token: str, body, state: str, amount: str
) -> None:
    number = put_request(services)
    buyer = await join(token=buyer_token)
    status, answer = await api(SUPERVISOR, "POST", f"approvals/{number}/decision", **body)
    assert (status, answer["request"]["state"]) == (200, state)
    [message] = await buyer.wait("message", says(amount))
    assert (message["direction"], message["key"]) == ("bot", "bargain_offer")
    assert [button["title"] for button in message["buttons"]] == ["好的,就这个价", "再优惠一点"]
    with services.unit_of_work() as uow:
        [offer] = uow.offers.of_buyer("b1")
        [change] = uow.changes.of(ChangeKind.APPROVAL, number, 9)
    assert f"{offer.price_fen / 100:.2f}".removesuffix(".00") + "元" == amount
    assert (change.by, change.action, change.after["price_fen"]) == (SUPERVISOR, state, offer.price_fen)
    assert change.before["price_fen"] == 100_00


@pytest.mark.req("BG-06", "BG-09")
async def test_after_a_refusal_the_buyer_gets_one_counter_offer_and_after_the_second_a_person(
    api, services: Services, join, buyer_token: str, clock: SettableClock
) -> None:
    first = put_request(services)
    buyer = await join(token=buyer_token)
    await api(SUPERVISOR, "POST", f"approvals/{first}/decision", verdict="拒绝")
    [counter] = await buyer.wait("message", lambda m: m["key"] == "bargain_counter")
    assert "97元" in counter["text"], "what the bot itself may give"
    clock.advance(minutes=1)
    with services.unit_of_work() as uow:
        known = uow.approvals.find(first)
        talk = uow.conversations.lock(known.conversation_id)
        for turn in ("t1", "t2"):
            subject = about_product(uow.products.get("TEE"))
            again = answer_bargain(
                uow, talk, subject, Ask(92_00), policy=Policy(), now=clock.advance(seconds=9), turn_id=turn
            )
        second = again.approval
        assert second is not None and (second.attempt, second.state) == (2, ApprovalState.WAITING)
        uow.commit()
    await api(SUPERVISOR, "POST", f"approvals/{second.number}/decision", verdict="拒绝")
    await buyer.wait("message", lambda m: m["key"] == "bargain_to_person")
    with services.unit_of_work() as uow:
        talk = uow.conversations.find(known.conversation_id)
    assert (talk.holder, talk.queue_reason) == (Holder.QUEUE, "议价超出权限")


@pytest.mark.req("BG-03", "BG-07")
async def test_beyond_the_own_authority_is_refused_with_the_limit_named(api, services: Services) -> None:
    number = put_request(services, asked_fen=87_99)
    for body in ({"verdict": "同意"}, {"verdict": "改价", "price_fen": 87_00}):
        status, answer = await api(SUPERVISOR, "POST", f"approvals/{number}/decision", **body)
        assert (status, answer["error"]["code"], answer["error"]["lowest_fen"]) == (403, "beyond_authority", 88_00)
        assert "88.00 元" in answer["error"]["text"]
    with services.unit_of_work() as uow:
        assert uow.approvals.find(number).state is ApprovalState.WAITING
        assert uow.changes.of(ChangeKind.APPROVAL, number, 9) == []
        assert uow.offers.of_buyer("b1") == []
    status, _ = await api(MANAGER, "POST", f"approvals/{number}/decision", verdict="同意")
    assert status == 200


@pytest.mark.req("BG-07")
async def test_of_two_leaders_at_once_one_decides_and_the_other_hears_who_did(
    api, services: Services, join, buyer_token: str
) -> None:
    number = put_request(services)
    buyer = await join(token=buyer_token)
    path = f"approvals/{number}/decision"
    answers = await asyncio.gather(
        api(SUPERVISOR, "POST", path, verdict="同意"),
        api(MANAGER, "POST", path, verdict="改价", price_fen=80_00),
        api(MANAGER, "POST", path, verdict="拒绝"),
    )
    assert sorted(status for status, _ in answers) == [200, 409, 409]
    lost = next(body["error"] for status, body in answers if status == 409)
    with services.unit_of_work() as uow:
        decided = uow.approvals.find(number)
        name = uow.people.find(decided.decided_by).name
        assert len(uow.changes.of(ChangeKind.APPROVAL, number, 9)) == 1
    assert (lost["code"], lost["agent"], lost["status"]) == ("decided", name, decided.state.value)
    assert name in lost["text"]
    await buyer.wait("message", lambda m: m["key"] in {"bargain_offer", "bargain_counter"})
    told = [m for m in buyer.messages if (m["key"] or "").startswith("bargain")]
    assert len(told) == 1


@pytest.mark.req("BG-07")
async def test_an_agent_who_holds_the_talk_gets_alert_note_and_draft_and_the_buyer_nothing_yet(
    api, services: Services, join, console, buyer_token: str
) -> None:
    number = put_request(services)
    buyer, agent = await join(token=buyer_token), await console(AGENT)
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    await agent.look(talk)
    await api(SUPERVISOR, "POST", f"approvals/{number}/decision", verdict="同意")
    [alert] = await agent.wait("alert", lambda a: a["kind"] == AlertKind.APPROVAL.value and a["to_staff"] == AGENT)
    [note] = await agent.wait("note")
    [draft] = await agent.wait("draft")
    assert alert["talk"] == talk and "92.00" in alert["note"]
    assert note["text"] == alert["note"] and note["author"] == "南星"
    assert draft["talk"] == talk and "92元" in draft["text"]
    assert (await agent.look(talk))["draft"] == draft["text"]
    assert "bargain_offer" not in [m["key"] for m in buyer.messages]


async def test_what_an_agent_is_writing_is_not_taken_away_by_the_decision(
    api, services: Services, join, console, buyer_token: str
) -> None:
    number = put_request(services)
    buyer, agent = await join(token=buyer_token), await console(AGENT)
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    await agent.done("draft", talk=talk, text="您稍等，我看一下")
    await api(SUPERVISOR, "POST", f"approvals/{number}/decision", verdict="同意")
    await agent.wait("alert", lambda a: a["to_staff"] == AGENT)
    assert (await agent.look(talk))["draft"] == "您稍等，我看一下"


@pytest.mark.req("BG-05", "BG-08")
async def test_leaders_hear_of_a_request_at_once_and_when_it_waits_too_long_and_the_buyer_once(
    services: Services, join, console, buyer_token: str, clock: SettableClock
) -> None:
    leader = await console(SUPERVISOR, at_work=False)
    buyer = await join(token=buyer_token)
    number = put_request(services)
    of_request = lambda a: a["kind"] == "议价审批" and a["note"].startswith(number)  # noqa: E731
    await leader.wait("alert", of_request)
    clock.advance(minutes=Policy().approval_minutes)
    _, late = await leader.wait("alert", of_request, count=2)
    assert "已等 30 分钟" in late["note"]
    await buyer.wait("message", lambda m: m["key"] == "bargain_ask_leader")
    other = put_request(services, buyer_id="b2", nick="小雨")
    await leader.wait("alert", lambda a: a["note"].startswith(other))
    assert len([a for a in leader.heard["alert"] if of_request(a)]) == 2, (
        "when the next was told, it had been looked at"
    )
    assert [m["key"] for m in buyer.messages].count("bargain_ask_leader") == 1


@pytest.mark.req("HE-06")
async def test_an_agent_gives_within_the_own_rights_and_asks_the_leader_beyond_them(
    api, services: Services, join, console, buyer_token: str
) -> None:
    put_request(services)
    buyer, agent = await join(token=buyer_token), await console(AGENT)
    talk = buyer.opened["conversation_id"]
    wish = {"talk": talk, "product_code": "TEE"}
    status, answer = await api(AGENT, "POST", "offers", **wish, price_fen=94_00)
    assert (status, answer["error"]["code"]) == (403, "not_your_talk"), "the bot has it"
    await agent.done("take", talk=talk)
    status, answer = await api(AGENT, "POST", "offers", **wish, price_fen=93_99)
    assert (status, answer["error"]["code"]) == (403, "beyond_authority")
    assert "94.00 元" in answer["error"]["text"]
    status, answer = await api(AGENT, "POST", "offers", **wish, price_fen=94_00)
    assert status == 200 and "94元" in answer["offer"]["text"]
    status, answer = await api(AGENT, "POST", "approvals", **wish, price_fen=90_00, reason="老客户")
    assert (status, answer["error"]["code"]) == (409, "already_open"), "the bot has asked for it"


@pytest.mark.req("HE-06")
async def test_what_an_agent_asks_for_reaches_the_leaders_with_name_and_reason(
    api, services: Services, join, console, buyer_token: str
) -> None:
    first = put_request(services)
    await api(SUPERVISOR, "POST", f"approvals/{first}/decision", verdict="拒绝")
    buyer, agent = await join(token=buyer_token), await console(AGENT)
    talk = buyer.opened["conversation_id"]
    await agent.done("take", talk=talk)
    status, answer = await api(
        AGENT, "POST", "approvals", talk=talk, product_code="TEE", price_fen=90_00, reason="老客户"
    )
    assert status == 200, answer
    _, seen = await api(SUPERVISOR, "GET", "approvals")
    [request] = seen["waiting"]
    assert (request["asked_by"], request["reason"], request["asked_fen"]) == ("小禾", "老客户", 90_00)
    assert [r["state"] for r in seen["decided"]] == ["已拒绝"]
    await api(SUPERVISOR, "POST", f"approvals/{request['number']}/decision", verdict="同意")
    [draft] = await agent.wait("draft")
    assert "90元" in draft["text"]


@pytest.mark.parametrize(
    "body",
    [
        {"verdict": "改价"},
        {"verdict": "同意", "price_fen": 1},
        {"verdict": "改价", "price_fen": 0},
        {"verdict": "改价", "price_fen": 100_00},
        {"verdict": "改价", "price_fen": 2**40},
        {"verdict": "随便"},
    ],
)
async def test_a_decision_that_makes_no_sense_changes_nothing(api, services: Services, body) -> None:
    number = put_request(services)
    status, _ = await api(MANAGER, "POST", f"approvals/{number}/decision", **body)
    assert status == 422
    with services.unit_of_work() as uow:
        assert uow.approvals.find(number).state is ApprovalState.WAITING
