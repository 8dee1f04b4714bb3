"""The sentences that the desk itself says, from the phrase library."""

from typing import Any

import structlog

from phrases import PhraseBook, PhraseDisabled, PhraseError
from phrases.labels import HOT_QUESTIONS, MEANWHILE
from phrases.live import LiveBook
from phrases.scenes import SILENT
from shop.conversations import Line, is_known_buyer
from shop.handover import BACK_TO_BOT
from shop.model import Conversation
from shop.moment import KeyedReply
from shop.ports import UnitOfWork
from shop.replies import find_said
from shop.settings import Settings
from shop.talk_facts import gather_facts
from shop.wiring import find_courier

log = structlog.get_logger()


class Words:
    """Methods that take the unit of work speak from inside a transaction; none of them raises for lack of a phrase."""

    def __init__(self, book: LiveBook, settings: Settings) -> None:
        self._book, self._settings = book, settings
        self.quick = book.shipped.quick

    def look(self, uow: UnitOfWork) -> None:
        """From here on with what the managers saved up to now."""
        self._book.look(uow)

    @property
    def shipped(self) -> PhraseBook:
        return self._book.shipped

    def welcome(self, uow: UnitOfWork, conversation: Conversation) -> Line:
        """CW-02, CW-15."""
        self.look(uow)
        known = is_known_buyer(uow, conversation)
        return self.line("welcome", back=known, nick=conversation.nick)

    def slow_down(self) -> str:
        return self.line("slow_down").text

    def hot_questions(self) -> list[str]:
        """Offered above the message box; sent as the buyer's own words."""
        return list(HOT_QUESTIONS)

    def line(self, key: str, *, meanwhile: bool = False, **facts: Any) -> Line:
        """An entry's wording for the facts; where it cannot be said, what is always true; empty where the managers
        want nothing said. `meanwhile`: with the button by which who waits goes on with the bot.
        """
        shop = self._shop()
        try:
            buttons = ({"title": MEANWHILE, "payload": BACK_TO_BOT},) if meanwhile else ()
            return Line(self._book.render(key, {**shop, **facts}), key, buttons)
        except PhraseDisabled:
            return Line("" if key in SILENT else self.shipped.render(key, {**shop, **facts}), key)
        except PhraseError as error:
            log.error("desk.phrase_missing", key=key, why=str(error))
            return Line(self._book.safe(), "safe")

    def reply_to(self, uow: UnitOfWork, conversation: Conversation, text: str) -> KeyedReply | None:
        """The shop's own answer to a keyword (PH-06); None where none stands in the text, or none can be said now."""
        facts: dict[str, Any] | None = None
        for reply in self._book.keyed:
            if find_said(reply.keywords, text) is None:
                continue
            facts = facts or self.facts_of(uow, conversation)
            try:
                return KeyedReply(Line(self._book.render(reply.key, facts), reply.key), reply.to_person)
            except PhraseError as error:
                log.info("desk.keyword_passed_over", key=reply.key, why=str(error))
        return None

    def facts_of(self, uow: UnitOfWork, conversation: Conversation) -> dict[str, Any]:
        """All that the stores know of the talk, told by the shop's own name."""
        policy = uow.policies.current()
        name = self._settings.name
        found = gather_facts(
            uow, conversation, None, shop_name=name, now=self._book.now(), policy=policy, courier_of=find_courier
        )
        return {**self._shop(), **found}

    def _shop(self) -> dict[str, Any]:
        return {"shop_name": self._settings.name, "service_name": self._settings.service_name}
