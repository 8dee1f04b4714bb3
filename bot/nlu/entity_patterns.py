"""Every entity of a message: patterns for numbers and words, the gazetteer for the shop's own names."""

from collections.abc import Iterator
from datetime import date

from bot.nlu.aspects import ASPECT_PATTERNS
from bot.nlu.body_patterns import BODY_PATTERNS
from bot.nlu.colours import COLOUR_PATTERNS
from bot.nlu.date_patterns import find_dates
from bot.nlu.discount_patterns import DISCOUNT_PATTERNS
from bot.nlu.gazetteer import Gazetteer
from bot.nlu.goods_patterns import BOUGHT_PATTERNS, QUANTITY_PATTERNS
from bot.nlu.identifier_patterns import IDENTIFIER_PATTERNS
from bot.nlu.money_patterns import MONEY_PATTERNS
from bot.nlu.price_patterns import PRICE_PATTERNS
from bot.nlu.size_patterns import NOT_SIZES, SIZE_PATTERNS
from bot.nlu.spans import NOTHING, Pattern, Span, without_overlaps

# In the order of trust: of two equally long finds on the same characters the earlier one stands.
_BEFORE_NAMES: tuple[Pattern, ...] = (*IDENTIFIER_PATTERNS, *BOUGHT_PATTERNS, *NOT_SIZES)
_AFTER_NAMES: tuple[Pattern, ...] = (
    *DISCOUNT_PATTERNS,
    *BODY_PATTERNS,
    *SIZE_PATTERNS,
    *COLOUR_PATTERNS,
    *QUANTITY_PATTERNS,
    *MONEY_PATTERNS,
    *PRICE_PATTERNS,
)


def find_entities(text: str, today: date, gazetteer: Gazetteer) -> list[Span]:
    """All entities of ``text`` (normalised), in text order.

    ``today`` is the date in the shop's time zone, from which 明天 and 周五 are reckoned. No two values
    share a character: the longest stands. An aspect says what a question is about and may lie over a value.
    """
    values = without_overlaps(_find_values(text, today, gazetteer))
    aspects = without_overlaps(span for pattern in ASPECT_PATTERNS for span in pattern.find(text))
    named = (span for span in values if span.entity != NOTHING)
    return sorted([*named, *aspects], key=lambda span: (span.start, span.end))


def _find_values(text: str, today: date, gazetteer: Gazetteer) -> Iterator[Span]:
    for pattern in _BEFORE_NAMES:
        yield from pattern.find(text)
    yield from gazetteer.find(text)
    yield from find_dates(text, today)
    for pattern in _AFTER_NAMES:
        yield from pattern.find(text)
