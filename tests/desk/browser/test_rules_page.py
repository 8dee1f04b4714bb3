"""店铺规则 in the browser: numbers, rows, what is refused, what two managers do at once."""

import pytest
from chromium import PHONE_SIZE
from console_page import hire, listen, sign_in
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect
from wire import Client, RunningDesk

from shop.model import Role
from shop.policy import Policy
from shop.policy_values import encode
from shop.wiring import Services

SAVED = "已保存，下一条消息起生效"


def card(page: Page, name: str) -> Locator:
    return page.locator(f"#rule-{name}")


async def open_rules(context: BrowserContext, desk: RunningDesk, staff_id: str = "100") -> Page:
    await sign_in(context, desk.url, staff_id)
    page = await context.new_page()
    await page.goto(f"{desk.url}/settings/rules")
    await expect(page.locator("#rules")).to_have_attribute("aria-busy", "false")
    return page


async def save(page: Page) -> None:
    await page.get_by_role("button", name="保存", exact=True).click()
    await expect(page.locator("#hint")).to_have_text(SAVED)
    await expect(page.locator("#bar")).to_be_hidden()


def stored(services: Services) -> Policy:
    with services.unit_of_work() as uow:
        return uow.policies.current()


@pytest.fixture
def manager(services: Services) -> Services:
    hire(services, "100", "云舒", Role.MANAGER)
    return services


@pytest.mark.req("HE-07")
async def test_a_number_is_set_and_the_next_message_goes_by_it(
    context: BrowserContext, desk: RunningDesk, manager: Services, buyer: Client
) -> None:
    page = await open_rules(context, desk)
    await page.get_by_label("消息长度上限（字）").fill("100")
    await expect(page.locator("#bar-count")).to_have_text("有 1 项修改还没保存")
    await save(page)
    await expect(card(page, "text_limit").locator(".rule-foot")).to_contain_text("默认 2000 字 · 云舒 2026/11/20 14:03")
    assert (await buyer.send("请问" * 60))["error"]["code"] == "too_long"
    await page.get_by_role("button", name="消息长度上限恢复默认").click()
    await expect(page.get_by_label("消息长度上限（字）")).to_have_value("2000")
    await save(page)
    assert stored(manager) == Policy()


@pytest.mark.req("HE-07")
async def test_a_wrong_value_is_refused_at_its_rule_and_nothing_is_kept(
    context: BrowserContext, desk: RunningDesk, manager: Services
) -> None:
    page = await open_rules(context, desk)
    await page.get_by_role("textbox", name="听不懂次数").fill("3")
    await page.get_by_label("补偿上限（元）").fill("1000.01")
    await page.get_by_role("button", name="保存", exact=True).click()
    wrong = card(page, "compensation_max_fen").get_by_role("alert")
    await expect(wrong).to_have_text("「补偿上限」要在 0 元 到 1000 元 之间，请您改好再保存~")
    await expect(page.get_by_label("补偿上限（元）")).to_be_focused()
    assert stored(manager) == Policy()
    for typed, why in (("12.345", "最多 2 位小数"), ("", "要填数字"), ("十元", "要填数字")):
        await page.get_by_label("补偿上限（元）").fill(typed)
        await page.get_by_role("button", name="保存", exact=True).click()
        await expect(wrong).to_contain_text(why)
    await page.get_by_label("补偿上限（元）").fill("25.5")
    await save(page)
    assert (stored(manager).compensation_max_fen, stored(manager).misses) == (2550, 3)


@pytest.mark.req("HE-07", "HE-13")
async def test_hours_with_two_spans_and_a_holiday(
    context: BrowserContext, desk: RunningDesk, manager: Services
) -> None:
    """It is a Friday, 14:03."""
    page = await open_rules(context, desk)
    hours, days = card(page, "working_hours"), card(page, "special_days")
    await hours.get_by_label("结束").fill("12:00")
    await hours.get_by_role("button", name="添加一行").click()
    second = hours.locator(".rule-row").nth(1)
    await second.get_by_label("开始").fill("13:30")
    await second.get_by_label("结束").fill("18:00")
    await second.locator("label", has_text="周日").click()
    await expect(hours.locator(".rule-effect")).to_have_text("现在是人工服务时间。")
    await days.get_by_role("button", name="节假日与调休添加一行").click()
    await days.get_by_label("日期").fill("2026-11-20")
    await days.get_by_label("名称").fill("盘点")
    await expect(days.locator(".rule-effect")).to_have_text("现在没有人工，下次上班：11月21日（周六）09:00。")
    await save(page)
    assert encode(stored(manager).working_hours) == [
        {"days": [0, 1, 2, 3, 4, 5, 6], "starts": "09:00", "ends": "12:00"},
        {"days": [0, 1, 2, 3, 4, 5], "starts": "13:30", "ends": "18:00"},
    ]
    assert encode(stored(manager).special_days) == [{"day": "2026-11-20", "shifts": [], "name": "盘点"}]
    await days.get_by_role("button", name="上班时段添加一行").click()
    await save(page)
    assert encode(stored(manager).special_days)[0]["shifts"] == [{"starts": "09:00", "ends": "18:00"}]
    await hours.get_by_role("button", name="删除人工服务时间第 1 行").click()
    await save(page)
    assert len(stored(manager).working_hours) == 1


