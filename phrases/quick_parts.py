"""One phrase taken apart for the search: its words, its sounds, and the sentences whose meaning is compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from phrases.likeness import Grams, pairs, sign_grams
from phrases.quick_book import ShownPhrase
from phrases.quick_query import tidy
from phrases.search_tables import SearchTables, load_tables
from phrases.sounds import Spoken, broad, runs_of, spoken
from phrases.variables import BLANK

TEXT, GROUP, ASKED, ALIKE = 1.0, 0.9, 0.75, 0.7
"""What a word counts by where it stands: in the phrase, its group, what buyers say, words that mean the same."""
SPOKEN_GROUP, SPOKEN_ALIKE = 0.1, -0.35
"""Added where letters are read as the group's name, or as a word that means the same."""


@dataclass(frozen=True)
class Parts:
    """`whole` is group and text in one, for words that stand in it just so."""

    whole: str
    words: Grams
    sounds: Grams
    spoken: tuple[Spoken, ...]
    sentences: tuple[str, ...]


@lru_cache(maxsize=8192)
def take_apart(phrase: ShownPhrase) -> Parts:
    """Remembered: agents share the team's phrases, and most of a library stays when one is changed."""
    tables = load_tables()
    text = tidy(phrase.text)
    named = _name_blanks(text)
    asked = tables.asked.get(phrase.code, ()) if phrase.kin else ()
    alike = "，".join(tables.like_words(named))
    return Parts(
        whole=f"{phrase.group}，{named}",
        words=_words({"，".join(asked): ASKED, alike: ALIKE, phrase.group: GROUP, named: TEXT}),
        sounds=sound_grams(f"{phrase.group}，{named}"),
        spoken=_spoken(phrase.group, named, alike, tables),
        sentences=(BLANK.sub("，", text), *asked),
    )


def _name_blanks(text: str) -> str:
    """Variables are found by their names; asterisks and the smile say nothing. 身高、体重 is found by 身高体重."""
    return BLANK.sub(lambda blank: f"，{blank[0].strip('{}*').replace('笑脸', '')}，", text).replace("、", "")


def _words(places: Mapping[str, float]) -> Grams:
    """The later place counts where a word stands in several."""
    return {gram: worth for text, worth in places.items() for gram in sign_grams(text)}


def sound_grams(text: str) -> Grams:
    """Pairs of syllables, for words that were typed with a wrong sign of the same sound."""
    return {pair: 1.0 for run in runs_of(text) for pair in pairs([broad(syllable) for syllable in run])}


def _spoken(group: str, text: str, alike: str, tables: SearchTables) -> tuple[Spoken, ...]:
    return (
        *spoken(text, tables.word),
        *spoken(group, tables.word, SPOKEN_GROUP),
        *spoken(alike, tables.word, SPOKEN_ALIKE),
    )
