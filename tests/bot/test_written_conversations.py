"""tests/conversations through the real agent: the texts as buyers type them, over the demo shop.

`rasa test core` reads the same files and checks the dialogue alone; here the intents must be recognised, the actions
really run must be the ones listed, and every message said must stand in the library. `metadata` says who talks:
`buyer` (a persona; none: a guest), `product` (whose page), `at` (hour of the shop, HH:MM), `req`, and `says`: the
keys that have to be among those said, in that order.
"""

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from phrases import PhraseBook
from shop.times import local

FOLDER = Path(__file__).resolve().parents[1] / "conversations"
TOPICS = ("general", "presale", "bargain", "payment", "tracking", "aftersale", "handover")
BOOK = PhraseBook.load()
LEAST = 45


@dataclass
class Turn:
    text: str
    intent: str
    actions: list[str] = field(default_factory=list)


@dataclass
class Story:
    name: str
    turns: list[Turn]
    buyer: str = ""
    product: str = ""
    at: str = ""
    req: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)


def _read(entry: dict[str, Any]) -> Story:
    turns: list[Turn] = []
    for step in entry["steps"]:
        if "intent" in step:
            turns.append(Turn(str(step["user"]), step["intent"]))
        elif "action" in step:
            turns[-1].actions.append(step["action"])
    return Story(entry["story"], turns, **entry["metadata"])


def stories() -> list[Story]:
    files = [yaml.safe_load((FOLDER / f"{topic}.yml").read_text(encoding="utf-8")) for topic in TOPICS]
    return [_read(entry) for file in files for entry in file["stories"]]


STORIES = stories()


def _parameter(story: Story) -> Any:
    return pytest.param(story, id=story.name, marks=pytest.mark.req(*story.req) if story.req else ())


def test_there_are_enough_conversations_and_each_has_its_own_name() -> None:
    assert len(STORIES) >= LEAST
    assert len({story.name for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("story", [_parameter(story) for story in STORIES])
async def test_a_conversation_goes_as_it_is_written(story: Story, chat, clock) -> None:
    if story.at:
        clock.set(local(clock.now()).replace(hour=time.fromisoformat(story.at).hour, minute=0))
    talk, said = chat(story.buyer, story.product), []
    for turn in story.turns:
        answer = await talk.say(turn.text)
        assert (turn.text, answer["intent"]["name"]) == (turn.text, turn.intent)
        assert (turn.text, answer["actions"]) == (turn.text, turn.actions)
        assert [key for key in talk.keys if key not in BOOK.auto or key == "safe"] == []
        said += talk.keys
    rest = iter(said)
    assert all(key in rest for key in story.says), said
