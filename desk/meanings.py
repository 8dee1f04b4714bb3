"""What the bot makes of words: a vector and an intent, for finding quick phrases. Without the worker there is none.

The search goes on without it, so nothing here raises and nobody waits for long: a worker that did not answer is left
alone for a while.
"""

import asyncio
import time
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Annotated

import aiohttp
import numpy as np
import structlog
from pydantic import BaseModel, Field, ValidationError

from desk.bots import CONVERSATION, connect_worker
from phrases.quick_query import Meaning, Vector

log = structlog.get_logger()

FIGURES = 512
"""Of a vector."""
SECONDS = 0.8
"""For one text, which takes the worker 30 ms."""
LIBRARY_SECONDS = 10.0
BATCH = 40
REST_SECONDS = 5.0
KEPT_TEXTS, KEPT_VECTORS = 500, 10_000
"""Two kilobytes each."""


class SaidIntent(BaseModel):
    name: str
    confidence: float


class Understood(BaseModel):
    """The body of the worker's answer to /understand."""

    vectors: list[Annotated[list[float], Field(min_length=FIGURES, max_length=FIGURES)]]
    intents: list[SaidIntent | None]


class Meanings:
    """Made inside the running event loop; `close` it there."""

    def __init__(self, worker_url: str) -> None:
        self._http = connect_worker(worker_url)
        self._texts: OrderedDict[str, Meaning] = OrderedDict()
        self._vectors: OrderedDict[str, Vector] = OrderedDict()
        self._resting_until = 0.0
        self._loading: dict[str, asyncio.Task[None]] = {}

    async def close(self) -> None:
        for task in self._loading.values():
            task.cancel()
        await self._http.close()

    async def of(self, text: str) -> Meaning | None:
        """What somebody wrote is like and wants. None: blank, or the worker does not answer in time."""
        if not text.strip():
            return None
        if (known := self._texts.get(text)) is None:
            answer = await self._ask([text], intents=True, seconds=SECONDS)
            if answer is None:
                return None
            [vector], [intent] = answer.vectors, answer.intents
            named = (intent.name, intent.confidence) if intent else ("", 0.0)
            known = self._texts[text] = Meaning(np.array(vector, np.float32), *named)
        _keep_newest(self._texts, text, KEPT_TEXTS)
        return known

    async def of_all(self, texts: Sequence[str]) -> list[Meaning | None]:
        """Of many, asked for together; None for each that is not known when the worker does not answer."""
        new = [text for text in dict.fromkeys(texts) if text.strip() and text not in self._texts]
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            answer = await self._ask(batch, intents=True, seconds=LIBRARY_SECONDS)
            if answer is None:
                break
            for text, vector, intent in zip(batch, answer.vectors, answer.intents, strict=True):
                named = (intent.name, intent.confidence) if intent else ("", 0.0)
                self._texts[text] = Meaning(np.array(vector, np.float32), *named)
        found = [self._texts.get(text) for text in texts]
        while len(self._texts) > KEPT_TEXTS:
            self._texts.popitem(last=False)
        return found

    def find_library(self, version: str, sentences: Sequence[str]) -> Vector | None:
        """The vectors of a version's `sentences`, shape (sentences, 512), if they are here; else they are fetched
        meanwhile, once, and a later call finds them.
        """
        if all(sentence in self._vectors for sentence in sentences):
            for sentence in sentences:
                self._vectors.move_to_end(sentence)
            return np.stack([self._vectors[sentence] for sentence in sentences]) if sentences else None
        if version not in self._loading and not self._resting():
            task = self._loading[version] = asyncio.create_task(self._load(sentences))
            task.add_done_callback(lambda _: self._loading.pop(version, None))
        return None

    async def load_library(self, version: str, sentences: Sequence[str]) -> Vector | None:
        """The same, waited for; None where the worker does not answer."""
        found = self.find_library(version, sentences)
        if found is None and (task := self._loading.get(version)):
            await asyncio.wait([task])
            found = self.find_library(version, sentences)
        return found

    async def _load(self, sentences: Sequence[str]) -> None:
        """Only what is new since the last version."""
        new = list(dict.fromkeys(sentence for sentence in sentences if sentence not in self._vectors))
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            answer = await self._ask(batch, intents=False, seconds=LIBRARY_SECONDS)
            if answer is None:
                return
            for sentence, vector in zip(batch, answer.vectors, strict=True):
                self._vectors[sentence] = np.array(vector, np.float32)
                _keep_newest(self._vectors, sentence, max(KEPT_VECTORS, len(sentences)))

    async def _ask(self, texts: list[str], *, intents: bool, seconds: float) -> Understood | None:
        if self._resting():
            return None
        body = {"texts": texts, "intents": intents}
        try:
            limit = aiohttp.ClientTimeout(total=seconds)
            headers = {CONVERSATION: _spread(texts)}
            async with self._http.post("/understand", json=body, headers=headers, timeout=limit) as response:
                response.raise_for_status()
                answer = Understood.model_validate_json(await response.read())
            if len(answer.vectors) != len(texts) or len(answer.intents) != len(texts):
                raise aiohttp.ClientPayloadError("not one meaning a text")
        except (aiohttp.ClientError, asyncio.TimeoutError, ValidationError) as error:
            log.warning("meanings.none", why=type(error).__name__, texts=len(texts))
            self._resting_until = time.monotonic() + REST_SECONDS
            return None
        return answer

    def _resting(self) -> bool:
        return time.monotonic() < self._resting_until


def _spread(texts: Sequence[str]) -> str:
    """Belongs to no talk: any worker will do, the same one for the same words, which it may still remember."""
    return f"{zlib.crc32(texts[0].encode(errors='replace')):08x}"


def _keep_newest(kept: OrderedDict[str, Meaning] | OrderedDict[str, Vector], key: str, most: int) -> None:
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
