"""Quick phrases at the console: found in two keys, filled from the talk, offered unasked. PH-07 to PH-12, PH-20."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from weakref import WeakValueDictionary

from desk.console import forms
from desk.console.sockets import Console, StaffSockets
from desk.context import Desk
from desk.meanings import Meanings
from desk.phrase_changes import change_phrases
from desk.shown import Json
from phrases.filling import fill, goods_facts
from phrases.library import QuickPhrase
from phrases.quick_book import ShownPhrase, library_of, read_book
from phrases.quick_query import NOTHING, Context, Found, Meaning
from phrases.quick_search import QuickIndex
from phrases.saving import check_savable
from phrases.variables import Facts
from shop.conversations import get_conversation
from shop.model import Conversation, Direction, SavedPhrase, Staff
from shop.own_phrases import PhraseDraft, remove_phrase, save_phrase
from shop.ports import UnitOfWork
from shop.presale import running_promotions
from shop.talk_facts import find_order, find_product, gather_facts
from shop.wiring import find_courier

T = TypeVar("T")

LIMIT, ALL = 30, 200
"""So many are shown for words; the panel, without words, shows the whole library."""
SHORT = 1
"""One sign means nothing by itself."""
USED_DAYS = 90
INDICES = 64
"""One a member of staff who writes phrases of one's own, and one for all the others."""


@dataclass(frozen=True)
class Around:
    """What of the talk the search looks at."""

    version: str
    facts: Facts
    buyer_words: str
    intent: str
    uses: dict[str, int]


