"""Words that were true once: their time is over, or they name a day, a product or a price that is no longer so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from phrases.care.ailments import Ailment, Cared, Trouble, ail
from phrases.draft_prices import find_prices

_DAY = re.compile(r"(?:(20\d\d)\s?[年/.-]\s?)?(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]")
_ISO = re.compile(r"(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_LONG_AGO = re.compile("成立|创立|创办|始于|开业|开店|以来")
"""A day that is meant to be past."""


@dataclass(frozen=True)
class Goods:
    """`prices`: title of what is on sale → all prices of it, in fen. `withdrawn`: titles that are sold no more."""

    prices: Mapping[str, frozenset[int]] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()


def find_stale(library: Sequence[Cared], goods: Goods, today: date) -> Iterator[Ailment]:
    for cared in library:
        for number, wording in enumerate(cared.wordings, 1):
            where, last = cared.where(number), wording.timing.last
            if last and date.fromisoformat(last) < today:
                days = (today - date.fromisoformat(last)).days
                reason = (
                    f"{where}的有效期到 {last} 为止，已经不再使用" if where else f"有效期到 {last} 为止，已经不再使用"
                )
                yield ail(cared, Trouble.STALE, reason, f"过期 {days} 天", 1 + days / 1000)
                continue
            for reason in find_untrue(wording.text, goods, today, cared.changed_on):
                yield ail(cared, Trouble.STALE, where + reason, weight=2)


def find_untrue(text: str, goods: Goods, today: date, written_on: date | None) -> Iterator[str]:
    """Why the text is no longer so, in Chinese. `written_on` says which year a day without one is of."""
    gone = max((title for title in goods.withdrawn if title in text), key=len, default=None)
    named = max((title for title in goods.prices if title in text), key=len, default=None)
    if gone is not None and (named is None or gone not in named):
        yield f"提到的“{gone}”已经下架"
    elif named is not None:
        yield from _find_wrong_price(text, named, goods.prices[named])
    last = max(_find_days(text, written_on), default=None)
    if last is not None and last < today and not _LONG_AGO.search(text):
        yield f"写着 {last.month}月{last.day}日，这一天已经过了 {(today - last).days} 天"


def _find_wrong_price(text: str, title: str, prices: frozenset[int]) -> Iterator[str]:
    """Nothing where one of the prices in the text is right: the others may be a comparison."""
    said = find_prices(text)
    if said and prices and not prices.intersection(said):
        now = f"{_yuan(min(prices))} 元" + (" 起" if len(prices) > 1 else "")
        yield f"写着“{title}”{_yuan(said[0])} 元，现在卖 {now}"


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}".rstrip("0").rstrip(".")


def _find_days(text: str, written_on: date | None) -> Iterator[date]:
    for year, month, day in (*_DAY.findall(text), *_ISO.findall(text)):
        found = _day_of(int(year) if year else None, int(month), int(day), written_on)
        if found is not None:
            yield found


def _day_of(year: int | None, month: int, day: int, written_on: date | None) -> date | None:
    """Without a year the first such day from when it was written on."""
    try:
        if year is not None:
            return date(year, month, day)
        if written_on is None:
            return None
        found = date(written_on.year, month, day)
        return found if found >= written_on else found.replace(year=written_on.year + 1)
    except ValueError:
        return None
