"""A page's line to the desk, which may break at any moment, and the messages that it keeps meanwhile."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import socketio
from socketio.exceptions import SocketIOError

PATIENCE = 60
"""Seconds. Longer than a machine that does much else at the same time may take."""

Json = dict[str, Any]
GONE: Json = {"recalled": True, "text": "", "cards": [], "picture": None}
"""What a recall leaves of a message."""


class Lost(Exception):
    """The line broke before the answer came."""


@dataclass
class Log:
    """The messages of one conversation, by number and without gaps; what came too early waits."""

    messages: list[Json] = field(default_factory=list)
    early: dict[int, Json] = field(default_factory=dict)
    last: int | None = None

    def start(self, page: list[Json], last_seq: int) -> None:
        if self.last is None:
            self.last = page[0]["seq"] - 1 if page else last_seq
        self.add(page)

    def add(self, arrived: list[Json]) -> None:
        for message in arrived:
            if message["seq"] > (self.last or 0):
                self.early[message["seq"]] = message
        while self.last is not None and (message := self.early.pop(self.last + 1, None)):
            self.messages.append(message)
            self.last += 1
        taken_back = {card["seq"] for m in self.messages if m["kind"] == "recall" for card in m["cards"]}
        self.messages = [{**m, **GONE} if m["seq"] in taken_back else m for m in self.messages]

    @property
    def gap(self) -> bool:
        return self.last is not None and bool(self.early)


@dataclass
class Page:
    """`gaps`: news that came with something missing before it, which the desk promises not to happen."""

    url: str
    sio: socketio.AsyncClient | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    gaps: list[Json] = field(default_factory=list)
    doing: set["asyncio.Task[Any]"] = field(default_factory=set)
    _waiting: set["asyncio.Future[Json]"] = field(default_factory=set)

    namespace = "/"

    @property
    def connected(self) -> bool:
        return self.sio is not None

    async def connect(self, **options: Any) -> None:
        """Raises Lost where nobody listens, or the line breaks at once."""
        sio = socketio.AsyncClient(reconnection=False)

        def hear(event: str, data: Any = None) -> None:
            if self.sio is sio:
                self.hear(event, data)
                self.news.set()

        sio.on("*", hear, namespace=self.namespace)
        sio.on("disconnect", lambda *why: self._lose(sio), namespace=self.namespace)
        self.sio = sio
        try:
            await sio.connect(
                self.url,
                transports=["websocket"],
                namespaces=[self.namespace],
                retry=False,
                wait_timeout=PATIENCE,
                **options,
            )
        except SocketIOError as error:
            self._lose(sio)
            raise Lost from error

    def _lose(self, sio: socketio.AsyncClient) -> None:
        if self.sio is sio:
            self.sio = None
            self.closed()
            for answer in self._waiting:
                if not answer.done():
                    answer.set_exception(Lost())
            self.news.set()

    async def drop(self) -> None:
        """The cable is pulled: no goodbye."""
        sio = self.sio
        if sio is not None and sio.eio.ws is not None:
            sio.eio.ws.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
            await self.until(lambda: self.sio is not sio)

    async def leave(self) -> None:
        if self.sio is not None:
            await self.sio.disconnect()

    async def ask(self, event: str, data: Json | None = None, then: Callable[[Json], None] | None = None) -> Json:
        """`then` is called with a good answer in the order of arrival, before any news behind it. Raises Lost."""
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        sio = self.sio

        def hear(given: Json) -> None:
            if self.sio is sio and not answer.done():
                if given["ok"] and then is not None:
                    then(given)
                answer.set_result(given)

        if sio is None:
            raise Lost
        self._waiting.add(answer)
        try:
            await sio.emit(event, data or {}, namespace=self.namespace, callback=hear)
            return await asyncio.wait_for(answer, PATIENCE)
        except SocketIOError as error:
            raise Lost from error
        finally:
            self._waiting.discard(answer)

    async def until(self, test: Callable[[], bool]) -> None:
        async def look() -> None:
            while not test():
                self.news.clear()
                await self.news.wait()

        await asyncio.wait_for(look(), PATIENCE)

    def start(self, work: Awaitable[Any]) -> None:
        """Goes on beside what comes next; a line that breaks ends it."""

        async def run() -> None:
            with suppress(Lost):
                await work

        task = asyncio.ensure_future(run())
        self.doing.add(task)

    async def rest(self) -> None:
        """All that was started is over; raises what went wrong in it."""
        while self.doing:
            await asyncio.gather(*(doing := set(self.doing)))
            self.doing -= doing

    def hear(self, event: str, data: Any) -> None:
        raise NotImplementedError

    def closed(self) -> None:
        """The line broke."""
