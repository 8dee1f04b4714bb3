from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from shop import demo
from shop.__main__ import main
from shop.couriers import COURIERS
from shop.logistics import is_late, parcel_state
from shop.model import AfterSaleKind, AfterSaleState, Order, OrderStatus, Parcel, ParcelState, PromotionKind, Role
from shop.places import PLACES
from shop.policy import Policy
from shop.presale import ASPECTS
from shop.settings import load_settings
from shop.wiring import Services, find_courier, wire
from tests.conftest import NOW, SettableClock, settings_for


@pytest.fixture(scope="module")
def reading(demo_shop: Path) -> Iterator[Services]:
    """The demo shop itself; nothing here writes into it."""
    services = wire(settings_for(demo_shop), SettableClock())
    yield services
    services.close()


@pytest.fixture(scope="module")
def orders(reading: Services) -> list[Order]:
    with reading.unit_of_work() as uow:
        return [order for buyer in uow.buyers.listed(1000) for order in uow.orders.of_buyer(buyer.id)]


@pytest.fixture(scope="module")
def parcels(reading: Services, orders: list[Order]) -> list[Parcel]:
    with reading.unit_of_work() as uow:
        return [parcel for order in orders for parcel in uow.parcels.of_order(order.order_no)]


def of(services: Services, nick: str) -> list[Order]:
    with services.unit_of_work() as uow:
        buyer = uow.buyers.find_by_nick(nick)
        assert buyer
        return list(uow.orders.of_buyer(buyer.id))


def states(services: Services, order: Order) -> list[ParcelState]:
    with services.unit_of_work() as uow:
        return [parcel_state(parcel, Policy(), NOW) for parcel in uow.parcels.of_order(order.order_no)]


def test_it_has_as_much_as_a_small_shop(reading: Services, orders: list[Order]) -> None:
    with reading.unit_of_work() as uow:
        products = uow.products.on_sale()
        assert len(uow.buyers.listed(1000)) == 80
    assert len(orders) == 500
    assert len(products) >= 24
    assert len({product.kind for product in products}) >= 5
    assert all(set(product.attributes) <= set(ASPECTS) for product in products)
    assert min(p.price_fen for p in products) == 9_90
    assert max(v.price_fen for p in products for v in p.variants) == 1999_00
    sold_out = [v for p in products for v in p.variants if v.stock == 0]
    assert {bool(v.restock_on) for v in sold_out} == {True, False}


def test_every_status_and_every_parcel_state_is_there(orders: list[Order], parcels: list[Parcel]) -> None:
    assert {order.status for order in orders} == set(OrderStatus)
    assert {parcel_state(parcel, Policy(), NOW) for parcel in parcels} == set(ParcelState)
    assert {parcel.courier for parcel in parcels} == {courier.code for courier in COURIERS}


def test_sums_and_times_add_up(orders: list[Order]) -> None:
    for order in orders:
        assert order.goods_fen == sum(line.price_fen * line.quantity for line in order.lines)
        assert order.total_fen == order.goods_fen - order.discount_fen + order.freight_fen > 0
        times = [order.created_at, order.paid_at, order.dispatched_at, order.signed_at, order.closed_at]
        known = [at for at in times if at]
        assert known == sorted(known), order.order_no
        assert known[-1] <= NOW
        assert order.receiver.province in PLACES
        assert order.paid_at or order.status in (OrderStatus.UNPAID, OrderStatus.CLOSED)


def test_scans_run_from_newest_to_oldest_and_numbers_fit_their_courier(parcels: list[Parcel]) -> None:
    for parcel in parcels:
        times = [event.at for event in parcel.events]
        assert times == sorted(times, reverse=True)
        assert all(parcel.sent_at < at <= NOW for at in times)
        courier = find_courier(parcel.courier)
        assert courier
        assert courier.knows(parcel.waybill)


def test_foreign_keys_hold(reading: Services) -> None:
    with reading._engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_promotions_past_present_and_to_come(reading: Services) -> None:
    with reading.unit_of_work() as uow:
        running = uow.promotions.running(NOW)
        assert {promotion.kind for promotion in running} == set(PromotionKind)
        assert any(promotion.product_codes for promotion in running)
        assert any(tier.gift_stock for promotion in running for tier in promotion.tiers)
        old, new = uow.promotions.find("COUPON-OLD"), uow.promotions.find("FULL-NEXT")
    assert old
    assert new
    assert old.ends_at < NOW < new.starts_at


def test_staff_of_every_role_and_requests_open_and_done(reading: Services, orders: list[Order]) -> None:
    with reading.unit_of_work() as uow:
        roles = {person.role for code in range(100, 600) if (person := uow.people.find(str(code)))}
        requests = [request for order in orders for request in uow.aftersales.of_order(order.order_no)]
    assert roles == set(Role)
    assert {request.state for request in requests} == set(AfterSaleState)
    assert {request.kind for request in requests} == set(AfterSaleKind)


