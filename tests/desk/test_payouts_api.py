"""Refunds and compensations over the API and the socket: whose they are, who was first, what the buyer hears."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from consoles import ConsoleClient, sign_in
from socketio.exceptions import ConnectionError as SocketConnectionError
from wire import Client, RunningDesk

from shop.model import (
    PAID_OUT,
    AfterSale,
    AfterSaleKind,
    AfterSaleState,
    AlertKind,
    OrderStatus,
    PayoutState,
    Role,
    Staff,
)
from shop.payout_limits import payable_fen
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.asking import open_talk
from tests.shop.making import make_line, make_order

Api = Callable[..., Any]
SUPERVISOR, MANAGER, AGENT = "200", "100", "331"
ORDER, REQUEST = "XS0001", "SH0001"
PAID = 200_00


@pytest.fixture
async def buyer(desk: RunningDesk, services: Services, join) -> Client:
    """b1 in the window, with an order of 200 yuan and a return asked for."""
    with services.unit_of_work() as uow:
        open_talk(uow, now=NOW)
        uow.orders.add(make_order(ORDER, OrderStatus.SIGNED, [make_line(quantity=2)], signed_at=NOW))
        uow.aftersales.add(AfterSale(REQUEST, ORDER, "b1", AfterSaleKind.RETURN, "尺码不合适", NOW, amount_fen=PAID))
        uow.commit()
    client: Client = await join(token=desk.tokens.for_buyer("b1", "晴天", timedelta(hours=1)))
    return client


@pytest.fixture
async def agent(buyer: Client, console) -> ConsoleClient:
    """Holds the talk and looks at it."""
    client: ConsoleClient = await console(AGENT)
    await client.done("take", talk=talk_of(buyer))
    await client.look(talk_of(buyer))
    return client


def talk_of(buyer: Client) -> str:
    return str(buyer.opened["conversation_id"])


def wish(buyer: Client, amount_fen: int, client_id: str = "w1", **more: Any) -> dict[str, Any]:
    facts = {"kind": "补偿", "cause": "商品损坏", "reason": "包装压坏了", **more}
    return {"talk": talk_of(buyer), "client_id": client_id, "order_no": ORDER, "amount_fen": amount_fen, **facts}


def given_fen(services: Services) -> int:
    with services.unit_of_work() as uow:
        payouts = [payout for payout in uow.payouts.of_order(ORDER) if payout.state in PAID_OUT]
        order = uow.orders.find(ORDER)
        assert sum(payout.amount_fen for payout in payouts) == PAID - payable_fen(uow, order)
        return sum(payout.amount_fen for payout in payouts)


@pytest.mark.req("HE-06")
async def test_what_may_be_given_is_shown_with_what_the_table_proposes(api, agent, buyer) -> None:
    status, found = await api(AGENT, "GET", f"payouts/choices/{talk_of(buyer)}")
    [order] = found["orders"]
    assert (status, order["left_fen"], order["most"]) == (200, PAID, {"退款": 100_00, "补偿": 20_00})
    assert order["requests"] == [{"number": REQUEST, "kind": "退货", "reason": "尺码不合适", "proposed_fen": PAID}]
    assert order["offers"]["商品损坏"] == {"form": "现金", "amount_fen": 40_00}
    assert order["offers"]["服务不周"] == {"form": "优惠券", "amount_fen": 5_00}
    assert "其他" not in order["offers"]


@pytest.mark.req("HE-06", "AS-12")
async def test_within_the_own_rights_it_is_given_with_words_for_the_buyer(api, agent, buyer, services) -> None:
    refund = wish(buyer, 80_00, kind="退款", request_no=REQUEST)
    for _ in range(2):  # a double click
        status, answer = await api(AGENT, "POST", "payouts", **refund)
        assert (status, answer["payout"]["state"]) == (200, "已给出")
    assert "80元" in answer["payout"]["text"] and "订单" in answer["payout"]["text"]
    assert given_fen(services) == 80_00
    with services.unit_of_work() as uow:
        request = uow.aftersales.find(REQUEST)
    assert (request.state, request.amount_fen) == (AfterSaleState.DONE, 80_00)


@pytest.mark.req("HE-06")
async def test_beyond_them_it_is_refused_then_asked_for_and_the_leader_gives_less(
    api, agent, buyer, services, console
) -> None:
    leader = await console(SUPERVISOR, at_work=False)
    status, answer = await api(AGENT, "POST", "payouts", **wish(buyer, 80_00))
    assert (status, answer["error"]["code"], answer["error"]["most_fen"]) == (403, "beyond_authority", 20_00)
    assert "20.00 元" in answer["error"]["text"]
    status, answer = await api(AGENT, "POST", "payouts/requests", **wish(buyer, 80_00, "w2"))
    number = answer["payout"]["number"]
    [alert] = await leader.wait("alert", lambda a: a["kind"] == AlertKind.PAYOUT.value)
    assert number in alert["note"]
    assert {"waiting": 1} in await leader.wait("approvals")
    _, seen = await api(SUPERVISOR, "GET", "payouts")
    [card] = seen["waiting"]
    assert (card["asked_fen"], card["most_fen"], card["left_fen"], card["reason"]) == (
        80_00,
        200_00,
        PAID,
        "包装压坏了",
    )
    body = {"verdict": "改金额", "amount_fen": 50_00, "words": "先补五十"}
    status, answer = await api(SUPERVISOR, "POST", f"payouts/{number}/decision", **body)
    assert (status, answer["payout"]["state"], answer["payout"]["amount_fen"]) == (200, "已改金额", 50_00)
    [note] = await agent.wait("note")
    [draft] = await agent.wait("draft")
    assert "先补五十" in note["text"] and "50元" in draft["text"]
    assert given_fen(services) == 50_00
    _, seen = await api(SUPERVISOR, "GET", "payouts")
    assert seen["waiting"] == [] and [each["number"] for each in seen["decided"]] == [number]


async def test_more_than_was_paid_is_refused_whoever_gives_it(api, agent, buyer, services) -> None:
    status, answer = await api(AGENT, "POST", "payouts/requests", **wish(buyer, PAID + 1))
    assert (status, answer["error"]["code"], answer["error"]["left_fen"]) == (422, "more_than_paid", PAID)
    _, asked = await api(AGENT, "POST", "payouts/requests", **wish(buyer, PAID, "w2"))
    body = {"verdict": "改金额", "amount_fen": PAID + 1}
    status, answer = await api(MANAGER, "POST", f"payouts/{asked['payout']['number']}/decision", **body)
    assert (status, answer["error"]["code"]) == (422, "more_than_paid")
    assert given_fen(services) == 0


@pytest.mark.req("HE-06")
async def test_of_leaders_who_decide_at_once_one_does_and_it_is_paid_once(api, agent, buyer, services) -> None:
    _, asked = await api(AGENT, "POST", "payouts/requests", **wish(buyer, 120_00))
    path = f"payouts/{asked['payout']['number']}/decision"
    answers = await asyncio.gather(
        api(SUPERVISOR, "POST", path, verdict="同意"),
        api(MANAGER, "POST", path, verdict="改金额", amount_fen=110_00),
        api(MANAGER, "POST", path, verdict="同意"),
        api(AGENT, "POST", "payouts", **wish(buyer, 20_00, "beside")),
    )
    assert sorted(status for status, _ in answers[:3]) == [200, 409, 409]
    [won] = [body["payout"] for status, body in answers[:3] if status == 200]
    assert answers[3][0] in {403, 409}, "waiting beside it, or beyond the limit that the order has used up"
    assert given_fen(services) == won["amount_fen"]
    assert {body["error"]["code"] for status, body in answers[:3] if status == 409} == {"decided"}


DOORS = {
    "take": lambda role: role not in {Role.QUALITY, Role.WAREHOUSE},
    "give": lambda role: role not in {Role.PRESALE_AGENT, Role.QUALITY, Role.WAREHOUSE},
    "ask": lambda role: role not in {Role.QUALITY, Role.WAREHOUSE},
    "decide": lambda role: role in {Role.MANAGER, Role.SUPERVISOR, Role.LEADER},
    "rules": lambda role: role is Role.MANAGER,
}
"""Which role gets what of it. 10 yuan are given, 15 asked for."""


@pytest.mark.req("HE-06", "HE-07")
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
async def test_each_role_may_just_what_is_its_own(  # noqa: PLR0917  # fixtures
    api, buyer, console, services, desk: RunningDesk, role: Role
) -> None:
    with services.unit_of_work() as uow:
        uow.people.add(Staff("r1", "同事", role))
        uow.commit()
    may = {door: opens(role) for door, opens in DOORS.items()}
    if role is Role.WAREHOUSE:
        with pytest.raises(SocketConnectionError):
            await ConsoleClient().connect_as(desk.url, sign_in(services, "r1"), "r1")
        taken = False
    else:
        client = await ConsoleClient().connect_as(desk.url, sign_in(services, "r1"), "r1")
        taken = bool((await client.ask("take", {"talk": talk_of(buyer)}))["ok"])
        await client.sio.disconnect()
    given, _ = await api("r1", "POST", "payouts", **wish(buyer, 10_00))
    asked, answer = await api("r1", "POST", "payouts/requests", **wish(buyer, 15_00, "w2"))
    number = answer["payout"]["number"] if asked == 200 else "TB0"
    listed, _ = await api("r1", "GET", "payouts")
    decided, _ = await api("r1", "POST", f"payouts/{number}/decision", verdict="同意")
    ruled, _ = await api("r1", "GET", "rules")
    did = {"take": taken, "give": given == 200, "ask": asked == 200, "decide": decided == 200, "rules": ruled == 200}
    assert did == may
    assert (listed == 200) is may["decide"]
    assert given_fen(services) == 10_00 * may["give"] + 15_00 * may["decide"]
    with services.unit_of_work() as uow:
        states = [payout.state for payout in uow.payouts.of_order(ORDER)]
    assert (PayoutState.WAITING in states) is (may["ask"] and not may["decide"])
