"""没答好的问题 as a manager handles it: from a buyer who is not understood to a lesson and an auto-reply."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from chromium import PHONE_SIZE
from console_page import hire, sign_in
from gap_talks import ask
from gap_worker import understand
from playwright.async_api import BrowserContext, Locator, Page, expect
from wire import Client, RunningDesk, Worker

from shop.model import Role
from shop.wiring import Services

PATH = "/settings/gaps"
ENGRAVING = ("能刻字吗", "可以刻名字不", "刻字要加钱吗")


@dataclass
class GapsPage:
    page: Page

    async def open(self, home: str) -> None:
        await self.page.goto(home + PATH)
        await expect(self.page.locator("#gaps")).not_to_have_attribute("aria-busy", "true")

    @property
    def groups(self) -> Locator:
        return self.page.locator(".gap")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("#gap-teach")

    async def press(self, name: str, group: int = 0) -> None:
        await self.groups.nth(group).get_by_role("button", name=name).click()

    async def choose(self, state: str) -> None:
        await self.page.locator("label.pill", has_text=state).click()

    async def counts(self, text: str) -> None:
        await expect(self.page.locator("label.pill", has_text=text)).to_have_count(1)


@pytest.fixture
async def gaps(
    context: BrowserContext, desk: RunningDesk, services: Services, worker: Worker
) -> AsyncIterator[GapsPage]:
    understand(worker)
    hire(services, "m9", "阿主管", Role.MANAGER)
    await sign_in(context, desk.url, "m9")
    yield GapsPage(await context.new_page())


@pytest.fixture
async def asked(buyer: Client, services: Services, gaps: GapsPage) -> None:
    """The buyer wants something engraved, in different words; somebody else a receipt."""
    for text in ENGRAVING:
        await buyer.say(text)
    ask(services, "g9", "有收据吗")


@pytest.mark.usefixtures("asked")
async def test_what_a_buyer_could_not_make_clear_is_found_confirmed_and_taught(
    gaps: GapsPage, desk: RunningDesk
) -> None:
    await gaps.open(desk.url)
    await expect(gaps.groups).to_have_count(2)
    await expect(gaps.groups.first).to_contain_text("3 次 · 1 位买家")
    await expect(gaps.groups.first).to_contain_text("咨询商品")
    await expect(gaps.page.locator("#shares")).to_contain_text("问了一遍4 条")
    await gaps.press("教机器人")
    await expect(gaps.dialog.get_by_label("这一组的意思")).to_have_value("ask_product")
    await gaps.dialog.get_by_label("这一组的意思").select_option(label="问价格")
    await gaps.dialog.get_by_label(f"“{ENGRAVING[0]}”的意思").select_option(label="咨询商品")
    await gaps.dialog.get_by_label(ENGRAVING[1], exact=True).uncheck()
    await gaps.dialog.get_by_role("button", name="教机器人").click()
    await expect(gaps.dialog).to_have_count(0)
    await gaps.counts("已教 1")
    await gaps.choose("已教")
    await expect(gaps.groups).to_have_count(1)
    await expect(gaps.groups.locator("li", has_text=ENGRAVING[0])).to_contain_text("教作：咨询商品")
    await expect(gaps.groups.locator("li", has_text=ENGRAVING[2])).to_contain_text("教作：问价格")
    await gaps.choose("待处理")
    await expect(gaps.groups.filter(has_text=ENGRAVING[1])).to_have_count(1)
    await expect(gaps.groups.filter(has_text=ENGRAVING[0])).to_have_count(0)


@pytest.mark.usefixtures("asked")
async def test_a_group_becomes_an_auto_reply_that_the_next_buyer_gets(
    gaps: GapsPage, desk: RunningDesk, buyer: Client
) -> None:
    await gaps.open(desk.url)
    await expect(gaps.groups).to_have_count(2)
    await gaps.press("做成自动回复")
    editor = gaps.page.locator("#reply-editor")
    await expect(editor.get_by_role("textbox", name="关键词")).to_have_value("刻字")
    await editor.get_by_label("回复内容").fill("可以刻字的，下单时备注内容就好")
    await editor.get_by_role("button", name="保存").click()
    await expect(editor).to_have_count(0)
    await gaps.counts("已做成自动回复 1")
    await expect(gaps.groups).to_have_count(1)
    sent = await buyer.send("请问这个能刻字吗")
    seq = sent["message"]["seq"]
    [said, *_] = await buyer.wait("message", lambda m: m["seq"] > seq and m["direction"] == "bot")
    assert said["text"] == "可以刻字的，下单时备注内容就好"


@pytest.mark.usefixtures("asked")
async def test_what_is_put_aside_is_taken_back_with_one_press(gaps: GapsPage, desk: RunningDesk) -> None:
    await gaps.open(desk.url)
    await expect(gaps.groups).to_have_count(2)
    await gaps.press("不用管")
    await expect(gaps.groups).to_have_count(1)
    await gaps.counts("不用管 1")
    await gaps.page.get_by_role("button", name="撤销").click()
    await expect(gaps.groups).to_have_count(2)
    await gaps.counts("不用管 0")


@pytest.mark.usefixtures("asked")
async def test_an_example_leads_to_its_talk(gaps: GapsPage, desk: RunningDesk) -> None:
    await gaps.open(desk.url)
    await expect(gaps.groups).to_have_count(2)
    await gaps.page.get_by_role("link", name=f"看对话：{ENGRAVING[0]}").click()
    await expect(gaps.page.get_by_text(ENGRAVING[2]).first).to_be_visible()


@pytest.mark.usefixtures("asked")
async def test_on_a_phone_nothing_runs_out_of_the_screen(gaps: GapsPage, desk: RunningDesk) -> None:
    await gaps.page.set_viewport_size(PHONE_SIZE)
    await gaps.open(desk.url)
    await expect(gaps.groups).to_have_count(2)
    await gaps.press("教机器人")
    await expect(gaps.dialog).to_be_visible()
    width = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await gaps.page.evaluate(width) <= 0


async def test_with_nothing_gone_wrong_the_page_says_so(gaps: GapsPage, desk: RunningDesk) -> None:
    await gaps.open(desk.url)
    await expect(gaps.page.get_by_text("这段时间没有要处理的问题")).to_be_visible()
