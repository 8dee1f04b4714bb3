"""When people are there, and who is next."""

from datetime import datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.conversations import conversation_id, open_conversation
from shop.handover import Opening, opening, position, to_queue
from shop.policy import Policy, WorkingHours
from shop.settings import TIMEZONE

WEEK = timedelta(days=7)
EVERY_DAY = tuple(range(7))
OFFICE = WorkingHours(EVERY_DAY, time(9), time(21, 30))
NIGHT = WorkingHours((4,), time(22), time(6))

times = st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0))
shifts = st.builds(WorkingHours, st.sets(st.integers(0, 6)).map(tuple), times, times)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda t: t.replace(tzinfo=timezone.utc))


def shop_time(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026; the 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TIMEZONE)


@pytest.mark.req("CW-05", "HE-13")
@pytest.mark.parametrize(
    ("hours", "now", "opens"),
    [
        ([OFFICE], shop_time(20, 9), None),
        ([OFFICE], shop_time(20, 21, 29), None),
        ([OFFICE], shop_time(20, 21, 30), shop_time(21, 9)),
        ([OFFICE], shop_time(20, 8, 59), shop_time(20, 9)),
        ([NIGHT], shop_time(21, 5, 59), None),
        ([NIGHT], shop_time(21, 6), shop_time(27, 22)),
        ([NIGHT, OFFICE], shop_time(20, 21, 45), shop_time(20, 22)),
        ([WorkingHours((5,), time(0), time(0))], shop_time(21, 23, 59), None),
        (
            [WorkingHours((0,), time(8), time(12)), WorkingHours((0,), time(14), time(18))],
            shop_time(23, 12),
            shop_time(23, 14),
        ),
    ],
)
def test_opening_hours_in_shop_time(hours: list[WorkingHours], now: datetime, opens: datetime | None) -> None:
    assert opening(hours, now) == Opening(open=opens is None, opens_at=opens)


def test_a_shop_without_hours_never_opens() -> None:
    assert opening([], shop_time(20, 12)) == Opening(open=False)
    assert opening([WorkingHours((), time(9), time(18))], shop_time(20, 12)) == Opening(open=False)


@given(st.lists(shifts, max_size=3), moments)
def test_people_are_there_when_it_opens_and_not_before(hours: list[WorkingHours], now: datetime) -> None:
    found = opening(hours, now)
    if found.opens_at is None:
        assert found.open or not any(shift.days for shift in hours)
        return
    assert not found.open
    assert now < found.opens_at <= now + WEEK
    assert opening(hours, found.opens_at).open
    assert not opening(hours, found.opens_at - timedelta(microseconds=1)).open


@given(st.lists(shifts, max_size=3), moments)
def test_the_week_repeats(hours: list[WorkingHours], now: datetime) -> None:
    assert opening(hours, now).open == opening(hours, now + WEEK).open


@given(shifts, moments)
def test_a_shift_and_its_complement_leave_no_gap(shift: WorkingHours, now: datetime) -> None:
    round_the_clock = [
        WorkingHours(EVERY_DAY, shift.starts, shift.ends),
        WorkingHours(EVERY_DAY, shift.ends, shift.starts),
    ]
    assert opening(round_the_clock, now).open


def test_the_default_hours_are_those_of_the_policy() -> None:
    assert opening(Policy().working_hours, shop_time(20, 14)).open


def test_the_queue_is_in_order_of_waiting(services, clock) -> None:
    with services.unit_of_work() as uow:
        for guest in ("a", "b", "c"):
            to_queue(open_conversation(uow, None, guest, guest, now=clock.now()), "ask_human", clock.advance(seconds=1))
        open_conversation(uow, None, "d", "d", now=clock.now())
        uow.commit()
    with services.unit_of_work() as uow:
        places = [position(uow, uow.conversations.find(conversation_id(None, guest))) for guest in "abcd"]
    assert places == [1, 2, 3, None]
