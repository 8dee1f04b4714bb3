"""Where parcels are and what sending costs."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shop.freight import find_region, freight_fen
from shop.logistics import (
    is_late,
    locate,
    parcel_state,
    planned_dispatch,
    promised_dispatch,
)
from shop.model import (
    FreightRegion,
    FreightTemplate,
    OrderStatus,
    Parcel,
    ParcelState,
    Problem,
    ScanEvent,
    ScanKind,
)
from shop.policy import Policy
from tests.conftest import NOW
from tests.shop.making import make_order

POLICY = Policy(first_scan_hours=24, still_hours=48)
EAST = FreightRegion(("浙江", "上海"), True, 600, 1000, 200, True, 99_00, 1, 2)
REST = FreightRegion((), True, 1200, 1000, 500, days_from=3, days_to=5)
SENDING = replace(POLICY, freight_regions=(EAST, REST))
TEMPLATE = FreightTemplate("std", "标准", ["yto"], time(16, 30), 48, "浙江")
HOUR = timedelta(hours=1)


def parcel(*scans: ScanKind, problem: Problem | None = None, ago: float = 1, sent: float = 30) -> Parcel:
    """Scans newest first, the newest `ago` hours old."""
    events = [ScanEvent(NOW - (ago + n) * HOUR, "武汉", kind.value, kind) for n, kind in enumerate(scans)]
    return Parcel("YT1", "XS0001", "yto", NOW - sent * HOUR, events=events, problem=problem)


@pytest.mark.req("TR-03")
@pytest.mark.parametrize(
    ("given_parcel", "state"),
    [
        (parcel(sent=23), ParcelState.NO_SCAN),
        (parcel(sent=25), ParcelState.STILL),
        (parcel(sent=1, problem=Problem.ADDRESS), ParcelState.PROBLEM),
        (parcel(ScanKind.ACCEPTED), ParcelState.MOVING),
        (parcel(ScanKind.ARRIVED, ScanKind.ACCEPTED, ago=48), ParcelState.MOVING),
        (parcel(ScanKind.ARRIVED, ScanKind.ACCEPTED, ago=48.1), ParcelState.STILL),
        (parcel(ScanKind.ARRIVED, problem=Problem.LOST), ParcelState.PROBLEM),
        (parcel(ScanKind.OUT_FOR_DELIVERY, ScanKind.ARRIVED), ParcelState.OUT_FOR_DELIVERY),
        (parcel(ScanKind.OUT_FOR_DELIVERY, problem=Problem.UNREACHABLE), ParcelState.PROBLEM),
        (parcel(ScanKind.AT_PICKUP_POINT), ParcelState.AT_PICKUP_POINT),
        (parcel(ScanKind.SIGNED, ago=500), ParcelState.SIGNED),
        (parcel(ScanKind.SIGNED, problem=Problem.UNREACHABLE), ParcelState.SIGNED),
        (parcel(ScanKind.SIGNED, problem=Problem.NOT_RECEIVED), ParcelState.DISPUTED),
        (parcel(ScanKind.EXCEPTION), ParcelState.PROBLEM),
        (parcel(ScanKind.RETURNING), ParcelState.RETURNED),
        (parcel(ScanKind.RETURNED), ParcelState.RETURNED),
    ],
)
def test_the_state_of_a_parcel_follows_from_marks_and_scans(given_parcel: Parcel, state: ParcelState) -> None:
    assert parcel_state(given_parcel, POLICY, NOW) is state


@pytest.mark.req("TR-04")
def test_the_expected_day_is_the_couriers_word_before_the_regions_days() -> None:
    order, sent = make_order(status=OrderStatus.SHIPPED), parcel(ScanKind.ACCEPTED, sent=2)
    assert locate(sent, order, SENDING, NOW).eta == date(2026, 11, 22)
    sent.eta_at = datetime(2026, 11, 22, 16, 30, tzinfo=timezone.utc)
    assert locate(sent, order, SENDING, NOW).eta == date(2026, 11, 23)


@pytest.mark.req("TR-04")
def test_without_a_source_no_day_is_named() -> None:
    position = locate(parcel(ScanKind.ACCEPTED), make_order(), POLICY, NOW)
    assert (position.eta, position.late) == (None, False)


@pytest.mark.req("TR-04")
def test_a_day_that_has_passed_is_not_named_again_but_called_late() -> None:
    sent = parcel(ScanKind.ARRIVED)
    sent.eta_at = NOW - timedelta(days=1)
    position = locate(sent, make_order(), SENDING, NOW)
    assert (position.eta, position.late) == (None, True)


@pytest.mark.parametrize("scan", [ScanKind.SIGNED, ScanKind.RETURNED])
def test_what_has_arrived_is_neither_expected_nor_late(scan: ScanKind) -> None:
    position = locate(parcel(scan, sent=1000), make_order(), SENDING, NOW)
    assert (position.eta, position.late) == (None, False)


def test_a_province_that_no_region_names_belongs_to_the_rest() -> None:
    assert find_region([EAST, REST], "浙江") is EAST
    assert find_region([EAST, REST], "新疆") is REST
    assert find_region([EAST], "新疆") is None


def test_postage_counts_every_kilogram_begun_and_is_free_from_its_limit_on() -> None:
    assert [freight_fen(EAST, 98_99, kg) for kg in (0.2, 1.0, 1.001, 2.0, 2.5)] == [600, 600, 800, 800, 1000]
    assert [freight_fen(EAST, 99_00, 9.0), freight_fen(REST, 500_00)] == [0, 1200]


@example(first=1150, more=3)
@given(first=st.integers(0, 5000), more=st.integers(0, 30))
def test_a_whole_number_of_kilograms_more_never_costs_another_one(first: int, more: int) -> None:
    region = FreightRegion((), first_fen=1000, first_grams=first, more_fen_per_kg=100)
    assert freight_fen(region, 0, float(Fraction(first, 1000) + more)) == 1000 + more * 100


def test_the_promise_counts_from_payment_and_only_an_unsent_order_is_late() -> None:
    order = make_order(status=OrderStatus.TO_SHIP, at=NOW - 49 * HOUR)
    assert promised_dispatch(order, TEMPLATE) == NOW
    assert not is_late(order, TEMPLATE, NOW)
    assert is_late(order, TEMPLATE, NOW + timedelta(seconds=1))
    order.status = OrderStatus.SHIPPED
    assert not is_late(order, TEMPLATE, NOW + 9 * HOUR)
    assert promised_dispatch(make_order(), TEMPLATE) is None
    assert promised_dispatch(order, None) is None


@pytest.mark.parametrize(("hour", "minute", "day"), [(0, 0, 20), (16, 30, 20), (16, 31, 21), (23, 59, 21)])
def test_what_is_paid_by_the_cut_off_is_planned_for_the_same_day(hour: int, minute: int, day: int) -> None:
    order = make_order(status=OrderStatus.TO_SHIP)
    order.paid_at = datetime(2026, 11, 20, hour, minute, tzinfo=timezone(timedelta(hours=8)))
    assert planned_dispatch(order, TEMPLATE) == date(2026, 11, day)


def test_nothing_is_planned_for_an_order_that_is_not_paid() -> None:
    assert planned_dispatch(make_order(), TEMPLATE) is None
    assert planned_dispatch(make_order(status=OrderStatus.TO_SHIP), None) is None