@pytest.mark.req("BG-03")
async def test_a_discount_tier_shows_what_may_be_given_before_it_is_saved(
    context: BrowserContext, desk: RunningDesk, manager: Services
) -> None:
    page = await open_rules(context, desk)
    tiers = card(page, "discount_tiers")
    await tiers.get_by_label("机器人").first.fill("2.5")
    await expect(tiers.locator(".rule-effect")).to_contain_text("机器人 57.53 元")
    await tiers.get_by_role("button", name="添加一行").click()
    await tiers.get_by_label("起价").last.fill("2999.9")
    await save(page)
    policy = stored(manager)
    assert [(tier.from_fen, tier.bot) for tier in policy.discount_tiers] == [
        (0, 25), (100_00, 30), (300_00, 50), (1000_00, 40), (2999_90, 40),
    ]  # fmt: skip


@pytest.mark.req("PS-20", "HE-07")
async def test_freight_by_region_is_written_tried_and_saved(
    context: BrowserContext, desk: RunningDesk, manager: Services
) -> None:
    page = await open_rules(context, desk)
    freight = card(page, "freight_regions")
    rows = freight.locator(".rule-row")
    add = freight.get_by_role("button", name="运费与配送添加一行")
    await expect(freight.locator(".rule-effect")).to_contain_text("人工核实")
    await add.click()
    await rows.first.locator("summary").click()
    await rows.first.locator("label", has_text="浙江").click()
    await expect(rows.first.locator("summary")).to_contain_text("浙江")
    await rows.first.get_by_label("首重运费（元）").fill("6.5")
    await expect(rows.first.get_by_label("商品满（元）")).to_be_hidden()
    await rows.first.locator("label", has_text="满额包邮").click()
    await rows.first.get_by_label("商品满（元）").fill("99")
    await add.click()
    await expect(rows.last.locator("summary")).to_contain_text("其他地区")
    await rows.last.locator("label", has_text="配送").click()
    await expect(rows.last.get_by_label("首重运费（元）")).to_be_hidden()
    await expect(freight.locator(".rule-effect")).to_have_text(
        "59.00 元、2 千克的商品，寄到浙江 11.50 元，其他地区不配送。"
    )
    await save(page)
    here, rest = stored(manager).freight_regions
    assert (here.provinces, here.first_fen, here.more_fen_per_kg, here.free_at_fen) == (("浙江",), 650, 500, 99_00)
    assert (rest.provinces, rest.covered) == ((), False)
    await expect(freight.locator(".rule-foot")).to_contain_text("云舒")
    await rows.last.locator("summary").click()
    await rows.last.locator("label", has_text="浙江").click()
    await page.get_by_role("button", name="保存", exact=True).click()
    await expect(freight.get_by_role("alert")).to_contain_text("「浙江」写了不止一次")
    await freight.get_by_role("button", name="删除运费与配送第 2 行").click()
    await save(page)
    assert stored(manager).freight_regions == (here,)


async def test_words_marks_and_choices(context: BrowserContext, desk: RunningDesk, manager: Services) -> None:
    page = await open_rules(context, desk)
    await page.get_by_role("textbox", name="店铺禁用词").fill("亏本\n\n  甩卖 \n")
    await card(page, "speech_blocked").locator("label", has_text="过度承诺").click()
    reception = card(page, "reception")
    await expect(reception.get_by_label("转人工（%）")).to_be_hidden()
    await reception.get_by_label("方式", exact=True).select_option("混合")
    await reception.get_by_label("转人工（%）").fill("30")
    await save(page)
    policy = stored(manager)
    assert (policy.forbidden_words, policy.speech_blocked) == (("亏本", "甩卖"), ("rude", "divert", "promise"))
    assert encode(policy.reception) == [{"starts": "00:00", "ends": "00:00", "mode": "混合", "share": 30}]


@pytest.mark.req("HE-07")
async def test_the_second_of_two_managers_is_told_and_loses_nothing(
    context: BrowserContext, browser: Browser, desk: RunningDesk, manager: Services
) -> None:
    hire(manager, "101", "南星", Role.MANAGER)
    page = await open_rules(context, desk)
    elsewhere = await browser.new_context(locale="zh-CN")
    other = await open_rules(elsewhere, desk, "101")
    await other.get_by_role("textbox", name="听不懂次数").fill("1")
    await save(other)
    await elsewhere.close()
    await page.get_by_role("textbox", name="听不懂次数").fill("4")
    await page.get_by_role("textbox", name="议价轮数").fill("5")
    await page.get_by_role("button", name="保存", exact=True).click()
    wrong = card(page, "misses").get_by_role("alert")
    await expect(wrong).to_have_text("「听不懂次数」刚刚由南星改成了“1”，这次的修改没有保存~")
    await expect(card(page, "misses").locator(".rule-foot")).to_contain_text("南星")
    await expect(page.get_by_role("textbox", name="听不懂次数")).to_have_value("4")
    assert (stored(manager).misses, stored(manager).bargain_rounds) == (1, 3)
    await save(page)
    assert (stored(manager).misses, stored(manager).bargain_rounds) == (4, 5)


async def test_on_a_phone_nothing_sticks_out_and_a_rule_is_found(
    browser: Browser, desk: RunningDesk, manager: Services
) -> None:
    context = await browser.new_context(viewport=PHONE_SIZE, has_touch=True, is_mobile=True, locale="zh-CN")
    complaints = listen(context, desk.url)
    page = await open_rules(context, desk)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_placeholder("找规则").fill("禁用词")
    await expect(page.locator(".rule:visible h3")).to_have_text(["店铺禁用词"])
    await page.get_by_placeholder("找规则").fill("没有这样的")
    await expect(page.locator("#none")).to_be_visible()
    await context.close()
    assert complaints == []
