"""A buyer who talks with the real agent over a demo shop: real model, real actions, real store."""

import uuid
from dataclasses import dataclass, field

from bot.worker.agent import EmbeddedAgent
from bot.worker.contract import PICTURE_ONLY, Answer, TurnRequest
from shop.model import Conversation
from shop.wiring import Services

PRESSED = "按："
"""Before part of a button's title: it is pressed."""


@dataclass
class Counter:
    """Which shop the one agent of the session stands in now."""

    services: Services | None = None

    def shop(self) -> Services:
        assert self.services is not None, "no shop is open"
        return self.services


@dataclass
class Chat:
    """One conversation. `answer` is the last turn's; `shop` the store behind it."""

    agent: EmbeddedAgent
    shop: Services
    id: str
    answer: Answer | None = None
    buttons: list[dict[str, str]] = field(default_factory=list)

    async def say(self, text: str, *, photos: tuple[str, ...] = (), turn_id: str = "") -> Answer:
        """What the buyer types; `按：…` presses the button whose title holds it, `[图片]` sends a picture."""
        if text == PICTURE_ONLY:
            photos = photos or ("picture-1.jpg",)
        title, payload = self._find_button(text.removeprefix(PRESSED)) if text.startswith(PRESSED) else (text, None)
        turn = TurnRequest(
            conversation_id=self.id,
            turn_id=turn_id or uuid.uuid4().hex,
            text=title,
            payload=payload or None,
            photos=list(photos),
        )
        self.answer = await self.agent.take_turn(turn)
        self.buttons = [b for m in self.answer["messages"] for b in m["buttons"]] or self.buttons
        return self.answer

    def _find_button(self, part: str) -> tuple[str, str]:
        found = [b for b in self.buttons if part in b["title"]]
        assert found, f"no button {part}: {[b['title'] for b in self.buttons]}"
        return found[0]["title"], found[0]["payload"]

    async def says(self, *texts: str) -> Answer:
        """Several messages; returns the last answer."""
        for text in texts:
            await self.say(text)
        assert self.answer is not None
        return self.answer

    @property
    def keys(self) -> list[str]:
        return [message["key"] for message in self.answer["messages"]] if self.answer else []

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.answer["messages"]) if self.answer else ""

    @property
    def offered(self) -> list[str]:
        """Titles of the buttons of the last answer."""
        return [b["title"] for m in self.answer["messages"] for b in m["buttons"]] if self.answer else []


def open_chat(agent: EmbeddedAgent, shop: Services, nick: str = "", product: str = "") -> Chat:
    """A persona's window, or a guest's; `product` is the code of the page it was opened from."""
    conversation_id = uuid.uuid4().hex
    with shop.unit_of_work() as uow:
        buyer = uow.buyers.find_by_nick(nick) if nick else None
        assert buyer is not None or not nick, f"the demo shop has no buyer {nick}"
        uow.conversations.add(
            Conversation(
                id=conversation_id,
                created_at=shop.clock.now(),
                buyer_id=buyer.id if buyer else None,
                nick=nick,
                product_code=product or None,
            )
        )
        uow.commit()
    return Chat(agent, shop, conversation_id)
