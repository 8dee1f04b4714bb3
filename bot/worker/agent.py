"""Puts the worker together: model, tracker store, phrases and actions around one TurnProcessor; warms it up."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.model import get_latest_model
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from bot.nlg import PhraseBookNlg
from bot.nlu.encoder import encode
from bot.nlu.normaliser import normalise
from bot.worker import patches
from bot.worker.actions import InProcessActions
from bot.worker.contract import Answer, Intent, Meanings, TurnRequest, UnderstandRequest
from bot.worker.lock_store import HandOnLockStore
from bot.worker.processor import TurnFailed, TurnProcessor
from bot.worker.tracker_store import DialogueStateStore
from shop.ports import UnitOfWork

log = structlog.get_logger()

DIGITS = 5
"""Of a vector's figures: likenesses differ by less than a thousandth from those of the full ones."""
MEANT = 300
"""Signs of a text that are read for its meaning: what follows changes little and costs a second."""
_WARM_UP_TEXTS = ("你好", "这件有货吗")


class ModelMissing(Exception):
    """No trained model where one was expected: `make train` writes one."""


class EmbeddedAgent:
    """Answers turns. Not ready before `warm_up`."""

    def __init__(
        self,
        model: Path,
        actions: str = "bot.actions",
        nlg: NaturalLanguageGenerator | None = None,
        unit_of_work: Callable[[], UnitOfWork] | None = None,
    ) -> None:
        """`model` is a file or a folder, of which the newest is taken. The rest is for tests."""
        patches.apply()
        self.locks = HandOnLockStore()
        self.trackers = DialogueStateStore(unit_of_work=unit_of_work)
        self.actions = InProcessActions(actions)
        self.processor = TurnProcessor(
            model_path=_find_model(model),
            tracker_store=self.trackers,
            lock_store=self.locks,
            action_endpoint=self.actions,
            generator=nlg or PhraseBookNlg(),
        )
        self.trackers.domain = self.processor.domain
        self.ready = False

    async def warm_up(self) -> None:
        """Reads dictionaries, fills caches: the first buyer waits no longer than the next. Leaves no trace."""
        started = time.perf_counter()
        await self.trackers.exists("warm-up")
        with self.actions.rehearsal():
            for text in _WARM_UP_TEXTS:
                tracker = self.trackers.init_tracker("warm-up")
                with suppress(TurnFailed):  # a rule may wait for what an action that does nothing never says
                    await self.processor.answer_on(tracker, TurnRequest(conversation_id="-", turn_id="-", text=text))
        self.ready = True
        log.info("worker.ready", model=self.processor.model_filename, seconds=round(time.perf_counter() - started, 2))

    async def parse(self, text: str) -> dict[str, Any]:
        """Rasa's parse result of something a buyer typed."""
        parsed: dict[str, Any] = await self.processor.parse_message(UserMessage(text))
        return parsed

    async def understand(self, asked: UnderstandRequest) -> Meanings:
        """Touches no talk. Turns come in between: a whole library takes a second, and buyers wait for theirs."""
        meanings = Meanings(vectors=[], intents=[])
        for text in (normalise(text[:MEANT]) for text in asked.texts):
            vector = encode(text).astype(float).round(DIGITS)
            meanings["vectors"].append(vector.tolist())
            meanings["intents"].append(await self._find_intent(text) if asked.intents else None)
            await asyncio.sleep(0)
        return meanings

    async def _find_intent(self, text: str) -> Intent | None:
        """The likeliest, however unsure: who asks sees the confidence."""
        parsed = await self.parse(text)
        ranking = [*(parsed.get("intent_ranking") or []), parsed["intent"]]
        named = (r for r in ranking if r["name"] and r["name"] != DEFAULT_NLU_FALLBACK_INTENT_NAME)
        best = next(named, None) if text.strip() else None
        return Intent(name=best["name"], confidence=round(best["confidence"], DIGITS)) if best else None

    async def word_draft(self, turn: TurnRequest) -> Answer:
        async with self.locks.lock(turn.conversation_id):
            return await self.processor.word_draft(turn)

    async def take_turn(self, turn: TurnRequest) -> Answer:
        async with self.locks.lock(turn.conversation_id):
            return await self.processor.take_turn(turn)

    def close(self) -> None:
        self.actions.close()
        self.trackers.close()


def _find_model(model: Path) -> Path:
    newest = model if model.is_file() else get_latest_model(str(model))
    if not newest:
        raise ModelMissing(f"No model in {model}. Train one: make train")
    return Path(newest)
