"""优惠统计 in the browser: a leader chooses days and a person, and takes the table along."""

import pytest
from console_page import hire, sign_in
from playwright.async_api import BrowserContext, Page, expect
from wire import RunningDesk

from shop.model import Role
from shop.offers import about_product, give_offer
from shop.wiring import Services
from tests.shop.asking import open_talk


@pytest.fixture
async def leader(context: BrowserContext, page: Page, desk: RunningDesk, services: Services) -> Page:
    """At the page; the bot and 小禾 have each given one price today."""
    hire(services, "902", "阿青", Role.LEADER)
    hire(services, "321", "小禾", Role.PRESALE_AGENT)
    now = services.clock.now()
    with services.unit_of_work() as uow:
        talk = uow.conversations.lock(open_talk(uow, now=now))
        subject, policy = about_product(uow.products.get("TEE")), uow.policies.current()
        for by, fen in (("bot", 97_00), ("321", 95_00)):
            give_offer(uow, talk, subject, fen, policy=policy, now=now, by=by)
        uow.commit()
    await sign_in(context, desk.url, "902")
    await page.goto(f"{desk.url}/settings/discounts")
    return page


@pytest.mark.req("BG-11")
async def test_a_leader_sees_the_sums_chooses_a_person_and_takes_the_table_along(leader: Page) -> None:
    lines = leader.locator("#lines tr")
    await expect(lines).to_have_count(2)
    await expect(leader.locator("#total")).to_have_text("一共 2 次，优惠 8.00 元，占原价 4.0%")
    await expect(lines.first).to_contain_text("小禾")
    await leader.get_by_label("客服").select_option("机器人")
    await expect(lines).to_have_count(1)
    await expect(leader.locator("#total")).to_have_text("一共 1 次，优惠 3.00 元，占原价 3.0%")
    async with leader.expect_download() as fetched:
        await leader.get_by_role("link", name="导出 Excel").click()
    assert (await fetched.value).suggested_filename == "优惠统计-20261114-20261120.xlsx"
    await leader.get_by_label("从").fill("2026-11-01")
    await leader.get_by_label("到").fill("2026-11-02")
    await expect(leader.locator("#nothing")).to_be_visible()
