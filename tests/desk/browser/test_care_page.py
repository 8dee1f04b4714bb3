"""话术体检 in Chromium: what needs care leads to its editor, and the table is sorted by its figures."""

from datetime import timedelta

import pytest
from console_page import hire, sign_in
from playwright.async_api import BrowserContext, Page, expect
from wire import RunningDesk

from shop.model import Conversation, Direction, Message, Role, SavedPhrase, SavedReply
from shop.wiring import Services
from tests.conftest import NOW


@pytest.fixture
def cared(stocked: Services) -> Services:
    hire(stocked, "902", "云舒", Role.MANAGER)
    hire(stocked, "903", "南星", Role.SUPERVISOR)
    with stocked.unit_of_work() as uow:
        uow.conversations.add(Conversation("t1", NOW))
        said = [("welcome", Direction.BOT), (None, Direction.BUYER), ("thanks", Direction.BOT)]
        for number, (key, direction) in enumerate(said):
            at = NOW - timedelta(hours=2, minutes=-number)
            uow.messages.add(Message("t1", number + 1, direction, "text", "在吗", at, phrase_key=key))
        long_ago = NOW - timedelta(days=200)
        text = "云朵棉短袖T恤今天只要 39 元，喜欢就带走吧"
        uow.saved_phrases.add(SavedPhrase("", "td1", "议价用语", text, "902", long_ago))
        uow.saved_replies.add(
            SavedReply(
                "own_1", "赠品", [{"text": "今天下单有赠品哦"}], "902", long_ago, enabled=False, keywords=["赠品"]
            )
        )
        uow.commit()
    return stocked


@pytest.mark.req("PH-35")
async def test_what_needs_care_leads_to_its_editor(cared: Services, context: BrowserContext, desk: RunningDesk) -> None:
    await sign_in(context, desk.url, "902")
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/care")
    ailing = page.locator("#ailing .card")
    await expect(ailing).to_have_count(2)
    await expect(page.locator("#count")).to_have_text("2 处需要打理")
    await expect(ailing.first).to_contain_text("场景已停用")
    await expect(ailing.last).to_contain_text("写着“云朵棉短袖T恤”39 元，现在卖 59 元")

    await page.get_by_role("link", name="去修改 /td1 · 议价用语").click()
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("短语内容")).to_have_value("云朵棉短袖T恤今天只要 39 元，喜欢就带走吧")
    await page.goto(f"{desk.url}/settings/care")
    await page.get_by_role("link", name="去修改 赠品").click()
    await expect(page.get_by_role("dialog", name="编辑自动回复")).to_contain_text("话术")


async def test_the_table_is_sorted_and_sieved_and_the_report_leads_out(
    cared: Services, context: BrowserContext, desk: RunningDesk
) -> None:
    await sign_in(context, desk.url, "903")
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/care")
    rows = page.locator("#rows tr")
    await expect(rows.first).to_contain_text("1 次")
    await expect(page.get_by_role("link", name="去修改")).to_have_count(0)
    await page.get_by_role("button", name="接着说").click()
    await expect(page.get_by_role("columnheader", name="接着说")).to_have_attribute("aria-sort", "descending")
    await expect(rows.first).to_have_attribute("data-key", "welcome")
    await page.get_by_role("button", name="接着说").click()
    await expect(rows.first).to_have_attribute("data-key", "thanks")
    await page.get_by_role("searchbox", name="搜话术").fill("39 元")
    await expect(rows).to_have_count(1)
    await expect(page.get_by_role("link", name="下载 XLSX")).to_have_attribute(
        "href", "/api/v1/care/report?day=2026-11-09&form=xlsx"
    )


async def test_the_page_fits_a_phone(cared: Services, phone: Page, desk: RunningDesk) -> None:
    await sign_in(phone.context, desk.url, "902")
    await phone.goto(f"{desk.url}/settings/care")
    await expect(phone.locator("#rows tr").first).to_be_visible()
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
