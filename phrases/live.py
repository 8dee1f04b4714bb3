"""The phrase book as it stands this moment: shipped, and over it what the managers saved. PH-06.

Every process has one of its own. Before it speaks it asks the store for the version, one short query, and reads the
replies anew only where that changed.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import structlog

from phrases.book import PhraseBook
from phrases.library import AutoReply
from phrases.saved import lay_over
from phrases.variables import Facts
from shop.model import SavedReply
from shop.ports import UnitOfWork

log = structlog.get_logger()


class _State(NamedTuple):
    version: str
    book: PhraseBook
    keyed: tuple[AutoReply, ...]
    """With keywords, the highest priority first."""


class LiveBook:
    """Speaks like a PhraseBook, with the time of `now`. Safe to share between threads: its state changes as a whole."""

    def __init__(self, shipped: PhraseBook, now: Callable[[], datetime]) -> None:
        self.shipped, self.now = shipped, now
        self._state = _State("", shipped, ())

    @property
    def version(self) -> str:
        """Of what was taken last; empty: nothing yet."""
        return self._state.version

    @property
    def book(self) -> PhraseBook:
        return self._state.book

    def look(self, uow: UnitOfWork) -> None:
        """Takes what was saved since; a row that cannot be read leaves the book as it was."""
        try:
            version = uow.saved_replies.version()
            if version != self.version:
                self.take(version, uow.saved_replies.all())
        except ValueError as error:
            log.error("phrases.saved_unreadable", why=str(error))

    def take(self, version: str, saved: Sequence[SavedReply]) -> None:
        book = lay_over(self.shipped, saved)
        keyed = (reply for reply in book.auto.values() if reply.keywords and reply.enabled)
        self._state = _State(version, book, tuple(sorted(keyed, key=lambda reply: (-reply.priority, reply.key))))

    def render(self, key: str, facts: Facts, variation: int = 0) -> str:
        """As PhraseBook.render."""
        return self.book.render(key, facts, variation, self.now())

    def safe(self) -> str:
        return self.book.safe(self.now())

    def calls_person(self, key: str) -> bool:
        """Where it is said, a person takes over."""
        reply = self.book.auto.get(key)
        return reply is not None and reply.to_person

    @property
    def keyed(self) -> Sequence[AutoReply]:
        """Said when the buyer's words hold one of their keywords; the highest priority first."""
        return self._state.keyed
