"""The window as a buyer handles it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.async_api import Locator, Page, expect

NICK = "只买一单的小鱼"
"""The buyer of the shop with one order."""


@dataclass
class ChatPage:
    page: Page
    home: str

    async def open(self, token: str = "", product: str = "") -> None:
        query, place = urlencode({"product": product}), urlencode({"token": token})
        await self.page.goto(f"{self.home}/chat?{query}#{place}")
        await self.ready()

    async def ready(self) -> None:
        await expect(self.rows.first).to_be_visible()
        await expect(self.page.locator("#holder")).not_to_have_text("正在接通…")

    @property
    def field(self) -> Locator:
        return self.page.locator("#text")

    @property
    def rows(self) -> Locator:
        return self.page.locator("#talk .row")

    @property
    def mine(self) -> Locator:
        return self.page.locator("#talk .row.buyer")

    @property
    def answers(self) -> Locator:
        return self.page.locator("#talk .row.bot")

    @property
    def waiting(self) -> Locator:
        return self.page.locator("#waiting .row")

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def said(self, text: str) -> Locator:
        """The confirmed bubble of the buyer with exactly this text."""
        bubble = self.mine.locator(".bubble").get_by_text(text, exact=True)
        await expect(bubble).to_be_visible()
        return bubble

    async def answered(self, text: str) -> None:
        await expect(self.answers.get_by_text(text, exact=True)).to_be_visible()

    async def texts(self) -> list[str]:
        return await self.mine.locator(".bubble").all_text_contents()
