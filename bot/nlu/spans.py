"""What a pattern found, where, and which of two finds on the same characters stands."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Value = str | int | float

NOTHING = ""
"""The entity of a find that only keeps a shorter one from standing."""


@dataclass(frozen=True)
class Span:
    """One entity in normalised text: ``text[start:end]`` means ``value``."""

    entity: str
    start: int
    end: int
    value: Value


@dataclass(frozen=True)
class Pattern:
    """A regular expression and what its match is worth; ``value`` None means: not this entity after all.

    The span covers group ``at`` if the expression has a group of that name, else the whole match:
    context words around a number decide what it is without being part of it.
    """

    entity: str
    expression: re.Pattern[str]
    value: Callable[[re.Match[str]], Value | None]

    def find(self, text: str) -> Iterator[Span]:
        """Every span of this pattern in ``text``, left to right."""
        group = "at" if "at" in self.expression.groupindex else 0
        for match in self.expression.finditer(text):
            value = self.value(match)
            if value is not None:
                yield Span(self.entity, match.start(group), match.end(group), value)


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The longest span of every overlapping group, in text order; of equally long ones the first given.

    So the caller's order is the order of trust: an order number's digits are no phone.
    """
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):  # stable: ties keep their order
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
