"""How facts read in Chinese. A value of the wrong form raises TypeError or ValueError."""

import re
from datetime import date, datetime

from phrases.money import yuan
from shop.times import local

QUOTE_LENGTH = 40
"""Characters of a buyer's own words that an answer repeats."""

JOINER = "\u200d"
"""Holds an emoji of several signs together."""

_BRACES = str.maketrans("{}", "｛｝")
_STARS = re.compile(r"\*{2,}|^\*|\*$")


def text(value: object) -> str:
    """One line that never looks like a placeholder; a closing full stop is left to the sentence around it."""
    if not isinstance(value, str):
        raise TypeError(value)
    line = " ".join("".join(c if c.isprintable() or c == JOINER else " " for c in value).split())
    line = _STARS.sub(lambda stars: "＊" * len(stars[0]), line.translate(_BRACES))
    return line.rstrip("。；，;,")


def quote(value: object) -> str:
    line = text(value)
    return line if len(line) <= QUOTE_LENGTH else f"{line[:QUOTE_LENGTH]}…"


def whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    if value < 0:
        raise ValueError(value)
    return value


def number(value: object) -> str:
    return str(whole(value))


def money(fen: object) -> str:
    """19900 → 199元, 19950 → 199.50元."""
    return yuan(whole(fen))


def discount(per_mille_left: object) -> str:
    """850 → 8.5折."""
    left = whole(per_mille_left)
    if not 0 < left < 1000:
        raise ValueError(left)
    return f"{left / 100:g}折"


def hours(value: object) -> str:
    return f"{whole(value)}小时"


def _at(value: object) -> datetime:
    if isinstance(value, str):
        value = datetime.fromisoformat(value.replace("Z", "+00:00"))
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError(value)
    return local(value)


def moment(iso: object) -> str:
    """An aware ISO time → 11月23日 18:30 in the shop's time."""
    at = _at(iso)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def day(iso: object) -> str:
    """2026-11-23, or an aware ISO time on that day of the shop → 11月23日."""
    on = date.fromisoformat(iso) if isinstance(iso, str) and len(iso) == len("2026-11-23") else _at(iso)
    return f"{on.month}月{on.day}日"


def clock(value: object) -> str:
    """16:30, checked and with its leading zero."""
    if not isinstance(value, str):
        raise TypeError(value)
    return f"{datetime.strptime(value, '%H:%M'):%H:%M}"


def span(days: object) -> str:
    """[2, 4] → 2到4天."""
    if not isinstance(days, list | tuple) or len(days) != 2:
        raise TypeError(days)
    first, last = whole(days[0]), whole(days[1])
    return f"{last}天" if first == last else f"{first}到{last}天"


def days(value: object) -> str:
    return f"{whole(value)}天"


def joined(values: object, by: str) -> str:
    if not isinstance(values, list | tuple):
        raise TypeError(values)
    return by.join(filter(None, map(text, values)))


def enumerated(values: object) -> str:
    return joined(values, "、")


def clauses(values: object) -> str:
    return joined(values, "；")


def smile() -> str:
    return "😊"
