"""The data of the console's side panel, as each role sees it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from wire import SECRET

from desk.console.shapes import Shapes
from desk.console.side import look_beside
from desk.pictures import Pictures
from desk.shown import Showing
from desk.tokens import Tokens
from shop.cards import order_card
from shop.model import (
    AfterSale,
    AfterSaleKind,
    AfterSaleStep,
    Buyer,
    Complaint,
    Conversation,
    Holder,
    Offer,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    Product,
    Receiver,
    Role,
    ScanEvent,
    ScanKind,
    Service,
    ServiceKind,
    ServiceResult,
    Staff,
    StepRecord,
    Task,
    TaskKind,
)
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW, SettableClock

HOUR = timedelta(hours=1)
STAFF = {role: f"s{n}" for n, role in enumerate(Role)}
CARER = f"同事{STAFF[Role.AFTERSALE_AGENT]}"
SECRETS = ("13800138000", "13900139000", "李晴晴", "文三路1号")
MASKED = {"name": "李**", "phone": "138****8000", "address": "浙江杭州市西湖区****"}
PLAIN = {"name": "李晴晴", "phone": "13800138000", "address": "浙江杭州市西湖区文三路1号"}


def fill(uow: UnitOfWork) -> None:
    """Buyer b1 with all of everything in talk c1, held by the 综合客服; buyer b2 with an order; a guest's talk g1."""
    for role, staff_id in STAFF.items():
        uow.people.add(Staff(staff_id, f"同事{staff_id}", role))
    uow.products.add(Product("TEE", "云朵棉T恤", "服饰", picture="/static/pictures/tee.webp"))
    receiver = Receiver("李晴晴", "13800138000", "浙江", "杭州市", "西湖区", "文三路1号")
    for n in (1, 2):
        uow.buyers.add(Buyer(f"b{n}", f"晴天{n}", "李晴晴", "13800138000", "浙江", 2, NOW - 900 * HOUR))
        uow.conversations.add(Conversation(f"c{n}", NOW, f"b{n}", f"晴天{n}"))
        line = OrderLine("TEE-1", "TEE", "云朵棉T恤", "藏青 L", 2, 5900)
        order = Order(f"XS000{n}", f"b{n}", OrderStatus.SHIPPED, NOW - 50 * HOUR, receiver, [line], 11800)
        order.total_fen, order.paid_at, order.memo = 11800, NOW - 49 * HOUR, "改打13900139000"
        uow.orders.add(order)
        uow.parcels.add(Parcel(f"YT{n}", order.order_no, "yto", NOW - 40 * HOUR, events=scans()))
    uow.conversations.add(Conversation("g1", NOW, None, "游客"))
    talk = uow.conversations.lock("c1")
    talk.holder, talk.agent_id, talk.intent, talk.order_no = Holder.AGENT, STAFF[Role.AGENT], "track_order", "XS0001"
    steps = [StepRecord(AfterSaleStep.TALK, NOW, "bot")]
    request = AfterSale("SH1", "XS0001", "b1", AfterSaleKind.REFUND, "不喜欢", NOW - HOUR, amount_fen=5900, steps=steps)
    uow.aftersales.add(request)
    said = "太慢,打13900139000"
    uow.complaints.add(Complaint("TS1", "c1", "b1", "XS0001", "延迟", said, NOW - HOUR, NOW + HOUR))
    for n, until in enumerate((NOW - HOUR, NOW + HOUR)):
        offer = Offer(f"YH{n}", "c1", "b1", "TEE", None, 5900, 5600, 1, NOW - (9 - n) * HOUR, until, turn_id=f"o{n}")
        uow.offers.add(offer)
    uow.tasks.add(Task("RW1", TaskKind.ASK_COURIER, f"派送要求:{said}", NOW - HOUR, NOW + HOUR, "c1", "XS0001"))
    for n, (started, closed) in enumerate(((300, 299), (30, 29), (1, None))):
        service = Service(f"FW{n}", "c1", STAFF[Role.AFTERSALE_AGENT], NOW - started * HOUR, order_no="XS0001")
        if closed is not None:
            service.closed_at, service.kind = NOW - closed * HOUR, ServiceKind.QUESTION
            service.cause, service.result = "物流进度", ServiceResult.SOLVED
            service.rating, service.comment = 4, "打13900139000表扬"
        uow.services.add(service)
    talk.service_no = "FW2"


