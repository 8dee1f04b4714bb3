"""操作记录 as the manager reads it."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from chromium import PHONE_SIZE
from console_page import hire, sign_in
from playwright.async_api import BrowserContext, Page, expect
from wire import RunningDesk

from shop.changes import note_change
from shop.model import ChangeKind, Role, Staff
from shop.wiring import Services

RULE, REPLY, DECIDED, LOOK, OUT = (
    ChangeKind.RULE,
    ChangeKind.AUTO_REPLY,
    ChangeKind.APPROVAL,
    ChangeKind.PERSONAL_DATA,
    ChangeKind.EXPORT,
)
WORDINGS = (
    [{"text": "您好，欢迎光临，有什么可以帮您的吗"}],
    [{"text": "您好，欢迎光临云栖小铺，今天全场满 200 减 20，有什么可以帮您的吗"}],
)


@pytest.fixture
def boss(services: Services) -> Staff:
    """The manager; sixty and more records of all kinds."""
    boss, other = hire(services, "900", "云舒", Role.MANAGER), hire(services, "902", "阿青", Role.SUPERVISOR)
    now = services.clock.now() - timedelta(hours=3)
    with services.unit_of_work() as uow:
        for number in range(55):
            before, after = {"value": 20 + number}, {"value": 21 + number}
            note_change(uow, boss, RULE, "offer_hours", "修改", now, before=before, after=after)
        before, after = ({"scene": "欢迎语", "wordings": words, "enabled": True} for words in WORDINGS)
        note_change(uow, boss, REPLY, "welcome", "修改", now, before=before, after=after)
        before = {"state": "待审批", "price_fen": 129_00, "asked_fen": 118_00}
        after = {**before, "state": "已同意", "price_fen": 118_00}
        note_change(uow, other, DECIDED, "SP261120000001", "已同意", now, before=before, after=after)
        note_change(uow, other, LOOK, "b-fish", "查看", now, after={"seen": ["地址", "电话"], "talk": "t"})
        note_change(uow, boss, OUT, "快捷短语", "导出", now, after={"form": "csv", "count": 63})
        uow.commit()
    return boss


@pytest.fixture
async def log(context: BrowserContext, desk: RunningDesk, boss: Staff) -> Page:
    await sign_in(context, desk.url, boss.id)
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/changes")
    await expect(page.locator("#changes .change").first).to_be_visible()
    return page


@pytest.mark.req("PC-04")
async def test_the_manager_finds_what_was_changed_by_whom(log: Page) -> None:
    changes = log.locator("#changes .change")
    await expect(changes).to_have_count(50)
    await log.get_by_role("button", name="看更早的").click()
    await expect(changes).to_have_count(59)
    await expect(log.get_by_role("button", name="看更早的")).to_be_hidden()
    await log.get_by_label("类别").select_option("审批")
    await expect(changes).to_have_count(1)
    await expect(changes).to_contain_text("SP261120000001")
    await expect(changes).to_contain_text("129.00 元 → 118.00 元")
    await log.get_by_label("类别").select_option("")
    await log.get_by_label("关键词").fill("welcome")
    await expect(changes).to_have_count(1)
    await expect(changes).to_contain_text("今天全场满 200 减 20")
    await log.get_by_label("关键词").fill("没有这样的事")
    await expect(log.locator("#nothing")).to_be_visible()


async def test_the_file_is_of_what_is_in_view_and_stands_in_the_log(log: Page) -> None:
    await log.get_by_label("操作人").select_option("902")
    await expect(log.locator("#changes .change")).to_have_count(2)
    async with log.expect_download() as download:
        await log.get_by_role("link", name="导出 CSV").click()
    assert (await download.value).suggested_filename.startswith("操作记录-")
    text = await asyncio.to_thread(Path(await (await download.value).path()).read_text, encoding="utf-8-sig")
    assert len(text.splitlines()) == 4, "the header, and two records of which one has two lines"
    await log.get_by_label("操作人").select_option("")
    await log.get_by_label("类别").select_option("导出")
    await expect(log.locator("#changes .change").first).to_contain_text("操作记录")


async def test_it_can_be_read_on_a_phone(log: Page) -> None:
    await log.set_viewport_size(PHONE_SIZE)
    assert await log.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await log.reload()
    await expect(log.locator(".menu [aria-current]")).to_be_in_viewport(ratio=1)
