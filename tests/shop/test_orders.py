"""Whose order it is, and what may be done with it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.errors import OrderUnknown, TooManyTries, VerificationFailed, WrongState
from shop.model import Conversation, Order, OrderStatus
from shop.orders import (
    NEXT,
    access_order,
    close_unpaid,
    extend_receipt,
    move_order,
    orders_by_tail,
    own_orders,
    unpaid,
    verify_guest,
)
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import find_talk, make_order, open_shop

POLICY = Policy(verify_tries=3, extend_days=3)
S = OrderStatus
HOUR = timedelta(hours=1)


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        open_shop(uow)
        for n, buyer in enumerate(["b1", "b1", "b2"]):
            uow.orders.add(make_order(f"XS000{n}", buyer_id=buyer, at=NOW + n * HOUR))
        uow.conversations.add(Conversation("guest", NOW))
        yield uow


def guest(uow: UnitOfWork) -> Conversation:
    return find_talk(uow, "guest")


@pytest.mark.req("PC-01")
def test_a_buyer_sees_the_own_orders_newest_first(uow: UnitOfWork) -> None:
    assert [o.order_no for o in own_orders(uow, find_talk(uow, "c1"))] == ["XS0001", "XS0000"]


@pytest.mark.req("PC-01")
@pytest.mark.parametrize("order_no", ["XS0002", "XS9999"])
def test_another_buyers_order_is_as_unknown_as_one_that_does_not_exist(uow: UnitOfWork, order_no: str) -> None:
    with pytest.raises(OrderUnknown) as caught:
        access_order(uow, find_talk(uow, "c1"), order_no)
    assert caught.value.facts == {"order_no": order_no}


@pytest.mark.req("TR-01")
def test_a_guest_sees_an_order_after_its_number_and_phone_tail(uow: UnitOfWork) -> None:
    with pytest.raises(OrderUnknown):
        access_order(uow, guest(uow), "XS0001")
    order = verify_guest(uow, guest(uow), "XS0001", "1234", POLICY)
    assert access_order(uow, guest(uow), "XS0001") is order
    assert [o.order_no for o in own_orders(uow, guest(uow))] == ["XS0001"]


def test_verifying_the_same_order_twice_lists_it_once(uow: UnitOfWork) -> None:
    for _ in range(2):
        verify_guest(uow, guest(uow), "XS0001", "1234", POLICY)
    assert len(own_orders(uow, guest(uow))) == 1


@pytest.mark.req("TR-01")
def test_every_miss_counts_whether_the_order_exists_or_not_and_then_nothing_helps(uow: UnitOfWork) -> None:
    left = []
    for order_no in ("XS0001", "XS9999"):
        with pytest.raises(VerificationFailed) as caught:
            verify_guest(uow, guest(uow), order_no, "0000", POLICY)
        left.append(caught.value.facts["tries_left"])
    assert left == [2, 1]
    for tail in ("0000", "1234"):
        with pytest.raises(TooManyTries):
            verify_guest(uow, guest(uow), "XS0001", tail, POLICY)
    assert guest(uow).verified_orders == []


def test_orders_are_found_by_the_end_of_their_number(uow: UnitOfWork) -> None:
    assert [o.order_no for o in orders_by_tail(own_orders(uow, find_talk(uow, "c1")), "0001")] == ["XS0001"]


@given(steps=st.lists(st.sampled_from(OrderStatus), max_size=10))
def test_an_order_only_takes_the_steps_of_the_machine(steps: list[OrderStatus]) -> None:
    order = make_order()
    for n, step in enumerate(steps):
        before = order.status
        try:
            move_order(order, step, NOW + n * HOUR)
        except WrongState:
            assert order.status is before and step not in NEXT[before]
        else:
            assert order.status is step and step in NEXT[before] and order.changed_at == NOW + n * HOUR


def test_the_time_of_each_step_is_kept() -> None:
    order = make_order()
    for n, step in enumerate((S.TO_SHIP, S.SHIPPED, S.SIGNED, S.CLOSED)):
        move_order(order, step, NOW + n * HOUR)
    times = [order.paid_at, order.dispatched_at, order.signed_at, order.closed_at]
    assert times == [NOW + n * HOUR for n in range(4)]


def test_only_an_unpaid_order_is_closed_for_the_asking_and_twice_is_once() -> None:
    order = make_order()
    close_unpaid(order, NOW)
    close_unpaid(order, NOW + HOUR)
    assert (order.status, order.closed_at) == (S.CLOSED, NOW)
    with pytest.raises(WrongState):
        close_unpaid(make_order(status=S.TO_SHIP), NOW)


def test_unpaid_orders_are_told_from_the_others() -> None:
    orders = [make_order("XS1"), make_order("XS2", S.TO_SHIP), make_order("XS3", S.CLOSED)]
    assert [o.order_no for o in unpaid(orders)] == ["XS1"]


def on_the_way(status: OrderStatus = S.SHIPPED) -> Order:
    order = make_order(status=status)
    order.confirm_by, order.memo = NOW + timedelta(days=2), "老顾客"
    return order


@pytest.mark.req("TR-18")
def test_receipt_is_extended_once() -> None:
    order = on_the_way()
    assert extend_receipt(order, POLICY, NOW) == NOW + timedelta(days=5)
    with pytest.raises(WrongState):
        extend_receipt(order, POLICY, NOW)
    assert order.confirm_by == NOW + timedelta(days=5)
    assert order.memo.startswith("老顾客")


@pytest.mark.parametrize("status", [S.UNPAID, S.TO_SHIP, S.SIGNED, S.COMPLETED, S.CLOSED])
def test_receipt_is_not_extended_where_nothing_is_on_its_way(status: OrderStatus) -> None:
    with pytest.raises(WrongState):
        extend_receipt(on_the_way(status), POLICY, NOW)
