"""What the training data must not hold: a text under two intents, or what the blind set asks."""

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from bot.nlu.normaliser import normalise

ROOT = Path(__file__).resolve().parents[2]
NEAR = 0.8
"""Share of character pairs that two texts have in common from which they count as twins."""


class Labelled(NamedTuple):
    text: str
    intent: str
    also: str


def read(folder: str) -> list[Labelled]:
    found: list[Labelled] = []
    for path in sorted((ROOT / folder).rglob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            examples = block["examples"]
            if isinstance(examples, str):
                found += [Labelled(line.removeprefix("- "), block["intent"], "") for line in examples.splitlines()]
            else:
                found += [Labelled(e["text"], block["intent"], e["metadata"]["also"]) for e in examples]
    return found


@lru_cache(maxsize=1)
def training() -> list[Labelled]:
    return read("data/nlu")


def blind() -> list[Labelled]:
    return read("tests/nlu/blind") + read("tests/nlu/plain")


def bare(text: str) -> str:
    """Without what two hands would write differently: signs, blanks, capitals."""
    return re.sub(r"[\W_]+", "", normalise(text)).lower()


def pairs(text: str) -> frozenset[str]:
    letters = bare(text)
    return frozenset(letters[place : place + 2] for place in range(len(letters) - 1))


def test_no_text_stands_under_two_intents() -> None:
    intents: dict[str, set[str]] = defaultdict(set)
    for example in training():
        intents[bare(example.text) or example.text].add(example.intent)
    assert {text: names for text, names in intents.items() if len(names) > 1} == {}


def test_no_text_stands_twice() -> None:
    seen: dict[str, int] = defaultdict(int)
    for example in training():
        seen[bare(example.text) or example.text] += 1
    assert [text for text, times in seen.items() if times > 1] == []


def test_a_second_request_is_another_intent_that_exists() -> None:
    intents = {example.intent for example in training()}
    assert [e for e in training() + blind() if e.also and (e.also not in intents or e.also == e.intent)] == []


def test_no_message_of_the_blind_sets_or_its_near_twin_is_in_training() -> None:
    known = {bare(example.text) for example in training()}
    holders: dict[str, list[int]] = defaultdict(list)
    grams = [pairs(example.text) for example in training()]
    for place, gram in enumerate(grams):
        for pair in gram:
            holders[pair].append(place)
    twins = []
    for example in blind():
        mine, shared = pairs(example.text), defaultdict(int)
        for pair in mine:
            for place in holders[pair]:
                shared[place] += 1
        near = (place for place, count in shared.items() if count / len(mine | grams[place]) >= NEAR)
        if bare(example.text) in known or (len(mine) >= 3 and next(near, None) is not None):
            twins.append(example.text)
    assert twins == []


@pytest.mark.parametrize("folder", ["tests/nlu/blind", "tests/nlu/plain"])
def test_the_blind_sets_are_large_and_ask_of_every_intent(folder: str) -> None:
    examples = read(folder)
    assert len(examples) >= 1500
    assert {example.intent for example in examples} == {example.intent for example in training()}
