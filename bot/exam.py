"""The test set (the blind one of tests/nlu): messages that no model has learned from, with what their writers meant.

It is Rasa's yaml in one of two shapes: the file `blind.yml`, or, which is preferred where it holds anything, the
folder `blind/` of such files. A message that makes two requests is written as a mapping and names the second:

    - intent: bargain
      examples:
      - text: 还有货吗 有的话便宜点
        metadata: {also: ask_stock}
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.training import ROOT

PLACE = Path("tests/nlu")


class BlindSetWrong(Exception):
    """A message of the set names an intent that the training data does not have, or there is no message at all."""


@dataclass(frozen=True)
class Message:
    """`also` is the second request of a message that makes two; `intent` is the main one."""

    text: str
    intent: str
    also: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """One or two intents, the main one first."""
        return (self.intent, self.also) if self.also else (self.intent,)


def read_blind_set(place: Path = ROOT / PLACE) -> list[Message]:
    """All messages under `place`, in the order of files and lines. Raises BlindSetWrong where there are none."""
    files = sorted((place / "blind").glob("*.yml")) or [file for file in (place / "blind.yml",) if file.is_file()]
    messages = [message for file in files for message in read_file(file)]
    if not messages:
        raise BlindSetWrong(f"no blind messages in {place}")
    return messages


def read_file(file: Path) -> Iterator[Message]:
    for block in _blocks(file):
        for text, also in _examples(block["examples"]):
            if text:
                yield Message(text, block["intent"], also)


def sit_exam(model: Path, questions: Sequence[Message], each: Callable[[], object]) -> list[str]:
    """The likeliest intent of every question, however unsure; loads the whole model. `each` is called after each."""
    import asyncio

    from rasa.core.agent import Agent

    from bot.worker import patches

    patches.apply()
    agent = Agent.load(str(model))

    async def answer() -> list[str]:
        found = []
        for question in questions:
            found.append(likeliest(await agent.parse_message(question.text)))
            each()
        return found

    return asyncio.run(answer())


def likeliest(parsed: dict[str, Any]) -> str:
    """Of Rasa's parse result: the first intent that is not doubt itself; empty where there is none."""
    ranking = [*(parsed.get("intent_ranking") or []), parsed["intent"]]
    return next((r["name"] for r in ranking if r["name"] and r["name"] != "nlu_fallback"), "")


def _blocks(file: Path) -> list[dict[str, Any]]:
    """The file's intents; synonyms and look-up tables are left out."""
    content = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    return [block for block in content.get("nlu") or [] if "intent" in block]


def _examples(examples: str | list[Any]) -> Iterator[tuple[str, str | None]]:
    """Text and second intent of each: one block of lines that begin with a dash, or a list."""
    for example in examples.splitlines() if isinstance(examples, str) else examples:
        if isinstance(example, str):
            yield example.strip().removeprefix("- ").strip(), None
        else:
            yield str(example["text"]).strip(), (example.get("metadata") or {}).get("also")
