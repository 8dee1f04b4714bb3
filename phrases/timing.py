"""When a wording may be said: from one time of day to another, from one day to another, by the shop's own clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shop.times import local

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Timing:
    """`starts` and `ends` are "HH:MM" or both empty; over midnight where the end is earlier. `ends` itself is outside.

    `first` and `last` are ISO days, each empty for no bound; `last` is inside.
    """

    starts: str = ""
    ends: str = ""
    first: str = ""
    last: str = ""

    def __bool__(self) -> bool:
        return bool(self.starts or self.first or self.last)

    def holds(self, now: datetime) -> bool:
        at = local(now)
        return self._in_days(at.date().isoformat()) and self._in_hours(f"{at:%H:%M}")

    def _in_days(self, day: str) -> bool:
        return (not self.first or self.first <= day) and (not self.last or day <= self.last)

    def _in_hours(self, clock: str) -> bool:
        if not self.starts:
            return True
        if self.starts < self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


ALWAYS = Timing()


def read_timing(plain: Mapping[str, Any]) -> Timing:
    """From the plain data of a wording. ValueError in Chinese for the person who wrote it."""
    timing = Timing(*(str(plain.get(name) or "") for name in ("starts", "ends", "first", "last")))
    if bool(timing.starts) != bool(timing.ends):
        raise ValueError("时间段要同时填开始和结束")
    if any(clock and not _CLOCK.fullmatch(clock) for clock in (timing.starts, timing.ends)):
        raise ValueError("时间段要写成 09:00 这样")
    if timing.starts and timing.starts == timing.ends:
        raise ValueError("时间段的开始和结束不能是同一个时间")
    if not all(_is_day(day) for day in (timing.first, timing.last) if day):
        raise ValueError("有效期要写成 2026-11-20 这样")
    if timing.first and timing.last and timing.last < timing.first:
        raise ValueError("有效期的结束日期比开始日期早")
    return timing


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
