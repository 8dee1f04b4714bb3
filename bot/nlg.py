"""Rasa's NLG, served from the phrase book: an action says a key and its facts, the book says the words."""

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
from phrases.errors import PhraseUnfilled, PhraseUnknown
from shop.settings import load_settings

log = structlog.get_logger()

_PREFIX = "utter_"
_NOT_FACTS = frozenset(
    ("text", "buttons", "elements", "custom", "template", "image", "attachment", "quick_replies", "domain_responses")
)
"""What rasa_sdk's dispatcher and Rasa's own actions pass beside the facts."""


class Book(Protocol):
    def render(self, key: str, facts: dict[str, Any], variation: int = 0) -> str: ...
    def safe(self) -> str: ...


@lru_cache(maxsize=1)
def shipped_book() -> PhraseBook:
    return PhraseBook.load()


class PhraseBookNlg(NaturalLanguageGenerator):
    """Answers `{"text", "phrase_key", "variation"}`; Rasa keeps the last two in the event's metadata."""

    def __init__(
        self,
        endpoint_config: EndpointConfig | None = None,
        domain: Domain | None = None,
        find_book: Callable[[], Book] = shipped_book,
    ) -> None:
        """Rasa passes the first two when `endpoints.yml` names this class. `find_book` is asked before every phrase."""
        self._find_book = find_book

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """`utter_action`: the key, with or without `utter_`. A phrase that cannot be said becomes the safe one."""
        key, book = utter_action.removeprefix(_PREFIX), self._find_book()
        facts = _standing_facts() | {name: value for name, value in kwargs.items() if name not in _NOT_FACTS}
        variation = _next_variation(tracker, key)
        try:
            return {"text": book.render(key, facts, variation), "phrase_key": key, "variation": variation}
        except PhraseUnfilled as error:
            log.error("phrase.unfilled", key=key, missing=list(error.missing))
        except PhraseUnknown:
            log.error("phrase.unknown", key=key)
        return {"text": book.safe(), "phrase_key": SAFE}


def _standing_facts() -> dict[str, Any]:
    settings = load_settings()
    return {"shop_name": settings.name, "service_name": settings.service_name}


def _next_variation(tracker: DialogueStateTracker, key: str) -> int:
    """How often the key was said; goes on counting where old turns were cut off the tracker."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) and event.metadata.get("phrase_key") == key:
            return int(event.metadata.get("variation") or 0) + 1
    return 0
