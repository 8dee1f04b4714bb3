"""The numbers that name something: order, last four digits of one, waybill, telephone."""

import re

from bot.nlu.numerals import ANY_DIGIT, SPOKEN_DIGIT, digits_of
from bot.nlu.spans import Pattern

_ALONE = r"(?<![A-Za-z0-9.*])"
_ALONE_AFTER = r"(?![A-Za-z0-9*]|\.\d)"

# What may stand around four digits that are a whole answer: "是4090", "订单4090的", "4090谢谢".
_BEFORE_TAIL = r"(?:(?:我的?|你好|亲|那个|就是|应该|是|查|查下|查一下|帮我查|订单号?|单号|这个|[,: #])*)"
_AFTER_TAIL = r"(?:[,。!~]|这个|那个|的|呢|吧|哈|哦|啊|呀|谢谢|订单|单子|一单|单| )*"
_TAIL_WORD = r"(?:(?:尾|末|最后|[后末][四4]位)(?:4位|[四几位数字个码号尾面巴的])*|订单号?|单号)(?:就?是|为|[:,# ])*"
_FOUR = rf"(?:\d{{4}}|\d(?: \d){{3}}|{SPOKEN_DIGIT}{{4}})(?!{ANY_DIGIT})"
_THAT_ORDER = r"(?:的|那|这|一|个|笔|张)*(?:订单|单子|单(?!号|独|价|件|人|位))"

# Groups as they are said, or digit by digit: 138 0013 8000, 1 3 8 0 0 …, 幺三八零零….
_MOBILE = rf"(?:\+?86[- ]?)?([1一幺][ -]?[3-9三四五六七八九](?:[ -]?{ANY_DIGIT}){{9}})"
_LAND_LINE = r"(\(?0(?:10|2\d|[3-9]\d{2})\)?[- ]?[1-9]\d{6,7})"

# Letters of the courier, then its digits. Longest prefix first where one starts another.
_LETTERED_WAYBILL = (
    r"(?:SF\d{12,15}|YTO?\d{10,15}|JT\d{10,15}|JD[A-Z]{0,2}\d{10,15}(?:-\d{1,2}-\d{1,2}-?)?|ZTO?\d{10,15}|STO?\d{10,15}"
    r"|YD\d{10,15}|DPK\d{10,15}|[CEGKLPR][A-Z]\d{9}CN|EMS\d{9,13})"
)


# Fifteen digits are a waybill where a parcel is the talk; else they may be the number of an order.
_COURIER = r"(?:韵达|圆通|中通|申通|顺丰|极兔|邮政|京东|德邦|百世|快递|物流)"
_PARCEL = rf"(?:(?:{_COURIER}|运单|包裹|退货)(?:单号?|号码?)?|退?货?单号)(?:是|为|[: ])*"


def _at(match: re.Match[str]) -> str:
    return match["at"]


def _order_no(match: re.Match[str]) -> str:
    return re.sub(r"[ -]", "", match.group()).upper()


def _phone(match: re.Match[str]) -> str:
    return digits_of(match.group(1))


def _tail(match: re.Match[str]) -> str:
    return digits_of(match["at"])


def _lone_tail(match: re.Match[str]) -> str | None:
    digits = _tail(match)
    return None if 1990 <= int(digits) <= 2039 else digits  # 2025 alone is a year


def _any(flags: str) -> re.Pattern[str]:
    return re.compile(flags, re.IGNORECASE)


# In the order of trust: of equally long matches the first stands.
IDENTIFIER_PATTERNS = (
    Pattern("order_no", _any(rf"{_ALONE}XS[ -]?\d{{7,17}}(?!\d)"), _order_no),
    Pattern("waybill", _any(_ALONE + _LETTERED_WAYBILL + _ALONE_AFTER), lambda match: match.group().upper()),
    Pattern("phone", re.compile(r"(?<![\dA-Za-z.*])" + _MOBILE + rf"(?!{ANY_DIGIT})"), _phone),
    Pattern("phone", re.compile(r"(?<![\dA-Za-z.*])" + _LAND_LINE + r"(?!\d)"), _phone),
    Pattern("waybill", re.compile(_ALONE + r"77\d{13}" + _ALONE_AFTER), lambda match: match.group()),  # 申通
    Pattern("waybill", re.compile(rf"(?<!订){_PARCEL}(?P<at>[1-9]\d{{14}})" + _ALONE_AFTER), _at),
    Pattern("waybill", re.compile(_ALONE + rf"(?P<at>[1-9]\d{{14}})(?=[ 的,是]{{0,2}}{_COURIER})"), _at),
    Pattern("waybill", re.compile(_ALONE + r"4[36]\d{13}" + _ALONE_AFTER), lambda match: match.group()),  # 韵达
    Pattern("order_no", re.compile(_ALONE + r"[1-9]\d{14,18}" + _ALONE_AFTER), _order_no),
    Pattern("waybill", re.compile(_ALONE + r"[1-9]\d{11,13}" + _ALONE_AFTER), lambda match: match.group()),
    Pattern("order_tail", re.compile(rf"{_TAIL_WORD}(?P<at>{_FOUR})(?![A-Za-z]|\.\d|年|元|块)"), _tail),
    Pattern(
        "order_tail",
        re.compile(rf"(?<![\d.])(?P<at>\d{{4}})(?:的?尾号|结尾|收尾|{_THAT_ORDER}|的?那个(?:订|单))"),
        _tail,
    ),
    Pattern("order_tail", re.compile(r"(?<![\d.])(?P<at>\d{4})(?=[和跟与、]\d{4}[这那]?两[单个])"), _tail),
    Pattern("order_tail", re.compile(r"(?<=\d[和跟与、])(?P<at>\d{4})(?=[这那]?两[单个])"), _tail),
    Pattern("order_tail", re.compile(rf"\A{_BEFORE_TAIL}(?P<at>{_FOUR}){_AFTER_TAIL}\Z"), _lone_tail),
)
