"""Two buyers at their windows, two agents and a leader at their consoles, who all look at both talks."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any
from uuid import uuid4

from consoles import sign_in
from log_rules import find_faults, read_stored
from page_lines import PATIENCE, Json, Page
from pages import ConsolePage, TalkView, WindowPage
from slow_bot import SlowBot, lots
from wire import RunningDesk

from desk.shown import holding
from shop.conversations import get_conversation
from shop.wiring import Services

STAFF = ("321", "331", "200")
SEATS = ("在线", "示忙")
LOST_RACE = {"taken", "not_your_talk", "staff_unknown", "field_wrong", "conflict"}
"""What may be refused because the talk is with somebody else meanwhile."""
LOOKS = 60
"""How often a view is looked at again that may still be on its way after everything is over."""


@dataclass
class House:
    """The one desk of all scenes, and what was counted in them."""

    desk: RunningDesk
    services: Services
    clock: Any
    bot: SlowBot
    sequences: int = 0
    steps: int = 0
    restarts: int = 0
    mismatches: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def figures(self) -> dict[str, int]:
        counts = {"sequences": self.sequences, "steps": self.steps, "restarts": self.restarts}
        return {**counts, "mismatches": len(self.mismatches)}


class Scene:
    def __init__(self, house: House) -> None:
        self.house, self.rng, self.restarted = house, lots(house.sequences), False
        self.windows = [WindowPage(house.desk.url) for _ in range(2)]
        self.consoles = {
            staff_id: ConsolePage(house.desk.url, staff_id=staff_id, cookie=sign_in(house.services, staff_id))
            for staff_id in STAFF
        }
        self.said: list[tuple[WindowPage, str, str]] = []
        self.written: list[tuple[ConsolePage, Json]] = []
        self.refused: list[Any] = []

    @property
    def pages(self) -> list[WindowPage | ConsolePage]:
        return [*self.windows, *self.consoles.values()]

    async def begin(self) -> None:
        """The clock goes on, so that these talks are the first in every list."""
        self.house.clock.advance(seconds=1)
        self.house.bot.hurry(False)
        await asyncio.gather(*(window.open() for window in self.windows))
        await asyncio.gather(*(self.say(window, "问") for window in self.windows))
        for console in self.consoles.values():
            console.talks = {window.talk: TalkView() for window in self.windows}
        await asyncio.gather(*(console.open() for console in self.consoles.values()))
        all_busy = self.rng.random() < 0.5
        for console in self.consoles.values():
            await self.sit(console, SEATS[1] if all_busy else self.rng.choice(SEATS))

    async def sit(self, console: ConsolePage, state: str) -> None:
        self._note("state", await console.ask("state", {"state": state, "note": "接个电话"}))

    async def say(self, window: WindowPage, kind: str) -> None:
        client_msg_id, words = uuid4().hex, f"{kind}{next(self.house.numbers)}"
        self.said.append((window, client_msg_id, words))
        window.unsent[client_msg_id] = words
        self._note("say", await window.deliver(client_msg_id))

    async def say_again(self, window: WindowPage) -> None:
        """What was said before, under the id that it had."""
        _, client_msg_id, words = next(said for said in reversed(self.said) if said[0] is window)
        window.unsent[client_msg_id] = words
        self._note("say again", await window.deliver(client_msg_id))

    async def press(self, console: ConsolePage, talk: str, event: str, **form: Any) -> None:
        self._note(event, await console.act(event, talk, **form))

    async def write(self, console: ConsolePage, talk: str) -> None:
        answer = await console.write(talk, f"您好{next(self.house.numbers)}")
        self._note("send", answer)
        if answer["ok"]:
            self.written.append((console, answer["message"]))

    async def jot(self, console: ConsolePage, talk: str) -> None:
        number = next(self.house.numbers)
        await self.press(console, talk, "note", client_msg_id=f"note {number}", text=f"记一下{number}", kind="备注")

    async def let_bot_go(self) -> None:
        self.house.bot.let_go(self.rng)

    async def recall(self, console: ConsolePage, talk: str, pick: int) -> None:
        own = [m["seq"] for of, m in self.written if of is console and m["talk"] == talk]
        if own:
            await self.press(console, talk, "recall", seq=own[pick % len(own)])

    def holder_of(self, talk: str) -> ConsolePage | None:
        rows = [console.rows[talk] for console in self.consoles.values() if talk in console.rows]
        newest = max(rows, key=lambda row: row["epoch"], default=None)
        return self.consoles.get(newest["agent"]["id"]) if newest and newest["agent"] else None

    async def break_line(self, page: Page, back: bool) -> None:
        await page.drop()
        if back:
            await self.come_back(page)

    async def come_back(self, page: Page) -> None:
        if not page.connected:
            await page.open()

    async def restart(self) -> None:
        """The desk goes and comes back on the same store and port; the pages find it again by themselves."""
        if self.restarted:
            return
        self.restarted = True
        self.house.restarts += 1
        there = [page for page in self.pages if page.connected]
        await asyncio.to_thread(self.house.desk.stop)
        for page in there:
            await page.until(lambda page=page: not page.connected)  # type: ignore[misc]
        await asyncio.to_thread(self.house.desk.start)
        await asyncio.gather(*(page.open() for page in there))

    def _note(self, event: str, answer: Json) -> None:
        if not answer["ok"] and answer["error"]["code"] not in LOST_RACE:
            self.refused.append((event, answer["error"]))

    async def end(self) -> list[str]:
        """Everybody is back, everything is over: what is not as it should be."""
        for page in self.pages:
            await page.rest()
        for page in self.pages:
            await self.come_back(page)
            for client_msg_id in list(page.unsent):
                await page.deliver(client_msg_id)
        self.house.bot.hurry()
        await asyncio.to_thread(self._wait_for_turns)
        wrong = [*map(str, self.refused), *(f"gap before {gap}" for page in self.pages for gap in page.gaps)]
        wrong += await self._come_true()
        faults = chain(*(find_faults(read_stored(self.house.services, window.talk)) for window in self.windows))
        return [*wrong, *map(str, faults)]

    def _wait_for_turns(self) -> None:
        """Until the bot has nothing to answer."""
        ends, pending = time.monotonic() + PATIENCE, True
        while pending:
            assert time.monotonic() < ends, "a turn stays open"
            time.sleep(0.02)
            with self.house.services.unit_of_work() as uow:
                pending = bool(uow.turns.pending())

    async def _come_true(self) -> list[str]:
        """What still differs when nothing more comes."""
        for _ in range(LOOKS):
            if not (differences := await self._differ()):
                break
            await asyncio.sleep(0.05)
        return differences

    async def _differ(self) -> list[str]:
        """Between what the pages show and what the desk gives to who asks afresh."""
        reader = self.consoles["200"]
        listed = {row["id"]: row for row in (await reader.ask("list", {"which": "all"}))["rows"]}
        differences = []
        for window in self.windows:
            talk = window.talk
            fresh = await reader.ask("look", {"talk": talk})
            held = await asyncio.to_thread(self._holding, talk)
            stored = await reader.history(talk)
            differences += compare("window: messages", window.log.messages, await window.history())
            differences += compare("window: holder", window.holding, {name: held[name] for name in window.holding})
            for console in self.consoles.values():
                view, who = console.talks[talk], console.staff_id
                differences += compare(f"{who}: messages", view.log.messages, stored)
                differences += compare(f"{who}: notes", by_number(view.notes), fresh["notes"])
                differences += compare(f"{who}: hand-overs", by_number(view.handovers), fresh["handovers"][::-1])
                differences += compare(f"{who}: row", console.rows[talk], listed.get(talk))
        return differences

    def _holding(self, talk: str) -> Json:
        """From the store: to ask the desk by `open` would make it tell everybody once more."""
        with self.house.services.unit_of_work() as uow:
            return holding(uow, get_conversation(uow, talk))

    async def go(self) -> None:
        """Nobody is left in the queue before the next scene."""
        for talk in (window.talk for window in self.windows):
            if self.consoles["200"].rows[talk]["holder"] == "queue":
                await self.consoles["200"].act("take", talk)
        await asyncio.gather(*(page.leave() for page in self.pages))


def compare(what: str, shown: Any, stored: Any) -> list[str]:
    return [] if shown == stored else [f"{what} shown: {shown}\n{what} stored: {stored}"]


def by_number(kept: dict[int, Json]) -> list[Json]:
    return [kept[number] for number in sorted(kept)]
