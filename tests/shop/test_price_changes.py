"""Using a personal price on an order."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shop.errors import NotEligible, WrongState
from shop.model import Conversation, Offer, OfferState, Order, OrderStatus
from shop.offers import Subject, about_order, about_product, give_offer
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.price_changes import (
    RULE_BUYER,
    RULE_EXPIRED,
    RULE_GOODS,
    RULE_NO_GAIN,
    RULE_ONCE,
    RULE_ONE,
    PriceChange,
    find_offer_for,
    price_change_state,
    use_offer,
)
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import find_talk, make_line, make_order, make_product, open_shop

POLICY = Policy()


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        open_shop(uow, make_product(), make_product("CAP", 59_00))
        yield uow


def give(uow: UnitOfWork, subject: Subject, price_fen: int, talk: str = "c1") -> Offer:
    return give_offer(uow, find_talk(uow, talk), subject, price_fen, policy=POLICY, now=NOW)


def place(uow: UnitOfWork, order: Order) -> Order:
    uow.orders.add(order)
    return order


def refusal(uow: UnitOfWork, offer: Offer, order: Order, hours: int = 0) -> str:
    before = order.total_fen
    with pytest.raises(NotEligible) as caught:
        use_offer(uow, offer, order, NOW + timedelta(hours=hours))
    assert order.total_fen == before
    return str(caught.value.facts["rule"])


def tee(uow: UnitOfWork) -> Subject:
    return about_product(uow.products.get("TEE"))


@pytest.mark.req("BG-10", "PY-01")
def test_an_offer_for_a_product_makes_every_piece_of_it_cheaper_and_nothing_else(uow: UnitOfWork) -> None:
    offer = give(uow, tee(uow), 97_00)
    order = place(uow, make_order(lines=[make_line(quantity=2), make_line("CAP", 59_00)], freight_fen=8_00))
    assert not price_change_state(order, offer).changed
    assert use_offer(uow, offer, order, NOW) == 261_00
    assert (order.discount_fen, order.total_fen) == (6_00, 261_00)
    assert (offer.state, offer.order_no) == (OfferState.USED, order.order_no)
    assert price_change_state(order, offer) == PriceChange(changed=True, total_fen=261_00)


def test_an_offer_for_an_order_sets_its_total(uow: UnitOfWork) -> None:
    order = place(uow, make_order(freight_fen=10_00, discount_fen=5_00))
    offer = give(uow, about_order(order), 102_00)
    assert use_offer(uow, offer, order, NOW) == 102_00
    assert order.goods_fen - order.discount_fen + order.freight_fen == order.total_fen


def test_using_the_same_offer_on_the_same_order_twice_is_once(uow: UnitOfWork) -> None:
    offer, order = give(uow, tee(uow), 97_00), place(uow, make_order())
    assert [use_offer(uow, offer, order, NOW) for _ in range(2)] == [97_00, 97_00]


@pytest.mark.req("BG-10")
def test_an_offer_cannot_be_used_for_a_second_order(uow: UnitOfWork) -> None:
    offer = give(uow, tee(uow), 97_00)
    use_offer(uow, offer, place(uow, make_order()), NOW)
    assert refusal(uow, offer, place(uow, make_order("XS0002"))) == RULE_ONCE


@pytest.mark.req("BG-10")
def test_an_offer_cannot_be_used_by_another_buyer(uow: UnitOfWork) -> None:
    offer = give(uow, tee(uow), 97_00)
    assert refusal(uow, offer, place(uow, make_order(buyer_id="b2"))) == RULE_BUYER


def test_a_guests_offer_holds_only_for_orders_that_the_guest_has_proved_to_own(uow: UnitOfWork) -> None:
    uow.conversations.add(Conversation("guest", NOW))
    offer, order = give(uow, tee(uow), 97_00, "guest"), place(uow, make_order())
    assert refusal(uow, offer, order) == RULE_BUYER
    find_talk(uow, "guest").verified_orders = [order.order_no]
    assert use_offer(uow, offer, order, NOW) == 97_00


def test_an_expired_offer_cannot_be_used(uow: UnitOfWork) -> None:
    offer, order = give(uow, tee(uow), 97_00), place(uow, make_order())
    assert refusal(uow, offer, order, hours=POLICY.offer_hours) == RULE_EXPIRED


def test_an_offer_is_only_for_its_own_goods_or_order(uow: UnitOfWork) -> None:
    cap = place(uow, make_order(lines=[make_line("CAP", 59_00)]))
    assert refusal(uow, give(uow, tee(uow), 97_00), cap) == RULE_GOODS
    assert refusal(uow, give(uow, about_order(cap), 58_00), place(uow, make_order("XS0002"))) == RULE_GOODS


def test_two_offers_cannot_be_heaped_on_one_order(uow: UnitOfWork) -> None:
    order = place(uow, make_order())
    whole, piece = give(uow, about_order(order), 98_00), give(uow, tee(uow), 97_00)
    assert find_offer_for(uow, find_talk(uow, "c1"), order, NOW) is whole
    use_offer(uow, whole, order, NOW)
    assert refusal(uow, piece, order) == RULE_ONE


def test_an_order_that_costs_no_more_than_the_offer_is_left_alone(uow: UnitOfWork) -> None:
    offer, order = give(uow, tee(uow), 97_00), place(uow, make_order(lines=[make_line(price_fen=95_00)]))
    assert refusal(uow, offer, order) == RULE_NO_GAIN
    assert find_offer_for(uow, find_talk(uow, "c1"), order, NOW) is None


def test_goods_that_became_dearer_keep_the_saving_and_no_more(uow: UnitOfWork) -> None:
    offer, order = give(uow, tee(uow), 97_00), place(uow, make_order(lines=[make_line(price_fen=120_00)]))
    assert use_offer(uow, offer, order, NOW) == 117_00


def test_a_paid_order_keeps_its_price(uow: UnitOfWork) -> None:
    offer, order = give(uow, tee(uow), 97_00), place(uow, make_order(status=OrderStatus.TO_SHIP))
    with pytest.raises(WrongState):
        use_offer(uow, offer, order, NOW)


@pytest.mark.req("PY-01")
def test_a_price_that_was_set_back_counts_as_unchanged(uow: UnitOfWork) -> None:
    offer, order = give(uow, tee(uow), 97_00), place(uow, make_order())
    use_offer(uow, offer, order, NOW)
    order.discount_fen, order.total_fen = 0, order.goods_fen
    assert not price_change_state(order, offer).changed
    assert not price_change_state(order, None).changed


@pytest.mark.req("PY-01")
def test_an_orders_price_that_was_raised_again_counts_as_unchanged(uow: UnitOfWork) -> None:
    order = place(uow, make_order())
    offer = give(uow, about_order(order), 97_00)
    use_offer(uow, offer, order, NOW)
    assert price_change_state(order, offer).changed
    order.total_fen = 99_00
    assert not price_change_state(order, offer).changed
