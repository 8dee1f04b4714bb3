"""Rasa's NLG, served from the phrase book: an action says a key and its facts, the book says the words."""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

import structlog
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from phrases.book import SAFE, PhraseBook
from phrases.errors import PhraseDisabled, PhraseUnfilled, PhraseUnknown
from phrases.live import LiveBook
from shop.settings import load_settings
from shop.wiring import SystemClock, find_replies

log = structlog.get_logger()

_PREFIX = "utter_"
_NOT_FACTS = frozenset(
    ("text", "buttons", "elements", "custom", "template", "image", "attachment", "quick_replies", "domain_responses")
)
"""What rasa_sdk's dispatcher and Rasa's own actions pass beside the facts."""


CALLS_PERSON = "calls_person"
"""In an event's metadata: why a person takes over here. What was switched off says nothing beside it."""
SWITCHED_OFF, AFTER_SAYING = "自动回复已停用，由人工接待", "自动回复后转人工"


class Book(Protocol):
    def render(self, key: str, facts: dict[str, Any], variation: int = 0) -> str: ...
    def safe(self) -> str: ...
    def calls_person(self, key: str) -> bool: ...


@lru_cache(maxsize=1)
def shipped_book() -> PhraseBook:
    return PhraseBook.load()


@lru_cache(maxsize=1)
def _own_book() -> LiveBook:
    return LiveBook(shipped_book(), SystemClock().now)


def current_book() -> LiveBook:
    """With what the managers saved up to now; as it last was where the store does not answer."""
    book = _own_book()
    found = find_replies(book.version)
    if found is not None:
        book.take(*found)
    return book


class PhraseBookNlg(NaturalLanguageGenerator):
    """Answers `{"text", "phrase_key", "variation"}`, and CALLS_PERSON where a person takes over; Rasa keeps all but the
    text in the event's metadata.
    """

    def __init__(
        self,
        endpoint_config: EndpointConfig | None = None,
        domain: Domain | None = None,
        find_book: Callable[[], Book] = current_book,
    ) -> None:
        """Rasa passes the first two when `endpoints.yml` names this class. `find_book` is asked before every phrase."""
        self._find_book = find_book

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """`utter_action`: the key, with or without `utter_`. A phrase that cannot be said becomes the safe one."""
        key, book = utter_action.removeprefix(_PREFIX), await asyncio.to_thread(self._find_book)
        facts = _standing_facts() | {name: value for name, value in kwargs.items() if name not in _NOT_FACTS}
        variation = _next_variation(tracker, key)
        try:
            said = {"text": book.render(key, facts, variation), "phrase_key": key, "variation": variation}
            return said | _person_after(book, key)
        except PhraseDisabled:
            return {"text": "", "phrase_key": key, CALLS_PERSON: SWITCHED_OFF}
        except PhraseUnfilled as error:
            log.error("phrase.unfilled", key=key, missing=list(error.missing))
        except PhraseUnknown:
            log.error("phrase.unknown", key=key)
        return {"text": book.safe(), "phrase_key": SAFE} | _person_after(book, SAFE)


def _person_after(book: Book, key: str) -> dict[str, str]:
    return {CALLS_PERSON: AFTER_SAYING} if book.calls_person(key) else {}


def _standing_facts() -> dict[str, Any]:
    settings = load_settings()
    return {"shop_name": settings.name, "service_name": settings.service_name}


def _next_variation(tracker: DialogueStateTracker, key: str) -> int:
    """How often the key was said; goes on counting where old turns were cut off the tracker."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) and event.metadata.get("phrase_key") == key:
            return int(event.metadata.get("variation") or 0) + 1
    return 0
