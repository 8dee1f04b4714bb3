"""A buyer at the page of the whole shop, in the real browser."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from chromium import PHONE_SIZE
from playwright.async_api import Browser, Page, expect
from running import RunningShop

from shop.model import Conversation, Direction, Message


class Visit:
    """A buyer at the page; answers are read from the store and must stand on the page."""

    def __init__(self, page: Page, shop: RunningShop, nick: str) -> None:
        self.page, self.shop, self.nick = page, shop, nick

    def conversation(self) -> Conversation:
        with self.shop.services.unit_of_work() as uow:
            buyer = uow.buyers.find_by_nick(self.nick)
            assert buyer is not None
            found = uow.conversations.find_by_buyer(buyer.id)
            assert found is not None
            return found

    async def say(self, text: str) -> list[Message]:
        before = self.conversation().last_seq
        await self.page.locator("#text").fill(text)
        await self.page.locator("#text").press("Enter")
        return await self._answers(before)

    async def press(self, title: str) -> list[Message]:
        before = self.conversation().last_seq
        await self.page.locator("#talk button", has_text=title).last.click()
        return await self._answers(before)

    async def _answers(self, before: int) -> list[Message]:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with self.shop.services.unit_of_work() as uow:
                conversation_id = self.conversation().id
                if not uow.turns.pending(conversation_id):
                    log = uow.messages.after(conversation_id, before)
                    said = [m for m in log if m.direction in (Direction.BOT, Direction.SYSTEM)]
                    if said:
                        await expect(self.page.locator("#talk")).to_contain_text(said[-1].text)
                        return said
            await asyncio.sleep(0.05)
        raise AssertionError("no answer within a minute")


@asynccontextmanager
async def visiting(shop: RunningShop, browser: Browser, nick: str, product: str) -> AsyncIterator[Visit]:
    """The shop window of that persona, on a phone."""
    async with httpx.AsyncClient(base_url=shop.url, timeout=60) as http:
        token = (await http.post("/api/demo/token", json={"nick": nick})).json()["token"]
    page = await browser.new_page(viewport=PHONE_SIZE)
    await page.goto(f"{shop.url}/chat?product={product}#token={token}")
    await expect(page.locator("#talk .row.bot").first).to_be_visible()
    yield Visit(page, shop, nick)
    await page.close()
