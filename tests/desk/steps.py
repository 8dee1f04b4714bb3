"""What may happen in a scene, step by step, in any order and at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from page_lines import Json
from pages import ConsolePage, WindowPage
from scene import SEATS, STAFF, House, Scene
from slow_bot import KINDS


@dataclass(frozen=True)
class Step:
    """`who` acts in the talk of that buyer, "holder" being whoever has it; `pick` is for what the deed chooses.

    `wait`: the next step comes after the answer, else at the same time.
    """

    deed: str
    buyer: int
    who: str
    wait: bool
    pick: int


@dataclass(frozen=True)
class Turn:
    """A step in its scene: whose it is and where."""

    scene: Scene
    step: Step

    @property
    def window(self) -> WindowPage:
        return self.scene.windows[self.step.buyer]

    @property
    def talk(self) -> str:
        return self.window.talk

    @property
    def console(self) -> ConsolePage:
        holder = self.scene.holder_of(self.talk) or self.scene.consoles[STAFF[0]]
        return holder if self.step.who == "holder" else self.scene.consoles[self.step.who]

    @property
    def any_page(self) -> WindowPage | ConsolePage:
        return self.pick(self.scene.pages)

    def pick(self, choice: Sequence[Any]) -> Any:
        return choice[self.step.pick % len(choice)]

    def press(self, event: str, **form: Any) -> Awaitable[None]:
        return self.scene.press(self.console, self.talk, event, **form)


Does = Callable[[Turn], Awaitable[Any]]
CLOSING = {"kind": "咨询", "cause": "物流进度", "result": "已解决"}
GOALS: list[Json] = [*({"to_staff": staff_id} for staff_id in STAFF), {"to_group": "presale"}, {"to_group": "lead"}]

AT_WINDOW: dict[str, tuple[int, Does]] = {
    "the buyer says something": (8, lambda t: t.scene.say(t.window, t.pick(KINDS))),
    "the window sends the same again": (2, lambda t: t.scene.say_again(t.window)),
    "the buyer reads": (2, lambda t: t.window.ask("read", {"seq": t.window.log.last})),
    "the bot answers": (4, lambda t: t.scene.let_bot_go()),
}
AT_CONSOLE: dict[str, tuple[int, Does]] = {
    "somebody takes the talk": (5, lambda t: t.press("take")),
    "it is handed back": (3, lambda t: t.press("hand_back", settled="说好了")),
    "it is transferred": (4, lambda t: t.press("transfer", reason="高峰分流", note="请继续", **t.pick(GOALS))),
    "it is closed": (2, lambda t: t.press("close", **CLOSING)),
    "it is urgent or not": (3, lambda t: t.press("urgent", on=t.pick((True, False)))),
    "it is tagged": (1, lambda t: t.press("tag", tags=[f"标{t.step.pick}"])),
    "an agent reads": (3, lambda t: t.press("read", seq=t.console.talks[t.talk].log.last or 0)),
    "an agent writes": (5, lambda t: t.scene.write(t.console, t.talk)),
    "an agent takes words back": (3, lambda t: t.scene.recall(t.console, t.talk, t.step.pick)),
    "somebody notes something": (2, lambda t: t.scene.jot(t.console, t.talk)),
    "a seat changes": (1, lambda t: t.scene.sit(t.console, t.pick(SEATS))),
}
AT_ANY: dict[str, tuple[int, Does]] = {
    "a line breaks": (4, lambda t: t.scene.break_line(t.any_page, back=t.step.pick % 3 > 0)),
    "a page comes back": (2, lambda t: t.scene.come_back(t.any_page)),
}
RESTART = "the desk is restarted"
"""At most once in a scene; nothing new is begun meanwhile, what is under way goes on."""
DEEDS = {**AT_WINDOW, **AT_CONSOLE, **AT_ANY, RESTART: (1, lambda t: t.scene.restart())}
"""What it is called: its share among all steps, and what it does."""


async def play(house: House, steps: Sequence[Step]) -> list[str]:
    """What is wrong after these steps, in two talks of their own."""
    scene = Scene(house)
    house.sequences += 1
    await scene.begin()
    for step in steps:
        house.steps += 1
        await _take(Turn(scene, step))
    wrong = await scene.end()
    house.mismatches += wrong
    await scene.go()
    return wrong


async def _take(turn: Turn) -> None:
    """To its end, or only begun."""
    deed = turn.step.deed
    page = turn.window if deed in AT_WINDOW else turn.console if deed in AT_CONSOLE else turn.any_page
    page.start(DEEDS[deed][1](turn))
    if turn.step.wait or deed == RESTART:
        await page.rest()
    else:
        await asyncio.sleep(0.002)
