"""Chinese by its sound: syllables of a text, and letters typed on a keyboard that may mean them.

Letters mean syllables as input methods take them: whole (`tuikuan`), initials (`tk`), mixed (`tuik`, `shq`), the
last one only begun. Southern spellings (`sengqi` for `shengqi`) count a little less.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from pypinyin import lazy_pinyin

from phrases.likeness import Scores

Syllables = tuple[str, ...]
Spoken = tuple[Syllables, int, float]
"""A stretch of syllables, a place in it where a word begins, and what is added to the worth of reading from there."""

_RUN = re.compile(r"[一-鿿]+|[a-z0-9]+")
_FILLERS = re.compile(r"一下|[个的了您]")
_LETTERS = re.compile(r"[a-z]+")
_INITIALS = ("zh", "ch", "sh")
WHOLE, BEGUN, INITIAL = 1.0, 0.8, 0.7
"""What a syllable counts that was typed whole, in part, or by its initial alone."""
BROAD = 0.85
"""The same in another spelling."""
KNOWN_WORD, STRETCH_BEGINS = 0.15, 0.03
"""Added where a word of the trade begins, or a stretch: `sq` is 申请 rather than 上期."""
REMEMBERED = 500


def runs_of(text: str) -> list[Syllables]:
    """The syllables of every stretch of Chinese in a lower-case text; latin words stand as one syllable each."""
    return [_syllables(run) for run in _RUN.findall(text)]


@lru_cache(maxsize=16384)
def _syllables(run: str) -> Syllables:
    return tuple(lazy_pinyin(run)) if run[0] >= "一" else (run,)


def spoken(text: str, word: re.Pattern[str], bonus: float = 0.0) -> Iterator[Spoken]:
    """Every place of a text from which letters can be read; `word` matches, without taking any sign, where a word of
    the trade begins.
    """
    for run in _RUN.findall(text):
        yield from _places(run, word, bonus)


@lru_cache(maxsize=16384)
def _places(run: str, word: re.Pattern[str], bonus: float) -> tuple[Spoken, ...]:
    found: list[Spoken] = []
    for said in filter(None, dict.fromkeys((run, _FILLERS.sub("", run)))):
        syllables, known = _syllables(said), {hit.start() for hit in word.finditer(said)}
        worths = (bonus + KNOWN_WORD * (n in known) + STRETCH_BEGINS * (n == 0) for n in range(len(syllables)))
        found += [(syllables, start, worth) for start, worth in enumerate(worths)]
    return tuple(found)


@lru_cache(maxsize=1024)
def broad(syllable: str) -> str:
    """zh z, ch c, sh s, n l, -ng -n are one."""
    start = syllable[0] + syllable[2:] if syllable[:2] in _INITIALS else syllable
    start = f"l{start[1:]}" if start[:1] == "n" and len(start) > 1 else start
    return start[:-1] if start.endswith("ng") else start


class SoundIndex:
    """Over `documents`, each the places from which it can be read."""

    def __init__(self, documents: Sequence[Sequence[Spoken]]) -> None:
        self._size = len(documents)
        self._readers: dict[tuple[Syllables, int], list[tuple[int, float]]] = {}
        for number, places in enumerate(documents):
            for syllables, start, bonus in places:
                self._readers.setdefault((syllables, start), []).append((number, bonus))
        self._matched: dict[str, Scores] = {}
        self._beginning: dict[str, list[tuple[Syllables, int]]] = {}
        for place in self._readers:
            for letters in _first_letters(*place):
                self._beginning.setdefault(letters, []).append(place)

    def match(self, letters: str) -> Scores:
        """Per document: how well it can be read from two letters or more, about 0 to 1; shape (documents,).

        Remembered: what everybody types on the way to more letters is asked for again and again.
        """
        if letters not in self._matched:
            if len(self._matched) >= REMEMBERED:
                self._matched.clear()
            self._matched[letters] = self._match(letters)
        return self._matched[letters]

    def _match(self, letters: str) -> Scores:
        scores = [0.0] * self._size
        for place in self._beginning.get(letters[:2], ()):
            if worth := reads(letters, *place):
                for number, bonus in self._readers[place]:
                    scores[number] = max(scores[number], worth + bonus)
        return np.array(scores, np.float32)


def slips(letters: str) -> Iterator[str]:
    """What may have been meant: two letters changed places, or one is too many."""
    for at in range(len(letters)):
        yield letters[:at] + letters[at + 1 :]
        if at and letters[at] != letters[at - 1]:
            yield letters[: at - 1] + letters[at] + letters[at - 1] + letters[at + 1 :]


def _first_letters(syllables: Syllables, start: int) -> set[str]:
    """The pairs of letters with which somebody may begin to type what stands there."""
    heads = set(_spellings(syllables[start]))
    following = {spelling[0] for spelling in _spellings(syllables[start + 1])} if start + 1 < len(syllables) else set()
    return {head[:2] for head in heads if len(head) > 1} | {head[0] + letter for head in heads for letter in following}


@lru_cache(maxsize=1024)
def _spellings(syllable: str) -> dict[str, float]:
    if not _LETTERS.fullmatch(syllable):
        return {syllable: 1.0}
    wide = broad(syllable)
    same = {syllable, syllable.removesuffix("g") if syllable.endswith("ng") else syllable}
    if wide.endswith("n"):
        same |= {wide + "g", syllable + "g" if syllable.endswith("n") else syllable}
    return dict.fromkeys({*same, wide}, BROAD) | {syllable: 1.0}


@lru_cache(maxsize=8192)
def _readings(syllable: str, letters: str) -> tuple[tuple[int, float], ...]:
    """How many of the first `letters` the syllable can take, and what that counts."""
    found: dict[int, float] = {}
    for spelling, worth in _spellings(syllable).items():
        for taken, kind in _pieces(spelling, letters):
            found[taken] = max(found.get(taken, 0.0), worth * kind)
    return tuple(found.items())


def _pieces(spelling: str, letters: str) -> Iterator[tuple[int, float]]:
    if letters.startswith(spelling):
        yield len(spelling), WHOLE
    elif spelling.startswith(letters) and len(letters) > 1:
        yield len(letters), BEGUN
    if spelling[0] == letters[0]:
        yield 1, INITIAL
    if spelling[:2] in _INITIALS and letters.startswith(spelling[:2]):
        yield 2, INITIAL


def reads(letters: str, syllables: Sequence[str], start: int) -> float:
    """How well all `letters` read as syllables from `start` on, 0 to 1; 0: not at all."""
    total, count = _read(letters, syllables, start)
    return total / count if count else 0.0


def _read(letters: str, syllables: Sequence[str], at: int) -> tuple[float, int]:
    """(sum of what the syllables count, how many); (0, 0) where some letters are left over."""
    best = (0.0, 0)
    if at >= len(syllables):
        return best
    for taken, worth in _readings(syllables[at], letters):
        rest = letters[taken:]
        total, count = _read(rest, syllables, at + 1) if rest else (0.0, 0)
        if rest and not count:
            continue
        found = (worth + total, count + 1)
        if not best[1] or found[0] / found[1] > best[0] / best[1]:
            best = found
    return best