class Phrasing:
    def __init__(self, desk: Desk, sockets: StaffSockets, meanings: Meanings, shipped: tuple[QuickPhrase, ...]) -> None:
        self._desk, self._meanings, self._shipped = desk, meanings, shipped
        self._library = library_of(shipped)
        self._indices: dict[tuple[str, str], QuickIndex] = {}
        self._built: WeakValueDictionary[tuple[ShownPhrase, ...], QuickIndex] = WeakValueDictionary()
        self._building = asyncio.Lock()
        sockets.allow("receive", "phrases", forms.Phrases, self.find)
        sockets.allow("receive", "suggest", forms.OfTalk, self.suggest)
        sockets.allow("receive", "save_phrase", forms.SavePhrase, self.save)
        sockets.allow("receive", "remove_phrase", forms.RemovePhrase, self.remove)

    async def find(self, console: Console, form: forms.Phrases) -> Json:
        around = await self._desk.look(lambda uow: self._around(uow, form.talk, console.staff))
        index = await self._index(around.version, console.staff)
        said = await self._meanings.of(form.words) if len(form.words) > SHORT else None
        buyer = await self._meanings.of(around.buyer_words)
        context = Context(said or NOTHING, around.buyer_words, self._meant(buyer, around), around.uses)
        found = index.search(form.words, context, form.group, LIMIT if form.words else ALL)
        return {"found": [self._show(each, around.facts) for each in found]}

    async def suggest(self, console: Console, form: forms.OfTalk) -> Json:
        """At most three for the buyer's last words; none where nothing is near."""
        around = await self._desk.look(lambda uow: self._around(uow, form.talk, console.staff))
        index = await self._index(around.version, console.staff)
        buyer = await self._meanings.of(around.buyer_words)
        found = index.suggest(around.buyer_words, self._meant(buyer, around), around.uses)
        return {"found": [self._show(each, around.facts) for each in found]}

    def _meant(self, buyer: Meaning | None, around: Around) -> Meaning:
        """With the worker away, what the bot understood before the talk was handed over."""
        return buyer or Meaning(None, around.intent, 1.0 if around.intent else 0.0)

    def _around(self, uow: UnitOfWork, talk: str | None, staff: Staff) -> Around:
        now = self._desk.now()
        uses = dict(uow.phrase_uses.counts(staff.id, now - timedelta(days=USED_DAYS)))
        version = uow.saved_phrases.version()
        if talk is None:
            return Around(version, {}, "", "", uses)
        conversation = get_conversation(uow, talk)
        words = _last_words(uow, conversation)
        return Around(version, self._facts(uow, conversation, staff), words, conversation.intent, uses)

    def _facts(self, uow: UnitOfWork, conversation: Conversation, staff: Staff) -> Facts:
        policy, now = uow.policies.current(), self._desk.now()
        name = self._desk.settings.name
        facts = gather_facts(uow, conversation, staff, shop_name=name, now=now, policy=policy, courier_of=find_courier)
        product = find_product(uow, conversation, find_order(uow, conversation))
        return {**goods_facts(product, running_promotions(uow, now, product), policy), **facts}

    async def _index(self, version: str, staff: Staff) -> QuickIndex:
        key = (staff.id, version)
        index = self._indices.get(key)
        if index is None:
            book = await self._desk.look(lambda uow: read_book(uow, self._shipped, staff.id))
            index = await self._build(book)
            if len(self._indices) >= INDICES:
                self._indices.pop(next(iter(self._indices)))
            self._indices[key] = index
        if not index.knows_meaning:
            vectors = self._meanings.find_library(f"{staff.id}:{version}", index.sentences)
            if vectors is not None:
                index.learn(vectors)
        return index

    async def _build(self, book: tuple[ShownPhrase, ...]) -> QuickIndex:
        """Once for all who see the same phrases."""
        async with self._building:
            index = self._built.get(book)
            if index is None:
                index = self._built[book] = await asyncio.to_thread(QuickIndex, book)
            return index

    def _show(self, found: Found, facts: Facts) -> Json:
        return {**self._describe(found.phrase, facts), "why": found.why.value}

    def _describe(self, phrase: ShownPhrase, facts: Facts) -> Json:
        return {
            "code": phrase.code,
            "group": phrase.group,
            "text": phrase.text,
            "filled": fill(phrase.text, facts),
            "own": phrase.own,
            "shipped": phrase.shipped,
            "picture": self._desk.pictures.show(phrase.picture),
        }

    async def save(self, console: Console, form: forms.SavePhrase) -> Json:
        """Raises BeyondAuthority, TooMany, CodeTaken, PhraseRefused, FieldWrong, TooLong."""
        check_savable(form.text)
        draft = PhraseDraft(form.code, form.group, form.text, form.old_code)
        shipped = self._library.phrases

        def use_case(uow: UnitOfWork) -> Json:
            saved = save_phrase(uow, console.staff, draft, own=form.own, shipped=shipped, now=self._desk.now())
            return self._describe(_as_shown(saved, form.own), {})

        return {"phrase": await self._change(use_case, form.own)}

    async def remove(self, console: Console, form: forms.RemovePhrase) -> Json:
        shipped = self._library.phrases

        def use_case(uow: UnitOfWork) -> None:
            remove_phrase(uow, console.staff, form.code, own=form.own, shipped=shipped, now=self._desk.now())

        await self._change(use_case, form.own)
        return {}

    async def _change(self, use_case: Callable[[UnitOfWork], T], own: bool) -> T:
        """What is the team's, everybody hears of."""
        return await (self._desk.change(use_case) if own else change_phrases(self._desk, use_case))


def _as_shown(saved: SavedPhrase, own: bool) -> ShownPhrase:
    return ShownPhrase(saved.code, saved.group, saved.text, own=own, picture=saved.picture)


def _last_words(uow: UnitOfWork, conversation: Conversation) -> str:
    """What the buyer wrote last and nobody of the shop has answered, as one text."""
    words: list[str] = []
    for message in reversed(uow.messages.before(conversation.id, conversation.last_seq + 1, 10)):
        if message.direction is Direction.BUYER:
            words.append(message.text)
        elif message.direction is not Direction.SYSTEM and words:
            break
    return " ".join(reversed(words[:3]))
