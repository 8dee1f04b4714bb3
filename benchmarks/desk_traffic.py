"""Messages at random moments: each is sent when its time has come, however long the ones before it take."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.desk_people import Console, Sent, Window

BUYER, AGENT, BOT = "buyer_to_console", "agent_to_window", "buyer_to_bot"
MIX = {BUYER: 5, AGENT: 4, BOT: 1}
"""Of ten messages; what the bot replies comes on top."""
QUESTIONS = (
    "在吗",
    "这件云朵棉T恤藏青色的L码还有货吗",
    "我昨天下午拍的,今天能发出来吗?发什么快递呀",
    "收到货了,袖口那里有一点线头,能不能帮我看看怎么处理,我拍照给您",
)
ANSWERS = (
    "在的亲",
    "您好,L码还有货的,喜欢可以直接拍下哦",
    "您好,今天下午五点前付款的订单当天都会安排发出,默认发中通,您放心",
    "非常抱歉给您带来不好的体验,麻烦您拍一张线头位置的照片发给我,这边马上帮您登记处理",
)


@dataclass(frozen=True)
class Held:
    """A talk in an agent's hands, with both its ends."""

    talk: str
    window: Window
    console: Console


class Traffic:
    """`rate` messages a second on average, the gaps between them as random as between people who do not know each
    other. `late`: by how many seconds this process itself was behind.
    """

    def __init__(self, held: Sequence[Held], with_bot: Sequence[Window], rate: float) -> None:
        self._held, self._with_bot, self._rate = held, with_bot, rate
        self._dice = random.Random(20)  # noqa: S311  # the same traffic each time
        self._count = 0
        self.late: list[float] = []

    async def flow(self, seconds: float) -> None:
        """Returns when the last message of that time has been answered."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        ends, writing = due + seconds, []
        while (due := due + self._dice.expovariate(self._rate)) < ends:
            await asyncio.sleep(due - loop.time())
            self.late.append(loop.time() - due)
            writing.append(asyncio.create_task(self._write()))
        await asyncio.gather(*writing)

    async def _write(self) -> None:
        kind = self._dice.choices([*MIX], [*MIX.values()])[0]
        self._count += 1
        number = f"{kind}-{self._count}"
        text = f"{self._dice.choice(ANSWERS if kind == AGENT else QUESTIONS)} {number}"
        writer: Window | Console
        if kind == BOT:
            writer = self._dice.choice(self._with_bot)
            talk = writer.talk
        else:
            held = self._dice.choice(self._held)
            writer, talk = held.console if kind == AGENT else held.window, held.talk
        await writer.write(Sent(kind, number, talk), text)