def scans() -> list[ScanEvent]:
    delivery = "【杭州】正在派件给李晴晴,派件员:小陈,电话:13700137000"
    return [
        ScanEvent(NOW - 2 * HOUR, "杭州", delivery, ScanKind.OUT_FOR_DELIVERY),
        ScanEvent(NOW - 30 * HOUR, "义乌", "快件已揽收", ScanKind.ACCEPTED),
    ]


@pytest.fixture
def uow(services: Services):
    with services.unit_of_work() as uow:
        fill(uow)
        yield uow


@pytest.fixture
def side(uow: UnitOfWork, clock: SettableClock, tmp_path: Path):
    """`side(role, talk="c1")`: what the console of that role is given."""
    showing = Showing(Pictures(tmp_path, Tokens(SECRET, clock)), "小二")

    def show(role: Role, talk: str = "c1") -> dict[str, Any]:
        conversation, staff = uow.conversations.find(talk), uow.people.find(STAFF[role])
        assert conversation is not None and staff is not None
        return look_beside(Shapes(uow, showing), conversation, staff, Policy(), clock.now()).shown

    return show


def at(hours: float) -> str:
    return (NOW + hours * HOUR).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_the_panel_holds_what_the_console_expects(side) -> None:
    shown = side(Role.SUPERVISOR)
    assert json.loads(json.dumps(shown)) == shown
    assert shown["buyer"] == {
        "nick": "晴天1",
        "name": "李晴晴",
        "phone": "13800138000",
        "province": "浙江",
        "level": 2,
        "registered_at": at(-900),
        "orders": 1,
        "spent_fen": 11800,
        "guest": False,
    }
    line = {"title": "云朵棉T恤", "variant": "藏青 L", "quantity": 2, "price_fen": 5900}
    assert shown["orders"] == [
        {
            "order_no": "XS0001",
            "status": "已发货",
            "created": (NOW - 50 * HOUR).isoformat(),
            "paid": at(-49),
            "total_fen": 11800,
            "goods": "云朵棉T恤 ×2",
            "lines": [{**line, "picture": "/static/pictures/tee.webp"}],
            "receiver": PLAIN,
            "remark": "改打13900139000",
            "parcels": [
                {
                    "waybill": "YT1",
                    "courier": "圆通速递",
                    "state": "派送中",
                    "events": [
                        {"at": at(-2), "place": "杭州", "text": scans()[0].text},
                        {"at": at(-30), "place": "义乌", "text": "快件已揽收"},
                    ],
                }
            ],
        }
    ]
    request = {"number": "SH1", "kind": "申请退款", "state": "处理中", "step": "前期沟通"}
    assert shown["requests"] == [{**request, "order_no": "XS0001", "amount_fen": 5900, "created_at": at(-1)}]
    complaint = {"number": "TS1", "cause": "延迟", "text": "太慢,打13900139000"}
    assert shown["complaints"] == [{**complaint, "created_at": at(-1), "reply_by": at(1)}]
    offer = {"price_fen": 5600, "list_fen": 5900}
    assert shown["offers"] == [
        {**offer, "number": "YH1", "expires_at": at(1), "state": "有效"},
        {**offer, "number": "YH0", "expires_at": at(-1), "state": "已过期"},
    ]
    (task,) = shown["tasks"]
    assert (task["number"], task["kind"], task["title"]) == ("RW1", "查件", "派送要求:太慢,打13900139000")
    assert (task["due_at"], task["order_no"], task["talk"], task["nick"]) == (at(1), "XS0001", "c1", "晴天1")
    past = {"kind": "咨询", "cause": "物流进度", "result": "已解决", "rating": 4, "comment": "打13900139000表扬"}
    assert shown["services"] == [
        {
            **past,
            "number": "FW1",
            "agent": CARER,
            "started_at": at(-30),
            "closed_at": at(-29),
        },
        {
            **past,
            "number": "FW0",
            "agent": CARER,
            "started_at": at(-300),
            "closed_at": at(-299),
        },
    ]


def test_an_order_says_the_same_as_the_card_that_the_buyer_sees(side, uow: UnitOfWork) -> None:
    order = uow.orders.find("XS0001")
    assert order is not None
    (shown,) = side(Role.AGENT)["orders"]
    card = order_card(order)
    assert {name: shown[name] for name in card if name != "kind"} == {n: v for n, v in card.items() if n != "kind"}


