"""Discounts in per mille of the price that is left: 8折 800, 九五折 950, 便宜两成 800, 半价 500."""

import re

from bot.nlu.numerals import NUMBER, number_of
from bot.nlu.spans import Pattern

_NOT_INSIDE = r"(?<![\d.几第零〇一二两三四五六七八九十百千万亿点])"
_RATE = r"\d{1,2}(?:\.\d)?|[一二两三四五六七八九](?:点?[一二三四五六七八九])?"
_NO_FOLD = r"(?!叠|腾|扣价|断|射|痕|页|线|纸|返)"
_LESS = r"(?:便宜|优惠|减|降|降价|少|打掉|让|让利|省|返|抵|off)[个掉了]?"
_TENTHS = r"[一二两三四1-4](?=成(?![功本交色分品员套年绩新]))"


def _zhe(match: re.Match[str]) -> int | None:
    """8折 800, 85折 and 八五折 and 8.5折 850; 10折 is none."""
    amount = number_of(match["rate"])
    if amount is None or amount <= 0:
        return None
    return None if amount == 10 else int(amount * (100 if amount < 10 else 10))


def _percent_off(match: re.Match[str]) -> int | None:
    amount = number_of(match["rate"] or match["percent"])
    return int(1000 - amount * 10) if amount is not None and 0 < amount < 100 else None


def _tenths_off(match: re.Match[str]) -> int | None:
    amount = number_of(match["rate"])
    return None if amount is None else int(1000 - amount * 100)


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


DISCOUNT_PATTERNS = (
    Pattern("discount", _pattern(rf"{_NOT_INSIDE}(?P<rate>{_RATE}) ?折{_NO_FOLD}"), _zhe),
    Pattern(
        "discount",
        _pattern(r"打个?(?P<rate>[6-9五六七八九][.点]?[1-9一二三四五六七八九])(?=[吧呗行可给能我就,。?! ]|\Z)"),
        _zhe,
    ),
    Pattern("discount", _pattern(r"(?<!第二件)(?<!第2件)(?:半价|对折|打半折)"), lambda match: 500),
    Pattern(
        "discount",
        _pattern(rf"{_LESS}(?P<at>百分之(?P<rate>{NUMBER})|(?P<percent>\d{{1,2}}(?:\.\d)?)(?:%|个点))"),
        _percent_off,
    ),
    Pattern(
        "discount",
        _pattern(rf"(?:百分之(?P<rate>{NUMBER})|(?<!\d)(?P<percent>\d{{1,2}})%)的?(?:优惠|折扣|off)"),
        _percent_off,
    ),
    Pattern("discount", _pattern(rf"{_LESS}(?P<rate>{_TENTHS})成"), _tenths_off),
)
