"""Bot turns on their way: one queue per conversation keeps its turns in order, different conversations interleave."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import structlog

from desk.bots import TRIES, BotFailed, Bots
from desk.context import Desk
from desk.rooms import BOT
from desk.telling import Teller
from shop import turns
from shop.policy import Policy
from shop.ports import UnitOfWork

log = structlog.get_logger()

End = Callable[[UnitOfWork], turns.Settled]
"""How a turn ends, to be run in a transaction."""


Queue: TypeAlias = "asyncio.Queue[str]"
"""Ids of turns, in the order in which they were said."""
MOST_PIECES = 5


@dataclass
class Thought:
    """A turn and what was said just before it, too little to be answered alone: turns and words.

    `following`: the turn that came while it waited and is no part of it.
    """

    turn_id: str
    earlier: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    following: str | None = None

    def go_on(self, words: str, turn_id: str) -> None:
        """`words` of the turn so far were only a piece; `turn_id` is the next."""
        self.earlier.append(self.turn_id)
        self.words.append(words)
        self.turn_id, self.following = turn_id, None


class Lanes:
    """Lives in the running event loop. Turns are in the store before they come here: what a kill leaves is resumed."""

    def __init__(self, desk: Desk, teller: Teller, bots: Bots) -> None:
        self._desk, self._teller, self._bots = desk, teller, bots
        self._waiting: dict[str, Queue] = {}
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

    async def _drain(self, conversation_id: str, queue: Queue) -> None:
        following: str | None = None
        while following or not queue.empty():
            thought = Thought(following or queue.get_nowait())
            try:
                await self._take(conversation_id, thought, queue)
            except Exception:  # an edge: one broken turn must not stop the conversation
                log.exception("desk.turn_broken", turn_id=thought.turn_id)
                await self._give_up(conversation_id, thought)
            following = thought.following
        del self._waiting[conversation_id]

    async def _give_up(self, conversation_id: str, thought: Thought) -> None:
        try:
            await self._settle(conversation_id, self._fail(thought))
        except Exception:  # an edge: the turn stays pending, the next start of the desk takes it up
            log.exception("desk.turn_left", turn_id=thought.turn_id)

    async def _take(self, conversation_id: str, thought: Thought, queue: Queue) -> None:
        """Sees a turn to its end. Words that mean little alone wait for more words and are read with them."""
        question, policy = await self._look(thought.turn_id)
        if question is None:
            await self._settle(conversation_id, self._drop(thought))
            return
        await self._desk.rooms.typing(conversation_id, BOT)
        patient = policy.thought_seconds > 0
        while (end := await self._ask(question, thought, policy.turn_seconds, patient)) is None:
            thought.following = await _next(queue, policy.thought_seconds)
            more = (await self._look(thought.following))[0] if thought.following else None
            patient = more is not None and more.continues(question)
            if more is not None and patient:
                thought.go_on(question.text, more.turn_id)
                question, patient = more, len(thought.earlier) < MOST_PIECES
            elif (await self._look(thought.turn_id))[0] is None:  # people have it meanwhile
                end = self._drop(thought)
                break
        await self._settle(conversation_id, end)

    async def _look(self, turn_id: str) -> tuple[turns.Question | None, Policy]:
        return await self._desk.look(lambda uow: (turns.find_question(uow, turn_id), uow.policies.current()))

    async def _ask(self, question: turns.Question, thought: Thought, seconds: int, patient: bool) -> End | None:
        """How the turn ends; None while the rest of the thought is waited for."""
        try:
            answer, tries = await self._bots.ask(question, seconds, thought.words, patient and question.is_words)
        except BotFailed as error:
            log.error("desk.turn_failed", turn_id=question.turn_id, why=str(error))
            return self._fail(thought)
        if answer.unfinished:
            return None
        return lambda uow: turns.commit_reply(
            uow, question.turn_id, answer, self._desk.moment(uow), tries, earlier=thought.earlier
        )

    def _fail(self, thought: Thought) -> End:
        return lambda uow: turns.fail_turn(uow, thought.turn_id, self._desk.moment(uow), TRIES, earlier=thought.earlier)

    def _drop(self, thought: Thought) -> End:
        return lambda uow: turns.drop_turn(uow, thought.turn_id, self._desk.now(), earlier=thought.earlier)

    async def _settle(self, conversation_id: str, end: End) -> None:
        """Commits how the turn ends, then tells the room in order."""
        told = await self._teller.change(conversation_id, end)
        for seq in (*told.result.joined, told.result.seq):
            await self._desk.rooms.settled(conversation_id, seq, told.last_seq)


async def _next(queue: Queue, seconds: float) -> str | None:
    """The turn that comes within that time."""
    try:
        return await asyncio.wait_for(queue.get(), seconds)
    except asyncio.TimeoutError:
        return None
