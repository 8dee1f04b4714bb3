"""设置 → 快捷短语 as a manager uses it, at the desk and on a phone. PH-01, PH-02, PH-09, PH-11, PH-32, PH-33."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from chromium import DESK_SIZE
from console_page import ConsolePage, hire, sign_in
from playwright.async_api import Browser, Locator, Page, expect
from wire import RunningDesk

from phrases.quick_book import library_of
from shop.model import Role
from shop.own_phrases import PhraseDraft, save_phrase
from shop.wiring import Services

SHOTS = os.environ.get("SHOTS", "")
"""A folder for pictures of the pages, where somebody wants to look at them."""


async def shoot(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=Path(SHOTS) / f"{name}.png")


@pytest.fixture
async def manager(page: Page, desk: RunningDesk, services: Services) -> Page:
    """At the page of the phrases, come from the console by its menu's address."""
    hire(services, "801", "云舒", Role.MANAGER)
    await sign_in(page.context, desk.url, "801")
    return await _open(page, desk)


@pytest.fixture
async def pocket(phone: Page, desk: RunningDesk, services: Services) -> AsyncIterator[Page]:
    hire(services, "801", "云舒", Role.MANAGER)
    await sign_in(phone.context, desk.url, "801")
    yield await _open(phone, desk)


async def _open(page: Page, desk: RunningDesk) -> Page:
    await page.goto(f"{desk.url}/settings/phrases")
    await expect(page.locator("#list .phrase").first).to_be_visible()
    return page


def phrase(page: Page, code: str) -> Locator:
    return page.locator(f"#list [data-code={code}]")


def dialog(page: Page) -> Locator:
    return page.locator("dialog[open]")


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def choose_group(page: Page, name: str) -> None:
    await page.locator("#groups .group").filter(has_text=name).click()


async def codes(page: Page) -> list[str]:
    found: list[str] = await page.locator("#list .phrase").evaluate_all("all => all.map(e => e.dataset.code)")
    return found


@pytest.mark.req("PH-01", "PH-02", "PH-09", "PH-11")
async def test_a_manager_makes_a_phrase_and_the_console_has_it_at_once(manager: Page, console: ConsolePage) -> None:
    await console.choose_panel("phrases")
    await expect(console.panel("phrases").locator(".phrase-item").first).to_be_visible()
    await expect(manager.locator("#count")).to_have_text("80/100")
    await shoot(manager, "desk-list")
    await press(manager, "新增分组")
    await dialog(manager).locator("[name=name]").fill("双11")
    await press(manager, "确定")
    await expect(manager.locator("#nothing")).to_contain_text("还没有快捷短语")
    await shoot(manager, "desk-empty")
    await manager.locator("#add").click()
    form = dialog(manager)
    await form.locator("[name=text]").fill("亲，双11的订单我们会按付款先后发出{笑脸}")
    await form.locator("[name=code]").fill("sy1")
    await expect(form.locator("[name=group]")).to_have_value("双11")
    await shoot(manager, "desk-form")
    await press(manager, "保存")
    await expect(phrase(manager, "sy1")).to_contain_text("未用过")
    await expect(manager.locator("#count")).to_have_text("81/100")
    panel = console.panel("phrases")
    await panel.get_by_role("button", name="双11", exact=True).click()
    await expect(panel.locator(".phrase-item")).to_have_count(1)
    await expect(panel.locator("[data-code=sy1]")).to_contain_text("双11的订单")


