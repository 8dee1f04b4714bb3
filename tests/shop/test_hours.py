"""When people are at work: weekly hours, holidays, working days in their place."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.hours import LOOK_AHEAD_DAYS, Opening, opening
from shop.policy import Policy, Shift, SpecialDay, WorkingHours
from shop.times import TIMEZONE, local

WEEK, DAY = timedelta(days=7), timedelta(days=1)
EVERY_DAY = tuple(range(7))
WEEKDAYS = (0, 1, 2, 3, 4)
OFFICE = WorkingHours(EVERY_DAY, time(9), time(21, 30))
DESK = WorkingHours(WEEKDAYS, time(9), time(18))
NIGHT = WorkingHours((4,), time(22), time(6))
QUARTER = timedelta(minutes=15)

times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
weekly = st.builds(WorkingHours, st.sets(st.integers(0, 6)).map(tuple), times, times)
shifts = st.lists(st.builds(Shift, times, times), max_size=2).map(tuple)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda t: t.replace(tzinfo=timezone.utc))


@st.composite
def policies_at(draw: st.DrawFn) -> tuple[Policy, datetime]:
    """A moment, and hours with special days around it."""
    now = draw(moments)
    offsets = draw(st.dictionaries(st.integers(-2, 9), shifts, max_size=6))
    special = tuple(SpecialDay(local(now).date() + n * DAY, own) for n, own in offsets.items())
    return Policy(working_hours=tuple(draw(st.lists(weekly, max_size=3))), special_days=special), now


def shop_time(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """2026; the 20th of November is a Friday."""
    return datetime(2026, month, day, hour, minute, tzinfo=TIMEZONE)


def hours(*weekly: WorkingHours, special: tuple[SpecialDay, ...] = ()) -> Policy:
    return Policy(working_hours=weekly, special_days=special)


def holiday(first: date, days: int) -> tuple[SpecialDay, ...]:
    return tuple(SpecialDay(first + n * DAY, (), "放假") for n in range(days))


def is_worked(policy: Policy, now: datetime) -> bool:
    """The rule said once more, by the clock on the wall and without spans: what began today, and last night's rest."""
    wall = local(now)
    special = {s.day: s.shifts for s in policy.special_days}

    def begun_on(day: date) -> list[tuple[time, time]]:
        regular = [(h.starts, h.ends) for h in policy.working_hours if day.weekday() in h.days]
        return [(s.starts, s.ends) for s in special[day]] if day in special else regular

    at, today = wall.time(), wall.date()
    by_day = any(s <= at and (at < e or e <= s) for s, e in begun_on(today))
    return by_day or any(e <= s and at < e for s, e in begun_on(today - DAY))


