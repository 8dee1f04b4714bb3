"""A Socket.IO connection that costs next to nothing, so that a thousand of them in one process measure the desk.

Engine.IO 4 over a websocket and nothing else: no reconnecting, no binary, one namespace a connection.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp

Json = dict[str, Any]
Hear = Callable[[str, Any, float], None]
"""Event, what it carries, when it was received (the event loop's time)."""
PATIENCE = 30.0
OPEN, CLOSE, PING, PONG, MESSAGE = "01234"
CONNECT, DISCONNECT, EVENT, ACK, REFUSED = "01234"
AS_BROWSERS = 15
"""They offer permessage-deflate with the largest window."""


class LineFailed(Exception):
    """The desk refused, hung up or did not answer in time."""


class Line:
    """`hear` is called for every event, in order. `lost` is set when the desk has hung up."""

    def __init__(self, http: aiohttp.ClientSession, hear: Hear, namespace: str = "") -> None:
        self._http, self._hear = http, hear
        self._name = f"{namespace}," if namespace else ""
        self._asked: dict[int, asyncio.Future[Json]] = {}
        self._number = 0
        self._reader: asyncio.Task[None] | None = None
        self._closing = False
        self.lost = False

    async def connect(self, url: str, auth: Json | None = None, headers: dict[str, str] | None = None) -> None:
        """Raises LineFailed."""
        address = f"{url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
        self._loop = asyncio.get_running_loop()
        self._ws = await self._http.ws_connect(address, headers=headers, compress=AS_BROWSERS, autoping=True)
        if not (await self._ws.receive_str(timeout=PATIENCE)).startswith(OPEN):
            raise LineFailed("no handshake")
        await self._ws.send_str(f"{MESSAGE}{CONNECT}{self._name}{_write(auth) if auth else ''}")
        answer = await self._ws.receive_str(timeout=PATIENCE)
        if not answer.startswith(MESSAGE + CONNECT):
            raise LineFailed(answer)
        self._reader = asyncio.create_task(self._read())

    async def ask(self, event: str, data: Json) -> Json:
        """The desk's answer. Raises LineFailed where it is a refusal, or none comes."""
        answer = await asyncio.wait_for(await self.emit(event, data), PATIENCE)
        if not answer["ok"]:
            raise LineFailed(f"{event}: {answer['error']}")
        return answer

    async def emit(self, event: str, data: Json) -> "asyncio.Future[Json]":
        """Sent when this returns; the answer, whatever it is, comes later."""
        self._number += 1
        future = self._asked[self._number] = self._loop.create_future()
        await self._ws.send_str(f"{MESSAGE}{EVENT}{self._name}{self._number}{_write([event, data])}")
        return future

    async def tell(self, event: str, data: Json) -> None:
        """Without an answer."""
        await self._ws.send_str(f"{MESSAGE}{EVENT}{self._name}{_write([event, data])}")

    async def close(self) -> None:
        self._closing = True
        await self._ws.close()
        if self._reader is not None:
            await self._reader

    async def _read(self) -> None:
        with suppress(ConnectionError):
            async for frame in self._ws:
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    break
                if frame.data == PING:
                    await self._ws.send_str(PONG)
                else:
                    self._take(frame.data, self._loop.time())
        self.lost = not self._closing
        for future in self._asked.values():
            if not future.done():
                future.set_exception(LineFailed("hung up"))

    def _take(self, packet: str, at: float) -> None:
        kind, rest = packet[:2], packet[2 + len(self._name) :]
        if kind == MESSAGE + EVENT:
            event, data = json.loads(rest)
            self._hear(event, data, at)
        elif kind == MESSAGE + ACK:
            number, _, answer = rest.partition("[")
            future = self._asked.pop(int(number))
            if not future.done():
                future.set_result(json.loads(f"[{answer}")[0])


def _write(data: Any) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


async def in_small_groups(jobs: "list[Callable[[], Awaitable[None]]]", size: int) -> None:
    """All of them, `size` at a time."""
    free = asyncio.Semaphore(size)

    async def run(job: Callable[[], Awaitable[None]]) -> None:
        async with free:
            await job()

    await asyncio.gather(*(run(job) for job in jobs))
