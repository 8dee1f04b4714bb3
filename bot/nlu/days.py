"""Reckoning with days: which date a buyer means who names only part of one."""

import calendar
from datetime import date, timedelta

HOLIDAYS: dict[str, tuple[int, int]] = {
    "双十一": (11, 11), "双11": (11, 11), "光棍节": (11, 11), "双十二": (12, 12), "双12": (12, 12),
    "平安夜": (12, 24), "圣诞": (12, 25), "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "三八节": (3, 8),
    "劳动节": (5, 1), "五一": (5, 1), "儿童节": (6, 1), "六一": (6, 1), "618": (6, 18), "教师节": (9, 10),
    "国庆": (10, 1),
}  # fmt: skip
"""Name → (month, day) of those that stand on the same date every year; the moon's are not among them."""

_A_HOLIDAY_IS_TALKED_OF = 30  # days after it


def find_date(year: int, month: int, day: int) -> date | None:
    """None for 30 February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(month: int, day: int, today: date) -> date | None:
    """In December 1月3号 is next month, in January 12月28号 was last month."""
    candidates = [found for year in (-1, 0, 1) if (found := find_date(today.year + year, month, day))]
    return min(candidates, key=lambda found: abs(found - today), default=None)


def nearest_holiday(month: int, day: int, today: date, over: bool) -> date | None:
    """Like ``nearest``, but one that is long past is the next one, unless it is said to be ``over``."""
    found = nearest(month, day, today)
    if found and not over and (today - found).days > _A_HOLIDAY_IS_TALKED_OF:
        return find_date(found.year + 1, month, day)
    return found


def in_week(weeks: int, weekday: int, today: date) -> date:
    """``weekday`` (Monday 0) of the week that lies ``weeks`` ahead; a week begins on Monday."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def next_weekday(weekday: int, today: date, over: bool) -> date:
    """The coming one, today included, or where it is ``over`` the last one."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead - 7 if over and ahead else ahead)


def in_month(months: int, day: int, today: date) -> date | None:
    first = _first_of_month(today, months)
    return find_date(first.year, first.month, day)


def next_day_of_month(day: int, today: date, over: bool) -> date | None:
    """The coming one, today included, or where it is ``over`` the last one."""
    return in_month(-1 if over and day > today.day else 1 if not over and day < today.day else 0, day, today)


def end_of_month(months: int, today: date) -> date:
    first = _first_of_month(today, months)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def end_of_named_month(month: int, today: date) -> date | None:
    first = nearest(month, 15, today)
    return end_of_month(0, first) if first else None


def _first_of_month(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
