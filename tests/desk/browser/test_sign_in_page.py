"""The sign-in page as staff handle it, on a phone and at a desk."""

import pytest
from playwright.async_api import Page, expect
from wire import RunningDesk

from shop.demo.people import demo_staff
from shop.passwords import DEMO_PASSWORD
from shop.wiring import Services

ONWARD = "/?from=signin"
"""Any page of ours that needs nothing more."""


@pytest.fixture
def stocked(stocked: Services) -> Services:
    """The shop of the other browser tests, with the demo shop's people in it."""
    with stocked.unit_of_work() as uow:
        for person in demo_staff():
            uow.people.add(person)
        uow.commit()
    return stocked


async def open_page(page: Page, desk: RunningDesk) -> None:
    await page.goto(f"{desk.url}/signin?next=%2F%3Ffrom%3Dsignin")
    await expect(page.locator("#enter")).to_be_enabled()


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.req("OR-03")
async def test_a_wrong_password_is_told_and_the_right_one_leads_on(page: Page, desk: RunningDesk) -> None:
    await open_page(page, desk)
    await expect(page.get_by_label("工号")).to_be_focused()
    await page.get_by_label("工号").fill("321")
    await page.get_by_label("密码", exact=True).fill("wrong-password")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("工号或密码不正确，请您核对后再试~")
    await expect(page.get_by_label("工号")).to_have_value("321")
    await expect(page.get_by_label("密码", exact=True)).to_have_value("")
    await expect(page.get_by_label("密码", exact=True)).to_be_focused()
    await page.keyboard.type(DEMO_PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(desk.url + ONWARD)
    assert await page.evaluate("document.cookie") == ""
    assert (await page.context.cookies())[0]["name"] == "xiaoer_staff"


async def test_a_tap_on_a_demo_colleague_signs_in_on_a_phone(phone: Page, desk: RunningDesk) -> None:
    await open_page(phone, desk)
    assert await fits(phone)
    await expect(phone.locator(".account")).to_have_count(9)
    await phone.get_by_role("button", name="清欢").tap()
    await phone.wait_for_url(desk.url + ONWARD)
    await open_page(phone, desk)
    await expect(phone.locator(".here")).to_contain_text("清欢 组长")
    assert await fits(phone)


async def test_who_is_signed_in_goes_on_or_signs_out(page: Page, desk: RunningDesk) -> None:
    await open_page(page, desk)
    await page.get_by_role("button", name="云舒").click()
    await page.wait_for_url(desk.url + ONWARD)
    await open_page(page, desk)
    await page.get_by_role("link", name="进入工作台").click()
    await page.wait_for_url(desk.url + ONWARD)
    await open_page(page, desk)
    await page.get_by_role("button", name="退出登录").click()
    await expect(page.locator(".here")).to_have_count(0)
    assert await page.context.cookies() == []


async def test_a_password_can_be_shown_and_hidden(page: Page, desk: RunningDesk) -> None:
    await open_page(page, desk)
    field = page.get_by_label("密码", exact=True)
    await field.fill("secret")
    for state, pressed in (("text", "true"), ("password", "false")):
        await page.locator("#reveal").click()
        await expect(field).to_have_attribute("type", state)
        await expect(page.locator("#reveal")).to_have_attribute("aria-pressed", pressed)


async def test_a_desk_that_does_not_answer_is_told_and_can_be_tried_again(page: Page, desk: RunningDesk) -> None:
    await open_page(page, desk)
    await page.get_by_label("工号").fill("321")
    await page.get_by_label("密码", exact=True).fill(DEMO_PASSWORD)
    await page.route("**/api/staff/sign-in", lambda route: route.abort())
    await page.get_by_role("button", name="登录", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("网络不太通畅")
    await page.unroute("**/api/staff/sign-in")
    await page.get_by_label("密码", exact=True).fill(DEMO_PASSWORD)
    await page.get_by_role("button", name="登录", exact=True).click()
    await page.wait_for_url(desk.url + ONWARD)


async def test_without_a_script_a_password_never_gets_into_an_address(page: Page, desk: RunningDesk) -> None:
    await page.route("**/signin.js", lambda route: route.abort())
    await page.goto(f"{desk.url}/signin")
    await expect(page.locator("#enter")).to_be_disabled()
    await expect(page.locator("#form")).to_have_attribute("method", "post")
