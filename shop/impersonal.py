"""Words without whose they are: numbers, addresses and names become made-up ones of the same form. PC-04.

A message keeps its form, so that a bot that learns from it still learns what such a message looks like.
"""

import re
from collections.abc import Callable

from shop.masking import MOBILE

SAMPLE_PHONE, SAMPLE_MAIL, SAMPLE_NAME = "13800138000", "name@example.com", "李明"
_DIGITS = "1234567890" * 3
_SPOKEN = "零〇一幺二两三四五六七八九"

_MAIL = re.compile(r"[A-Za-z\d._+-]{2,40}@[A-Za-z\d-]{1,40}(?:\.[A-Za-z\d-]{2,20}){1,3}")
_LINK = re.compile(r"https?://[^\s一-鿿]+")
_NUMBER = re.compile(r"\d(?:[ -]?\d){6,29}[Xx]?")
_SPOKEN_NUMBER = re.compile(rf"[{_SPOKEN}]{{7,}}")
_STREET = re.compile(
    r"[一-鿿]{2,4}?(路|街|大道|巷|胡同|弄)([东南西北中]?)(?:[一二三四五六七八九十]段)?\d{1,5}(?:弄\d{1,4})?号"
)
_ESTATE = re.compile(r"[一-鿿]{2,4}?(小区|花园|公寓|苑|新村|社区|大厦|家园)(?=[A-Za-z\d])")
_ROOM = re.compile(r"\d{1,4}(号楼|栋|幢|座|单元|室|层|楼)|\d{1,3}-\d{1,3}-\d{2,4}")
_NAME = re.compile(r"((?:收[件货]人|姓名|联系人|户名)[:：]\s*)[一-鿿]{2,4}")

_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_MAIL, SAMPLE_MAIL),
    (_LINK, "https://example.com"),
    (MOBILE, SAMPLE_PHONE),
    (_NUMBER, lambda found: _count_up(found[0])),
    (_SPOKEN_NUMBER, "一三八零零一三八零零零"),
    (_STREET, lambda found: f"人民{found[1]}{found[2]}1号"),
    (_ESTATE, lambda found: f"幸福{found[1]}"),
    (_ROOM, lambda found: f"1{found[1]}" if found[1] else "1-1-101"),
    (_NAME, lambda found: f"{found[1]}{SAMPLE_NAME}"),
)


def make_impersonal(text: str) -> str:
    """Once more changes nothing more."""
    for pattern, instead in _STEPS:
        text = pattern.sub(instead, text)
    return text


def _count_up(number: str) -> str:
    """12 3456 of the same length and with the same gaps; a sample number stays what it is."""
    if number == SAMPLE_PHONE:
        return number
    digits = iter(_DIGITS)
    return "".join(next(digits) if sign.isdecimal() else sign for sign in number)
