"""The pages over the real socket: what a window and a console show, kept as their scripts keep it through breaks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from page_lines import Json, Log, Lost, Page

from desk.rooms import STAFF


@dataclass
class WindowPage(Page):
    """`order`: what was heard of messages and hands, in the order of arrival. `unsent`: words by their ids."""

    token: str | None = None
    guest: str | None = None
    talk: str = ""
    log: Log = field(default_factory=Log)
    holding: Json = field(default_factory=lambda: {"epoch": -1})
    settled: set[int] = field(default_factory=set)
    order: list[tuple[str, Json]] = field(default_factory=list)
    unsent: dict[str, str] = field(default_factory=dict)
    _opened: bool = False

    def hear(self, event: str, data: Any) -> None:
        if event in ("message", "holder"):
            self.order.append((event, data))
        if event == "message":
            self.log.add([data])
            if self._opened and self.log.gap:
                self.gaps.append(data)
                self.start(self._fill(data["seq"]))
        elif event == "holder":
            self._show(data)
        elif event == "settled":
            self.settled.add(data["seq"])

    def closed(self) -> None:
        self._opened = False

    def _show(self, holding: Json) -> None:
        """An older epoch than the one shown is late news."""
        if holding["epoch"] >= self.holding["epoch"]:
            self.holding = {name: holding[name] for name in ("holder", "epoch", "position", "agent")}

    async def open(self) -> None:
        """Connects, asks for all that was missed, sends what was not confirmed."""
        await self.connect(auth={"token": self.token, "guest": self.guest})
        opened = await self.ask("open", {"since": self.log.last or 0, "guest": self.guest}, self._take)
        assert opened["ok"], opened
        await self._fill(opened["last_seq"])
        self._opened = True
        for client_msg_id in list(self.unsent):
            await self.deliver(client_msg_id)

    def _take(self, opened: Json) -> None:
        self.talk, self.guest = opened["conversation_id"], opened["guest"]
        self.log.start(opened["messages"], opened["last_seq"])
        self._show(opened)

    async def _fill(self, seq: int) -> None:
        while (self.log.last or 0) < seq or self.log.gap:
            before = self.log.last
            await self.ask("fetch", {"after": before}, lambda page: self.log.add(page["messages"]))
            if self.log.last == before:
                break

    async def say(self, text: str) -> Json:
        self.unsent[client_msg_id := uuid4().hex] = text
        return await self.deliver(client_msg_id)

    async def deliver(self, client_msg_id: str) -> Json:
        """Kept until the desk has it, and while the talk is not open; the same id is one message however often."""
        if not self._opened:
            raise Lost
        body = {"client_msg_id": client_msg_id, "text": self.unsent[client_msg_id]}
        answer = await self.ask("send", body, lambda given: self.log.add([given["message"]]))
        self.unsent.pop(client_msg_id, None)
        return answer

    async def history(self) -> list[Json]:
        """From the first message to the last, as the desk gives it now."""
        return await read_all(lambda after: self.ask("fetch", {"after": after}))


@dataclass
class TalkView:
    """What a console shows of one conversation."""

    log: Log = field(default_factory=Log)
    notes: dict[int, Json] = field(default_factory=dict)
    handovers: dict[int, Json] = field(default_factory=dict)

    def take(self, looked: Json) -> None:
        self.notes |= {note["number"]: note for note in looked["notes"]}
        self.handovers |= {handover["epoch"]: handover for handover in looked["handovers"]}
        self.log.start(looked["messages"], looked["row"]["last_seq"])


@dataclass
class ConsolePage(Page):
    """Of one member of staff; it looks at all `talks` at once. `unsent`: what to send, by its id."""

    staff_id: str = ""
    cookie: str = ""
    talks: dict[str, TalkView] = field(default_factory=dict)
    rows: dict[str, Json] = field(default_factory=dict)
    looking: set[str] = field(default_factory=set)
    unsent: dict[str, Json] = field(default_factory=dict)

    namespace = STAFF

    def hear(self, event: str, data: Any) -> None:
        if event == "rows":
            for row in data["rows"]:
                self.put(row)
        elif event == "read" and data["talk"] in self.rows:
            row = self.rows[data["talk"]]
            self.rows[data["talk"]] = {**row, "buyer_read": max(row["buyer_read"], data["buyer"])}
        elif isinstance(data, dict) and data.get("talk") in self.talks:
            self._hear_of(self.talks[data["talk"]], event, data)

    def _hear_of(self, view: TalkView, event: str, data: Json) -> None:
        if event == "message":
            view.log.add([data])
            if data["talk"] in self.looking and view.log.gap:
                self.gaps.append(data)
                self.start(self._fill(data["talk"], data["seq"]))
        elif event == "note":
            view.notes[data["number"]] = data
        elif event == "handover":
            view.handovers[data["epoch"]] = {name: data[name] for name in data if name != "talk"}

    def closed(self) -> None:
        self.looking.clear()

    def put(self, row: Json) -> None:
        """The desk's news may overtake each other: an older epoch, or fewer messages in the same, is late."""
        known = self.rows.get(row["id"])
        if known is None or (row["epoch"], row["last_seq"]) >= (known["epoch"], known["last_seq"]):
            self.rows[row["id"]] = row

    async def open(self) -> None:
        await self.connect(headers={"Cookie": self.cookie, "Origin": self.url})
        entered = await self.ask("enter", {}, self._restart)
        assert entered["ok"], entered
        for talk in self.talks:
            await self.look(talk)
        for client_msg_id in list(self.unsent):
            await self.deliver(client_msg_id)

    def _restart(self, entered: Json) -> None:
        self.rows = {talk: row for talk, row in self.rows.items() if talk in self.talks}
        self.rows |= {row["id"]: row for row in [*entered["mine"], *entered["queue"]]}

    async def look(self, talk: str) -> None:
        view = self.talks.setdefault(talk, TalkView())

        def take(looked: Json) -> None:
            self.put(looked["row"])
            view.take(looked)
            self.looking.add(talk)

        looked = await self.ask("look", {"talk": talk}, take)
        assert looked["ok"], looked
        await self._fill(talk, looked["row"]["last_seq"])

    async def _fill(self, talk: str, seq: int) -> None:
        log = self.talks[talk].log
        while (log.last or 0) < seq or log.gap:
            before = log.last
            await self.ask("fetch", {"talk": talk, "after": before}, lambda page: log.add(page["messages"]))
            if log.last == before:
                break

    async def act(self, event: str, talk: str, **data: Any) -> Json:
        """What a press of a button sends; a row in the answer is news."""
        return await self.ask(event, {"talk": talk, **data}, lambda given: "row" in given and self.put(given["row"]))

    async def write(self, talk: str, text: str) -> Json:
        body = {"talk": talk, "client_msg_id": uuid4().hex, "text": text, "anyway": True}
        self.unsent[body["client_msg_id"]] = body
        return await self.deliver(body["client_msg_id"])

    async def deliver(self, client_msg_id: str) -> Json:
        body = self.unsent[client_msg_id]
        log = self.talks[body["talk"]].log
        answer = await self.ask("send", body, lambda given: log.add([given["message"]]))
        self.unsent.pop(client_msg_id, None)
        return answer

    async def history(self, talk: str) -> list[Json]:
        return await read_all(lambda after: self.ask("fetch", {"talk": talk, "after": after}))


async def read_all(fetch: Callable[[int], Awaitable[Json]]) -> list[Json]:
    messages: list[Json] = []
    more = True
    while more:
        page = await fetch(messages[-1]["seq"] if messages else 0)
        messages, more = [*messages, *page["messages"]], page["more"]
    return messages
