"""Opening requests and moving them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.aftersales.kinds import KINDS
from shop.aftersales.requests import advance, close, may_send_back, open_request, state_of, withdraw
from shop.errors import AlreadyOpen, FieldWrong, NotEligible, OrderUnknown, ShopError, WrongState
from shop.model import AfterSale, AfterSaleKind, AfterSaleState, AfterSaleStep, Conversation, Order, OrderStatus
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import find_talk, make_line, make_order, make_product, open_shop

POLICY = Policy()
K, STEP, STATE = AfterSaleKind, AfterSaleStep, AfterSaleState


@pytest.fixture
def uow(services: Services) -> Iterator[UnitOfWork]:
    with services.unit_of_work() as uow:
        open_shop(uow, make_product(), make_product("CAP", 50_00, return_exception="贴身衣物"))
        yield uow


def place(uow: UnitOfWork, order_no: str = "XS0001", buyer_id: str = "b1", lines: int = 2) -> Order:
    goods = [make_line(), make_line("CAP", 50_00)][:lines]
    order = make_order(order_no, OrderStatus.SIGNED, goods, buyer_id=buyer_id, signed_at=NOW)
    uow.orders.add(order)
    return order


def ask(uow: UnitOfWork, order: Order, kind: AfterSaleKind = K.RETURN, **more: object) -> AfterSale:
    facts = {"reason": "尺码不合适", "sku": "TEE-1", "policy": POLICY, "now": NOW, **more}
    return open_request(uow, find_talk(uow, "c1"), order, kind, **facts)  # type: ignore[arg-type]


@pytest.mark.req("AS-01")
def test_a_request_is_stored_with_number_kind_description_and_photos(uow: UnitOfWork, services: Services) -> None:
    order = place(uow)
    made = ask(uow, order, K.DAMAGE, description="杯子碎了", photos=["p1", "p2"], wish="换货", turn_id="t1")
    uow.commit()
    with services.unit_of_work() as later:
        found = later.aftersales.find(made.number)
    assert found is not None
    assert found.number.startswith("SH2611200001")
    assert (found.kind, found.description, found.photos) == (K.DAMAGE, "杯子碎了", ["p1", "p2"])
    assert (found.wish, found.amount_fen, found.buyer_id) == ("换货", None, "b1")
    assert [(s.step, s.by, s.at) for s in found.steps] == [(STEP.TALK, "bot", NOW)]


@pytest.mark.req("AS-02")
def test_one_order_may_have_several_requests(uow: UnitOfWork) -> None:
    order = place(uow)
    made = [ask(uow, order), ask(uow, order, K.DAMAGE), ask(uow, order, K.RIGHTS, sku="")]
    assert len({r.number for r in made}) == 3
    assert {r.order_no for r in made} == {order.order_no}


@pytest.mark.req("AS-02")
def test_a_request_about_an_order_that_does_not_exist_is_refused(uow: UnitOfWork) -> None:
    with pytest.raises(OrderUnknown):
        ask(uow, make_order("XS9999", OrderStatus.SIGNED))


def test_a_request_about_another_buyers_order_is_refused_in_the_same_words(uow: UnitOfWork) -> None:
    with pytest.raises(OrderUnknown):
        ask(uow, place(uow, buyer_id="b2"))
    assert uow.aftersales.of_order("XS0001") == []


def test_a_guest_asks_in_the_name_of_the_order_that_was_verified(uow: UnitOfWork) -> None:
    order = place(uow)
    uow.conversations.add(Conversation("guest", NOW, verified_orders=[order.order_no]))
    facts = {"reason": "x", "sku": "TEE-1", "policy": POLICY, "now": NOW}
    made = open_request(uow, find_talk(uow, "guest"), order, K.RETURN, **facts)  # type: ignore[arg-type]
    assert made.buyer_id == "b1"


def test_the_same_turn_again_gets_the_first_request(uow: UnitOfWork) -> None:
    order = place(uow)
    assert ask(uow, order, turn_id="t1") is ask(uow, order, turn_id="t1")
    assert len(uow.aftersales.of_order(order.order_no)) == 1


def test_a_second_request_of_the_kind_for_the_same_goods_names_the_first(uow: UnitOfWork) -> None:
    order = place(uow)
    first = ask(uow, order)
    with pytest.raises(AlreadyOpen) as caught:
        ask(uow, order)
    assert caught.value.facts["number"] == first.number
    withdraw(first, NOW)
    assert ask(uow, order).number != first.number


def test_goods_are_covered_by_a_request_for_the_whole_order(uow: UnitOfWork) -> None:
    order = place(uow)
    ask(uow, order, K.DAMAGE, sku="")
    with pytest.raises(AlreadyOpen):
        ask(uow, order, K.DAMAGE)


def test_an_order_of_one_line_is_that_line_however_it_was_named(uow: UnitOfWork) -> None:
    order = place(uow, lines=1)
    assert ask(uow, order, sku="").sku == "TEE-1"
    with pytest.raises(AlreadyOpen):
        ask(uow, order)


def test_goods_that_are_not_in_the_order_are_refused(uow: UnitOfWork) -> None:
    with pytest.raises(FieldWrong):
        ask(uow, place(uow), sku="HAT-1")


@pytest.mark.req("AS-05")
def test_a_whole_order_is_as_strict_as_its_strictest_goods(uow: UnitOfWork) -> None:
    order = place(uow)
    with pytest.raises(NotEligible, match="贴身衣物"):
        ask(uow, order, sku="")
    assert ask(uow, order).kind is K.RETURN


def test_a_remedy_that_the_kind_does_not_offer_is_refused(uow: UnitOfWork) -> None:
    with pytest.raises(FieldWrong):
        ask(uow, place(uow), wish="补发")


@pytest.mark.req("AS-03")
def test_a_request_goes_through_the_four_steps_each_with_time_and_person(uow: UnitOfWork, services: Services) -> None:
    order = place(uow)
    request = ask(uow, order)
    for hours, step in enumerate((STEP.RECEIVE, STEP.CONFIRM), start=1):
        advance(request, step, "s1", "看过", NOW + timedelta(hours=hours))
    close(request, STATE.DONE, "s2", "已退款", NOW + timedelta(hours=9))
    uow.commit()
    with services.unit_of_work() as later:
        (state,) = state_of(later, order)
    assert [s.step for s in state.request.steps] == list(AfterSaleStep)
    assert [s.by for s in state.request.steps] == ["bot", "s1", "s1", "s2"]
    assert (state.request.state, state.next_step, state.phrase) == (STATE.DONE, None, "step_return_solve")


@pytest.mark.req("AS-03")
def test_the_buyer_can_be_told_where_a_request_stands(uow: UnitOfWork) -> None:
    order = place(uow)
    ask(uow, order)
    (state,) = state_of(uow, order)
    assert (state.phrase, state.next_step) == ("step_return_talk", STEP.RECEIVE)


@pytest.mark.req("AS-43")
def test_goods_are_sent_back_only_once_the_shop_has_confirmed(uow: UnitOfWork) -> None:
    request = ask(uow, place(uow))
    assert not may_send_back(request)
    advance(request, STEP.RECEIVE, "s1", "", NOW)
    assert may_send_back(request)
    advance(request, STEP.CONFIRM, "s1", "", NOW)
    assert not may_send_back(request)


@pytest.mark.req("AS-03")
@pytest.mark.parametrize("step", [STEP.TALK, STEP.RECEIVE, STEP.CONFIRM])
def test_a_step_is_neither_repeated_nor_gone_back_to(uow: UnitOfWork, step: AfterSaleStep) -> None:
    request = ask(uow, place(uow))
    advance(request, STEP.CONFIRM, "s1", "", NOW)
    with pytest.raises(WrongState):
        advance(request, step, "s1", "", NOW)
    assert len(request.steps) == 2


def test_a_step_that_the_kind_does_not_have_is_refused(uow: UnitOfWork) -> None:
    with pytest.raises(WrongState):
        advance(ask(uow, place(uow), K.REFUND), STEP.RECEIVE, "s1", "", NOW)


def test_a_refusal_needs_a_reason(uow: UnitOfWork) -> None:
    request = ask(uow, place(uow))
    with pytest.raises(FieldWrong):
        close(request, STATE.REFUSED, "s1", "  ", NOW)
    close(request, STATE.REFUSED, "s1", "人为损坏", NOW)
    assert (request.state, request.closed_at, request.steps[-1].note) == (STATE.REFUSED, NOW, "人为损坏")


def test_a_request_is_not_closed_by_withdrawing_it_for_the_buyer(uow: UnitOfWork) -> None:
    with pytest.raises(FieldWrong):
        close(ask(uow, place(uow)), STATE.WITHDRAWN, "s1", "x", NOW)


def test_withdrawing_twice_is_once(uow: UnitOfWork) -> None:
    request = ask(uow, place(uow))
    withdraw(request, NOW)
    withdraw(request, NOW + timedelta(hours=1))
    assert (request.state, request.closed_at, len(request.steps)) == (STATE.WITHDRAWN, NOW, 2)


MOVES = st.one_of(
    st.tuples(st.just("advance"), st.sampled_from(AfterSaleStep)),
    st.tuples(st.just("close"), st.sampled_from(AfterSaleState)),
    st.just(("withdraw", None)),
)


@given(kind=st.sampled_from(AfterSaleKind), moves=st.lists(MOVES, max_size=12))
def test_whatever_is_tried_steps_only_go_on_and_a_closed_request_stays_closed(
    kind: AfterSaleKind, moves: list[tuple[str, object]]
) -> None:
    request = AfterSale("SH1", "XS1", "b1", kind, "x", NOW)
    order, closed = [entry.step for entry in KINDS[kind].steps], None
    for n, (move, to) in enumerate(moves):
        calls = {
            "advance": lambda to=to: advance(request, to, "s1", "", NOW),
            "close": lambda to=to: close(request, to, "s1", "x", NOW),
            "withdraw": lambda: withdraw(request, NOW),
        }
        try:
            calls[move]()
        except ShopError as error:
            assert isinstance(error, WrongState | FieldWrong), (n, error)
        places = [order.index(s.step) for s in request.steps]
        assert places == sorted(places)
        assert closed is None or request.state is closed
        closed = None if request.state is STATE.OPEN else request.state
        assert (request.closed_at is None) == (closed is None)
