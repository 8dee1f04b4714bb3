"""Phrases that say the same in other words."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from phrases.care.ailments import Ailment, Cared, Trouble, ail
from phrases.quick_query import tidy
from phrases.variables import BLANK

Vector = NDArray[np.float32]

NEAR = 0.85
"""Cosine of two meanings. Of the shipped quick phrases the nearest pair (sh5, sh11: both say how a refund is paid back)
has 0.92, the next one, two goodbyes that are not the same, 0.79; texts reworded for trial have 0.77 to 0.94.
"""
NEAR_SIGNS = 0.9
"""Share of equal signs, where nobody says what the texts mean."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def sentence_of(cared: Cared) -> str:
    """What is compared: the first wording without its variables, as the search for phrases reads it."""
    return BLANK.sub("，", tidy(cared.wordings[0].text))


def find_doubles(library: Sequence[Cared], vectors: Vector | None) -> Iterator[Ailment]:
    """`vectors`: of the sentences in their order, shape (phrases, 512), each of length one; None: by their signs.

    Only phrases of one kind are compared, one of which the shop wrote itself: that one is named, with its twin.
    """
    sentences = [sentence_of(cared) for cared in library]
    near = vectors @ vectors.T if vectors is not None and len(library) else None
    for place, cared in enumerate(library):
        best = max(_twins(place, library, sentences, near), default=None)
        if best is not None:
            share, other = best[0], library[best[1]]
            name = f"/{other.key}" if other.kind == "quick" else f"“{other.title}”"
            yield ail(cared, Trouble.DOUBLE, f"和{name}意思几乎一样，留一条就够了", f"相似 {share:.0%}", share)


def _twins(
    place: int, library: Sequence[Cared], sentences: Sequence[str], near: Vector | None
) -> Iterator[tuple[float, int]]:
    """(likeness, place) of what says the same; of two that the shop wrote the later one is named."""
    cared = library[place]
    if not cared.written:
        return
    for other, its in enumerate(library):
        named = other == place or its.kind != cared.kind or (its.written and other > place)
        if named or _figures(sentences[other]) != _figures(sentences[place]):
            continue
        share = float(near[place, other]) if near is not None else _signs(sentences[place], sentences[other])
        if share >= (NEAR if near is not None else NEAR_SIGNS):
            yield min(share, 1.0), other


def _signs(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= NEAR_SIGNS and matcher.quick_ratio() >= NEAR_SIGNS else 0.0


def _figures(text: str) -> list[str]:
    """满 99 减 10 is not 满 199 减 20, however alike they are."""
    return sorted(_FIGURE.findall(text))
