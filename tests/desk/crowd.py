"""Buyers, agents, leaders and a slow bot, all at once and at random moments: every conversation is a run of its own.

What each of them does follows from the seed; when it does it does not: that is the point.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from consoles import sign_in
from pages import ConsolePage, WindowPage
from slow_bot import CALLS, KINDS, SlowBot, lots
from wire import RunningDesk

from shop.wiring import Services

AGENTS, LEADERS = ("321", "331", "341"), ("200", "100")
CONSOLES = (*AGENTS, *LEADERS, "321")
"""One agent has two consoles open."""
GROUPS = ("presale", "aftersale", "general", "lead")
LOST_RACE = {"taken", "not_your_talk", "staff_unknown", "field_wrong", "note_needed"}
"""What may be refused because somebody else was faster."""
MOST_PAUSE = 0.06


async def pause(rng: Random, most: float = MOST_PAUSE) -> None:
    """Not to wait for anything: only that moments differ."""
    await asyncio.sleep(rng.random() * most)


@dataclass
class Crowd:
    """`refused`: answers that nobody may get; `told_wrongly`: bot messages heard while people held the talk."""

    services: Services
    desks: Sequence[RunningDesk]
    bot: SlowBot
    seed: int
    consoles: list[ConsolePage] = field(default_factory=list)
    talks: list[str] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    told_wrongly: list[Any] = field(default_factory=list)
    deeds: int = 0

    async def come(self) -> None:
        for number, staff_id in enumerate(CONSOLES):
            desk, cookie = self.desks[number % len(self.desks)], sign_in(self.services, staff_id)
            console = ConsolePage(desk.url, staff_id=staff_id, cookie=cookie)
            await console.open()
            await console.ask("state", {"state": "在线"})
            self.consoles.append(console)

    async def go(self) -> None:
        for console in self.consoles:
            await console.leave()

    async def play(self, runs: int, at_once: int) -> None:
        numbers = iter(range(runs))

        async def play_on() -> None:
            for number in numbers:
                await Run(self, number).play()

        others = [asyncio.ensure_future(self._bot_answers()), asyncio.ensure_future(self._seats_change())]
        await asyncio.gather(*(play_on() for _ in range(at_once)))
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _bot_answers(self) -> None:
        rng = lots(self.seed, "bot")
        while True:
            for _ in range(rng.randint(1, 4)):
                self.bot.let_go(rng)
            await pause(rng, 0.02)

    async def _seats_change(self) -> None:
        """Who takes new buyers differs all the time, so that some of them wait."""
        rng = lots(self.seed, "seats")
        for number in count():
            await pause(rng, 0.5)
            console = rng.choice(self.consoles)
            state = "在线" if number % 2 else rng.choice(("示忙", "挂起"))
            self.note(await console.ask("state", {"state": state, "note": "接个电话"}), "state", state)

    def note(self, answer: dict[str, Any], *deed: Any) -> bool:
        """Whether it was done."""
        self.deeds += 1
        if not answer["ok"] and answer["error"]["code"] not in LOST_RACE:
            self.refused.append((*deed, answer["error"]))
        return bool(answer["ok"])


class Run:
    """One conversation, at which everybody pulls."""

    def __init__(self, crowd: Crowd, number: int) -> None:
        self.crowd, self.number = crowd, number
        self.rng = self.random("run")
        self.talk = ""
        self.said: set[str] = set()

    def random(self, whose: str) -> Random:
        return lots(self.crowd.seed, self.number, whose)

    async def play(self) -> None:
        windows = [WindowPage(self.rng.choice(self.crowd.desks).url)]
        await windows[0].open()
        self.talk = windows[0].talk
        self.crowd.talks.append(self.talk)
        if self.rng.random() < 0.3:
            windows.append(WindowPage(self.rng.choice(self.crowd.desks).url, guest=windows[0].guest))
            await windows[1].open()
        buyers = [self._buyer(window, self.random(f"buyer {n}")) for n, window in enumerate(windows)]
        agents = [self._staff(AGENTS, self.random(f"agent {n}")) for n in range(2)]
        leaders = [self._staff(LEADERS, self.random("leader"))] if self.rng.random() < 0.5 else []
        await asyncio.gather(*buyers, *agents, *leaders)
        await self._end()
        for window in windows:
            self._check_heard(window)
            await window.leave()

    async def _buyer(self, window: WindowPage, rng: Random) -> None:
        """Says a few things and waits until each is settled; sometimes sends the same again."""
        sent = [await self._say(window, rng) for _ in range(rng.randint(2, 5))]
        await window.until(lambda: {seq for seq in sent if seq} <= window.settled)

    async def _say(self, window: WindowPage, rng: Random) -> int | None:
        await pause(rng)
        words, answer = await self._words(window, rng)
        self.crowd.note(answer, "say", words)
        return answer["message"]["seq"] if answer["ok"] else None

    async def _words(self, window: WindowPage, rng: Random) -> tuple[str, dict[str, Any]]:
        offer = next((m for m in reversed(window.log.messages) if m["buttons"]), None)
        back = offer["buttons"][0]["title"] if offer else ""
        if offer and back not in self.said and rng.random() < 0.5:
            self.said.add(back)
            pressed = {"client_msg_id": f"back {self.number}", "button": {"seq": offer["seq"], "index": 0}}
            return back, await window.ask("send", pressed)
        if CALLS not in self.said and rng.random() < 0.1:
            self.said.add(CALLS)
            return CALLS, await window.ask("person", {"client_msg_id": f"person {self.number}"})
        words = f"{rng.choice(KINDS)}{self.number}.{len(self.said)}"
        self.said.add(words)
        body = {"client_msg_id": words, "text": words}
        answers = await asyncio.gather(*(window.ask("send", body) for _ in range(rng.choice((1, 1, 1, 2)))))
        assert all(each["message"] == answers[0]["message"] for each in answers if each["ok"])
        return words, answers[0]

    async def _staff(self, staff: Sequence[str], rng: Random) -> None:
        """Takes, speaks, hands on; mostly who holds the talk, sometimes who does not."""
        consoles = [c for c in self.crowd.consoles if c.staff_id in staff]
        for _ in range(rng.randint(1, 4)):
            await pause(rng, 4 * MOST_PAUSE)
            holding = [c for c in consoles if self._holds(c)]
            if holding and rng.random() < 0.8:
                await self._act(rng.choice(holding), rng.choice(HOLDING), rng)
            else:
                await self._act(rng.choice(consoles), rng.choice(("take", "take", *DEEDS)), rng)

    def _holds(self, console: ConsolePage) -> bool:
        agent = console.rows.get(self.talk, {}).get("agent")
        return agent is not None and agent["id"] == console.staff_id

    async def _act(self, console: ConsolePage, deed: str, rng: Random) -> bool:
        form = DEEDS.get(deed, lambda rng: {})(rng)
        return self.crowd.note(await console.act(deed, self.talk, **form), deed, form)

    async def _end(self) -> None:
        """Back to the bot, so that seats are free for others."""
        leader = next(c for c in self.crowd.consoles if c.staff_id == LEADERS[0])
        for deed in ("take", "hand_back"):
            assert await self._act(leader, deed, self.rng), deed

    def _check_heard(self, window: WindowPage) -> None:
        holder = "bot"
        for event, news in window.order:
            if event == "holder":
                holder = news["holder"]
            elif news["direction"] == "bot" and holder != "bot":
                self.crowd.told_wrongly.append((self.talk, holder, news))


def _send(rng: Random) -> dict[str, Any]:
    return {"client_msg_id": f"{rng.random()}", "text": "您好,我来看看", "anyway": True}


def _transfer(rng: Random) -> dict[str, Any]:
    to = rng.choice(({"to_staff": rng.choice((*AGENTS, *LEADERS))}, {"to_group": rng.choice(GROUPS)}))
    return {"reason": "技能不匹配", "note": "", **to}


HOLDING = ("hand_back", "hand_back", "close", "transfer", "send", "send")
"""What who holds the talk does with it."""
DEEDS: dict[str, Callable[[Random], dict[str, Any]]] = {
    "send": _send,
    "hand_back": lambda rng: {"settled": "说好了"},
    "transfer": _transfer,
    "close": lambda rng: {"kind": "咨询", "cause": "物流进度", "result": "已解决"},
}
