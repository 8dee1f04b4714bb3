"""Puts the worker together: model, tracker store, phrases and actions around one TurnProcessor; warms it up."""

import asyncio
import ctypes
import gc
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.model import get_latest_model
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlg import PhraseBookNlg
from bot.nlu.encoder import encode
from bot.nlu.normaliser import normalise
from bot.worker import patches
from bot.worker.actions import InProcessActions, SilentActions
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
LOADER_NICENESS = 15
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
        self._nlg = nlg or PhraseBookNlg()
        self._loader = ThreadPoolExecutor(1, "model", initializer=_step_back)
        self.processor = self._load(find_model(model))
        self.trackers.domain = self.processor.domain
        self.ready = False

    def _load(self, path: Path) -> TurnProcessor:
        return TurnProcessor(
            model_path=path,
            tracker_store=self.trackers,
            lock_store=self.locks,
            action_endpoint=self.actions,
            generator=self._nlg,
        )

    async def warm_up(self) -> None:
        """Reads dictionaries, fills caches: the first buyer waits no longer than the next. Leaves no trace."""
        started = time.perf_counter()
        await self.trackers.exists("warm-up")
        await self._rehearse(self.processor)
        self.ready = True
        log.info("worker.ready", model=self.processor.model_filename, seconds=round(time.perf_counter() - started, 2))

    async def _rehearse(self, processor: TurnProcessor) -> None:
        processor.action_endpoint = SilentActions()
        for text in _WARM_UP_TEXTS:
            tracker = DialogueStateTracker("warm-up", processor.domain.slots)
            with suppress(TurnFailed):  # a rule may wait for what an action that does nothing never says
                await processor.answer_on(tracker, TurnRequest(conversation_id="-", turn_id="-", text=text))
        processor.action_endpoint = self.actions

    async def take_model(self, path: Path) -> None:
        """From here on new turns go to that model; those under way end with the old one. Raises what loading raises,
        and then nothing has changed. All slow work is done in a thread that gives way to those of buyers.
        """
        started = time.perf_counter()
        new = await asyncio.get_running_loop().run_in_executor(self._loader, self._prepare, path)
        new.tally = self.processor.tally
        self.trackers.domain, self.processor = new.domain, new
        log.info("worker.model", model=new.model_filename, seconds=round(time.perf_counter() - started, 2))
        self._loader.submit(give_memory_back)

    def _prepare(self, path: Path) -> TurnProcessor:
        processor = self._load(path)
        asyncio.run(self._rehearse(processor))
        return processor

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
        self._loader.shutdown()
        self.actions.close()
        self.trackers.close()


def _step_back() -> None:
    """Of a thread: Linux counts its niceness alone, elsewhere nothing is done. Who loads a model can wait."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOADER_NICENESS)


def give_memory_back() -> None:
    """What the old model held: Python frees it, and glibc would keep the pages."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def find_model(model: Path) -> Path:
    newest = model if model.is_file() else get_latest_model(str(model))
    if not newest:
        raise ModelMissing(f"No model in {model}. Train one: make train")
    return Path(newest)
