"""The numbers that name something: order, last four digits of one, waybill, telephone."""

import re

from bot.nlu.spans import Pattern

_ALONE = r"(?<![A-Za-z0-9.*])"
_ALONE_AFTER = r"(?![A-Za-z0-9*]|\.\d)"

# What may stand around four digits that are a whole answer: "是4090", "订单4090的", "4090谢谢".
_BEFORE_TAIL = r"(?:(?:我的?|你好|亲|那个|就是|应该|是|查|查下|查一下|帮我查|订单号?|单号|这个|[,: #])*)"
_AFTER_TAIL = r"(?:[,。!~]|这个|那个|的|呢|吧|哈|哦|啊|呀|谢谢|订单|单子|一单|单| )*"
_TAIL_WORD = r"(?:尾号|尾数|[后末]四位|[后末]4位|最后四位|最后4位|最后四个数字?|订单号?|单号)"

_MOBILE = r"(?:\+?86[- ]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})"
_LAND_LINE = r"(\(?0(?:10|2\d|[3-9]\d{2})\)?[- ]?[1-9]\d{6,7})"

# Letters of the courier, then its digits. Longest prefix first where one starts another.
_LETTERED_WAYBILL = (
    r"(?:SF\d{12,15}|YTO?\d{10,15}|JT\d{10,15}|JD[A-Z]{0,2}\d{10,15}(?:-\d{1,2}-\d{1,2}-?)?|ZTO?\d{10,15}|STO?\d{10,15}"
    r"|YD\d{10,15}|DPK\d{10,15}|[CEGKLPR][A-Z]\d{9}CN|EMS\d{9,13})"
)


def _order_no(match: re.Match[str]) -> str:
    return re.sub(r"[ -]", "", match.group()).upper()


def _phone(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match.group(1))


def _lone_tail(match: re.Match[str]) -> str | None:
    digits = match.group("at")
    return None if 1990 <= int(digits) <= 2039 else digits  # 2025 alone is a year


def _any(flags: str) -> re.Pattern[str]:
    return re.compile(flags, re.IGNORECASE)


# In the order of trust: of equally long matches the first stands.
IDENTIFIER_PATTERNS = (
    Pattern("order_no", _any(rf"{_ALONE}XS[ -]?\d{{7,17}}(?!\d)"), _order_no),
    Pattern("waybill", _any(_ALONE + _LETTERED_WAYBILL + _ALONE_AFTER), lambda match: match.group().upper()),
    Pattern("phone", re.compile(r"(?<![\dA-Za-z.*])" + _MOBILE + r"(?!\d)"), _phone),
    Pattern("phone", re.compile(r"(?<![\dA-Za-z.*])" + _LAND_LINE + r"(?!\d)"), _phone),
    Pattern("waybill", re.compile(_ALONE + r"77\d{13}" + _ALONE_AFTER), lambda match: match.group()),  # 申通
    Pattern("order_no", re.compile(_ALONE + r"[1-9]\d{14,18}" + _ALONE_AFTER), _order_no),
    Pattern("waybill", re.compile(_ALONE + r"[1-9]\d{11,13}" + _ALONE_AFTER), lambda match: match.group()),
    Pattern(
        "order_tail",
        re.compile(rf"{_TAIL_WORD}(?:是|为|[:,# ])*(?P<at>\d{{4}})(?![\dA-Za-z]|\.\d|年|元|块)"),
        lambda match: match.group("at"),
    ),
    Pattern(
        "order_tail",
        re.compile(r"(?<![\d.])(?P<at>\d{4})(?:的?尾号|结尾|的?那[一个]?单|的?这[一个]?单|的?订单)"),
        lambda match: match.group("at"),
    ),
    Pattern("order_tail", re.compile(rf"\A{_BEFORE_TAIL}(?P<at>\d{{4}}){_AFTER_TAIL}\Z"), _lone_tail),
)
