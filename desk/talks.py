"""A buyer's talk with the shop as the sockets see it: open, say, look back. Each step: commit first, then tell."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from desk.context import Desk
from desk.shown import Json, Shown, holding
from desk.telling import Teller
from desk.tokens import Visitor
from shop import agents
from shop import conversations as talk
from shop.arriving import post_buyer_message
from shop.errors import ConversationUnknown, Duplicate
from shop.model import Message
from shop.ports import UnitOfWork
from shop.services import Rating, rate

HISTORY = 50
FINE = 4
"""Stars from which on a buyer is thanked without an apology."""
AskBot = Callable[[str, str], None]
"""Given conversation and turn: sees to it that the bot is asked."""
AskDraft = Callable[[str, int], None]
"""Given conversation and number of a message: has the bot word an answer for the agent."""


@dataclass(frozen=True)
class Opened:
    """`history`: after `since`, or the last HISTORY; `more` tells of older ones. `welcome` if one was just said."""

    conversation_id: str
    holding: Json
    last_seq: int
    history: list[Shown]
    more: bool
    welcome: Shown | None


@dataclass(frozen=True)
class Said:
    """`turn_id`: `settled` follows when that turn ends; None: `settled` was sent along."""

    message: Shown
    turn_id: str | None
    fresh: bool
    assisted: bool

    @property
    def seq(self) -> int:
        return int(self.message.window["seq"])


class Talks:
    """`on_opened` is called with the conversation of every window that opens."""

    def __init__(self, desk: Desk, teller: Teller, ask_bot: AskBot, ask_draft: AskDraft) -> None:
        self._desk, self._teller, self._ask_bot, self._ask_draft = desk, teller, ask_bot, ask_draft
        self.on_opened: Callable[[str], None] = lambda conversation_id: None

    async def start(self, visitor: Visitor, product: str | None, order: str | None) -> str:
        """The visitor's conversation, made where there is none."""

        def use_case(uow: UnitOfWork) -> str:
            found = talk.open_conversation(
                uow, visitor.buyer_id, visitor.guest_id, visitor.nick, product_code=product, now=self._desk.now()
            )
            if order:
                talk.choose_order(uow, found, order)
            return found.id

        try:
            return await self._desk.change(use_case)
        except Duplicate:  # another window opened it in the same moment
            return await self._desk.change(use_case)

    async def enter(self, conversation_id: str, since: int, join: Callable[[], Awaitable[None]]) -> Opened:
        """Welcomes once per session and gives what was missed; after `join` nothing more can be missed."""

        def use_case(uow: UnitOfWork) -> Opened:
            welcome = talk.greet(uow, conversation_id, self._desk.words.welcome, self._desk.now())
            return self._look_in(uow, conversation_id, since, welcome)

        told = await self._teller.change(conversation_id, use_case, join)
        self.on_opened(conversation_id)
        return told.result

    def _look_in(self, uow: UnitOfWork, conversation_id: str, since: int, welcome: Message | None) -> Opened:
        conversation = talk.get_conversation(uow, conversation_id)
        if 0 < since <= conversation.last_seq:
            history = talk.messages_after(uow, conversation_id, since)
        else:
            history = talk.messages_before(uow, conversation_id, conversation.last_seq + 1, HISTORY)
        return Opened(
            conversation_id=conversation_id,
            holding={**holding(uow, conversation), "read": conversation.agent_read_seq},
            last_seq=conversation.last_seq,
            history=self._show(history),
            more=since <= 0 and bool(history) and history[0].seq > 1,
            welcome=self._desk.showing.message(welcome) if welcome else None,
        )

    async def say(self, conversation_id: str, client_msg_id: str, draft: talk.Say) -> Said:
        """Stores a buyer's message and tells the room; the bot is asked where it holds the talk. Raises BadInput …"""

        def use_case(uow: UnitOfWork) -> Said:
            posted = post_buyer_message(uow, conversation_id, client_msg_id, draft, self._desk.moment(uow))
            shown = self._desk.showing.message(posted.message)
            return Said(shown, posted.turn_id, posted.fresh, posted.assisted)

        told = await self._teller.change(conversation_id, use_case)
        said = told.result
        if said.fresh and said.assisted:
            self._ask_draft(conversation_id, said.seq)
        if said.fresh and said.turn_id is not None:
            self._ask_bot(conversation_id, said.turn_id)
        if said.turn_id is None:
            await self._desk.rooms.settled(conversation_id, said.seq, told.last_seq)
        return said

    async def mark_seen(self, conversation_id: str, seq: int) -> None:
        """The buyer has read up to there. Told in turn: a row that was read before must not come after."""
        async with self._desk.in_turn(conversation_id):
            if await self._desk.change(lambda uow: agents.mark_seen_by_buyer(uow, conversation_id, seq)):
                await self._desk.rooms.read_by_buyer(conversation_id, seq)

    async def rate(self, conversation_id: str, rating: Rating) -> None:
        """The stars of a closed service and a word of thanks, once. Raises FieldWrong, WrongState."""

        def use_case(uow: UnitOfWork) -> None:
            conversation = uow.conversations.lock(conversation_id)
            service, fresh = rate(uow, conversation, rating, self._desk.now())
            if fresh:
                thanks = self._desk.words.line("thank_rating", low=(service.rating or 0) < FINE)
                talk.say_notice(uow, conversation, thanks, self._desk.now())

        await self._teller.change(conversation_id, use_case)

    async def after(self, conversation_id: str, seq: int, limit: int) -> list[Shown]:
        return await self._desk.look(lambda uow: self._show(talk.messages_after(uow, conversation_id, seq, limit)))

    async def before(self, conversation_id: str, seq: int, limit: int) -> list[Shown]:
        return await self._desk.look(lambda uow: self._show(talk.messages_before(uow, conversation_id, seq, limit)))

    async def of(self, visitor: Visitor) -> str:
        """The conversation that the visitor has. Raises ConversationUnknown where none was opened."""

        def use_case(uow: UnitOfWork) -> str:
            found = talk.find_conversation(uow, visitor.buyer_id, visitor.guest_id)
            if found is None:
                raise ConversationUnknown(buyer_id=visitor.buyer_id)
            return found.id

        return await self._desk.look(use_case)

    def _show(self, messages: Sequence[Message]) -> list[Shown]:
        return [self._desk.showing.message(message) for message in messages]
