"""Money back: exact to the fen, and never more than was paid."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.aftersales.kinds import COMPENSATION, DIFFERENCE, NO_PROTECTION
from shop.aftersales.pricing import PriceProtection, left_fen, price_protection, refund_fen, shares
from shop.aftersales.requests import open_request, withdraw
from shop.model import AfterSaleKind, Conversation, Order, OrderLine, OrderStatus
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import find_talk, make_line, make_order, make_product, open_shop

POLICY = Policy(price_protection_days=15)
K = AfterSaleKind


@st.composite
def orders(draw: st.DrawFn) -> Order:
    sizes = st.tuples(st.integers(0, 10**7), st.integers(1, 99))
    lines = [
        make_line(f"P{n}", price, quantity)
        for n, (price, quantity) in enumerate(draw(st.lists(sizes, min_size=1, max_size=8)))
    ]
    goods = sum(line.price_fen * line.quantity for line in lines)
    freight, discount = draw(st.integers(0, 10**5)), draw(st.integers(0, goods))
    return make_order(status=OrderStatus.SIGNED, lines=lines, discount_fen=discount, freight_fen=freight)


@given(order=orders(), with_freight=st.booleans())
def test_returning_every_line_gives_back_exactly_what_was_paid(order: Order, with_freight: bool) -> None:
    each = [refund_fen(order, line.sku, with_freight) for line in order.lines]
    assert min(each) >= 0
    assert sum(each) == refund_fen(order, "", with_freight)
    assert sum(each) == order.total_fen - (0 if with_freight else order.freight_fen)


@given(order=orders())
def test_a_share_differs_from_the_fair_one_by_less_than_a_fen(order: Order) -> None:
    for line, share in zip(order.lines, shares(order, order.total_fen), strict=True):
        if order.goods_fen:
            fair = order.total_fen * line.price_fen * line.quantity / order.goods_fen
            assert abs(share - fair) < 1 + fair * 1e-9


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        open_shop(uow, make_product(), make_product("CAP", 50_00))
        yield uow


def two_lines() -> list[OrderLine]:
    return [make_line(), make_line("CAP", 50_00, 2)]


def place(uow: UnitOfWork, **more: object) -> Order:
    order = make_order(**{"status": OrderStatus.SIGNED, "signed_at": NOW, "lines": two_lines(), **more})  # type: ignore[arg-type]
    uow.orders.add(order)
    return order


def talk(uow: UnitOfWork) -> Conversation:
    return find_talk(uow, "c1")


def ask(uow: UnitOfWork, order: Order, kind: AfterSaleKind, sku: str = "", wish: str = "") -> int | None:
    request = open_request(uow, talk(uow), order, kind, reason="x", sku=sku, wish=wish, policy=POLICY, now=NOW)
    return request.amount_fen


def test_a_return_gives_back_the_share_after_discount_without_postage(uow: UnitOfWork) -> None:
    order = place(uow, discount_fen=20_00, freight_fen=8_00)
    assert ask(uow, order, K.RETURN, "TEE-1") == 90_00


def test_a_refund_before_dispatch_gives_back_everything(uow: UnitOfWork) -> None:
    order = place(uow, status=OrderStatus.TO_SHIP, signed_at=None, freight_fen=8_00)
    assert ask(uow, order, K.REFUND) == order.total_fen == 208_00


def test_two_kinds_for_the_same_goods_never_give_back_more_than_was_paid(uow: UnitOfWork) -> None:
    order = place(uow)
    amounts = [ask(uow, order, K.RETURN), ask(uow, order, K.REFUND), ask(uow, order, K.DAMAGE, wish="退款")]
    assert amounts == [200_00, 0, 0]


def test_a_withdrawn_request_promises_nothing(uow: UnitOfWork) -> None:
    order = place(uow)
    request = open_request(uow, talk(uow), order, K.RETURN, reason="x", policy=POLICY, now=NOW)
    assert left_fen(uow, order) == 0
    withdraw(request, NOW)
    assert left_fen(uow, order) == 200_00


def test_compensation_is_no_part_of_what_was_paid(uow: UnitOfWork) -> None:
    order = place(uow)
    request = open_request(uow, talk(uow), order, K.RIGHTS, reason="x", wish=COMPENSATION, policy=POLICY, now=NOW)
    request.amount_fen = 20_00
    assert left_fen(uow, order) == 200_00


def test_nothing_is_left_of_an_order_that_nobody_paid(uow: UnitOfWork) -> None:
    assert left_fen(uow, place(uow, status=OrderStatus.UNPAID)) == 0


def cheaper(uow: UnitOfWork, code: str, price_fen: int) -> None:
    uow.products.get(code).variants[0].price_fen = price_fen


def test_price_protection_gives_back_what_the_goods_became_cheaper(uow: UnitOfWork) -> None:
    order = place(uow, discount_fen=20_00)  # 90 and 2 × 45
    cheaper(uow, "CAP", 40_00)
    protection = price_protection(uow, order, POLICY, NOW)
    assert protection == PriceProtection(True, 10_00, "付款后15天内降价可退差价")


def test_price_protection_is_given_once_for_one_fall(uow: UnitOfWork) -> None:
    order = place(uow)
    cheaper(uow, "CAP", 40_00)
    assert ask(uow, order, K.REFUND, wish=DIFFERENCE) == 20_00
    assert price_protection(uow, order, POLICY, NOW).refund_fen == 0
    cheaper(uow, "CAP", 35_00)
    assert price_protection(uow, order, POLICY, NOW).refund_fen == 10_00


def test_goods_that_are_given_back_are_not_protected(uow: UnitOfWork) -> None:
    order = place(uow)
    ask(uow, order, K.RETURN, "CAP-1")
    cheaper(uow, "CAP", 40_00)
    cheaper(uow, "TEE", 95_00)
    assert price_protection(uow, order, POLICY, NOW).refund_fen == 5_00


def test_price_protection_ends_with_its_days_and_is_not_offered_with_none(uow: UnitOfWork) -> None:
    order = place(uow)
    cheaper(uow, "CAP", 40_00)
    late = NOW + timedelta(days=16)
    assert price_protection(uow, order, POLICY, late)[:2] == (False, 0)
    assert price_protection(uow, order, Policy(price_protection_days=0), NOW) == (False, 0, NO_PROTECTION)


def test_an_unpaid_order_is_not_protected_and_a_dearer_price_gives_nothing(uow: UnitOfWork) -> None:
    cheaper(uow, "CAP", 80_00)
    assert price_protection(uow, place(uow), POLICY, NOW)[:2] == (True, 0)
    unpaid = place(uow, order_no="XS2", status=OrderStatus.UNPAID)
    assert not price_protection(uow, unpaid, POLICY, NOW).covered
