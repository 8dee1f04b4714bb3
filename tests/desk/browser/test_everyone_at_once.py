"""One buyer, two agents and a supervisor, each at a page of their own, through a whole service."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from at_work import put_seat
from chat_page import ChatPage
from chromium import DESK_SIZE, PHONE_SIZE
from console_page import ConsolePage, hire
from playwright.async_api import Browser, Page, expect
from wire import RunningDesk, Worker, say

from shop.model import Role, SeatState
from shop.wiring import Services

NICK = "只买一单的小鱼"


@pytest.fixture
async def pages(browser: Browser, desk: RunningDesk, services: Services) -> AsyncIterator[dict[str, Page]]:
    """The buyer on a phone; 小禾, 小满 and the supervisor 南星 at consoles."""
    put_seat(services, "341", SeatState.OFFLINE)
    people = {"小禾": ("911", Role.PRESALE_AGENT, "presale"), "小满": ("912", Role.AFTERSALE_AGENT, "aftersale")}
    people["南星"] = ("913", Role.SUPERVISOR, "lead")
    token = desk.tokens.for_buyer("b-fish", NICK, timedelta(hours=1))
    contexts = {"buyer": await browser.new_context(viewport=PHONE_SIZE, locale="zh-CN", timezone_id="Asia/Shanghai")}
    found = {"buyer": await contexts["buyer"].new_page()}
    chat = ChatPage(found["buyer"], desk.url)
    await chat.open(token)
    for name, (staff_id, role, group) in people.items():
        hire(services, staff_id, name, role, (group,))
        contexts[name] = await browser.new_context(viewport=DESK_SIZE, locale="zh-CN", timezone_id="Asia/Shanghai")
        console = await ConsolePage.enter(contexts[name], desk.url, staff_id, online=name != "南星")
        found[name] = console.page
    yield found
    for context in contexts.values():
        await context.close()


async def shoot(pages: dict[str, Page], step: str) -> None:
    """For the README, where a folder for it is named."""
    if folder := os.environ.get("SHOTS"):
        for name, page in pages.items():
            await page.screenshot(path=Path(folder) / f"{step}-{name}.png")


async def hand_over(pages: dict[str, Page], chat: ChatPage, first: ConsolePage, worker: Worker) -> None:
    """The buyer asks for a person, who answers with a phrase found in two keys."""
    worker.answer = lambda question: {
        **say("好的，我请同事来", handover="买家要求人工"),
        "intent": {"name": "bargain", "confidence": 0.88},
    }
    await chat.say("便宜点行不行 叫人工")
    await expect(pages["buyer"].locator("#holder")).to_contain_text("小禾")
    await first.choose_list("mine")
    await first.show(NICK)
    await expect(first.hand_card).to_contain_text("议价")
    await shoot(pages, "1-hand-over")

    await first.field.press_sequentially("/hy3")
    await first.field.press("Enter")
    await expect(first.field).not_to_have_value("/hy3")
    assert await chat.page.locator("#talk .row.agent").count() == 0, "a phrase is inserted, never sent"
    await first.field.press("Enter")
    await expect(chat.page.locator("#talk .row.agent")).to_have_count(1)
    await expect(chat.page.locator("#talk .row.agent .bubble")).to_contain_text("小禾")


async def whisper(pages: dict[str, Page], first: ConsolePage, leader: ConsolePage) -> None:
    """The supervisor looks on and says something that the agent alone hears."""
    await leader.choose_list("all")
    await leader.show(NICK)
    await leader.page.locator("#mode-whisper").click()
    await leader.say("这位老买家可以给九五折")
    await expect(first.notes.filter(has_text="九五折")).to_be_visible()
    await shoot(pages, "2-whisper")


async def transfer(pages: dict[str, Page], chat: ChatPage, first: ConsolePage, second: ConsolePage) -> None:
    """To a colleague, with the reason and what is to be known."""
    await first.page.keyboard.press("Alt+R")
    await first.dialog.get_by_text("小满").first.click()
    await first.dialog.locator("select, [name=reason]").first.select_option("技能不匹配")
    await first.dialog.locator("textarea").fill("价格谈好了，买家还想问退换")
    await shoot(pages, "3-transfer")
    await first.dialog.get_by_role("button", name="转接").click()
    await expect(pages["buyer"].locator("#holder")).to_contain_text("小满")
    await second.choose_list("mine")
    await second.show(NICK)
    await expect(second.hand_card).to_contain_text("价格谈好了")
    await second.say("您好，退换的事我来帮您")
    await second.said("您好，退换的事我来帮您")
    await expect(chat.page.get_by_text("退换的事我来帮您")).to_be_visible()


async def give_back_and_take(chat: ChatPage, second: ConsolePage, worker: Worker) -> None:
    """To the bot, which answers, and to the agent again."""
    await second.page.keyboard.press("Alt+B")
    await second.dialog.locator("textarea").fill("退换规则已经说明")
    await second.dialog.get_by_role("button", name="交回").click()
    worker.answer = lambda question: say("小二在的，您请说")
    await chat.say("那运费呢")
    await chat.answered("小二在的，您请说")

    await second.page.keyboard.press("Alt+T")
    await expect(second.holder).to_have_text("我接待中")


async def close_and_rate(pages: dict[str, Page], chat: ChatPage, second: ConsolePage) -> None:
    await second.say("运费我来跟您说明")
    await second.page.keyboard.press("Alt+W")
    await shoot(pages, "4-close")
    await second.dialog.get_by_text("咨询", exact=True).first.click()
    await second.dialog.locator("select").first.select_option("其他咨询")
    await second.dialog.get_by_text("已解决", exact=True).first.click()
    await second.dialog.get_by_role("button", name="结束").click()
    rating = chat.page.locator(".rating")
    await expect(rating).to_be_visible()
    await rating.get_by_role("radio").nth(4).check(force=True)
    await rating.get_by_role("button", name="提交").click()
    await expect(rating).to_contain_text("您的评价")
    await shoot(pages, "5-rated")


@pytest.mark.req("PH-07", "PH-10", "PH-12", "HE-02", "HE-05", "HE-08", "HE-27", "CW-14", "CW-23")
async def test_a_whole_service_with_four_pages(
    pages: dict[str, Page], desk: RunningDesk, worker: Worker, services: Services
) -> None:
    chat = ChatPage(pages["buyer"], desk.url)
    first, second, leader = (ConsolePage(pages[name], desk.url) for name in ("小禾", "小满", "南星"))
    await hand_over(pages, chat, first, worker)
    await whisper(pages, first, leader)
    await transfer(pages, chat, first, second)
    await give_back_and_take(chat, second, worker)
    await close_and_rate(pages, chat, second)
    with services.unit_of_work() as uow:
        [service] = [s for s in uow.services.of_conversation(uow.conversations.find_by_buyer("b-fish").id) if s.rating]
    assert (service.rating, service.cause) == (5, "其他咨询")
    hidden = await chat.page.locator("body").inner_text()
    assert "九五折" not in hidden
    assert "价格谈好了" not in hidden
