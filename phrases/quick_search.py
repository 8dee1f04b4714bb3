"""Finds quick phrases: by 快捷编码, by letters, by words, by a buyer's whole message. PH-10, PH-11, PH-20.

Pure: everything comes in as arguments. An index is built once per version of the phrases and asked many times; one
question over 200 phrases takes a few milliseconds.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from phrases.likeness import GramIndex, Scores, pairs, sign_grams
from phrases.quick_book import ShownPhrase
from phrases.search_tables import load_tables
from phrases.sounds import SoundIndex, Spoken, broad, runs_of, spoken
from phrases.variables import BLANK

Vector = NDArray[np.float32]

LONGEST = 200
"""Signs of a message that are looked at."""
BEST = 3
CODE, CODE_BEGUN, CODE_NEAR = 10.0, 3.0, 1.0
SOUND, LIKE_SOUND = 2.0, 0.8
TEXT, GROUP, ASKED, ALIKE = 1.0, 0.9, 0.75, 0.7
"""What a word counts by where it stands: in the phrase, its group, what buyers say, words that mean the same."""
SHORT, LONG = 4, 10
"""Signs: up to so many somebody looks for words, from so many on somebody says something."""
WORDS_IN_LONG = 0.8
MEANING, INTENT, INTENT_OF_SHORT, IN_GROUP = 0.8, 0.5, 0.3, 0.5
FAR, NEAR = 0.25, 0.9
"""Cosines: of sentences that have nothing in common, and that say the same."""
AROUND, USE, OFTEN = 0.3, 0.1, 10
LEAST, NEAR_ENOUGH = 0.05, 0.8


class Why(str, Enum):
    """What spoke most for a phrase."""

    CODE = "编码"
    SOUND = "拼音"
    GROUP = "分组"
    WORDS = "文字"
    MEANING = "意思相近"
    INTENT = "买家来意"
    TALK = "买家刚说的"
    USE = "常用"


@dataclass(frozen=True)
class Meaning:
    """What the bot makes of words: a vector of length one, shape (512,), and what is wanted, 0 to 1 sure."""

    vector: Vector | None = None
    intent: str = ""
    confidence: float = 0.0


NOTHING = Meaning()


@dataclass(frozen=True)
class Context:
    """`said` is the meaning of what was typed; `heard` the buyer's last words, `buyer` their meaning; `uses`: code →
    how often this agent sent it lately.
    """

    said: Meaning = NOTHING
    heard: str = ""
    buyer: Meaning = NOTHING
    uses: Mapping[str, int] = field(default_factory=dict)


NO_CONTEXT = Context()


@dataclass(frozen=True)
class Found:
    phrase: ShownPhrase
    score: float
    why: Why


def tidy(words: str) -> str:
    """Half width, lower case, no slash in front."""
    return unicodedata.normalize("NFKC", words[:LONGEST]).lower().strip().lstrip("/、").strip()


@dataclass(frozen=True)
class _Parts:
    """What can be prepared of one phrase alone."""

    words: dict[str, float]
    sounds: dict[str, float]
    spoken: tuple[Spoken, ...]
    sentences: tuple[str, ...]


@lru_cache(maxsize=8192)
def _prepare(phrase: ShownPhrase) -> _Parts:
    tables = load_tables()
    text = tidy(phrase.text)
    named = _named(text)
    asked = tables.asked.get(phrase.code, ()) if phrase.kin else ()
    alike = tables.like_words(named)
    words: dict[str, float] = {}
    for worth, part in (
        (ASKED, "，".join(asked)),
        (ALIKE, "，".join(alike)),
        (GROUP, phrase.group),
        (TEXT, named),
    ):
        words.update(dict.fromkeys(sign_grams(part), worth))
    runs = (*runs_of(named), *runs_of(phrase.group))
    sounds = {pair: TEXT for run in runs for pair in pairs([broad(s) for s in run])}
    places = (
        *spoken(named, tables.words),
        *spoken(phrase.group, tables.words, 0.1),
        *spoken("，".join(alike), tables.words, -0.35),
    )
    return _Parts(words, sounds, places, (BLANK.sub("，", text), *asked))


def _named(text: str) -> str:
    """Variables are found by their names; asterisks and the smile say nothing."""
    return BLANK.sub(lambda blank: f"，{blank[0].strip('{}*').replace('笑脸', '')}，", text)


class QuickIndex:
    """`phrases` in the order of the panel. `sentences` are what to ask vectors for; see `learn`."""

    def __init__(self, phrases: Sequence[ShownPhrase]) -> None:
        self.phrases = tuple(phrases)
        parts = [_prepare(phrase) for phrase in self.phrases]
        self.sentences = tuple(sentence for part in parts for sentence in part.sentences)
        lengths = [len(part.sentences) for part in parts]
        self._starts = np.cumsum([0, *lengths])[:-1]
        self._vectors: Vector | None = None
        self._words = GramIndex([part.words for part in parts])
        self._like_sounds = GramIndex([part.sounds for part in parts])
        self._sounds = SoundIndex([part.spoken for part in parts])

    @property
    def knows_meaning(self) -> bool:
        return self._vectors is not None

    def learn(self, vectors: Vector) -> None:
        """`vectors`: those of `sentences`, shape (sentences, 512), each of length one. ValueError for any other."""
        if vectors.shape[:1] != (len(self.sentences),):
            raise ValueError(vectors.shape)
        self._vectors = vectors

    def search(self, words: str, context: Context = NO_CONTEXT, group: str = "", limit: int = 20) -> list[Found]:
        """The best first. Nothing typed: all, what fits the talk first, the rest as in the panel."""
        said = tidy(words)
        keys, rest = split(said)
        typed = {**self._by_keys(keys), **self._by_words(rest, context.said)}
        features = {**typed, **self._by_talk(context)}
        total = sum_of(features)
        answers = sum_of(typed) > LEAST if said else np.ones(len(self.phrases), bool)
        fits = [bool(answers[n]) and group in ("", phrase.group) for n, phrase in enumerate(self.phrases)]
        return self._ranked(features, total, fits, limit)

    def suggest(self, message: str, meaning: Meaning, uses: Mapping[str, int], limit: int = BEST) -> list[Found]:
        """For the buyer's last message: what is near it in meaning, intent and words; nothing where nothing is."""
        features = self._by_words(split(tidy(message))[1], meaning)
        near = sum_of(features) >= NEAR_ENOUGH
        features[Why.USE] = USE * self._by_use(uses)
        return self._ranked(features, sum_of(features), list(near), limit)

    def _ranked(
        self, features: dict[Why, Scores], total: Scores, fits: Sequence[bool], limit: int
    ) -> list[Found]:
        kinds, table = list(features), np.stack(list(features.values()))
        leading = table.argmax(axis=0) if len(self.phrases) else []
        order = [n for n in np.argsort(-total, kind="stable") if fits[n]]
        return [Found(self.phrases[n], float(total[n]), kinds[leading[n]]) for n in order[:limit]]

    def _by_keys(self, keys: list[str]) -> dict[Why, Scores]:
        """Letters and figures: a code, or what the letters may be read as."""
        joined = "".join(keys)
        code = np.array([_code_worth(joined, phrase) for phrase in self.phrases], np.float32)
        if not joined.isalpha() or len(joined) < 2:
            return {Why.CODE: code, Why.SOUND: self._none()}
        sound = self._sounds.match(joined)
        if len(keys) > 1:
            apart = np.mean([self._sounds.match(key) for key in keys], axis=0)
            sound = np.maximum(sound, apart)
        return {Why.CODE: code, Why.SOUND: np.where(code > 0, 0, SOUND * sound)}

    def _by_words(self, text: str, meaning: Meaning) -> dict[Why, Scores]:
        """What was typed or pasted: its words, words that sound like them, what it is like and asks for."""
        long = min(1.0, max(0, len(text) - SHORT) / (LONG - SHORT))
        runs = runs_of(text)
        syllables = ((pair, 1.0) for run in runs for pair in pairs([broad(s) for s in run]))
        words = self._words.coverage(sign_grams(text).items())
        words = np.maximum(words, LIKE_SOUND * self._like_sounds.coverage(syllables))
        return {
            Why.WORDS: (1 - long * (1 - WORDS_IN_LONG)) * words,
            Why.MEANING: MEANING * self._by_meaning(meaning),
            Why.INTENT: (INTENT_OF_SHORT + long * (INTENT - INTENT_OF_SHORT)) * self._by_intent(meaning),
        }

    def _by_talk(self, context: Context) -> dict[Why, Scores]:
        heard = sum_of(self._by_words(split(tidy(context.heard))[1], context.buyer))
        return {Why.TALK: AROUND * heard, Why.USE: USE * self._by_use(context.uses)}

    def _none(self) -> Scores:
        return np.zeros(len(self.phrases), np.float32)

    def _by_meaning(self, meaning: Meaning) -> Scores:
        if self._vectors is None or meaning.vector is None or not self.phrases:
            return self._none()
        near = np.maximum.reduceat(self._vectors @ meaning.vector, self._starts)
        likeness: Scores = np.clip((near - FAR) / (NEAR - FAR), 0, 1)
        return likeness

    def _by_intent(self, meaning: Meaning) -> Scores:
        places = {name: 1 - 0.1 * place for place, name in enumerate(load_tables().intents.get(meaning.intent, ()))}
        fit = [
            max(places.get(p.code, 0.0) if p.kin else 0.0, IN_GROUP if p.group in places else 0.0)
            for p in self.phrases
        ]
        return np.array(fit, np.float32) * np.float32(meaning.confidence)

    def _by_use(self, uses: Mapping[str, int]) -> Scores:
        counts = np.array([uses.get(phrase.code, 0) for phrase in self.phrases], np.float32)
        scores: Scores = np.log1p(counts) / np.log1p(max(float(counts.max(initial=0)), OFTEN))
        return scores


def sum_of(features: Mapping[Why, Scores]) -> Scores:
    return np.sum(list(features.values()), axis=0, dtype=np.float32)


def split(said: str) -> tuple[list[str], str]:
    """(letters and figures that stand alone, the rest)."""
    words = said.split()
    keys = [word for word in words if re.fullmatch(r"[a-z0-9]+", word)]
    return keys, " ".join(word for word in words if word not in keys)


def _code_worth(keys: str, phrase: ShownPhrase) -> float:
    """`yj` begins yj1; `yj9`, which nobody has, is a slip of the finger for one of them."""
    letters = keys.rstrip("0123456789")
    if not letters:
        return 0.0
    if phrase.code == keys:
        return CODE + phrase.own
    if phrase.code.startswith(keys):
        return CODE_BEGUN
    return CODE_NEAR if letters != keys and phrase.code.startswith(letters) else 0.0
