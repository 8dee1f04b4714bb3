"""The sentences that the desk itself says, from the phrase library."""

from typing import Any

import structlog

from phrases import PhraseBook, PhraseError
from phrases.labels import HOT_QUESTIONS, MEANWHILE
from shop.conversations import Line, is_known_buyer
from shop.handover import BACK_TO_BOT
from shop.model import Conversation
from shop.ports import UnitOfWork
from shop.settings import Settings

log = structlog.get_logger()


class Words:
    """Methods that take the unit of work speak from inside a transaction; none of them raises for lack of a phrase."""

    def __init__(self, book: PhraseBook, settings: Settings) -> None:
        self._book, self._settings = book, settings
        self.quick = book.quick

    def welcome(self, uow: UnitOfWork, conversation: Conversation) -> Line:
        """CW-02, CW-15."""
        known = is_known_buyer(uow, conversation)
        return self.line("welcome", back=known, nick=conversation.nick)

    def slow_down(self) -> str:
        return self.line("slow_down").text

    def hot_questions(self) -> list[str]:
        """Offered above the message box; sent as the buyer's own words."""
        return list(HOT_QUESTIONS)

    def line(self, key: str, *, meanwhile: bool = False, **facts: Any) -> Line:
        """An entry's wording for the facts; where it cannot be said, what is always true. `meanwhile`: with the button
        by which who waits goes on with the bot.
        """
        shop = {"shop_name": self._settings.name, "service_name": self._settings.service_name}
        try:
            buttons = ({"title": MEANWHILE, "payload": BACK_TO_BOT},) if meanwhile else ()
            return Line(self._book.render(key, {**shop, **facts}), key, buttons)
        except PhraseError as error:
            log.error("desk.phrase_missing", key=key, why=str(error))
            return Line(self._book.safe(), "safe")
