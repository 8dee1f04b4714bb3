"""The compensation table: what is proposed for a cause, and what the bot may put down by it. CC-03, HE-06."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.compensation import CAUSE_OF_COMPLAINT, bot_bound_fen, propose
from shop.complaints import claim
from shop.model import OrderStatus, PayoutCause, PayoutForm
from shop.policy import Compensation, CompensationWay, Policy
from shop.rules.effects import compensation_effect
from shop.wiring import Services
from tests.conftest import NOW
from tests.shop.making import make_line, make_order, open_shop

LATE_ONLY = Policy(
    compensations=(
        Compensation(PayoutCause.LATE, PayoutForm.CASH, CompensationWay.SHARE, share=100, cap_fen=8_00),
        Compensation(PayoutCause.SERVICE, PayoutForm.COUPON, CompensationWay.FIXED, amount_fen=5_00),
    )
)


@pytest.mark.parametrize(
    ("cause", "paid_fen", "offered"),
    [
        (PayoutCause.LATE, 59_99, (PayoutForm.CASH, 5_99)),
        (PayoutCause.LATE, 100_00, (PayoutForm.CASH, 8_00)),
        (PayoutCause.LATE, 9, None),
        (PayoutCause.SERVICE, 59_00, (PayoutForm.COUPON, 5_00)),
        (PayoutCause.SERVICE, 3_00, (PayoutForm.COUPON, 3_00)),
        (PayoutCause.LOST, 59_00, None),
    ],
)
def test_a_share_with_its_cap_a_fixed_sum_or_nothing(
    cause: PayoutCause, paid_fen: int, offered: tuple[PayoutForm, int] | None
) -> None:
    assert propose(LATE_ONLY, cause, paid_fen) == offered


@given(
    way=st.sampled_from(CompensationWay),
    amount=st.integers(1, 10**7),
    share=st.integers(1, 1000),
    cap=st.integers(1, 10**7),
    paid=st.integers(0, 10**7),
)
def test_never_more_than_was_paid_nor_than_the_row_says(  # the parts of a row
    way: CompensationWay, amount: int, share: int, cap: int, paid: int
) -> None:
    row = Compensation(PayoutCause.LATE, PayoutForm.CASH, way, amount, share, cap)
    offered = propose(Policy(compensations=(row,)), PayoutCause.LATE, paid)
    fen = offered.amount_fen if offered else 0
    assert 0 <= fen <= paid
    assert fen <= amount if way is CompensationWay.FIXED else (fen <= cap and fen * 1000 <= paid * share)


@pytest.mark.req("CC-03")
def test_the_bot_is_bound_by_the_table_and_by_its_own_limit() -> None:
    order = make_order(status=OrderStatus.SIGNED, lines=[make_line(quantity=2)])
    assert bot_bound_fen(LATE_ONLY, "延迟", order) == 8_00
    assert bot_bound_fen(Policy(compensation_max_fen=3_00), "延迟", order) == 3_00
    assert [bot_bound_fen(LATE_ONLY, cause, order) for cause in ("丢失", "价格", "其他")] == [0, 0, 0]
    assert set(CAUSE_OF_COMPLAINT.values()) < set(PayoutCause)


@pytest.mark.req("CC-03", "HE-06")
@pytest.mark.parametrize(
    ("cause", "asked", "put_down", "to_person"),
    [("延迟", 8_00, 8_00, False), ("延迟", 8_01, None, True), ("丢失", 1, None, True), ("丢失", None, None, True)],
)
def test_what_no_row_covers_goes_to_a_person_with_no_sum_put_down(
    services: Services, cause: str, asked: int | None, put_down: int | None, to_person: bool
) -> None:
    with services.unit_of_work() as uow:
        talk = open_shop(uow)
        order = make_order(status=OrderStatus.SIGNED)
        uow.orders.add(order)
        made = claim(uow, talk, order, cause, "赔我", asked_fen=asked, policy=LATE_ONLY, now=NOW, turn_id="t1")
    assert made.request is not None
    assert (made.request.amount_fen, made.to_leader) == (put_down, to_person)


def test_the_page_shows_the_table_on_an_order() -> None:
    said = compensation_effect(LATE_ONLY, NOW)
    assert said == "实付 59.00 元的订单：发货延迟现金 5.90 元，服务不周优惠券 5.00 元，其他原因转人工。"
