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


def runs_of(text: str) -> list[Syllables]:
    """The syllables of every stretch of Chinese in a lower-case text; latin words stand as one syllable each."""
    return [_syllables(run) for run in _RUN.findall(text)]


def _syllables(run: str) -> Syllables:
    return tuple(lazy_pinyin(run)) if run[0] >= "一" else (run,)


def spoken(text: str, words: Sequence[str], bonus: float = 0.0) -> Iterator[Spoken]:
    """Every place of a text from which letters can be read; `words` are those of the trade."""
    for run in _RUN.findall(text):
        for said in dict.fromkeys((run, _FILLERS.sub("", run))):
            syllables = _syllables(said) if said else ()
            for start in range(len(syllables)):
                known = any(said.startswith(word, start) for word in words) if said[0] >= "一" else start == 0
                yield syllables, start, bonus + KNOWN_WORD * known + STRETCH_BEGINS * (start == 0)


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
        self._places: dict[str, list[tuple[int, Spoken]]] = {}
        for number, places in enumerate(documents):
            for place in places:
                head = place[0][place[1]]
                for letter in {head[0], broad(head)[0]}:
                    self._places.setdefault(letter, []).append((number, place))

    def match(self, letters: str) -> Scores:
        """Per document: how well it can be read from the letters, about 0 to 1; shape (documents,)."""
        scores = np.zeros(self._size, np.float32)
        for number, (syllables, start, bonus) in self._places.get(letters[:1], ()):
            if worth := reads(letters, syllables, start):
                scores[number] = max(scores[number], worth + bonus)
        return scores


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
