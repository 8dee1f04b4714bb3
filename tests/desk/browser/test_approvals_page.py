"""审批 as a leader uses it, with the buyer's window beside it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from chat_page import ChatPage
from chromium import PHONE_SIZE
from console_page import hire, sign_in
from playwright.async_api import BrowserContext, expect
from wire import RunningDesk

from shop.approvals import ask_leader
from shop.bargaining import about_product
from shop.conversations import open_conversation
from shop.model import Role
from shop.wiring import Services

Enter = Callable[..., Awaitable[ChatPage]]


def put_request(services: Services, asked_fen: int = 118_00, attempt: int = 1) -> str:
    now = services.clock.now()
    with services.unit_of_work() as uow:
        talk = open_conversation(uow, "b-fish", None, "只买一单的小鱼", now=now)
        subject = about_product(uow.products.get("SCARF-01"))
        number = ask_leader(uow, talk, subject, asked_fen, attempt=attempt, now=now, turn_id="").number
        uow.commit()
    return number


@pytest.mark.req("BG-05", "BG-07")
async def test_the_leader_agrees_and_the_buyers_window_shows_the_bots_answer_with_the_amount(
    context: BrowserContext, desk: RunningDesk, services: Services, enter: Enter, token: str
) -> None:
    put_request(services)
    hire(services, "902", "阿青", Role.SUPERVISOR)
    await sign_in(context, desk.url, "902")
    window = await enter(token=token)
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/approvals")
    card = page.locator("#waiting .request")
    await expect(card).to_contain_text("羊绒混纺围巾")
    await expect(card).to_contain_text("想要 118.00 元")
    await expect(card).to_contain_text("您最低可以给到 113.52 元")
    await card.get_by_role("button", name="同意 118.00 元").click()
    await expect(page.locator("#nothing")).to_be_visible()
    await expect(page.locator("#decided tr")).to_contain_text(["已同意 118.00 元"])
    await expect(page.locator("#decided tr")).to_contain_text(["阿青"])
    await expect(window.page.get_by_text("羊绒混纺围巾给您118元")).to_be_visible()


@pytest.mark.req("BG-03", "BG-07")
async def test_another_price_is_asked_for_within_the_limit_which_is_named(
    context: BrowserContext, desk: RunningDesk, services: Services, enter: Enter, token: str
) -> None:
    put_request(services, asked_fen=90_00)
    hire(services, "902", "阿青", Role.SUPERVISOR)
    await sign_in(context, desk.url, "902")
    window = await enter(token=token)
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/approvals")
    card = page.locator("#waiting .request")
    await expect(card.get_by_role("button", name="同意")).to_have_count(0)
    await card.get_by_role("button", name="改价").click()
    field = page.get_by_label("优惠价（元）")
    await field.fill("100")
    await page.get_by_role("button", name="就给这个价").click()
    await expect(page.get_by_role("alert")).to_contain_text("您最低可以给到 113.52 元")
    await field.fill("115.50")
    await page.get_by_role("button", name="就给这个价").click()
    await expect(page.locator("#decided tr")).to_contain_text(["已改价 115.50 元"])
    await expect(window.page.get_by_text("115.50元")).to_be_visible()


async def test_two_leaders_the_second_reads_who_was_first(
    context: BrowserContext, desk: RunningDesk, services: Services
) -> None:
    put_request(services)
    hire(services, "902", "阿青", Role.SUPERVISOR)
    await sign_in(context, desk.url, "902")
    pages = [await context.new_page() for _ in range(2)]
    for page in pages:
        await page.goto(f"{desk.url}/settings/approvals")
        await expect(page.locator("#waiting .request")).to_be_visible()
    for page in pages:
        await page.get_by_role("button", name="拒绝").click()
        await page.locator("dialog").get_by_role("button", name="拒绝").click()
        await expect(page.locator("#decided tr")).to_have_count(1)
    await expect(pages[1].locator("#hint")).to_contain_text("阿青刚刚处理了这条申请")


async def test_the_page_fits_a_phone(browser: Any, desk: RunningDesk, services: Services) -> None:
    put_request(services)
    put_request(services, asked_fen=90_00, attempt=2)
    hire(services, "902", "阿青", Role.SUPERVISOR)
    context = await browser.new_context(viewport=PHONE_SIZE, locale="zh-CN")
    await sign_in(context, desk.url, "902")
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/approvals")
    await expect(page.locator("#waiting .request")).to_have_count(2)
    await page.get_by_role("button", name="同意").first.click()
    await expect(page.locator("#decided tr")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await context.close()
