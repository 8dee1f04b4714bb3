"""The facts of a talk, for phrases: of this buyer only, and nothing guessed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from shop.bargaining import Subject
from shop.model import (
    AfterSale,
    AfterSaleKind,
    Conversation,
    OrderStatus,
    Parcel,
    Role,
    ScanEvent,
    ScanKind,
    Staff,
    TaskKind,
)
from shop.offers import give_offer
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.talk_facts import find_order, gather_facts
from shop.tasks import put_task
from shop.wiring import Services, find_courier
from tests.conftest import NOW
from tests.shop.making import find_talk, make_order, make_product, open_shop

AGENT = Staff("341", "小安", Role.AGENT)
HOUR = timedelta(hours=1)
S = OrderStatus


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        open_shop(uow, make_product())
        yield uow


def facts_of(uow: UnitOfWork, talk: Conversation, agent: Staff | None = AGENT, now: datetime = NOW) -> dict[str, Any]:
    policy = uow.policies.current()
    return gather_facts(uow, talk, agent, shop_name="云朵小铺", now=now, policy=policy, courier_of=find_courier)


def add_parcel(uow: UnitOfWork, waybill: str, order_no: str, kind: ScanKind = ScanKind.ARRIVED) -> None:
    event = ScanEvent(NOW - HOUR, "武汉转运中心", "快件已到达", kind)
    uow.parcels.add(Parcel(waybill, order_no, "yto", NOW - 20 * HOUR, events=[event], eta_at=NOW + 48 * HOUR))


@pytest.mark.req("PH-15")
def test_shop_agent_and_buyer_are_named(uow: UnitOfWork) -> None:
    facts = facts_of(uow, find_talk(uow, "c1"))
    assert facts == {"shop_name": "云朵小铺", "service_name": "小安", "nick": "小鱼1"}
    guest = Conversation("guest", NOW, nick="访客")
    assert facts_of(uow, guest, agent=None) == {"shop_name": "云朵小铺"}


@pytest.mark.req("PH-19")
def test_order_and_parcel_come_from_the_stores(uow: UnitOfWork) -> None:
    uow.orders.add(make_order("XS1", S.SHIPPED, at=NOW - 30 * HOUR))
    add_parcel(uow, "YT1", "XS1")
    facts = facts_of(uow, find_talk(uow, "c1"))
    told = {name: facts[name] for name in ("order_no", "goods", "status", "total_fen", "variant", "product")}
    assert told == {
        "order_no": "XS1",
        "goods": "云朵棉T恤",
        "status": "已发货",
        "total_fen": 100_00,
        "variant": "藏青 L",
        "product": "云朵棉T恤",
    }
    assert (facts["courier"], facts["courier_phone"], facts["waybill"]) == ("圆通速递", "95554", "YT1")
    assert (facts["event_place"], facts["event_text"]) == ("武汉转运中心", "快件已到达")
    assert (facts["eta"], facts["days_left"]) == ("2026-11-22", 2)
    assert "pickup_place" not in facts


@pytest.mark.req("PC-01")
def test_another_buyers_order_is_never_told(uow: UnitOfWork) -> None:
    uow.orders.add(make_order("XS2", S.SHIPPED, buyer_id="b2"))
    add_parcel(uow, "YT2", "XS2")
    talk = find_talk(uow, "c1")
    talk.order_no = "XS2"
    assert not {"order_no", "waybill", "goods"} & set(facts_of(uow, talk))
    guest = Conversation("guest", NOW, order_no="XS2")
    assert "order_no" not in facts_of(uow, guest)
    guest.verified_orders = ["XS2"]
    assert facts_of(uow, guest)["waybill"] == "YT2"


def test_the_order_chosen_in_the_talk_comes_before_any_other(uow: UnitOfWork) -> None:
    uow.orders.add(make_order("XS1", S.COMPLETED))
    uow.orders.add(make_order("XS2", S.SHIPPED))
    talk = find_talk(uow, "c1")
    talk.order_no = "XS1"
    assert facts_of(uow, talk)["order_no"] == "XS1"


@pytest.mark.parametrize(
    ("statuses", "found"),
    [
        ([S.SHIPPED], "XS0"),
        ([S.SHIPPED, S.COMPLETED, S.CLOSED], "XS0"),
        ([S.SIGNED, S.UNPAID], "XS1"),
        ([S.SIGNED], "XS0"),
        ([S.SHIPPED, S.TO_SHIP], None),
        ([S.SIGNED, S.SIGNED], None),
        ([S.COMPLETED], None),
        ([], None),
    ],
)
def test_without_a_choice_the_only_order_under_way_is_meant(
    uow: UnitOfWork, statuses: list[OrderStatus], found: str | None
) -> None:
    for number, status in enumerate(statuses):
        uow.orders.add(make_order(f"XS{number}", status))
    order = find_order(uow, find_talk(uow, "c1"))
    assert (order.order_no if order else None) == found


def test_of_several_parcels_under_way_none_is_told(uow: UnitOfWork) -> None:
    uow.orders.add(make_order("XS1", S.SHIPPED))
    add_parcel(uow, "YT1", "XS1")
    add_parcel(uow, "YT2", "XS1")
    facts = facts_of(uow, find_talk(uow, "c1"))
    assert facts["parcels"] == 2
    assert "waybill" not in facts


def test_of_two_parcels_the_one_under_way_is_told(uow: UnitOfWork) -> None:
    uow.orders.add(make_order("XS1", S.SHIPPED))
    add_parcel(uow, "YT1", "XS1", ScanKind.SIGNED)
    add_parcel(uow, "YT2", "XS1", ScanKind.AT_PICKUP_POINT)
    facts = facts_of(uow, find_talk(uow, "c1"))
    assert (facts["waybill"], facts["pickup_place"]) == ("YT2", "武汉转运中心")


def test_a_price_is_told_while_it_stands_for_what_is_talked_about(uow: UnitOfWork) -> None:
    talk = find_talk(uow, "c1")
    give_offer(uow, talk, Subject(100_00, "TEE", "TEE-1"), 95_00, policy=Policy(), now=NOW)
    assert "offer_fen" not in facts_of(uow, talk)
    talk.product_code = "TEE"
    facts = facts_of(uow, talk)
    assert (facts["price_fen"], facts["offer_fen"], facts["saved_fen"]) == (100_00, 95_00, 5_00)
    assert "offer_fen" not in facts_of(uow, talk, now=NOW + 25 * HOUR)


def test_a_request_under_way_and_an_answer_promised_are_told(uow: UnitOfWork) -> None:
    uow.orders.add(make_order("XS1", S.SIGNED, signed_at=NOW - HOUR))
    uow.aftersales.add(AfterSale("SH1", "XS1", "b1", AfterSaleKind.REFUND, "尺码不合适", NOW, amount_fen=50_00))
    put_task(uow, TaskKind.CALL_BACK, "回电", now=NOW, minutes=30, turn_id="t1", conversation_id="c1")
    facts = facts_of(uow, find_talk(uow, "c1"))
    assert (facts["request_no"], facts["request_kind"], facts["refund_fen"]) == ("SH1", "退款", 50_00)
    assert facts["due_at"] == (NOW + timedelta(minutes=30)).isoformat()


def test_in_the_demo_shop_facts_are_there_for_the_phrases(demo_services: Services) -> None:
    with demo_services.unit_of_work() as uow:
        buyer = uow.buyers.find_by_nick("只买一单的小鱼")
        assert buyer
        facts = facts_of(uow, Conversation("c", NOW, buyer.id, buyer.nick))
        wanted = {"cut_off", "dispatch_hours", "province", "days", "order_no", "waybill", "courier", "event_at", "eta"}
        assert wanted <= set(facts)
        assert None not in facts.values()
