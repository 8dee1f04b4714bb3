"""Finds quick phrases: by 快捷编码, by letters, by words, by a buyer's whole message. PH-10, PH-11, PH-20.

Pure: everything comes in as arguments. An index is built once per version of the phrases (0.1 s) and asked many times
(about a millisecond). Each way to find a phrase gives a score; the scores are added up.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from phrases.likeness import GramIndex, Scores, sign_grams
from phrases.quick_book import ShownPhrase
from phrases.quick_parts import sound_grams, take_apart
from phrases.quick_query import NO_CONTEXT, Context, Found, Meaning, Vector, Why, split, tidy
from phrases.search_tables import load_tables
from phrases.sounds import SoundIndex, slips

Features = dict[Why, Scores]

LONGEST = 200
"""Signs of a message that are looked at."""
BEST = 3
CODE, CODE_BEGUN, CODE_NEAR = 10.0, 3.0, 1.0
SOUND, LIKE_SOUND = 2.0, 0.8
LEAST_TO_MEND, MOST_TO_MEND, MENDED = 4, 16, 0.7
SHORT, LONG = 4, 10
"""Signs: up to so many somebody looks for words, from so many on somebody says something."""
WORDS_IN_LONG, VERY_WORDS = 0.8, 0.3
MEANING, INTENT, INTENT_OF_SHORT, IN_GROUP, A_PLACE_LATER = 0.8, 0.6, 0.3, 0.5, 0.1
FAR, NEAR = 0.25, 0.9
"""Cosines: of sentences that have nothing in common, and that say the same."""
AROUND, USE, OFTEN = 0.3, 0.1, 10
LEAST = 0.05
WORDS_IN_SUGGESTION, NEAR_ENOUGH = 0.5, 0.6


class QuickIndex:
    """`phrases` in the order of the panel. `sentences` are what to ask vectors for; see `learn`."""

    def __init__(self, phrases: Sequence[ShownPhrase]) -> None:
        self.phrases = tuple(phrases)
        self._parts = [take_apart(phrase) for phrase in self.phrases]
        self.sentences = tuple(sentence for parts in self._parts for sentence in parts.sentences)
        self._first_sentences = np.cumsum([0, *(len(parts.sentences) for parts in self._parts)])[:-1]
        self._words = GramIndex([parts.words for parts in self._parts])
        self._like_sounds = GramIndex([parts.sounds for parts in self._parts])
        self._sounds = SoundIndex([parts.spoken for parts in self._parts])
        self._vectors: Vector | None = None
        self._heard: tuple[object, Scores] = None, self._none()

    @property
    def knows_meaning(self) -> bool:
        return self._vectors is not None

    def learn(self, vectors: Vector) -> None:
        """`vectors`: those of `sentences`, shape (sentences, 512), each of length one. ValueError for any other."""
        if vectors.ndim != 2 or len(vectors) != len(self.sentences):
            raise ValueError(vectors.shape)
        self._vectors = vectors

    def search(self, words: str, context: Context = NO_CONTEXT, group: str = "", limit: int = 20) -> list[Found]:
        """The best first. Nothing typed: all, what fits the talk first, the rest as in the panel."""
        said = tidy(words)[:LONGEST]
        keys, rest = split(said)
        typed = self._by_keys(keys) | self._by_words(rest, context.said)
        around = {Why.TALK: AROUND * self._by_heard(context), Why.USE: USE * self._by_use(context.uses)}
        answers = self._sum(typed) > LEAST if said else np.ones(len(self.phrases), bool)
        of_group = np.array([group in ("", phrase.group) for phrase in self.phrases], bool)
        return self._ranked(typed | around, answers & of_group, limit)

    def suggest(self, message: str, meaning: Meaning, uses: Mapping[str, int], limit: int = BEST) -> list[Found]:
        """For the buyer's last message: what is near it by meaning and intent; nothing where nothing is. PH-20."""
        text = split(tidy(message)[:LONGEST])[1]
        features = {
            Why.WORDS: WORDS_IN_SUGGESTION * _length(text) * self._words.coverage(sign_grams(text).items()),
            Why.MEANING: MEANING * self._by_meaning(meaning),
            Why.INTENT: INTENT * self._by_intent(meaning),
        }
        near = self._sum(features) >= NEAR_ENOUGH
        return self._ranked(features | {Why.USE: USE * self._by_use(uses)}, near, limit)

    def _ranked(self, features: Features, fits: NDArray[np.bool_], limit: int) -> list[Found]:
        total, kinds = self._sum(features), list(features)
        order = [n for n in np.argsort(-total, kind="stable") if fits[n]][:limit]
        leading = np.argmax(np.stack(list(features.values())), axis=0) if order else []
        return [Found(self.phrases[n], float(total[n]), kinds[leading[n]]) for n in order]

    def _by_keys(self, keys: list[str]) -> Features:
        """Letters and figures: a code, or what the letters may be read as."""
        typed = "".join(keys)
        if not typed:
            return {}
        code = np.array([_code_worth(typed, phrase) for phrase in self.phrases], np.float32)
        sound = self._by_sound(typed, keys) if typed.isalpha() and len(typed) > 1 else self._none()
        return {Why.CODE: code, Why.SOUND: np.where(code > 0, 0, SOUND * sound)}

    def _by_sound(self, typed: str, keys: list[str]) -> Scores:
        """All letters in one, or word by word; where nothing reads so, with a slip of the finger."""
        sound = self._sounds.match(typed)
        if len(keys) > 1:
            sound = np.maximum(sound, np.mean([self._sounds.match(key) for key in keys], axis=0))
        if not sound.any() and LEAST_TO_MEND <= len(typed) <= MOST_TO_MEND:
            sound = MENDED * np.max([self._sounds.match(letters) for letters in slips(typed)], axis=0)
        return sound

    def _by_words(self, text: str, meaning: Meaning) -> Features:
        """What was typed or pasted: its words, words that sound like them, what it is like and asks for."""
        if not text:
            return {}
        long = _length(text)
        words = self._words.coverage(sign_grams(text).items())
        words = np.maximum(words, LIKE_SOUND * self._like_sounds.coverage(sound_grams(text).items()))
        words += self._by_very_words("".join(text.split()))
        return {
            Why.WORDS: (1 - long * (1 - WORDS_IN_LONG)) * words,
            Why.MEANING: MEANING * self._by_meaning(meaning),
            Why.INTENT: (INTENT_OF_SHORT + long * (INTENT - INTENT_OF_SHORT)) * self._by_intent(meaning),
        }

    def _by_very_words(self, said: str) -> Scores:
        """A phrase that says just this goes before one for which buyers say it."""
        if not 1 < len(said) <= LONG:
            return self._none()
        return np.array([VERY_WORDS * (said in parts.whole) for parts in self._parts], np.float32)

    def _by_heard(self, context: Context) -> Scores:
        """Remembered: the buyer's words stay while an agent types letter by letter."""
        buyer = context.buyer
        vector = buyer.vector.tobytes() if buyer.vector is not None and self.knows_meaning else b""
        known, scores = self._heard
        key = (context.heard, buyer.intent, buyer.confidence, vector)
        if key != known:
            scores = self._sum(self._by_words(split(tidy(context.heard)[:LONGEST])[1], buyer))
            self._heard = key, scores
        return scores

    def _by_meaning(self, meaning: Meaning) -> Scores:
        if self._vectors is None or meaning.vector is None or not self.phrases:
            return self._none()
        # Not @: its library keeps a second core busy while it waits for the next product.
        cosines = np.einsum("ij,j->i", self._vectors, meaning.vector)
        near = np.maximum.reduceat(cosines, self._first_sentences)
        likeness: Scores = np.clip((near - FAR) / (NEAR - FAR), 0, 1)
        return likeness

    def _by_intent(self, meaning: Meaning) -> Scores:
        names = load_tables().intents.get(meaning.intent, ())
        if not names or not meaning.confidence:
            return self._none()
        places = {name: 1 - A_PLACE_LATER * place for place, name in enumerate(names)}
        fits = [
            max(places.get(phrase.code, 0.0) * phrase.kin, IN_GROUP * (phrase.group in places))
            for phrase in self.phrases
        ]
        return np.array(fits, np.float32) * np.float32(meaning.confidence)

    def _by_use(self, uses: Mapping[str, int]) -> Scores:
        if not uses:
            return self._none()
        counts = np.array([uses.get(phrase.code, 0) for phrase in self.phrases], np.float32)
        scores: Scores = np.log1p(counts) / np.log1p(max(float(counts.max(initial=0)), OFTEN))
        return scores

    def _sum(self, features: Features) -> Scores:
        return sum(features.values(), start=self._none())

    def _none(self) -> Scores:
        return np.zeros(len(self.phrases), np.float32)


def _length(text: str) -> float:
    """0 for a word or two, 1 for a message."""
    return min(1.0, max(0, len(text) - SHORT) / (LONG - SHORT))


def _code_worth(typed: str, phrase: ShownPhrase) -> float:
    """`yj` begins yj1; `yj9`, which nobody has, is a slip of the finger for one of them."""
    letters = typed.rstrip("0123456789")
    if not letters:
        return 0.0
    if phrase.code == typed:
        return CODE + phrase.own
    if phrase.code.startswith(typed):
        return CODE_BEGUN
    return CODE_NEAR if letters != typed and phrase.code.startswith(letters) else 0.0