@pytest.mark.req("CW-05", "HE-13")
@pytest.mark.parametrize(
    ("weekly", "now", "opens"),
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
def test_opening_hours_in_shop_time(weekly: list[WorkingHours], now: datetime, opens: datetime | None) -> None:
    assert opening(hours(*weekly), now) == Opening(open=opens is None, opens_at=opens)


@pytest.mark.req("HE-13", "HE-14")
@pytest.mark.parametrize("ends", [time(18, 30), time(19), time(19, 30)])
def test_the_evening_at_which_people_leave_is_a_setting_and_then_the_morning_is_told(services, clock, ends) -> None:
    with services.unit_of_work() as uow:
        rule = [{"days": [0, 1, 2, 3, 4, 5, 6], "starts": "08:30", "ends": f"{ends:%H:%M}"}]
        uow.policies.set("working_hours", rule, "100", clock.now())
        policy = uow.policies.current()
    leaving = datetime.combine(date(2026, 11, 20), ends, TIMEZONE)
    assert opening(policy, leaving - timedelta(seconds=1)).open
    assert opening(policy, leaving) == Opening(open=False, opens_at=shop_time(21, 8, 30))


def test_a_shop_without_hours_never_opens() -> None:
    assert opening(hours(), shop_time(20, 12)) == Opening(open=False)
    assert opening(hours(WorkingHours((), time(9), time(18))), shop_time(20, 12)) == Opening(open=False)


@given(policies_at())
def test_people_are_there_exactly_inside_a_shift(drawn: tuple[Policy, datetime]) -> None:
    policy, now = drawn
    assert opening(policy, now).open == is_worked(policy, now)


@given(policies_at())
def test_it_opens_at_the_first_worked_moment_after_now(drawn: tuple[Policy, datetime]) -> None:
    policy, now = drawn
    found = opening(policy, now)
    assert found.opens_at is None or (not found.open and now < found.opens_at <= now + (LOOK_AHEAD_DAYS + 1) * DAY)
    if found.open:
        return
    whole = now - timedelta(minutes=now.minute % 15, seconds=now.second, microseconds=now.microsecond)
    grid = (whole + n * QUARTER for n in range(1, 18 * 96))
    assert found.opens_at == next((at for at in grid if is_worked(policy, at)), None)


@given(st.lists(weekly, max_size=3), moments)
def test_the_week_repeats(weekly: list[WorkingHours], now: datetime) -> None:
    assert opening(hours(*weekly), now).open == opening(hours(*weekly), now + WEEK).open


@given(weekly, moments)
def test_a_shift_and_its_complement_leave_no_gap(shift: WorkingHours, now: datetime) -> None:
    day, night = (
        WorkingHours(EVERY_DAY, shift.starts, shift.ends),
        WorkingHours(EVERY_DAY, shift.ends, shift.starts),
    )
    assert opening(hours(day, night), now).open


@given(policies_at(), st.randoms())
def test_the_order_in_which_hours_are_written_means_nothing(drawn: tuple[Policy, datetime], random) -> None:
    policy, now = drawn
    weekly, special = list(policy.working_hours), list(policy.special_days)
    random.shuffle(weekly)
    random.shuffle(special)
    assert opening(hours(*weekly, special=tuple(special)), now) == opening(policy, now)


@given(policies_at())
def test_special_days_change_nothing_but_themselves_and_the_morning_after(drawn: tuple[Policy, datetime]) -> None:
    policy, now = drawn
    touched = {s.day for s in policy.special_days}
    today = local(now).date()
    if today not in touched and today - DAY not in touched:
        assert opening(policy, now).open == opening(hours(*policy.working_hours), now).open


@pytest.mark.req("CW-05")
def test_on_a_holiday_nobody_is_there_and_the_first_working_day_after_it_is_told() -> None:
    national = hours(OFFICE, special=holiday(date(2026, 10, 1), 7))
    assert opening(national, shop_time(30, 21, 29, month=9)).open
    for now in (shop_time(30, 21, 30, month=9), shop_time(1, 9, month=10), shop_time(7, 21, month=10)):
        assert opening(national, now) == Opening(open=False, opens_at=shop_time(8, 9, month=10))
    assert opening(national, shop_time(8, 9, month=10)).open


@pytest.mark.parametrize("days", [10, 16, 40, LOOK_AHEAD_DAYS])
def test_the_end_of_a_long_holiday_is_found(days: int) -> None:
    first = date(2026, 2, 10)
    found = opening(hours(OFFICE, special=holiday(first, days)), shop_time(10, 12, month=2))
    assert found == Opening(open=False, opens_at=datetime.combine(first + days * DAY, time(9), TIMEZONE))


def test_a_shop_that_is_closed_for_longer_names_no_day() -> None:
    closed = hours(OFFICE, special=holiday(date(2026, 2, 10), LOOK_AHEAD_DAYS + 1))
    assert opening(closed, shop_time(10, 12, month=2)) == Opening(open=False)


def test_a_working_day_in_place_of_a_holiday_has_its_own_hours_whatever_weekday_it_is() -> None:
    sunday = SpecialDay(date(2026, 11, 22), (Shift(time(10), time(12)), Shift(time(13), time(17))), "调休")
    policy = hours(DESK, special=(sunday,))
    assert opening(policy, shop_time(21, 12)).opens_at == shop_time(22, 10)
    assert opening(policy, shop_time(22, 11)).open
    assert opening(policy, shop_time(22, 12)).opens_at == shop_time(22, 13)
    assert opening(policy, shop_time(22, 17)).opens_at == shop_time(23, 9)


def test_on_a_special_day_the_hours_of_its_weekday_do_not_count() -> None:
    short = SpecialDay(date(2026, 11, 20), (Shift(time(13), time(15)),), "半天")
    assert opening(hours(DESK, special=(short,)), shop_time(20, 10)).opens_at == shop_time(20, 13)


def test_a_night_shift_that_began_before_the_holiday_is_worked_to_its_end() -> None:
    policy = hours(NIGHT, special=holiday(date(2026, 11, 21), 1))
    assert opening(policy, shop_time(21, 5, 59)).open
    assert opening(policy, shop_time(21, 6)) == Opening(open=False, opens_at=shop_time(27, 22))


def test_a_night_shift_of_a_special_day_lasts_into_the_next() -> None:
    saturday = SpecialDay(date(2026, 11, 21), (Shift(time(20), time(2)),))
    policy = hours(DESK, special=(saturday, *holiday(date(2026, 11, 22), 1)))
    assert opening(policy, shop_time(22, 1, 59)).open
    assert opening(policy, shop_time(22, 2)).opens_at == shop_time(23, 9)


def test_a_special_shift_that_ends_when_it_starts_lasts_twenty_four_hours() -> None:
    policy = hours(special=(SpecialDay(date(2026, 11, 21), (Shift(time(9), time(9)),), "大促"),))
    assert opening(policy, shop_time(21, 8, 59)).opens_at == shop_time(21, 9)
    assert opening(policy, shop_time(22, 8, 59)).open
    assert opening(policy, shop_time(22, 9)) == Opening(open=False)


def test_the_default_hours_are_those_of_the_policy() -> None:
    assert opening(Policy(), shop_time(20, 14)).open
