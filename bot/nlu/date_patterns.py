"""Days that buyers name, as ISO dates reckoned from today."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from bot.nlu import days
from bot.nlu.numerals import NUMBER, number_of
from bot.nlu.spans import Span

_RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "前晚": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨儿": -1, "昨夜": -1,
    "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "今儿": 0, "今夜": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1,
    "明儿": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS = {character: number for number, character in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 5}
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_MONTHS = {"上": -1, "下": 1}
_YEARS = {"去": -1, "今": 0, "明": 1}
_NUMBER_WORD = r"3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"

# After a day these tell that it is over: "12号买的", "周五下的单", "3号就付了".
_OVER = re.compile(
    r"[^,。!?]{0,4}?(?:买|拍|下单|下的|付|签收|收到|收货|寄|发|退)[^,。!?]{0,3}?(?:的(?!话)|了|过)|到(?:的(?!话)|了|过)"
)
_NOT_A_DAY = r"(?!楼|店|线|色|门|院|厅|库|链|床|机|球|电|[a-zA-Z0-9])"
_CHINESE_MONTH = r"十[一二]|(?<!十)[一二三四五六七八九十]"
_HOLIDAY = rf"(?<![一二三四五六七八九十第])(?:{'|'.join(days.HOLIDAYS)})节?(?![\d.元块十]|快乐)"
# 618 may be a price, 六一 a part of a longer number.
_NAMED_DAY = rf"(?!(?<=\d)6|618(?!活动|大促|那|的时候|年中|当天|再|之?前|之?后|还|有|会)){_HOLIDAY}"
# A bare 11.30 or 12月1 is a day where something is to happen on it.
_EVENT = r"(?=[ ,]?(?:之前|以前|前|之后|以后|后|那天|买的|拍的|下的?单|发|能?到(?!手)|收到|送|要用)|[,。]|\Z)"
_EVENT_AFTER_POINT = r"(?=(?:之前|以前|前|那天|买的|拍的|下的?单|发货|能到|收到|送到|要用))"

_EXPRESSION = re.compile(
    rf"""
    (?P<relative>大前天|前天(?!下第)|前[日晚](?!子)|昨[天日晚儿夜]|今[天日晚早儿夜]|明[天日早晚儿](?!星)|大后天
      |(?<!先)后天|(?<![今以日])后日)
    | (?P<week>上上|下下|上|下|这|本)?个?(?<![一两三每])(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])
      (?![共次件个边期])
    | (?P<holiday_year>[去今明]年)?(?P<holiday>{_NAMED_DAY})
    | (?P<iso>20\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}[日号]?)
    | (?P<year>[去今明]年)?(?<![\d.])(?P<month>1[0-2]|0?[1-9]|{_CHINESE_MONTH})月(?:份)?
      (?P<day>{_NUMBER_WORD})(?:[日号]|{_EVENT})
    | (?<![\d./-])(?P<plain_month>1[0-2]|0?[1-9])[./](?P<plain_day>3[01]|[12]\d|0?[1-9])(?:[日号]|{_EVENT_AFTER_POINT})
    | (?P<which_month>下个?月|这个?月|本月|上个?月)?
      (?<![\d.a-zA-Z十/-])(?<!\d月)(?<![路街巷弄道里村栋园座院厦区大小])(?<![大小深浅]了)
      (?P<only_day>{_NUMBER_WORD})[号日]{_NOT_A_DAY}
    | (?<![\d.])(?P<end_of>1[0-2]|0?[1-9]|{_CHINESE_MONTH})月(?:份)?[底末]
    | (?P<month_end>(?:上个?|下个?|这个?|本)?月[底末])
    | (?<![\d.第])(?P<weeks_away>{NUMBER})个?(?:周|星期|礼拜)[之以]?(?P<week_direction>后|前)(?![面几])
    | (?<![\d.第])(?P<days_away>{NUMBER})天[之以]?(?P<direction>后|前)(?![面几])
    """,
    re.VERBOSE,
)

_Found: TypeAlias = Mapping[str, str]
"""Name of the group → what it matched."""


def find_dates(text: str, today: date) -> Iterator[Span]:
    """Every day named in ``text`` as ISO date, counted from ``today`` (of the shop's time zone).

    A day without month or week is the next one to come, unless the words after it say that it is over.
    A day that does not exist (2月30号) is no date.
    """
    for match in _EXPRESSION.finditer(text):
        found = {name: said for name, said in match.groupdict().items() if said}
        resolve = next(resolve for name, resolve in _RESOLVERS.items() if name in found)
        day = resolve(found, today, bool(_OVER.match(text, match.end())))
        if day is not None:
            yield Span("date", match.start(), match.end(), day.isoformat())


def _int(said: str) -> int:
    return int(number_of(said) or 0)


def _weekday(found: _Found, today: date, over: bool) -> date:
    weekday = _WEEKDAYS[found["weekday"]]
    if "week" in found:
        return days.in_week(_WEEKS[found["week"]], weekday, today)
    return days.next_weekday(weekday, today, over)


def _holiday(found: _Found, today: date, over: bool) -> date | None:
    name = found["holiday"]
    month, day = days.HOLIDAYS.get(name) or days.HOLIDAYS[name.removesuffix("节")]
    if "holiday_year" in found:
        return _in_year(found["holiday_year"], month, day, today)
    return days.nearest_holiday(month, day, today, over)


def _in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    return days.find_date(today.year + _YEARS[year[0]], month, day) if year else days.nearest(month, day, today)


def _iso(found: _Found, today: date, over: bool) -> date | None:
    year, month, day = (int(part) for part in re.findall(r"\d+", found["iso"]))
    return days.find_date(year, month, day)


def _day_of_month(found: _Found, today: date, over: bool) -> date | None:
    which, day = found.get("which_month"), _int(found["only_day"])
    if which:
        return days.in_month(_MONTHS.get(which[0], 0), day, today)
    return days.next_day_of_month(day, today, over)


def _away(number: str, unit: int, direction: str, today: date) -> date | None:
    count = number_of(number)
    if count is None or not 0 < count <= 366:
        return None
    return today + timedelta(days=int(count) * unit * (1 if direction == "后" else -1))


# The first whose group was found resolves the match.
_RESOLVERS: dict[str, Callable[[_Found, date, bool], date | None]] = {
    "relative": lambda found, today, over: today + timedelta(days=_RELATIVE[found["relative"]]),
    "weekday": _weekday,
    "holiday": _holiday,
    "iso": _iso,
    "month": lambda found, today, over: _in_year(found.get("year"), _int(found["month"]), _int(found["day"]), today),
    "plain_month": lambda found, today, over: days.nearest(_int(found["plain_month"]), _int(found["plain_day"]), today),
    "only_day": _day_of_month,
    "end_of": lambda found, today, over: days.end_of_named_month(_int(found["end_of"]), today),
    "month_end": lambda found, today, over: days.end_of_month(_MONTHS.get(found["month_end"][0], 0), today),
    "weeks_away": lambda found, today, over: _away(found["weeks_away"], 7, found["week_direction"], today),
    "days_away": lambda found, today, over: _away(found["days_away"], 1, found["direction"], today),
}
