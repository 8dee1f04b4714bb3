"""All that is known of the buyer of one talk, and nothing of anybody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.buyer_file import OFFERS, ORDERS, read_buyer_file
from shop.logistics import locate
from shop.model import (
    AfterSale,
    AfterSaleKind,
    Complaint,
    Conversation,
    Offer,
    OrderStatus,
    Parcel,
    ParcelState,
    Role,
    ScanEvent,
    ScanKind,
    Service,
    Staff,
    Task,
    TaskKind,
)
from shop.orders import own_orders, verify_guest
from shop.own_data import own_data
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import RECEIVER, find_talk, make_line, make_order, make_product, open_shop

AGENT = Staff("341", "小安", Role.AGENT)
POLICY = Policy()
DAY = timedelta(days=1)


@pytest.fixture
def uow(services: Services):
    """Two buyers with a talk each, c1 and c2, and a guest's, g1."""
    with services.unit_of_work() as uow:
        open_shop(uow, make_product("TEE", picture="/tee.webp"), make_product("CUP"))
        uow.conversations.add(Conversation("g1", NOW, None, "游客"))
        uow.people.add(Staff("331", "小满", Role.AFTERSALE_AGENT))
        yield uow


def read(uow: UnitOfWork, talk: str = "c1"):
    return read_buyer_file(uow, find_talk(uow, talk), POLICY, NOW)


def leave_traces(uow: UnitOfWork, buyer: int, talk: str) -> None:
    """An order, a parcel, a request, a complaint, an offer, a task and a service of b1 or b2."""
    order_no = f"XS000{buyer}"
    uow.orders.add(make_order(order_no, OrderStatus.SHIPPED, buyer_id=f"b{buyer}"))
    uow.parcels.add(Parcel(f"YT{buyer}", order_no, "yto", NOW))
    kind = AfterSaleKind.REFUND
    uow.aftersales.add(AfterSale(f"SH{buyer}", order_no, f"b{buyer}", kind, "不喜欢", NOW, turn_id=f"a{buyer}"))
    complaint = Complaint(f"TS{buyer}", talk, f"b{buyer}", order_no, "延迟", "太慢", NOW, NOW, turn_id=f"k{buyer}")
    uow.complaints.add(complaint)
    offer = Offer(f"YH{buyer}", talk, f"b{buyer}", "TEE", None, 100_00, 95_00, 1, NOW, NOW + DAY, turn_id=f"o{buyer}")
    uow.offers.add(offer)
    uow.tasks.add(Task(f"RW{buyer}", TaskKind.CALL_BACK, "回电", NOW, NOW, talk, order_no, turn_id=f"w{buyer}"))
    uow.services.add(Service(f"FW{buyer}", talk, "331", NOW, closed_at=NOW))


@pytest.mark.req("PC-01")
def test_a_buyers_file_holds_the_buyers_own_and_nothing_of_another(uow: UnitOfWork) -> None:
    for buyer in (1, 2):
        leave_traces(uow, buyer, f"c{buyer}")
    find_talk(uow, "c1").order_no = "XS0002"
    find_talk(uow, "c1").verified_orders = ["XS0002"]
    known = read(uow)
    assert known.buyer is not None and known.buyer.id == "b1"
    assert [file.order.order_no for file in known.orders] == ["XS0001"]
    assert [position.parcel.waybill for file in known.orders for position in file.parcels] == ["YT1"]
    assert [request.number for request in known.requests] == ["SH1"]
    assert [complaint.number for complaint in known.complaints] == ["TS1"]
    assert [offer.number for offer in known.offers] == ["YH1"]
    assert [task.number for task in known.tasks] == ["RW1"]
    assert [service.number for service in known.services] == ["FW1"]
    assert (known.order_count, known.spent_fen) == (1, 100_00)


@pytest.mark.req("PC-01")
def test_a_guest_has_no_orders_until_one_is_opened_by_number_and_phone(uow: UnitOfWork) -> None:
    leave_traces(uow, 1, "c1")
    uow.orders.add(make_order("XS0009", OrderStatus.SIGNED))
    find_talk(uow, "g1").order_no = "XS0001"
    before = read(uow, "g1")
    assert (before.buyer, before.order_count, before.spent_fen) == (None, 0, 0)
    assert not any((before.orders, before.requests, before.complaints, before.offers, before.tasks, before.services))

    verify_guest(uow, find_talk(uow, "g1"), "XS0001", "1234", POLICY)
    after = read(uow, "g1")
    assert (after.buyer, after.order_count, after.spent_fen) == (None, 1, 100_00)
    assert [file.order.order_no for file in after.orders] == ["XS0001"]
    assert [request.number for request in after.requests] == ["SH1"]
    assert not any((after.complaints, after.offers, after.tasks, after.services))


@pytest.mark.req("PC-01")
def test_in_the_demo_shop_every_file_is_its_buyers(demo_services: Services) -> None:
    with demo_services.unit_of_work() as uow:
        for buyer in uow.buyers.listed(100):
            talk = Conversation(f"of {buyer.id}", NOW, buyer.id, buyer.nick)
            known = read_buyer_file(uow, talk, POLICY, NOW)
            own = {order.order_no for order in uow.orders.of_buyer(buyer.id)}
            assert {file.order.order_no for file in known.orders} == own
            assert {request.order_no for request in known.requests} <= own
            assert {position.parcel.order_no for file in known.orders for position in file.parcels} <= own
            assert {request.buyer_id for request in known.requests} <= {buyer.id}


def numbers_and_places(uow: UnitOfWork, talk: Conversation) -> tuple[frozenset[str], frozenset[str]]:
    own = own_data(uow, talk)
    return own.phones, own.addresses