@pytest.mark.req("PH-09", "PH-32")
async def test_words_no_buyer_should_read_are_marked_while_typing_and_not_saved(manager: Page) -> None:
    await manager.locator("#add").click()
    form = dialog(manager)
    await form.locator("[name=text]").fill("这是全网第一的围巾，不行就退")
    await expect(form.locator(".word-found").first).to_be_visible()
    await shoot(manager, "desk-words")
    await press(manager, "保存")
    await expect(form.get_by_role("alert")).to_be_visible()
    await expect(form.locator("[name=text]")).to_have_value("这是全网第一的围巾，不行就退")
    await form.locator("[name=text]").fill("羊绒围巾，手感柔软")
    await form.get_by_role("button", name="买家昵称").click()
    await expect(form.locator("[name=text]")).to_have_value("羊绒围巾，手感柔软{买家昵称}")
    await expect(form.locator(".word-found")).to_have_count(0)
    await form.locator("[name=code]").fill("hy1")
    await press(manager, "保存")
    await expect(form.get_by_role("alert")).to_contain_text("hy1")
    await form.locator("[name=text]").fill("长" * 501)
    await expect(form.get_by_role("button", name="保存")).to_be_disabled()
    await press(manager, "取消")
    await expect(manager.locator("#count")).to_have_text("80/100")


@pytest.mark.req("PH-33")
async def test_two_who_edit_the_same_lose_nothing_and_an_old_text_comes_back(
    manager: Page, desk: RunningDesk, services: Services
) -> None:
    hire(services, "802", "若水", Role.MANAGER)
    await choose_group(manager, "物流")
    await press(manager, "编辑 wl1")
    form = dialog(manager)
    before = await form.locator("[name=text]").input_value()
    with services.unit_of_work() as uow:
        other = uow.people.find("802")
        assert other is not None
        draft = PhraseDraft("wl1", "物流", "若水写的：包裹在路上啦", "wl1")
        shipped = library_of(desk.book.quick).phrases
        save_phrase(uow, other, draft, own=False, shipped=shipped, now=services.clock.now())
        uow.commit()
    await form.locator("[name=text]").fill("云舒写的：包裹已经出发")
    await press(manager, "保存")
    await expect(form.locator(".conflict")).to_contain_text("若水写的：包裹在路上啦")
    await expect(form.locator(".conflict")).to_contain_text("云舒写的：包裹已经出发")
    await shoot(manager, "desk-conflict")
    await press(manager, "保存")
    await expect(phrase(manager, "wl1")).to_contain_text("云舒写的：包裹已经出发")
    await press(manager, "历史 wl1")
    history = dialog(manager).locator(".history li")
    await expect(history).to_have_count(3)
    await shoot(manager, "desk-history")
    await history.nth(1).get_by_role("button", name="恢复").click()
    await expect(phrase(manager, "wl1")).to_contain_text("若水写的：包裹在路上啦")
    await press(manager, "删除 wl1")
    await dialog(manager).get_by_role("button", name="删除", exact=True).click()
    await expect(phrase(manager, "wl1")).to_have_count(0)
    await press(manager, "已删除 1")
    await dialog(manager).get_by_role("button", name="恢复").click()
    await expect(phrase(manager, "wl1")).to_contain_text("若水写的：包裹在路上啦")
    assert before


@pytest.mark.req("PH-11")
async def test_groups_are_renamed_ordered_and_deleted_with_a_question(manager: Page) -> None:
    await choose_group(manager, "物流")
    count = await manager.locator("#list .phrase").count()
    await press(manager, "改名")
    await dialog(manager).locator("[name=name]").fill("快递物流")
    await press(manager, "确定")
    await expect(manager.locator("#groups [aria-pressed=true]")).to_contain_text("快递物流")
    await expect(manager.locator("#list .phrase")).to_have_count(count)
    await press(manager, "上移")
    await expect(manager.locator("#groups li").nth(6)).to_contain_text("快递物流")
    await press(manager, "删除分组")
    box = dialog(manager)
    await expect(box).to_contain_text(f"还有 {count} 条短语")
    await box.get_by_role("button", name="删除分组").click()
    await expect(box.get_by_role("alert")).to_contain_text("请选好")
    await shoot(manager, "desk-group-remove")
    await box.locator("[name=to]").select_option("售后")
    await box.get_by_role("button", name="删除分组").click()
    await expect(manager.locator("#groups [aria-pressed=true]")).to_contain_text("售后")
    await expect(manager.locator("#groups")).not_to_contain_text("快递物流")
    await expect(phrase(manager, "wl1")).to_be_visible()
    await expect(manager.locator("#count")).to_have_text("80/100")


