"""What the rules refuse."""

from datetime import date, time

import pytest

from shop.errors import FieldWrong
from shop.policy import DiscountTier, Policy, ReceptionMode, ReceptionSpan, Shift, SpecialDay, WorkingHours

NATIONAL_DAY = date(2026, 10, 1)


def test_a_day_has_hours_of_its_own_once() -> None:
    twice = (SpecialDay(NATIONAL_DAY, (), "国庆节"), SpecialDay(NATIONAL_DAY, (Shift(time(9), time(12)),)))
    with pytest.raises(FieldWrong) as refused:
        Policy(special_days=twice)
    assert (refused.value.facts["field"], refused.value.facts["label"]) == ("special_days", "节假日与调休")
    assert Policy(special_days=twice[:1]).special_days == twice[:1]


def test_the_store_refuses_a_day_that_is_named_twice(services, clock) -> None:
    day = {"day": "2026-10-01", "shifts": [], "name": "国庆节"}
    work = {"day": "2026-10-10", "shifts": [{"starts": "09:00", "ends": "18:00"}], "name": "调休上班"}
    with services.unit_of_work() as uow:
        with pytest.raises(FieldWrong):
            uow.policies.set("special_days", [day, {**work, "day": day["day"]}], "100", clock.now())
        uow.policies.set("special_days", [day, work], "100", clock.now())
        expected = (
            SpecialDay(NATIONAL_DAY, (), "国庆节"),
            SpecialDay(date(2026, 10, 10), (Shift(time(9), time(18)),), "调休上班"),
        )
        assert uow.policies.current().special_days == expected


@pytest.mark.parametrize("share", [-1, 101])
def test_a_share_is_a_percentage(share: int) -> None:
    with pytest.raises(FieldWrong, match="reception"):
        Policy(reception=(ReceptionSpan(time(9), time(18), ReceptionMode.SHARED, share),))


@pytest.mark.parametrize("day", [-1, 7])
def test_a_week_has_seven_days(day: int) -> None:
    with pytest.raises(FieldWrong, match="working_hours"):
        Policy(working_hours=(WorkingHours((0, day), time(9), time(18)),))


@pytest.mark.parametrize(
    "tiers",
    [
        (),
        (DiscountTier(1, 0, 0, 0),),
        (DiscountTier(0, 0, 0, 0), DiscountTier(500, 0, 0, 0), DiscountTier(100, 0, 0, 0)),
        (DiscountTier(0, 50, 40, 100),),
        (DiscountTier(0, 0, 0, 901),),
    ],
)
def test_discounts_begin_at_nothing_and_grow_with_the_role(tiers: tuple[DiscountTier, ...]) -> None:
    with pytest.raises(FieldWrong, match="discount_tiers"):
        Policy(discount_tiers=tiers)