@pytest.mark.req("PC-01")
def test_own_numbers_and_addresses_are_those_of_the_own_orders(uow: UnitOfWork) -> None:
    foreign = make_order("XS0002", buyer_id="b2")
    foreign.receiver = replace(RECEIVER, phone="13900139000", address="丰禾路8号")
    for order in (make_order("XS0001"), make_order("XS0003"), foreign):
        uow.orders.add(order)
    own, talk = ({"13800001234"}, {"浙江杭州市西湖区文三路1号"}), find_talk(uow, "c1")
    talk.order_no = "XS0002"
    assert numbers_and_places(uow, talk) == own
    buyer = uow.buyers.find("b1")
    assert buyer is not None
    buyer.phone = "13700137000"
    assert numbers_and_places(uow, talk)[0] == {"13800001234", "13700137000"}

    guest = find_talk(uow, "g1")
    assert numbers_and_places(uow, guest) == (set(), set())
    guest.verified_orders = ["XS0001"]
    assert numbers_and_places(uow, guest) == own


def test_only_what_was_paid_and_kept_is_spent(uow: UnitOfWork) -> None:
    closed = make_order("XS0003", OrderStatus.CLOSED)
    refunded = make_order("XS0004", OrderStatus.CLOSED)
    refunded.paid_at = NOW
    for order in (
        make_order("XS0001", OrderStatus.COMPLETED, freight_fen=8_00, discount_fen=3_00),
        make_order("XS0002", OrderStatus.UNPAID),
        closed,
        refunded,
        make_order("XS0005", OrderStatus.TO_SHIP),
        make_order("XS0006", OrderStatus.COMPLETED, buyer_id="b2"),
    ):
        uow.orders.add(order)
    known = read(uow)
    assert (known.order_count, known.spent_fen) == (5, 105_00 + 100_00)


def test_the_newest_orders_are_shown_and_all_are_counted(uow: UnitOfWork) -> None:
    for n in range(ORDERS + 5):
        uow.orders.add(make_order(f"XS{n:04d}", OrderStatus.COMPLETED, at=NOW - n * DAY))
    uow.aftersales.add(AfterSale("SH1", f"XS{ORDERS + 4:04d}", "b1", AfterSaleKind.REPAIR, "坏了", NOW))
    known = read(uow)
    assert [file.order.order_no for file in known.orders] == [f"XS{n:04d}" for n in range(ORDERS)]
    assert (known.order_count, known.spent_fen) == (ORDERS + 5, (ORDERS + 5) * 100_00)
    assert [request.number for request in known.requests] == ["SH1"], "of an old order, too"


def test_lines_have_the_pictures_of_their_products(uow: UnitOfWork) -> None:
    lines = [make_line("CUP"), make_line("TEE"), make_line("GONE")]
    uow.orders.add(make_order(lines=lines))
    assert read(uow).orders[0].pictures == ["", "/tee.webp", ""]


@pytest.mark.req("TR-03")
def test_parcels_stand_with_their_order_where_logistics_says_they_are(uow: UnitOfWork) -> None:
    for number in (1, 2):
        uow.orders.add(make_order(f"XS000{number}", OrderStatus.SHIPPED, at=NOW - number * DAY))
    scans = [ScanEvent(NOW - DAY, "杭州", "派送", ScanKind.OUT_FOR_DELIVERY)]
    for waybill, order_no, events in (("YT1", "XS0001", scans), ("YT2", "XS0002", []), ("YT3", "XS0001", [])):
        uow.parcels.add(Parcel(waybill, order_no, "yto", NOW - 3 * DAY, events=events))
    first, second = read(uow).orders
    assert [(p.parcel.waybill, p.state) for p in first.parcels] == [
        ("YT1", ParcelState.OUT_FOR_DELIVERY),
        ("YT3", ParcelState.STILL),
    ]
    assert [p.parcel.waybill for p in second.parcels] == ["YT2"]
    for file in (first, second):
        for position in file.parcels:
            assert position == locate(position.parcel, file.order, POLICY, NOW)


def test_what_is_done_is_no_task_and_what_goes_on_is_no_past_service(uow: UnitOfWork) -> None:
    for n, done_at in enumerate((None, NOW)):
        task = Task(f"RW{n}", TaskKind.CALL_BACK, "回电", NOW, NOW, "c1", done_at=done_at, turn_id=f"w{n}")
        uow.tasks.add(task)
        uow.services.add(Service(f"FW{n}", "c1", "331", NOW, closed_at=done_at))
    known = read(uow)
    assert [task.number for task in known.tasks] == ["RW0"]
    assert [service.number for service in known.services] == ["FW1"]


def test_offers_come_newest_first_from_every_talk_of_the_buyer(uow: UnitOfWork) -> None:
    for n in range(OFFERS + 3):
        at = NOW - n * DAY
        uow.offers.add(Offer(f"YH{n:02d}", "c1", "b1", "TEE", None, 100_00, 95_00, 1, at, at + DAY, turn_id=f"o{n}"))
    assert [offer.number for offer in read(uow).offers] == [f"YH{n:02d}" for n in range(OFFERS)]


def test_the_file_agrees_with_what_the_bot_may_speak_of(demo_services: Services) -> None:
    with demo_services.unit_of_work() as uow:
        buyer = uow.buyers.find_by_nick("爱囤货的阿梨")
        assert buyer is not None
        talk = Conversation("x", NOW, buyer.id, buyer.nick)
        assert [file.order for file in read_buyer_file(uow, talk, POLICY, NOW).orders] == own_orders(uow, talk)