@pytest.mark.req("PH-11")
async def test_phrases_are_put_in_order_by_keys_by_buttons_and_by_dragging(manager: Page) -> None:
    await choose_group(manager, "欢迎语")
    first, second, third = (await codes(manager))[:3]
    await phrase(manager, first).focus()
    await manager.keyboard.press("Alt+ArrowDown")
    await expect(manager.locator("#list .phrase").nth(1)).to_have_attribute("data-code", first)
    await expect(phrase(manager, first)).to_be_focused()
    await press(manager, f"上移 {first}")
    await expect(manager.locator("#list .phrase").first).to_have_attribute("data-code", first)
    await phrase(manager, third).drag_to(phrase(manager, first))
    await expect(manager.locator("#list .phrase").first).to_have_attribute("data-code", third)
    await manager.reload()
    await choose_group(manager, "欢迎语")
    assert (await codes(manager))[:3] == [third, first, second]


@pytest.mark.req("PH-01", "PH-09", "PH-33")
async def test_a_file_of_qianniu_is_looked_through_taken_and_undone(manager: Page, tmp_path: Path) -> None:
    file = tmp_path / "千牛.csv"
    lines = ["快捷短语编码,快捷短语,快捷短语分组", "12,亲，您看中的款式今天有活动,"]
    lines += ['yl1,"第一行\r\n第二行，请您看看",预览', "xx1,这个不行,", "hy1,换一句欢迎语您看看,欢迎语"]
    file.write_bytes("\r\n".join(lines).encode("gb18030"))
    await manager.locator("#import").click()
    box = dialog(manager)
    await box.locator("input[type=file]").set_input_files(file)
    rows = box.locator(".import-rows li")
    await expect(rows).to_have_count(4)
    await expect(rows.nth(0)).to_contain_text("改用 qn12")
    await expect(rows.nth(2)).to_contain_text("不行")
    await expect(rows.nth(2).locator("input")).to_be_disabled()
    await shoot(manager, "desk-import")
    await box.get_by_role("button", name="导入 3 条").click()
    await expect(box).to_contain_text("新增 2 条，更改 1 条")
    await expect(manager.locator("#count")).to_have_text("82/100")
    await shoot(manager, "desk-imported")
    await press(manager, "好的")
    await manager.locator("#import").click()
    await box.get_by_role("button", name="撤销 云舒").click()
    await expect(manager.locator("#count")).to_have_text("80/100")
    await expect(manager.locator("#groups")).not_to_contain_text("预览")
    damaged = tmp_path / "坏.xlsx"
    damaged.write_bytes(b"PK\x03\x04half")
    await manager.locator("#import").click()
    await dialog(manager).locator("input[type=file]").set_input_files(damaged)
    await expect(dialog(manager).get_by_role("alert")).to_contain_text("损坏")
    await press(manager, "取消")
    async with manager.expect_download() as download:
        await manager.locator("#export").click()
        await dialog(manager).get_by_role("link", name="XLSX").click()
    assert (await download.value).suggested_filename.endswith(".xlsx")


@pytest.mark.req("PH-09")
async def test_all_of_it_can_be_used_on_a_phone(pocket: Page) -> None:
    wide: bool = await pocket.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    await shoot(pocket, "phone-list")
    await pocket.locator("#search").fill("/hy")
    await expect(phrase(pocket, "wl1")).to_have_count(0)
    await press(pocket, "编辑 hy1")
    await expect(dialog(pocket).locator("[name=text]")).to_be_visible()
    await shoot(pocket, "phone-form")
    await dialog(pocket).locator("[name=text]").fill("欢迎您来小店看看")
    await press(pocket, "保存")
    await expect(phrase(pocket, "hy1")).to_contain_text("欢迎您来小店看看")


async def test_agents_do_not_see_the_page(browser: Browser, desk: RunningDesk, services: Services) -> None:
    hire(services, "903", "小安")
    context = await browser.new_context(viewport=DESK_SIZE)
    await sign_in(context, desk.url, "903")
    answer = await (await context.new_page()).goto(f"{desk.url}/settings/phrases")
    assert answer is not None and answer.status == 403
    await context.close()
