"""The sentences that the desk itself says, from the phrase library."""

from dataclasses import replace
from typing import Any

import structlog

from phrases import PhraseBook, PhraseError
from phrases.labels import HOT_QUESTIONS, MEANWHILE
from shop.conversations import Line, is_known_buyer
from shop.handover import BACK_TO_BOT, opening, position
from shop.model import Conversation
from shop.ports import Clock, UnitOfWork
from shop.settings import Settings

log = structlog.get_logger()


class Words:
    """Methods that take the unit of work speak from inside a transaction; none of them raises for lack of a phrase."""

    def __init__(self, book: PhraseBook, settings: Settings, clock: Clock) -> None:
        self._book, self._settings, self._clock = book, settings, clock

    def welcome(self, uow: UnitOfWork, conversation: Conversation) -> Line:
        """CW-02, CW-15."""
        known = is_known_buyer(uow, conversation)
        return self.line("welcome", back=known, nick=conversation.nick)

    def waiting(self, uow: UnitOfWork, conversation: Conversation) -> Line:
        """The place in the queue, or when people are back (CW-05)."""
        hours = opening(uow.policies.current().working_hours, self._clock.now())
        opens_at = hours.opens_at and hours.opens_at.isoformat()
        line = self.line("handover_queue", open=hours.open, position=position(uow, conversation), opens_at=opens_at)
        return replace(line, buttons=({"title": MEANWHILE, "payload": BACK_TO_BOT},))

    def apologise(self, uow: UnitOfWork, conversation: Conversation) -> list[Line]:
        """The bot did not answer: say so, and what comes next."""
        return [self.line("handover_failed"), self.waiting(uow, conversation)]

    def slow_down(self) -> str:
        return self.line("slow_down").text

    def hot_questions(self) -> list[str]:
        """Offered above the message box; sent as the buyer's own words."""
        return list(HOT_QUESTIONS)

    def line(self, key: str, **facts: Any) -> Line:
        """An entry's wording for the facts; where it cannot be said, what is always true."""
        shop = {"shop_name": self._settings.name, "service_name": self._settings.service_name}
        try:
            return Line(self._book.render(key, {**shop, **facts}), key)
        except PhraseError as error:
            log.error("desk.phrase_missing", key=key, why=str(error))
            return Line(self._book.safe(), "safe")
