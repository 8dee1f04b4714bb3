"""消息推送 in Chromium: an address added, its secret shown once, tried out, sent again, switched off, deleted."""

import pytest
from chromium import PHONE_SIZE
from console_page import hire, sign_in
from playwright.async_api import BrowserContext, Locator, Page, expect
from receiving import Receiver, say
from wire import Client, RunningDesk

from shop.model import Role, WebhookState
from shop.settings import DeskSettings
from shop.wiring import Services


@pytest.fixture
def desk_settings(desk_settings: DeskSettings) -> DeskSettings:
    return desk_settings.model_copy(update={"webhook_hosts": "127.0.0.1"})


@pytest.fixture
async def page(context: BrowserContext, desk: RunningDesk, services: Services) -> Page:
    """A manager's, with nothing there yet."""
    hire(services, "902", "云舒", Role.MANAGER)
    await sign_in(context, desk.url, "902")
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/webhooks")
    await expect(page.get_by_text("还没有推送网址")).to_be_visible()
    return page


async def add(page: Page, url: str, name: str = "进销存") -> str:
    """The secret that was shown."""
    await page.get_by_role("button", name="添加网址").click()
    form = page.locator("#webhook-form")
    await form.get_by_label("名称").fill(name)
    await form.get_by_label("网址").fill(url)
    await form.get_by_role("button", name="添加", exact=True).click()
    secret = await page.get_by_label("密钥", exact=True).input_value()
    await page.get_by_role("button", name="我存好了").click()
    await expect(page.locator(".card", has_text=name)).to_be_visible()
    return secret


def rows(page: Page) -> Locator:
    return page.locator("#webhook-deliveries li")


async def sure(page: Page, button: str) -> None:
    await page.get_by_role("dialog").get_by_role("button", name=button).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_what_is_missing_or_inside_is_said_in_the_form(page: Page) -> None:
    await page.get_by_role("button", name="添加网址").click()
    form = page.locator("#webhook-form")

    async def refused(words: str) -> None:
        await form.get_by_role("button", name="添加", exact=True).click()
        await expect(form.get_by_role("alert")).to_contain_text(words)

    await refused("请写上名称")
    await form.get_by_label("名称").fill("进销存")
    await refused("请写上网址")
    await form.get_by_label("网址").fill("https://10.0.0.8/hook")
    await refused("内部网络")
    await form.get_by_label("网址").fill("http://erp.example.com/hook")
    await refused("请使用 https")
    await expect(page.locator(".card")).to_have_count(0)


async def test_an_address_is_added_tried_out_changed_and_deleted(page: Page, receiver: Receiver) -> None:
    secret = await add(page, receiver.url)
    receiver.use(secret)
    assert secret not in await page.content()
    card = page.locator(".card")
    await card.get_by_role("button", name="发一条试试").click()
    await expect(rows(page).filter(has_text="测试")).to_contain_text("成功")
    assert receiver.answers == [204]
    await page.locator("#webhook-deliveries .sheet-does").get_by_role("button", name="关闭").click()
    await expect(card).to_contain_text("最近成功")

    await card.get_by_role("button", name="编辑").click()
    form = page.locator("#webhook-form")
    await form.get_by_label("名称").fill("报表")
    await form.get_by_label("审批").uncheck()
    await form.get_by_role("button", name="保存").click()
    await expect(card).to_contain_text("报表")
    await expect(card.locator(".webhook-areas")).not_to_contain_text("审批")

    await card.get_by_role("button", name="更换密钥").click()
    await page.get_by_role("dialog").get_by_role("button", name="更换").click()
    assert await page.get_by_label("密钥", exact=True).input_value() != secret
    await page.get_by_role("button", name="我存好了").click()
    await expect(card).to_contain_text("旧密钥用到")

    await card.get_by_role("button", name="停用").click()
    await sure(page, "停用")
    await expect(card).to_contain_text("已停用")
    await expect(card.get_by_role("button", name="发一条试试")).to_be_disabled()
    await card.get_by_role("button", name="启用").click()
    await expect(card.locator(".tag").first).to_have_text("推送中")

    await card.get_by_role("button", name="删除").click()
    await sure(page, "删除")
    await expect(page.get_by_text("还没有推送网址")).to_be_visible()


async def test_what_a_buyer_writes_is_pushed_and_a_failure_is_shown_and_sent_again(
    page: Page, receiver: Receiver, buyer: Client
) -> None:
    receiver.misbehave = say(500)
    receiver.use(await add(page, receiver.url))
    await buyer.send("什么时候发货")
    await page.locator(".card").get_by_role("button", name="推送记录").click()
    failed = rows(page).filter(has_text="对方返回 500").last
    await expect(failed).to_contain_text("等待")
    await expect(failed).to_contain_text("消息")
    receiver.misbehave = lambda handler: False
    await failed.get_by_role("button", name="重发").click()
    await expect(rows(page).last).to_contain_text("成功")
    assert receiver.ids[0] in receiver.names["known"]


async def test_an_address_that_was_paused_says_why_and_comes_back(
    page: Page, receiver: Receiver, services: Services
) -> None:
    await add(page, receiver.url)
    with services.unit_of_work() as uow:
        webhook = uow.webhooks.lock(uow.webhooks.all()[0].id)
        webhook.state, webhook.last_error, webhook.failures = WebhookState.PAUSED, "对方返回 500", 14
        webhook.failing_since = services.clock.now()
        uow.commit()
    await page.reload()
    card = page.locator(".card")
    await expect(card).to_contain_text("一直推送不成功（对方返回 500），已经暂停")
    await card.get_by_role("button", name="恢复推送").click()
    await expect(card.locator(".tag").first).to_have_text("推送中")


async def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page, receiver: Receiver) -> None:
    await page.set_viewport_size(PHONE_SIZE)
    await add(page, receiver.url + "/" + "a" * 200)
    await page.locator(".card").get_by_role("button", name="发一条试试").click()
    await expect(rows(page)).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.locator("#webhook-deliveries").evaluate("box => box.scrollWidth <= box.clientWidth")
