"""接口令牌 in Chromium: made, shown once, ended."""

import httpx
from console_page import hire, sign_in
from playwright.async_api import BrowserContext, expect
from wire import RunningDesk

from shop.model import Role
from shop.wiring import Services


async def test_a_token_is_made_shown_once_and_ended(
    context: BrowserContext, desk: RunningDesk, services: Services
) -> None:
    hire(services, "902", "云舒", Role.MANAGER)
    await sign_in(context, desk.url, "902")
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/tokens")
    await expect(page.get_by_text("还没有令牌")).to_be_visible()

    await page.get_by_role("button", name="新建令牌").click()
    form = page.locator("#token-form")
    await form.get_by_role("button", name="新建").click()
    await expect(form.get_by_role("alert")).to_have_text("请写上名称")
    await form.get_by_label("名称").fill("进销存")
    await form.get_by_role("button", name="新建").click()
    await expect(form.get_by_role("alert")).to_have_text("请至少勾选一项")
    await form.get_by_label("店铺规则查看").check()
    await form.get_by_role("button", name="新建").click()

    secret = await page.locator("#token-secret").get_by_label("令牌").input_value()
    await page.get_by_role("button", name="我存好了").click()
    await expect(page.locator("#count")).to_have_text("1/20")
    await expect(page.locator(".card")).to_contain_text("店铺规则 · 查看")
    assert secret not in await page.content()

    async def status() -> int:
        headers = {"Authorization": f"Bearer {secret}"}
        async with httpx.AsyncClient(base_url=desk.url, headers=headers, trust_env=False, timeout=60) as http:
            return (await http.get("/api/v1/rules")).status_code

    assert await status() == 200
    await page.get_by_role("button", name="停用").click()
    await page.get_by_role("dialog").get_by_role("button", name="停用").click()
    await expect(page.get_by_text("还没有令牌")).to_be_visible()
    assert await status() == 401