PERSONA_STATES = {
    "只买一单的小鱼": ParcelState.MOVING,
    "揽收没消息的阿岚": ParcelState.STILL,
    "物流不动的果果": ParcelState.STILL,
    "驿站待取的阿木": ParcelState.AT_PICKUP_POINT,
    "马上收货的桃子": ParcelState.OUT_FOR_DELIVERY,
    "没收到货的七七": ParcelState.DISPUTED,
    "地址写错的可可": ParcelState.PROBLEM,
    "拒收退回的阿飞": ParcelState.RETURNED,
}


@pytest.mark.parametrize("nick", PERSONA_STATES)
def test_a_persona_has_the_parcel_that_is_said_of_it(reading: Services, nick: str) -> None:
    (order,) = of(reading, nick)
    assert states(reading, order) == [PERSONA_STATES[nick]]


def test_personas_have_the_orders_that_are_said_of_them(reading: Services) -> None:
    assert of(reading, "新来的小羊") == []
    assert [o.status for o in of(reading, "犹豫不决的团子")] == [OrderStatus.UNPAID] * 2
    with reading.unit_of_work() as uow:
        template = uow.freight.template()
    assert [is_late(o, template, NOW) for o in of(reading, "等发货的急性子")] == [True]
    assert [is_late(o, template, NOW) for o in of(reading, "刚付款的小北")] == [False]
    (parted,) = of(reading, "拆成两包的青青")
    assert states(reading, parted) == [ParcelState.SIGNED, ParcelState.MOVING]
    (young,), (old,) = of(reading, "签收三天的小荷"), of(reading, "签收很久的大雄")
    assert young.signed_at
    assert old.signed_at
    assert timedelta(days=2) < NOW - young.signed_at < timedelta(days=4)
    assert NOW - old.signed_at > timedelta(days=39)
    with reading.unit_of_work() as uow:
        assert not uow.products.get(young.lines[0].product_code).return_exception
        (refunding,) = of(reading, "退款中的乐乐")
        assert [r.state for r in uow.aftersales.of_order(refunding.order_no)] == [AfterSaleState.OPEN]


def test_tails_collide_within_one_buyer_and_between_two(reading: Services, orders: list[Order]) -> None:
    tails = Counter((order.buyer_id, order.tail) for order in orders)
    assert max(tails.values()) >= 2
    assert [o.tail for o in of(reading, "同尾号的木木")] == ["4090"]
    assert [o.tail for o in of(reading, "爱囤货的阿梨")].count("4090") == 2


@pytest.fixture
def own_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What `python -m shop` works on."""
    monkeypatch.setenv("SHOP_DATABASE_URL", f"sqlite:///{tmp_path / 'shop.db'}")
    load_settings.cache_clear()
    yield tmp_path
    load_settings.cache_clear()


def test_the_demo_command_fills_an_empty_shop_once(own_shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    assert "只买一单的小鱼" in capsys.readouterr().out
    assert main(["demo"]) == 0
    assert "未改动" in capsys.readouterr().out
    assert main(["policy"]) == 0
    assert "议价轮数" in capsys.readouterr().out


def test_the_import_command_reports_and_writes(own_shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = own_shop / "buyers.csv"
    file.write_text("买家编号,昵称\nu1,小鱼\n", encoding="utf-8")
    main(["migrate"])
    assert main(["import", "buyers", str(file), "--dry-run"]) == 0
    assert "第 2 行 u1 新增" in capsys.readouterr().out
    assert main(["import", "buyers", str(file)]) == 0
    file.write_text("买家编号,昵称,等级\nu2,小鱼,x\n", encoding="utf-8")
    assert main(["import", "buyers", str(file)]) == 1
    assert "第 2 行 等级" in capsys.readouterr().out
    assert main(["import", "buyers", str(own_shop / "none.csv")]) == 1
    services = wire()
    with services.unit_of_work() as uow:
        assert [buyer.id for buyer in uow.buyers.listed(9)] == ["u1"]
    services.close()


def test_the_same_moment_gives_the_same_shop(services: Services, reading: Services) -> None:
    with services.unit_of_work() as uow:
        demo.seed(uow, NOW)
        uow.commit()
    dumps = []
    for shop in (services, reading):
        with shop._engine.connect() as connection:
            dumps.append([connection.execute(text(f"SELECT * FROM {t} ORDER BY 1, 2")).all() for t in _TABLES])  # noqa: S608
    assert dumps[0] == dumps[1]


_TABLES = (
    "buyers",
    "products",
    "variants",
    "orders",
    "order_lines",
    "parcels",
    "scan_events",
    "aftersales",
    "promotions",
)
