"""How much of what was typed stands in a text: single signs and pairs, the rare ones counting more."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Grams = Mapping[str, float]
Scores = NDArray[np.float32]

SINGLE, PAIR = 0.35, 1.0
UNSEEN = 0.4
"""Of a pair that stands in no text at all: a long message is not blamed for its own words."""

_RUN = re.compile(r"[一-鿿]+|[a-z0-9]+")


def sign_grams(text: str) -> dict[str, float]:
    """Signs and pairs of signs of a lower-case text; a latin word or figure counts whole."""
    found: dict[str, float] = {}
    for run in _RUN.findall(text):
        if run[0] < "一":
            found[run] = PAIR
            continue
        found.update(dict.fromkeys(run, SINGLE))
        found.update((pair, PAIR) for pair in pairs(run))
    return found


def pairs(items: Sequence[str]) -> Iterator[str]:
    return (first + second for first, second in pairwise(items))


class GramIndex:
    """Over `documents`, each gram → what it is worth there (0 to 1)."""

    def __init__(self, documents: Sequence[Grams]) -> None:
        self._size = len(documents)
        places: dict[str, list[tuple[int, float]]] = {}
        for number, grams in enumerate(documents):
            for gram, worth in grams.items():
                places.setdefault(gram, []).append((number, worth))
        self._places = {
            gram: (np.array([n for n, _ in found]), np.array([w for _, w in found], np.float32))
            for gram, found in places.items()
        }

    def _rarity(self, gram: str) -> float:
        found = self._places.get(gram)
        return math.log((self._size + 1) / (len(found[0]) + 0.5)) if found else 0.0

    def coverage(self, grams: Iterable[tuple[str, float]]) -> Scores:
        """Per document: the share of `grams`, weighed by rarity, that stands in it; shape (documents,), 0 to 1."""
        scores, whole = np.zeros(self._size, np.float32), 0.0
        rarest = math.log((self._size + 1) / 1.5) if self._size else 1.0
        for gram, weight in grams:
            found = self._places.get(gram)
            if found is None:
                whole += weight * UNSEEN * rarest
                continue
            rarity = weight * max(0.05, self._rarity(gram))
            scores[found[0]] += rarity * found[1]
            whole += rarity
        return scores / np.float32(whole) if whole else scores
