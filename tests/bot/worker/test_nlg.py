"""Words for keys: facts in, no facts out."""

from typing import Any

import pytest
from rasa.shared.core.events import BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlg import AFTER_SAYING, CALLS_PERSON, SWITCHED_OFF, PhraseBookNlg, shipped_book
from phrases.errors import PhraseUnfilled, PhraseUnknown
from phrases.live import LiveBook
from shop.model import SavedReply
from shop.settings import load_settings
from tests.conftest import NOW


class OnePhrase:
    """Knows "stock", which needs `product`, and says what it was given."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}

    def render(self, key: str, facts: dict[str, Any], variation: int = 0) -> str:
        self.given = facts
        if key != "stock":
            raise PhraseUnknown(key)
        if "product" not in facts:
            raise PhraseUnfilled(key, ("product",))
        return f"{facts['product']} {variation}"

    def safe(self) -> str:
        return "稍等"

    def calls_person(self, key: str) -> bool:
        return False


def talk(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c", list(events), slots=[])


async def say(
    key: str, tracker: DialogueStateTracker | None = None, **facts: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    book = OnePhrase()
    said = await PhraseBookNlg(find_book=lambda: book).generate(key, tracker or talk(), "desk", **facts)
    return said, book.given


@pytest.mark.parametrize("key", ["stock", "utter_stock"])
async def test_a_key_is_said_with_and_without_rasas_prefix(key: str) -> None:
    said, _ = await say(key, product="T恤")
    assert said == {"text": "T恤 0", "phrase_key": "stock", "variation": 0}


async def test_the_shops_names_are_given_unless_the_action_gives_others() -> None:
    _, facts = await say("stock", product="T恤", service_name="小云")
    assert facts == {"product": "T恤", "service_name": "小云", "shop_name": load_settings().name}


async def test_what_the_dispatcher_adds_is_no_fact() -> None:
    _, facts = await say(
        "stock", product="T恤", text=None, buttons=[{}], custom={"cards": []}, template="stock", image=None
    )
    assert set(facts) == {"product", "shop_name", "service_name"}


async def test_what_was_said_before_is_said_otherwise() -> None:
    said_twice = [BotUttered("…", metadata={"phrase_key": "stock", "variation": n}) for n in range(2)]
    said, _ = await say("stock", talk(*said_twice), product="T恤")
    assert said["variation"] == 2


@pytest.mark.req("PC-03")
@pytest.mark.parametrize(("key", "facts"), [("stock", {}), ("no_such_key", {"product": "T恤"})])
async def test_what_cannot_be_said_becomes_the_safe_phrase(key: str, facts: dict[str, str]) -> None:
    said, _ = await say(key, **facts)
    assert said == {"text": "稍等", "phrase_key": "safe"}


def saved_book(**saved: Any) -> LiveBook:
    live = LiveBook(shipped_book(), lambda: NOW)
    live.take("1", [SavedReply("thanks", "道谢", changed_by="m1", changed_at=NOW, **{"wordings": [], **saved})])
    return live


@pytest.mark.req("PH-06")
async def test_what_was_switched_off_says_nothing_and_calls_a_person() -> None:
    said = await PhraseBookNlg(find_book=lambda: saved_book(enabled=False)).generate("thanks", talk(), "desk")
    assert said == {"text": "", "phrase_key": "thanks", CALLS_PERSON: SWITCHED_OFF}


@pytest.mark.req("PH-06")
async def test_a_scene_marked_so_is_said_and_calls_a_person() -> None:
    book = saved_book(wordings=[{"text": "您客气"}], to_person=True)
    said = await PhraseBookNlg(find_book=lambda: book).generate("thanks", talk(), "desk")
    assert said == {"text": "您客气", "phrase_key": "thanks", "variation": 0, CALLS_PERSON: AFTER_SAYING}


def test_the_shipped_book_has_a_safe_phrase() -> None:
    assert shipped_book().safe()
