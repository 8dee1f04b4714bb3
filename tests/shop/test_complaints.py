"""Complaints and claims for compensation."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, timezone

import pytest

from shop.complaints import cause_of, claim, register_complaint
from shop.model import (
    AfterSaleKind,
    FreightTemplate,
    Order,
    OrderStatus,
    Parcel,
    Problem,
    ScanEvent,
    ScanKind,
)
from shop.policy import Policy, WorkingHours
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import find_talk, make_line, make_order, make_product, open_shop

POLICY = Policy(complaint_minutes=120, compensation_max_fen=20_00)


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        open_shop(uow, make_product())
        uow.freight.add(FreightTemplate("std", "标准", ["yto"], time(16), 48, "浙江"))
        yield uow


def place(uow: UnitOfWork, status: OrderStatus = OrderStatus.SHIPPED, at: datetime = NOW) -> Order:
    order = make_order(status=status, at=at, lines=[make_line(quantity=2)])
    uow.orders.add(order)
    return order


def send(uow: UnitOfWork, problem: Problem | None = None, scanned: datetime = NOW, kind: str = "到达") -> None:
    events = [ScanEvent(scanned, "武汉", "到达武汉", ScanKind(kind))]
    uow.parcels.add(Parcel(f"YT{problem}", "XS0001", "yto", scanned, events=events, problem=problem))


@pytest.mark.req("CC-02")
def test_a_complaint_has_a_number_and_a_time_of_reply_at_once(uow: UnitOfWork, services: Services) -> None:
    order = place(uow)
    made = register_complaint(uow, find_talk(uow, "c1"), order, "延迟", "太慢了", policy=POLICY, now=NOW, turn_id="t1")
    uow.commit()
    with services.unit_of_work() as later:
        (found,) = later.complaints.of_conversation("c1")
    assert found.number == made.number == "TS2611200001"
    assert (found.cause, found.text, found.order_no, found.buyer_id) == ("延迟", "太慢了", "XS0001", "b1")
    assert found.reply_by == NOW + timedelta(hours=2)


@pytest.mark.req("CC-02")
def test_at_night_the_time_of_reply_counts_from_when_people_are_back(uow: UnitOfWork) -> None:
    hours = Policy(working_hours=(WorkingHours((0, 1, 2, 3, 4), time(9), time(18)),), complaint_minutes=120)
    friday_night = datetime(2026, 11, 20, 14, 0, tzinfo=timezone.utc)
    made = register_complaint(uow, find_talk(uow, "c1"), None, "其他", "哼", policy=hours, now=friday_night)
    assert made.reply_by == datetime(2026, 11, 23, 3, 0, tzinfo=timezone.utc)


def test_the_same_turn_again_gets_the_first_complaint(uow: UnitOfWork) -> None:
    talk = find_talk(uow, "c1")
    made = [register_complaint(uow, talk, None, "其他", "哼", policy=POLICY, now=NOW, turn_id="t1") for _ in range(2)]
    assert made[0] is made[1]
    assert len(uow.complaints.of_conversation("c1")) == 1


@pytest.mark.req("CC-01")
@pytest.mark.parametrize(
    ("problem", "cause"),
    [(Problem.LOST, "丢失"), (Problem.NOT_RECEIVED, "丢失"), (Problem.DAMAGED, "损坏")],
)
def test_the_parcels_mark_tells_the_cause_whatever_the_buyer_says(
    uow: UnitOfWork, problem: Problem, cause: str
) -> None:
    order = place(uow)
    send(uow, problem)
    assert cause_of(uow, order, "你们态度太差了", POLICY, NOW) == cause


@pytest.mark.req("CC-01")
def test_a_parcel_that_stands_still_is_late(uow: UnitOfWork) -> None:
    order = place(uow)
    send(uow, scanned=NOW - timedelta(days=3))
    assert cause_of(uow, order, "投诉你们", POLICY, NOW) == "延迟"


def test_an_order_past_its_promise_is_late(uow: UnitOfWork) -> None:
    order = place(uow, OrderStatus.TO_SHIP, NOW - timedelta(hours=50))
    assert cause_of(uow, order, "投诉", POLICY, NOW) == "延迟"


def test_of_several_causes_the_worst_counts(uow: UnitOfWork) -> None:
    order = place(uow)
    send(uow, scanned=NOW - timedelta(days=3))
    send(uow, Problem.DAMAGED)
    assert cause_of(uow, order, "", POLICY, NOW) == "损坏"


@pytest.mark.req("CC-01")
@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("你们客服态度太差了", "服务态度"),
        ("东西都压坏了", "损坏"),
        ("快递给我弄丢了", "丢失"),
        ("这质量也太差了", "质量"),
        ("刚买就降价", "价格"),
        ("都几天了还没到", "延迟"),
        ("我要投诉", "其他"),
        ("贵店让我很失望", "其他"),
    ],
)
def test_without_a_record_the_buyers_words_tell_the_cause(uow: UnitOfWork, text: str, cause: str) -> None:
    order = place(uow)
    send(uow)
    assert cause_of(uow, order, text, POLICY, NOW) == cause
    assert cause_of(uow, None, text, POLICY, NOW) == cause


@pytest.mark.parametrize(
    ("asked", "amount", "leader"), [(None, None, False), (20_00, 20_00, False), (20_01, None, True)]
)
def test_a_claim_is_put_down_within_the_limit_and_goes_to_the_leader_beyond_it(
    uow: UnitOfWork, asked: int | None, amount: int | None, leader: bool
) -> None:
    order = place(uow)
    made = claim(
        uow, find_talk(uow, "c1"), order, "延迟", "赔我", asked_fen=asked, policy=POLICY, now=NOW, turn_id="t1"
    )
    assert made.request is not None
    assert (made.request.kind, made.request.wish, made.request.amount_fen) == (AfterSaleKind.RIGHTS, "补偿", amount)
    assert made.to_leader is leader
    assert made.number == uow.complaints.of_conversation("c1")[0].number


def test_a_second_claim_is_a_second_complaint_about_the_same_request(uow: UnitOfWork) -> None:
    order, talk = place(uow), find_talk(uow, "c1")
    made = [
        claim(uow, talk, order, "延迟", "赔", asked_fen=fen, policy=POLICY, now=NOW, turn_id=f"t{fen}")
        for fen in (5_00, 15_00)
    ]
    assert made[0].request is made[1].request
    assert made[0].request is not None and made[0].request.amount_fen == 5_00
    assert len(uow.complaints.of_conversation("c1")) == 2


def test_the_same_claim_again_changes_nothing(uow: UnitOfWork) -> None:
    order, talk = place(uow), find_talk(uow, "c1")
    made = [claim(uow, talk, order, "延迟", "赔", policy=POLICY, now=NOW, turn_id="t1") for _ in range(2)]
    assert made[0] == made[1]


def test_a_claim_without_an_order_is_a_complaint_only(uow: UnitOfWork) -> None:
    made = claim(uow, find_talk(uow, "c1"), None, "其他", "赔", asked_fen=5_00, policy=POLICY, now=NOW)
    assert (made.request, made.to_leader) == (None, False)
