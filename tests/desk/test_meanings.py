"""The desk's question to the worker what words mean: kept, asked once, and never waited for long."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
from aiohttp import web

from desk import meanings
from desk.meanings import BATCH, Meanings


class Understander:
    """A worker's /understand over real HTTP. A text's vector has a one where its length says."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.spoilt: Any = None
        self.status = 200
        self.held = asyncio.Event()
        self.held.set()

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body)
        await self.held.wait()
        vectors = [np.eye(512)[len(text)].tolist() for text in body["texts"]]
        intents = [{"name": "track_order", "confidence": 0.9} if body["intents"] else None for _ in vectors]
        said = {"vectors": vectors, "intents": intents} if self.spoilt is None else self.spoilt
        return web.json_response(said, status=self.status)

    def texts(self) -> list[str]:
        return [text for body in self.asked for text in body["texts"]]


@pytest.fixture
async def understander() -> AsyncIterator[tuple[Understander, Meanings]]:
    understander, app = Understander(), web.Application()
    app.router.add_post("/understand", understander.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    asker = Meanings(f"http://127.0.0.1:{port}")
    yield understander, asker
    await asker.close()
    understander.held.set()
    await runner.cleanup()


Both = tuple[Understander, Meanings]


async def test_a_text_has_a_vector_and_an_intent_and_is_asked_for_once(understander: Both) -> None:
    worker, asker = understander
    for _ in range(2):
        meaning = await asker.of("快递到哪了")
        assert meaning is not None and meaning.vector is not None
        assert meaning.vector.argmax() == 5
        assert (meaning.intent, meaning.confidence) == ("track_order", 0.9)
    assert worker.asked == [{"texts": ["快递到哪了"], "intents": True}]


async def test_many_are_asked_for_together_and_what_is_known_not_again(understander: Both) -> None:
    worker, asker = understander
    await asker.of("再见啦")
    found = await asker.of_all(["您好", "再见啦", "您好"])
    assert [meaning.vector.argmax() for meaning in found if meaning is not None] == [2, 3, 2]
    assert worker.texts() == ["再见啦", "您好"]
    worker.status = 503
    assert [meaning is None for meaning in await asker.of_all(["您好", "新的一句"])] == [False, True]


async def test_blank_words_are_not_asked_for(understander: Both) -> None:
    worker, asker = understander
    assert await asker.of(" \n") is None
    assert worker.asked == []


async def test_a_library_is_fetched_meanwhile_in_order_and_only_once(understander: Both) -> None:
    worker, asker = understander
    sentences = ["您" * (number % 300 + 1) for number in range(BATCH + 5)] + ["您"]
    assert asker.find_library("1", sentences) is None
    assert asker.find_library("1", sentences) is None
    loaded = await asker.load_library("1", sentences)
    assert loaded is not None
    assert loaded.shape == (BATCH + 6, 512)
    assert [int(row.argmax()) for row in loaded] == [len(sentence) for sentence in sentences]
    assert len(worker.asked) == 2
    assert not any(body["intents"] for body in worker.asked)


async def test_a_new_version_asks_for_what_is_new(understander: Both) -> None:
    worker, asker = understander
    await asker.load_library("1", ["您好", "再见啦"])
    found = await asker.load_library("2", ["您好", "新的一句"])
    assert found is not None
    assert worker.texts() == ["您好", "再见啦", "新的一句"]
    assert asker.find_library("1", ["您好", "再见啦"]) is not None


async def test_a_worker_that_is_down_costs_nothing_more_than_a_moment() -> None:
    asker = Meanings("http://127.0.0.1:9")
    assert await asker.of("在吗") is None
    assert await asker.load_library("1", ["您好"]) is None
    await asker.close()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"error": "机器人正在启动"},
        {"vectors": [], "intents": []},
        {"vectors": [[0.0] * 512], "intents": []},
        {"vectors": [[0.0] * 3], "intents": [None]},
        ["x"],
        {"vectors": [["x"]], "intents": [None]},
    ],
)
async def test_an_answer_that_is_none_leaves_the_search_without_meaning(understander: Both, spoilt: Any) -> None:
    worker, asker = understander
    worker.spoilt = spoilt
    assert await asker.of("在吗") is None


async def test_who_did_not_answer_is_left_alone_for_a_while(
    understander: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, asker = understander
    worker.status = 503
    assert await asker.of("在吗") is None
    assert await asker.of("有人吗") is None
    assert asker.find_library("1", ["您好"]) is None
    assert len(worker.asked) == 1
    worker.status = 200
    monkeypatch.setattr(meanings, "REST_SECONDS", 0.0)
    asker._resting_until = 0.0
    assert await asker.of("有人吗") is not None


async def test_a_slow_worker_is_not_waited_for(understander: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    worker, asker = understander
    monkeypatch.setattr(meanings, "SECONDS", 0.05)
    worker.held.clear()
    assert await asker.of("在吗") is None


async def test_no_more_is_kept_than_there_is_room_for(understander: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    worker, asker = understander
    monkeypatch.setattr(meanings, "KEPT_TEXTS", 2)
    for text in ("一", "二二", "一", "三三三", "一", "二二"):
        await asker.of(text)
    assert worker.texts() == ["一", "二二", "三三三", "二二"]
