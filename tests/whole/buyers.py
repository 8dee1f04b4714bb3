"""A buyer at the real socket, for tests of the whole shop."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import socketio
from running import RunningShop

Json = dict[str, Any]
PATIENCE = 60


class SocketBuyer:
    """Keeps every message by seq, so that a doubled or a missing one shows."""

    def __init__(self, shop: RunningShop, nick: str | None, product: str | None = None) -> None:
        self._shop, self._nick, self._product = shop, nick, product
        self._sio = socketio.AsyncClient(reconnection=False)
        self._sio.on("message", self._hear)
        self._sio.on("settled", self._settle)
        self._news = asyncio.Condition()
        self._settled: set[int] = set()
        self.heard: list[Json] = []
        self.conversation_id = ""

    async def __aenter__(self) -> "SocketBuyer":
        token = None
        if self._nick:
            async with httpx.AsyncClient(base_url=self._shop.url, timeout=60) as http:
                token = (await http.post("/api/demo/token", json={"nick": self._nick})).json()["token"]
        await self._sio.connect(
            self._shop.url, auth={"token": token, "product": self._product}, transports=["websocket"]
        )
        opened = await self._sio.call("open", {"token": token, "product": self._product, "since": 0})
        assert opened["ok"], opened
        self.conversation_id = opened["conversation_id"]
        self.heard = list(opened["messages"])
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._sio.disconnect()

    async def send(self, text: str) -> int:
        """Sends and does not wait for the answer; returns the seq."""
        answer = await self._sio.call("send", {"client_msg_id": uuid4().hex, "text": text}, timeout=PATIENCE)
        assert answer["ok"], answer
        return int(answer["message"]["seq"])

    async def press(self, title: str) -> list[Json]:
        """The button with that title on the newest message that has buttons."""
        offered = max((m for m in self.heard if m["buttons"]), key=lambda m: m["seq"])
        index = next(i for i, b in enumerate(offered["buttons"]) if title in b["title"])
        body = {"client_msg_id": uuid4().hex, "button": {"seq": offered["seq"], "index": index}}
        answer = await self._sio.call("send", body, timeout=PATIENCE)
        assert answer["ok"], answer
        return await self.answers_to(int(answer["message"]["seq"]))

    async def say(self, text: str) -> list[Json]:
        return await self.answers_to(await self.send(text))

    async def answers_to(self, seq: int) -> list[Json]:
        """What was said after it, once the turn is settled."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: seq in self._settled), PATIENCE)
        return [m for m in self.heard if m["seq"] > seq and m["direction"] != "buyer"]

    async def _hear(self, message: Json) -> None:
        async with self._news:
            self.heard.append(message)
            self._news.notify_all()

    async def _settle(self, data: Json) -> None:
        async with self._news:
            self._settled.add(int(data["seq"]))
            self._news.notify_all()
