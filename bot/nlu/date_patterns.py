"""Days that buyers name, as ISO dates reckoned from today."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.nlu.numerals import NUMBER, number_of
from bot.nlu.spans import Span

_RELATIVE = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "今儿": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明儿": 1, "大后天": 3, "后天": 2,
}  # fmt: skip
_WEEKDAYS = {character: number for number, character in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 5}
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_NUMBER_WORD = r"3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"

# After a day these tell that it is over: "12号买的", "周五下的单", "3号就付了".
_OVER = re.compile(r"[^,。!?]{0,4}?(?:买|拍|下单|下的|付|签收|收到|收货|寄|发|退)[^,。!?]{0,3}?(?:的|了|过)")
_NOT_A_DAY = r"(?!楼|店|线|色|门|院|厅|库|链|[a-zA-Z0-9])"
_CHINESE_MONTH = r"十[一二]|(?<!十)[一二三四五六七八九十]"

_EXPRESSION = re.compile(
    rf"""
    (?P<relative>大前天|前天(?!下)|昨[天日晚]|今[天日晚早儿]|明[天日早晚儿](?!星)|大后天|(?<!先)后天)
    | (?P<week>上上|下下|上|下|这|本)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?![共次件个边期])
    | (?P<iso>20\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}[日号]?)
    | (?<![\d.])(?P<month>1[0-2]|0?[1-9]|{_CHINESE_MONTH})月(?:份)?
      (?P<day>{_NUMBER_WORD})(?:[日号]|(?=前|之前|到|发|,|\Z))
    | (?<![\d./-])(?P<plain_month>1[0-2]|0?[1-9])[./](?P<plain_day>3[01]|[12]\d|0?[1-9])(?:[日号]|(?=之?前|以前))
    | (?P<which_month>下个?月|这个?月|本月|上个?月)?
      (?<![\d.a-zA-Z十/-])(?<!\d月)(?<![路街巷弄道里村栋园座院厦区])(?P<only_day>{_NUMBER_WORD})[号日]{_NOT_A_DAY}
    | (?P<month_end>(?:下个?|这个?|本)?月[底末])
    | (?<![\d.第])(?P<days>{NUMBER})天[之以]?(?P<direction>后|前)(?![面几])
    """,
    re.VERBOSE,
)


def find_dates(text: str, today: date) -> Iterator[Span]:
    """Every day named in ``text`` as ISO date, counted from ``today`` (of the shop's time zone).

    A day without month or week is the next one to come, unless the words after it say that it is over.
    A day that does not exist (2月30号) is no date.
    """
    for match in _EXPRESSION.finditer(text):
        over = bool(_OVER.match(text, match.end()))
        day = _resolve(match, today, over)
        if day is not None:
            yield Span("date", match.start(), match.end(), day.isoformat())


def _resolve(match: re.Match[str], today: date, over: bool) -> date | None:
    found = {name: text for name, text in match.groupdict().items() if text}
    day: date | None
    if "relative" in found:
        day = today + timedelta(days=_RELATIVE[found["relative"]])
    elif "weekday" in found:
        day = _weekday(found.get("week"), _WEEKDAYS[found["weekday"]], today, over)
    elif "iso" in found:
        day = _date(*(int(part) for part in re.findall(r"\d+", found["iso"])))
    elif "month" in found:
        day = _nearest(_int(found["month"]), _int(found["day"]), today)
    elif "plain_month" in found:
        day = _nearest(_int(found["plain_month"]), _int(found["plain_day"]), today)
    elif "only_day" in found:
        day = _day_of_month(found.get("which_month", ""), _int(found["only_day"]), today, over)
    elif "month_end" in found:
        day = _end_of_month(_shift_month(today, 1 if found["month_end"].startswith("下") else 0))
    else:
        day = _days_away(found["days"], found["direction"], today)
    return day


def _int(text: str) -> int:
    return int(number_of(text) or 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(week: str | None, weekday: int, today: date, over: bool) -> date:
    if week:
        return today + timedelta(days=weekday - today.weekday() + 7 * _WEEKS[week])
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead - 7 if over and ahead else ahead)


def _nearest(month: int, day: int, today: date) -> date | None:
    candidates = [found for year in (-1, 0, 1) if (found := _date(today.year + year, month, day))]
    return min(candidates, key=lambda found: abs(found - today), default=None)


def _shift_month(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _day_of_month(which: str, day: int, today: date, over: bool) -> date | None:
    if which:
        months = {"下": 1, "上": -1}.get(which[0], 0)
    else:
        months = -1 if over and day > today.day else 1 if not over and day < today.day else 0
    first = _shift_month(today, months)
    return _date(first.year, first.month, day)


def _end_of_month(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _days_away(number: str, direction: str, today: date) -> date | None:
    days = number_of(number)
    if days is None or not 0 < days <= 366:
        return None
    return today + timedelta(days=int(days) * (1 if direction == "后" else -1))
