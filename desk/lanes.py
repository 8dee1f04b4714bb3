"""Bot turns on their way: one queue per conversation keeps its turns in order, different conversations interleave."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from desk.bots import TRIES, BotFailed, Bots
from desk.context import Desk
from desk.rooms import BOT
from desk.shown import Json, Shown, holding
from shop import turns
from shop.conversations import get_conversation
from shop.ports import UnitOfWork

log = structlog.get_logger()

End = Callable[[UnitOfWork], turns.Settled]
"""How a turn ends, to be run in a transaction."""


@dataclass(frozen=True)
class Outcome:
    """What is to be told after the commit; `holding` only where the holder changed."""

    settled: turns.Settled
    messages: list[Shown]
    holding: Json | None
    last_seq: int


class Lanes:
    """Lives in the running event loop. Turns are in the store before they come here: what a kill leaves is resumed."""

    def __init__(self, desk: Desk, bots: Bots) -> None:
        self._desk, self._bots = desk, bots
        self._waiting: dict[str, asyncio.Queue[str]] = {}
        self._drains: set[asyncio.Task[None]] = set()

    async def resume(self) -> None:
        """Takes up every turn that the last run of the desk left unanswered."""

        def use_case(uow: UnitOfWork) -> list[tuple[str, str]]:
            left = sorted(uow.turns.pending(), key=lambda turn: (turn.conversation_id, turn.seq))
            return [(turn.conversation_id, turn.id) for turn in left]

        for conversation_id, turn_id in await self._desk.look(use_case):
            self.add(conversation_id, turn_id)

    def add(self, conversation_id: str, turn_id: str) -> None:
        queue = self._waiting.get(conversation_id)
        if queue is None:
            queue = self._waiting[conversation_id] = asyncio.Queue()
            drain = asyncio.create_task(self._drain(conversation_id, queue))
            self._drains.add(drain)
            drain.add_done_callback(self._drains.discard)
        queue.put_nowait(turn_id)

    async def close(self) -> None:
        """What is under way stays pending in the store."""
        for drain in self._drains:
            drain.cancel()
        await asyncio.gather(*self._drains, return_exceptions=True)

    async def _drain(self, conversation_id: str, queue: "asyncio.Queue[str]") -> None:
        while not queue.empty():
            turn_id = queue.get_nowait()
            try:
                await self._take(turn_id, conversation_id)
            except Exception:  # an edge: one broken turn must not stop the conversation
                log.exception("desk.turn_broken", turn_id=turn_id)
                await self._give_up(turn_id, conversation_id)
        del self._waiting[conversation_id]

    async def _give_up(self, turn_id: str, conversation_id: str) -> None:
        try:
            await self._settle(conversation_id, self._fail(turn_id))
        except Exception:  # an edge: the turn stays pending, the next start of the desk takes it up
            log.exception("desk.turn_left", turn_id=turn_id)

    async def _take(self, turn_id: str, conversation_id: str) -> None:
        question, seconds = await self._desk.look(
            lambda uow: (turns.find_question(uow, turn_id), uow.policies.current().turn_seconds)
        )
        end = self._drop(turn_id) if question is None else await self._ask(question, seconds)
        await self._settle(conversation_id, end)

    async def _ask(self, question: turns.Question, seconds: int) -> End:
        await self._desk.rooms.typing(question.conversation_id, BOT)
        try:
            answer, tries = await self._bots.ask(question, seconds)
        except BotFailed as error:
            log.error("desk.turn_failed", turn_id=question.turn_id, why=str(error))
            return self._fail(question.turn_id)
        return lambda uow: turns.commit_reply(uow, question.turn_id, answer, self._desk.now(), tries)

    def _fail(self, turn_id: str) -> End:
        return lambda uow: turns.fail_turn(uow, turn_id, self._desk.words.apologise, self._desk.now(), TRIES)

    def _drop(self, turn_id: str) -> End:
        return lambda uow: turns.drop_turn(uow, turn_id, self._desk.now())

    async def _settle(self, conversation_id: str, end: End) -> None:
        """Commits how the turn ends, then tells the room in order."""

        def use_case(uow: UnitOfWork) -> Outcome:
            settled = end(uow)
            conversation = get_conversation(uow, conversation_id)
            return Outcome(
                settled=settled,
                messages=[self._desk.showing.message(message) for message in settled.messages],
                holding=holding(uow, conversation) if settled.moved else None,
                last_seq=conversation.last_seq,
            )

        rooms = self._desk.rooms
        async with self._desk.in_turn(conversation_id):
            outcome = await self._desk.change(use_case)
            await rooms.messages(conversation_id, outcome.messages)
            if outcome.holding is not None:
                await rooms.holder(conversation_id, outcome.holding)
            await rooms.settled(conversation_id, outcome.settled.seq, outcome.last_seq)
