"""The only client of the bot worker: one question, one answer, tried twice."""

import asyncio
from collections.abc import Sequence
from typing import Any

import aiohttp
import structlog
from pydantic import BaseModel, ValidationError
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    RetryError,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_fixed,
)

from shop.conversations import Line
from shop.turns import Answer, Handover, Question

log = structlog.get_logger()

TRIES = 2
HEALTH_EVERY = 0.2


class BotFailed(Exception):
    """The worker did not give a usable answer in time; the text says why, for the log."""


class SaidButton(BaseModel):
    title: str
    payload: str = ""


class SaidMessage(BaseModel):
    text: str = ""
    key: str | None = None
    buttons: list[SaidButton] = []
    cards: list[dict[str, Any]] = []

    def line(self) -> Line:
        return Line(self.text, self.key, [button.model_dump() for button in self.buttons], self.cards)


class SaidHandover(BaseModel):
    reason: str
    note: str = ""


class SaidIntent(BaseModel):
    name: str | None = None
    confidence: float | None = None


class Said(BaseModel):
    """The body of the worker's answer; fields that are not named here are its own business."""

    messages: list[SaidMessage]
    handover: SaidHandover | None = None
    intent: SaidIntent = SaidIntent()
    mood: str = ""
    unfinished: bool = False

    def answer(self) -> Answer:
        handover = Handover(**self.handover.model_dump()) if self.handover else None
        lines = [message.line() for message in self.messages]
        return Answer(
            lines, handover, self.intent.name or "", self.intent.confidence or 0.0, self.mood, self.unfinished
        )


CONVERSATION = "X-Conversation"
"""For nginx before several workers: one conversation, one worker."""


def connect_worker(worker_url: str) -> aiohttp.ClientSession:
    """Inside the running event loop. No limit of time or connections: callers keep theirs, and no talk waits for
    another. aiohttp, because with httpx a question costs the desk four times as much.
    """
    return aiohttp.ClientSession(
        worker_url, connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None)
    )


class Bots:
    """Made inside the running event loop; `close` it there."""

    def __init__(self, worker_url: str) -> None:
        self._http = connect_worker(worker_url)

    async def close(self) -> None:
        await self._http.close()

    async def ask(
        self, question: Question, seconds: float, earlier: Sequence[str] = (), patient: bool = False
    ) -> tuple[Answer, int]:
        """The answer and on which try it came. Raises BotFailed after the last.

        `earlier` are words that belong to the same thought; `patient`: the answer may be that more should follow.
        """
        tries = AsyncRetrying(
            stop=stop_after_attempt(TRIES),
            retry=retry_if_exception_type(BotFailed),
            before_sleep=self._wait_until_back(seconds),
            reraise=True,
        )
        async for attempt in tries:
            with attempt:
                return await self._post(question, seconds, earlier, patient), attempt.retry_state.attempt_number
        raise BotFailed("no try was made")

    async def draft(self, question: Question, seconds: float) -> Answer:
        """What the bot would say; it remembers and does nothing. Tried once. Raises BotFailed."""
        return await self._post(question, seconds, (), False, to="/draft")

    async def is_up(self, seconds: float = 1) -> bool:
        try:
            async with self._http.get("/health", timeout=aiohttp.ClientTimeout(total=seconds)) as response:
                return response.ok
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def _post(
        self, question: Question, seconds: float, earlier: Sequence[str], patient: bool, *, to: str = "/turn"
    ) -> Answer:
        body = {
            "conversation_id": question.conversation_id,
            "turn_id": question.turn_id,
            "text": question.text,
            "earlier": list(earlier),
            "patient": patient,
            "payload": question.payload or None,
            "photos": list(question.photos),
        }
        try:
            limit = aiohttp.ClientTimeout(total=seconds)
            headers = {CONVERSATION: question.conversation_id}
            async with self._http.post(to, json=body, headers=headers, timeout=limit) as response:
                response.raise_for_status()
                answer = Said.model_validate_json(await response.read()).answer()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValidationError) as error:
            raise BotFailed(repr(error)) from error
        if not answer.messages and answer.handover is None and not (patient and answer.unfinished):
            raise BotFailed("neither words nor a handover")
        return answer

    def _wait_until_back(self, seconds: float) -> Any:
        """A worker that was killed needs a moment to come back: its turn waits, but no longer than a turn may."""

        async def wait(state: RetryCallState) -> None:
            failure = state.outcome and state.outcome.exception()
            log.warning("bot.turn_failed", attempt=state.attempt_number, why=str(failure))
            patience = AsyncRetrying(
                stop=stop_after_delay(seconds), wait=wait_fixed(HEALTH_EVERY), retry=retry_if_exception_type(BotFailed)
            )
            try:
                async for attempt in patience:
                    with attempt:
                        if not await self.is_up():
                            raise BotFailed("no health")
            except RetryError:
                log.error("bot.worker_down", seconds=seconds)

        return wait
