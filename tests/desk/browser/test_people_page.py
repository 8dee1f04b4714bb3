"""员工 in the browser: hired, signed in with the new password elsewhere, changed, let go while at work."""

import re
from collections.abc import Awaitable, Callable

import pytest
from chat_page import NICK
from chromium import PHONE_SIZE
from console_page import ConsolePage, hire, listen, sign_in
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect
from wire import Client, RunningDesk

from shop.model import Holder, Role
from shop.wiring import Services

Sit = Callable[..., Awaitable[ConsolePage]]


async def open_people(context: BrowserContext, desk: RunningDesk) -> Page:
    await sign_in(context, desk.url, "100")
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/people")
    await expect(page.locator("#people")).to_have_attribute("aria-busy", "false")
    return page


@pytest.fixture
def manager(services: Services) -> Services:
    hire(services, "100", "云舒", Role.MANAGER, ("lead",))
    return services


def card(page: Page, staff_id: str) -> Locator:
    return page.locator(f"#person-{staff_id}")


@pytest.mark.req("HE-07", "OR-03")
async def test_who_is_hired_signs_in_elsewhere_with_the_password_shown_once(
    context: BrowserContext, browser: Browser, desk: RunningDesk, manager: Services
) -> None:
    page = await open_people(context, desk)
    await page.get_by_role("button", name="添加员工").click()
    dialog = page.locator("dialog[open]")
    await dialog.get_by_label("工号").fill("351")
    await dialog.get_by_label("花名").fill("云舒")
    await dialog.get_by_label("角色").select_option("售前客服")
    await dialog.get_by_role("button", name="添加", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_have_text(
        "「花名」要 1 到 20 个字，不能和在职同事重名，请您改一改再保存~"
    )
    await dialog.get_by_label("花名").fill("知秋")
    await dialog.get_by_role("button", name="添加", exact=True).click()
    password = await page.locator("#secret output").text_content()
    await page.get_by_role("button", name="我记下了").click()
    await expect(card(page, "351")).to_contain_text("售前客服")
    await expect(card(page, "351")).to_contain_text("还没有登录过")
    assert password
    assert password not in await page.content()
    elsewhere = await browser.new_context(locale="zh-CN")
    await sign_in(elsewhere, desk.url, "351", password)
    theirs = ConsolePage(await elsewhere.new_page(), desk.url)
    await theirs.open()
    await page.reload()
    await expect(card(page, "351")).to_contain_text("登录中 1 处")
    await elsewhere.close()


@pytest.mark.req("HE-07")
async def test_a_new_role_opens_the_pages_of_that_role(
    context: BrowserContext, desk: RunningDesk, manager: Services, sit: Sit
) -> None:
    agent = await sit("901", "小安")
    assert (await agent.page.request.get(f"{desk.url}/settings")).status == 403
    page = await open_people(context, desk)
    await card(page, "901").get_by_role("button", name="修改").click()
    dialog = page.locator("dialog[open]")
    await dialog.get_by_label("角色").select_option("组长")
    await expect(dialog).to_contain_text("悄悄话")
    await expect(dialog.get_by_role("checkbox", name="主管组")).to_be_checked()
    await dialog.get_by_label("花名").fill("小安安")
    await dialog.get_by_label("同时接待上限").fill("4")
    await dialog.get_by_role("button", name="保存").click()
    await expect(card(page, "901")).to_contain_text("小安安")
    await expect(card(page, "901")).to_contain_text("组长")
    await expect(card(page, "901")).to_contain_text("0 / 4 位")
    assert (await agent.page.request.get(f"{desk.url}/settings/rules")).status == 403
    await agent.ready()


@pytest.mark.req("HE-07")
async def test_who_is_dismissed_while_signed_in_is_out_and_the_buyer_waits_for_a_colleague(
    context: BrowserContext, desk: RunningDesk, manager: Services, console: ConsolePage, buyer: Client
) -> None:
    page = await open_people(context, desk)
    await expect(card(page, "901")).to_contain_text("1 / 10 位")
    await card(page, "901").get_by_role("button", name="离职").click()
    dialog = page.locator("dialog[open]")
    await expect(dialog).to_contain_text("手上的 1 位买家会回到排队")
    await dialog.get_by_role("button", name="确认离职").click()
    await expect(page.locator("#hint")).to_have_text("小安已离职")
    await expect(console.page).to_have_url(re.compile("/signin"))
    await buyer.wait("holder", lambda holder: holder["holder"] == "queue")
    with manager.unit_of_work() as uow:
        assert [talk.nick for talk in uow.conversations.waiting()] == [NICK]
        assert [talk.holder for talk in uow.conversations.waiting()] == [Holder.QUEUE]
    await expect(page.locator("#left-count")).to_have_text("已离职 1 人")


async def test_the_last_manager_and_a_weak_password_are_refused_in_words(
    context: BrowserContext, desk: RunningDesk, manager: Services
) -> None:
    page = await open_people(context, desk)
    await page.get_by_role("button", name="离职 云舒").click()
    await page.get_by_role("button", name="确认离职").click()
    await expect(page.locator("#hint")).to_contain_text("最后一位经理")
    await page.get_by_role("button", name="重设密码 云舒").click()
    dialog = page.locator("dialog[open]")
    await dialog.get_by_label("密码").fill("12345678")
    await dialog.get_by_role("button", name="重设", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_contain_text("太常见")


async def test_on_a_phone_nothing_sticks_out(browser: Browser, desk: RunningDesk, manager: Services) -> None:
    context = await browser.new_context(viewport=PHONE_SIZE, has_touch=True, is_mobile=True, locale="zh-CN")
    complaints = listen(context, desk.url)
    page = await open_people(context, desk)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="添加员工").click()
    await expect(page.get_by_label("工号")).to_be_focused()
    await context.close()
    assert complaints == []
