"""A buyer's talk with the shop as the sockets see it: open, say, look back. Each step: commit first, then tell."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from desk.context import Desk
from desk.shown import Json, Shown, holding
from desk.tokens import Visitor
from shop import conversations as talk
from shop.errors import ConversationUnknown, Duplicate
from shop.model import Conversation, Message
from shop.ports import UnitOfWork

HISTORY = 50
AskBot = Callable[[str, str], None]
"""Given conversation and turn: sees to it that the bot is asked."""


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
    notices: list[Shown]
    turn_id: str | None
    fresh: bool
    last_seq: int
    holding: Json | None
    """Only where the holder changed."""

    @property
    def seq(self) -> int:
        return int(self.message.window["seq"])


class Talks:
    def __init__(self, desk: Desk, ask_bot: AskBot) -> None:
        self._desk, self._ask_bot = desk, ask_bot

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

        async with self._desk.in_turn(conversation_id):
            opened = await self._desk.change(use_case)
            if opened.welcome is not None:
                await self._desk.rooms.messages(conversation_id, [opened.welcome])
            await join()
        return opened

    def _look_in(self, uow: UnitOfWork, conversation_id: str, since: int, welcome: Message | None) -> Opened:
        conversation = talk.get_conversation(uow, conversation_id)
        if 0 < since <= conversation.last_seq:
            history = talk.messages_after(uow, conversation_id, since)
        else:
            history = talk.messages_before(uow, conversation_id, conversation.last_seq + 1, HISTORY)
        return Opened(
            conversation_id=conversation_id,
            holding=holding(uow, conversation),
            last_seq=conversation.last_seq,
            history=self._show(history),
            more=since <= 0 and bool(history) and history[0].seq > 1,
            welcome=self._desk.showing.message(welcome) if welcome else None,
        )

    async def say(self, conversation_id: str, client_msg_id: str, draft: talk.Say) -> Said:
        """Stores a buyer's message and tells the room; the bot is asked where it holds the talk. Raises BadInput …"""

        def use_case(uow: UnitOfWork) -> Said:
            posted = talk.post_buyer_message(
                uow,
                conversation_id,
                client_msg_id,
                draft,
                policy=uow.policies.current(),
                waiting=self._desk.words.waiting,
                now=self._desk.now(),
            )
            return self._said(talk.get_conversation(uow, conversation_id), posted, uow)

        async with self._desk.in_turn(conversation_id):
            said = await self._desk.change(use_case)
            if said.fresh:
                await self._desk.rooms.messages(conversation_id, [said.message, *said.notices])
            if said.holding is not None:
                await self._desk.rooms.holder(conversation_id, said.holding)
            if said.fresh and said.turn_id is not None:
                self._ask_bot(conversation_id, said.turn_id)
            if said.turn_id is None:
                await self._desk.rooms.settled(conversation_id, said.seq, said.last_seq)
        return said

    def _said(self, conversation: Conversation, posted: talk.Posted, uow: UnitOfWork) -> Said:
        return Said(
            message=self._desk.showing.message(posted.message),
            notices=self._show(posted.notices),
            turn_id=posted.turn_id,
            fresh=posted.fresh,
            last_seq=conversation.last_seq,
            holding=holding(uow, conversation) if posted.moved else None,
        )

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
