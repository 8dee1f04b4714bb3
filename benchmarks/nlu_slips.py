"""Slips of the hand, for training data that has some: a character of the same sound, or one left out."""

import random
from collections import Counter, defaultdict
from dataclasses import replace

from pypinyin import lazy_pinyin

from benchmarks.blind_set import Message
from benchmarks.nlu_corpus import Corpus
from bot.nlu.normaliser import normalise

FREQUENT = 20
"""Messages' characters that occur so often are what an input method offers first."""

Homophones = dict[str, list[str]]
"""Character → the frequent others of its syllable, the tone left out."""


def with_slips(corpus: Corpus) -> Corpus:
    """All messages, and each once more with a slip; the same slips at each call."""
    dice, homophones = random.Random(0), learn_homophones(corpus.texts)  # noqa: S311
    slipped = (_slip(message, homophones, dice) for message in corpus.messages)
    return Corpus((*corpus.messages, *slipped))


def learn_homophones(texts: list[str]) -> Homophones:
    counts = Counter(character for text in texts for character in text if _is_chinese(character))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for character, count in counts.items():
        if count >= FREQUENT:
            groups[_syllable(character)].append(character)
    return {character: [one for one in groups[_syllable(character)] if one != character] for character in counts}


def _slip(message: Message, homophones: Homophones, dice: random.Random) -> Message:
    """A homophone in one case of two, where a character has any; a message of one character stays as it is."""
    characters = list(message.text)
    chinese = [place for place, character in enumerate(characters) if _is_chinese(character)]
    swappable = [place for place in chinese if homophones[characters[place]]]
    if swappable and dice.random() < 0.5:
        place = dice.choice(swappable)
        characters[place] = dice.choice(homophones[characters[place]])
    elif len(chinese) > 1:
        del characters[dice.choice(chinese)]
    return replace(message, text=normalise("".join(characters)))


def _is_chinese(character: str) -> bool:
    return "一" <= character <= "鿿"


def _syllable(character: str) -> str:
    return str(lazy_pinyin(character)[0])