@pytest.mark.req("CW-17")
def test_who_comes_for_the_third_time_is_told_to_come_with_an_old_problem(side, uow: UnitOfWork) -> None:
    assert side(Role.AGENT)["history"] == {"contacts": 3, "old_problem": True}
    uow.conversations.lock("c1").intent = "request_return"
    assert side(Role.AGENT)["history"] == {"contacts": 3, "old_problem": False}
    assert side(Role.AGENT, "c2")["history"] is None


FULL_IN_C1 = {Role.MANAGER, Role.SUPERVISOR, Role.AGENT}


@pytest.mark.req("PC-04")
@pytest.mark.parametrize("role", [role for role in Role if role not in FULL_IN_C1 | {Role.WAREHOUSE}])
def test_who_does_not_need_it_is_given_no_personal_data_anywhere_in_the_panel(side, role: Role) -> None:
    with capture_logs() as logs:
        shown = side(role)
    assert [secret for secret in SECRETS if secret in json.dumps(shown, ensure_ascii=False)] == []
    assert shown["orders"][0]["receiver"] == MASKED
    assert (shown["buyer"]["name"], shown["buyer"]["phone"]) == (MASKED["name"], MASKED["phone"])
    event = shown["orders"][0]["parcels"][0]["events"][0]["text"]
    assert event == "【杭州】正在派件给李**,派件员:小陈,电话:13700137000"
    assert logs == []


@pytest.mark.req("PC-04")
@pytest.mark.parametrize("role", sorted(FULL_IN_C1))
def test_who_needs_it_is_given_it_and_the_look_is_logged_without_it(side, role: Role) -> None:
    with capture_logs() as logs:
        shown = side(role)
    assert shown["orders"][0]["receiver"] == PLAIN
    (entry,) = logs
    assert (entry["event"], entry["staff"], entry["conversation_id"]) == ("personal_data.seen", STAFF[role], "c1")
    assert entry["kinds"] == ["地址", "姓名", "电话"]
    assert [secret for secret in SECRETS if secret in repr(logs)] == []


@pytest.mark.req("PC-04")
def test_an_agent_sees_in_full_only_while_holding_the_talk(side, uow: UnitOfWork) -> None:
    assert side(Role.AGENT, "c2")["orders"][0]["receiver"] == MASKED
    assert side(Role.AFTERSALE_AGENT)["orders"][0]["receiver"] == MASKED
    talk = uow.conversations.lock("c1")
    talk.agent_id = STAFF[Role.AFTERSALE_AGENT]
    assert side(Role.AFTERSALE_AGENT)["orders"][0]["receiver"] == PLAIN
    assert side(Role.AGENT)["orders"][0]["receiver"] == MASKED


@pytest.mark.req("PC-04")
def test_the_warehouse_sees_where_a_parcel_goes_and_not_to_whom(side) -> None:
    with capture_logs() as logs:
        receiver = side(Role.WAREHOUSE)["orders"][0]["receiver"]
    assert receiver == {**MASKED, "address": PLAIN["address"]}
    assert [entry["kinds"] for entry in logs] == [["地址"]]


@pytest.mark.req("PC-01")
def test_of_a_guest_only_the_opened_order_is_shown(side, uow: UnitOfWork) -> None:
    talk = uow.conversations.lock("g1")
    talk.order_no = "XS0001"
    before = side(Role.MANAGER, "g1")
    assert (before["buyer"]["guest"], before["buyer"]["nick"], before["buyer"]["orders"]) == (True, "游客", 0)
    assert [name for name, value in before.items() if value and name != "buyer"] == []
    talk.verified_orders = ["XS0002"]
    after = side(Role.MANAGER, "g1")
    assert [order["order_no"] for order in after["orders"]] == ["XS0002"]
    assert (after["buyer"]["name"], after["buyer"]["phone"], after["buyer"]["orders"]) == ("", "", 1)
    assert "XS0001" not in json.dumps(after)


@pytest.mark.req("PC-01")
def test_another_buyers_orders_are_in_no_ones_panel(side, uow: UnitOfWork) -> None:
    talk = uow.conversations.lock("c1")
    talk.order_no, talk.verified_orders = "XS0002", ["XS0002"]
    assert "XS0002" not in json.dumps([side(role) for role in Role])
    assert "XS0001" not in json.dumps([side(role, "c2") for role in Role])
