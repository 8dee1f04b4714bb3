"""辅助: the bot words an answer, the agent sends it, or something better. The bot's word reaches consoles only."""

import asyncio
from uuid import uuid4

import structlog

from desk.bots import BotFailed, Bots
from desk.context import Desk
from shop.conversations import get_conversation
from shop.model import Holder
from shop.ports import UnitOfWork
from shop.turns import Question, ask_about

log = structlog.get_logger()


class Drafting:
    """Nothing of a draft is stored: one that a restart loses is not missed."""

    def __init__(self, desk: Desk, bots: Bots) -> None:
        self._desk, self._bots = desk, bots
        self._tasks: set[asyncio.Task[None]] = set()

    def ask(self, conversation_id: str, seq: int) -> None:
        task = asyncio.create_task(self._draft(conversation_id, seq))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _draft(self, conversation_id: str, seq: int) -> None:
        question, seconds = await self._desk.look(lambda uow: self._question(uow, conversation_id, seq))
        if question is None:
            return
        try:
            answer = await self._bots.draft(question, seconds)
        except BotFailed as error:
            log.warning("desk.draft_failed", why=str(error))
            return
        text = "\n".join(line.text for line in answer.messages if line.text)
        if text and answer.handover is None:
            await self._desk.rooms.inside(
                "suggestion", {"talk": conversation_id, "seq": seq, "text": text}, conversation_id
            )

    def _question(self, uow: UnitOfWork, conversation_id: str, seq: int) -> tuple[Question | None, int]:
        """None where the agent has answered already, or no agent has the talk any more."""
        conversation = get_conversation(uow, conversation_id)
        stands = conversation.holder is Holder.AGENT and conversation.waiting_since is not None
        message = uow.messages.find(conversation_id, seq) if stands else None
        question = ask_about(message, uuid4().hex) if message else None
        return question, uow.policies.current().turn_seconds
