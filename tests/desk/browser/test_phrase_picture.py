"""The walk of a picture: the manager puts it to a phrase, an agent inserts it, the buyer gets it. PH-09, PH-10."""

import os
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path

import pytest
from chat_page import NICK, ChatPage
from chromium import PHONE_SIZE
from console_page import ConsolePage, hire, sign_in
from PIL import Image, ImageDraw
from playwright.async_api import BrowserContext, FilePayload, Locator, Page, expect
from wire import RunningDesk

from shop.model import Role
from shop.wiring import Services

Enter = Callable[..., Awaitable[ChatPage]]
Sit = Callable[..., Awaitable[ConsolePage]]
SHOTS = os.environ.get("SHOTS", "")
"""A folder for pictures of the pages, where somebody wants to look at them."""
TEXT = "亲，尺码表在下面这张图里，您看看"


async def shoot(page: Page, name: str) -> None:
    """At the desk and as a phone has it."""
    if not SHOTS:
        return
    size = page.viewport_size
    await page.screenshot(path=Path(SHOTS) / f"{name}-desk.png")
    await page.set_viewport_size({"width": PHONE_SIZE["width"], "height": PHONE_SIZE["height"]})
    await page.screenshot(path=Path(SHOTS) / f"{name}-phone.png")
    if size:
        await page.set_viewport_size(size)


def a_table(colour: str) -> FilePayload:
    out, picture = BytesIO(), Image.new("RGB", (480, 320), "white")
    draw = ImageDraw.Draw(picture)
    for row in range(5):
        for column in range(4):
            draw.rectangle((20 + column * 112, 20 + row * 56, 124 + column * 112, 68 + row * 56), fill=colour)
    picture.save(out, "PNG")
    return {"name": "尺码表.png", "mimeType": "image/png", "buffer": out.getvalue()}


@pytest.fixture
async def shelf(context: BrowserContext, desk: RunningDesk, services: Services) -> Page:
    """快捷短语 before a manager."""
    hire(services, "801", "云舒", Role.MANAGER)
    page = await context.new_page()
    await sign_in(context, desk.url, "801")
    await page.goto(f"{desk.url}/settings/phrases")
    await expect(page.locator("#list .phrase").first).to_be_visible()
    return page


async def shown(picture: Locator) -> None:
    """It is there, and the file behind it, too."""
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", True)
    await expect(picture).not_to_have_js_property("naturalWidth", 0)


async def make_phrase(page: Page) -> None:
    await page.locator("#add").click()
    form = page.locator("dialog[open]")
    await form.locator("[name=text]").fill(TEXT)
    await form.locator("[name=code]").fill("cm9")
    await form.get_by_label("选择图片").set_input_files(a_table("#8fb8a0"))
    await shown(form.get_by_alt_text("短语的图片"))
    await shoot(page, "form")
    await form.get_by_role("button", name="保存").click()
    await expect(form).to_have_count(0)
    await shown(page.get_by_alt_text("/cm9 的图片"))


@pytest.mark.req("PH-09", "PH-10")
async def test_a_manager_adds_a_picture_an_agent_sends_it_and_the_buyer_sees_it(
    shelf: Page, sit: Sit, enter: Enter, token: str
) -> None:
    await make_phrase(shelf)
    await shelf.locator("#search").fill("cm9")
    await expect(shelf.locator("#list .phrase")).to_have_count(1)
    await shoot(shelf, "list")
    chat = await enter(token=token)
    await chat.say("有尺码表吗")
    await chat.said("有尺码表吗")
    console = await sit()
    await console.take(NICK, which="all")
    attached = console.at("#attached")
    for taken_off in (True, False):
        await console.field.fill("/cm9")
        await expect(console.options.first).to_contain_text("带图片")
        await console.field.press("Enter")
        await shown(attached.get_by_alt_text("随短语发送的图片"))
        await expect(console.field).to_have_value(TEXT)
        await shoot(console.page, "attached")
        if taken_off:
            await attached.get_by_role("button", name="不发这张图片").click()
            await expect(attached).to_be_hidden()
            await expect(console.field).to_be_focused()
    await console.field.press("Enter")
    await console.said(TEXT)
    await expect(attached).to_be_hidden()
    await expect(console.mine).to_have_count(2)
    await shown(console.mine.nth(1).locator(".picture img"))
    rows = chat.page.locator("#talk .row.agent")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(0)).to_contain_text(TEXT)
    await shown(rows.nth(1).locator(".picture img"))
    await shoot(console.page, "sent")
    await shoot(chat.page, "window")


@pytest.mark.req("PH-33")
async def test_a_picture_is_replaced_taken_away_and_had_back(shelf: Page) -> None:
    await make_phrase(shelf)
    picture = shelf.get_by_alt_text("/cm9 的图片")
    first = await picture.get_attribute("src")
    assert first
    form = shelf.locator("dialog[open]")
    await shelf.get_by_role("button", name="编辑 cm9").click()
    await form.get_by_label("选择图片").set_input_files(
        {"name": "说明.txt", "mimeType": "text/plain", "buffer": b"not a picture"}
    )
    await expect(form.get_by_role("group", name="图片")).to_contain_text("只能")
    await form.get_by_label("选择图片").set_input_files(a_table("#b8a08f"))
    await expect(form.get_by_alt_text("短语的图片")).not_to_have_attribute("src", first)
    await form.get_by_role("button", name="保存").click()
    await expect(form).to_have_count(0)
    await expect(picture).not_to_have_attribute("src", first)
    await shelf.get_by_role("button", name="编辑 cm9").click()
    await form.get_by_role("button", name="去掉图片").click()
    await form.get_by_role("button", name="保存").click()
    await expect(form).to_have_count(0)
    await expect(picture).to_have_count(0)
    await shelf.get_by_role("button", name="历史 cm9").click()
    await expect(form.get_by_alt_text("当时的图片")).to_have_count(2)
    await shoot(shelf, "history")
    await form.locator(".history li").nth(2).get_by_role("button", name="恢复").click()
    await expect(form).to_have_count(0)
    await expect(picture).to_have_attribute("src", first)
