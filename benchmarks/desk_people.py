"""Buyers at their windows and staff at their consoles, as the pages behave, and what each of them heard."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import aiohttp

from benchmarks.desk_line import PATIENCE, Json, Line, LineFailed

STAFF = "/staff"
READ_AFTER = 0.15
"""Seconds until the page says that what came was read."""
SUGGEST_AFTER = 0.12
WRITING = 1.0
"""Seconds between the first key and sending."""


@dataclass
class Sent:
    """One message: when it was given to the socket, and what became of it. Times are the event loop's.

    `kind`: who writes to whom. `heard_at`: on the other side's screen; for the bot, when its reply is on the writer's.
    """

    kind: str
    number: str
    talk: str
    at: float = 0.0
    acked_at: float | None = None
    seq: int = 0
    refused: str = ""
    heard_at: float | None = None


Ledger = dict[str, Sent]
"""By `client_msg_id`."""


class Person:
    """`heard`: the numbers of each talk's messages in the order in which they came. `alone`: messages and nothing
    else, none of what pages say beside them.
    """

    namespace = ""

    def __init__(self, http: aiohttp.ClientSession, ledger: Ledger, *, alone: bool) -> None:
        self._ledger, self._alone = ledger, alone
        self._tasks: set[asyncio.Task[None]] = set()
        self.line = Line(http, self.hear, self.namespace)
        self.heard: dict[str, list[int]] = defaultdict(list)
        self.broken: list[str] = []

    def hear(self, event: str, data: Any, at: float) -> None:
        raise NotImplementedError

    def _note(self, number: str, at: float) -> None:
        if (sent := self._ledger.get(number)) and sent.heard_at is None:
            sent.heard_at = at

    async def _send(self, sent: Sent, form: Json) -> None:
        loop = asyncio.get_running_loop()
        self._ledger[sent.number] = sent
        sent.at = loop.time()
        try:
            answer = await asyncio.wait_for(await self.line.emit("send", form), PATIENCE)
        except (LineFailed, asyncio.TimeoutError, ConnectionError) as error:
            sent.refused = repr(error)
            return
        sent.acked_at = loop.time()
        if answer["ok"]:
            sent.seq = answer["message"]["seq"]
        else:
            sent.refused = str(answer["error"])

    def _soon(self, seconds: float, event: str, data: Json, *, told: bool = False) -> None:
        """Says something beside the messages, a moment later; what is only `told` wants no answer."""
        if not self._alone:
            task = asyncio.create_task(self._say(seconds, event, data, told=told))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _say(self, seconds: float, event: str, data: Json, *, told: bool) -> None:
        await asyncio.sleep(seconds)
        try:
            await (self.line.tell if told else self.line.ask)(event, data)
        except (LineFailed, asyncio.TimeoutError, ConnectionError) as error:
            self.broken.append(f"{event}: {error}")


class Window(Person):
    """One buyer's. `talk` and `connect_seconds` are known once it is open."""

    talk = ""
    connect_seconds = 0.0

    async def open(self, url: str, token: str) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await self.line.connect(url, {"token": token})
        opened = await self.line.ask("open", {"token": token, "since": 0})
        self.connect_seconds = loop.time() - started
        self.talk = opened["conversation_id"]
        self.heard[self.talk] += [message["seq"] for message in opened["messages"]]

    async def write(self, sent: Sent, text: str) -> None:
        self._soon(0, "typing", {}, told=True)
        await asyncio.sleep(0 if self._alone else WRITING)
        await self._send(sent, {"client_msg_id": sent.number, "text": text})

    def hear(self, event: str, data: Any, at: float) -> None:
        if event != "message":
            return
        self.heard[self.talk].append(data["seq"])
        if data["direction"] == "agent":
            self._note(data["client_msg_id"], at)
            self._soon(READ_AFTER, "read", {"seq": data["seq"]})
        elif data["direction"] == "bot":
            self._note(data["text"].rpartition(" ")[2], at)


class Console(Person):
    """One member of staff's. `rows`: when each state of a talk was first seen in the lists, by talk and last seq."""

    namespace = STAFF

    def __init__(self, http: aiohttp.ClientSession, ledger: Ledger, *, alone: bool) -> None:
        super().__init__(http, ledger, alone=alone)
        self.talks: list[str] = []
        self.rows: dict[tuple[str, int], float] = {}
        self.newest: dict[str, int] = {}
        self.row_count = self.rows_backwards = 0

    async def open(self, url: str, cookie: str) -> None:
        await self.line.connect(url, headers={"Cookie": cookie, "Origin": url})
        await self.line.ask("enter", {})
        await self.line.ask("state", {"state": "在线"})

    async def take(self, talk: str) -> None:
        """Takes it, looks at it and at the buyer beside it."""
        await self.line.ask("take", {"talk": talk})
        looked = await self.line.ask("look", {"talk": talk})
        await self.line.ask("side", {"talk": talk})
        self.heard[talk] += [message["seq"] for message in looked["messages"]]
        self.talks.append(talk)

    async def write(self, sent: Sent, text: str) -> None:
        form = {"talk": sent.talk, "text": text}
        self._soon(0, "typing", {"talk": sent.talk}, told=True)
        self._soon(WRITING * 0.4, "draft", form)
        self._soon(WRITING * 0.6, "check", form)
        await asyncio.sleep(0 if self._alone else WRITING)
        await self._send(sent, {**form, "client_msg_id": sent.number, "phrases": [], "anyway": True})

    def stay(self) -> None:
        """There is a hand on the keys."""
        self._soon(0, "active", {}, told=True)

    def hear(self, event: str, data: Any, at: float) -> None:
        if event == "rows":
            for row in data["rows"]:
                self._hear_row(row, at)
        elif event == "message":
            self.heard[data["talk"]].append(data["seq"])
            if data["direction"] == "buyer":
                self._note(data["client_msg_id"], at)
                self._soon(READ_AFTER, "read", {"talk": data["talk"], "seq": data["seq"]}, told=True)
                self._soon(SUGGEST_AFTER, "suggest", {"talk": data["talk"]})

    def _hear_row(self, row: Json, at: float) -> None:
        talk, seq = row["id"], row["last_seq"]
        self.row_count += 1
        self.rows_backwards += seq < self.newest.get(talk, 0)
        self.newest[talk] = seq
        self.rows.setdefault((talk, seq), at)
