"""Who may ask for what, until when. Times are Shanghai's."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.aftersales.eligibility import check_eligible, remedies
from shop.aftersales.windows import Window, add_months
from shop.errors import FieldWrong, NotEligible, WrongState
from shop.model import AfterSaleKind, Order, OrderStatus
from shop.policy import Policy
from tests.shop.making import make_order, make_product

SHANGHAI = ZoneInfo("Asia/Shanghai")
POLICY = Policy(return_days=7, exchange_days=15, quality_days=30)
SIGNED = datetime(2026, 11, 19, 16, 1, tzinfo=timezone.utc)
"""20 November, 00:01 in Shanghai."""
K, S = AfterSaleKind, OrderStatus


def received(status: OrderStatus = S.SIGNED, at: datetime = SIGNED) -> Order:
    return make_order(status=status, signed_at=at, at=at - timedelta(days=3))


def shanghai(day: int, hour: int, minute: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, 59, tzinfo=SHANGHAI)


@pytest.mark.req("AS-05")
@pytest.mark.parametrize(
    ("kind", "last"),
    [(K.RETURN, (27, 11)), (K.EXCHANGE, (5, 12)), (K.DAMAGE, (20, 12)), (K.RESEND, (20, 12)), (K.REFUND, (20, 12))],
)
def test_the_last_day_is_open_to_its_end_and_the_next_is_not(kind: AfterSaleKind, last: tuple[int, int]) -> None:
    day, month = last
    check_eligible(received(), make_product(), kind, POLICY, shanghai(day, 23, 59, month))
    with pytest.raises(NotEligible) as caught:
        check_eligible(received(), make_product(), kind, POLICY, shanghai(day, 23, 59, month) + timedelta(seconds=1))
    assert caught.value.facts["until"] == date(2026, month, day).isoformat()
    assert str(caught.value.facts["days"]) in caught.value.facts["rule"]


def test_the_refusal_names_the_rule() -> None:
    with pytest.raises(NotEligible) as caught:
        check_eligible(received(), make_product(), K.RETURN, POLICY, shanghai(28, 0, 0))
    assert caught.value.facts["rule"] == "签收后7天内可无理由退货"


@given(
    signed=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(SHANGHAI)),
    days=st.integers(7, 90),
    late=st.integers(-3, 3),
    second=st.integers(0, 86399),
)
def test_only_the_calendar_days_in_shanghai_count(signed: datetime, days: int, late: int, second: int) -> None:
    asked_on = signed.date() + timedelta(days=days + late)
    asked = datetime.combine(asked_on, datetime.min.time(), SHANGHAI) + timedelta(seconds=second)
    window = Window("{days}", "return_days")
    order = received(at=signed.astimezone(timezone.utc))
    assert window.is_open(order, None, Policy(return_days=days), asked) == (late <= 0)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (K.RETURN, S.SHIPPED),
        (K.RETURN, S.TO_SHIP),
        (K.EXCHANGE, S.SHIPPED),
        (K.REFUND, S.UNPAID),
        (K.TRACE, S.TO_SHIP),
        (K.EXTEND, S.SIGNED),
        (K.DAMAGE, S.CLOSED),
    ],
)
def test_an_order_in_another_state_is_refused_with_the_reason(kind: AfterSaleKind, status: OrderStatus) -> None:
    with pytest.raises(WrongState) as caught:
        check_eligible(make_order(status=status), make_product(), kind, POLICY, SIGNED)
    assert caught.value.facts["rule"]
    assert remedies(kind, make_order(status=status), POLICY, SIGNED) == []


def test_a_paid_order_that_is_not_sent_may_be_refunded() -> None:
    check_eligible(make_order(status=S.TO_SHIP), make_product(), K.REFUND, POLICY, SIGNED)


@pytest.mark.req("AS-05")
def test_goods_with_an_exception_cannot_be_returned_without_reason_but_with_a_fault() -> None:
    underwear = make_product(return_exception="贴身衣物")
    for kind in (K.RETURN, K.EXCHANGE):
        with pytest.raises(NotEligible, match="贴身衣物"):
            check_eligible(received(), underwear, kind, POLICY, SIGNED)
    check_eligible(received(), underwear, K.DAMAGE, POLICY, SIGNED)


@pytest.mark.req("AS-07")
def test_a_fault_is_refunded_exchanged_or_repaired_as_the_rules_allow() -> None:
    kettle = make_product(warranty_months=12)
    assert remedies(K.DAMAGE, received(), POLICY, SIGNED, kettle) == ["退款", "换货", "维修"]
    later = SIGNED + timedelta(days=60)
    assert remedies(K.DAMAGE, received(), POLICY, later, kettle) == ["维修"]
    check_eligible(received(), kettle, K.DAMAGE, POLICY, later, wish="维修")
    assert remedies(K.DAMAGE, received(), POLICY, later) == []


def test_a_warranty_counts_calendar_months() -> None:
    kettle = make_product(warranty_months=12)
    check_eligible(received(), kettle, K.REPAIR, POLICY, shanghai(20, 23, 59) + timedelta(days=365))
    with pytest.raises(NotEligible, match="12个月"):
        check_eligible(received(), kettle, K.REPAIR, POLICY, shanghai(21, 0, 0) + timedelta(days=365))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 20), 24, date(2028, 11, 20)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


def test_a_remedy_that_the_kind_does_not_have_is_wrong() -> None:
    with pytest.raises(FieldWrong):
        check_eligible(received(), make_product(), K.RETURN, POLICY, SIGNED, wish="补发")


def test_a_length_of_no_days_means_never_not_today() -> None:
    order = make_order(status=S.TO_SHIP, at=SIGNED)
    assert remedies(K.REFUND, order, Policy(price_protection_days=15), SIGNED) == ["退款", "退差价"]
    assert remedies(K.REFUND, order, Policy(price_protection_days=0), SIGNED) == ["退款"]
