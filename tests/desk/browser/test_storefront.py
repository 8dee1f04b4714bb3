"""The demo shop, the widget on it and on a page of someone else's, and how all of it fits a phone."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from chat_page import ChatPage
from playwright.async_api import Browser, Page, expect
from wire import RunningDesk

Enter = Callable[..., Awaitable[ChatPage]]

WIDTH = "document.documentElement.scrollWidth"


async def fits(page: Page) -> bool:
    return bool(await page.evaluate(WIDTH) <= await page.evaluate("innerWidth"))


async def test_products_stand_by_kind_and_open_with_a_click(page: Page, desk: RunningDesk) -> None:
    await page.goto(desk.url)
    await expect(page.locator(".shelf h2")).to_have_count(2)
    assert sorted(await page.locator(".shelf h2").all_text_contents()) == ["服饰 2 款", "食品 1 款"]
    await page.get_by_role("button", name="百花土蜂蜜", exact=True).click()
    await expect(page.locator("#detail")).to_contain_text("¥45.80")
    await page.keyboard.press("Escape")
    await expect(page.locator("#detail")).to_be_hidden()


@pytest.mark.req("CW-01")
async def test_asking_about_a_product_opens_the_window_with_it_in_view(page: Page, desk: RunningDesk) -> None:
    await page.goto(desk.url)
    await page.get_by_role("button", name="就羊绒混纺围巾联系客服").click()
    window = page.frame_locator("iframe")
    await expect(window.locator("#in-view")).to_contain_text("羊绒混纺围巾")
    await window.locator("#text").fill("有别的颜色吗")
    await window.locator("#text").press("Enter")
    await expect(window.locator(".row.bot").get_by_text("答:有别的颜色吗")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("iframe")).to_be_hidden()


async def test_a_demo_buyer_sees_own_orders_and_a_guest_does_not(page: Page, desk: RunningDesk) -> None:
    await page.goto(desk.url)
    chooser = page.locator("#buyer")
    await chooser.select_option("只买一单的小鱼")
    await expect(page.locator("#buyer-hint")).to_contain_text("试")
    await page.locator("#ask").click()
    window = page.frame_locator("iframe")
    await expect(window.locator("#holder")).not_to_have_text("正在接通…")
    await window.locator("#open-orders").click()
    await expect(window.locator("#picker .pick")).to_have_count(1)
    await window.locator("#picker-close").click()
    await page.locator("iframe").evaluate("frame => frame.focus()")
    await window.locator("#back").click()
    await expect(page.locator("iframe")).to_be_hidden()  # it asks the page around it, which takes a moment
    await chooser.select_option("")
    await page.locator("#ask").click()
    await expect(window.locator("#holder")).not_to_have_text("正在接通…")
    await window.locator("#open-orders").click()
    await expect(window.locator("#picker")).to_contain_text("访客")
    assert "token=" not in page.url


async def test_pages_fit_a_phone(phone: Page, desk: RunningDesk) -> None:
    await phone.goto(desk.url)
    await expect(phone.locator(".item").first).to_be_visible()
    assert await fits(phone)
    chat = ChatPage(phone, desk.url)
    await chat.open(product="SCARF-01")
    await chat.say("一个很长而且没有空格的词" * 12 + "x" * 120)
    await expect(chat.answers.last).to_be_visible()
    assert await fits(phone)
    send, box = chat.page.locator("#send"), await chat.field.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 844
    await expect(send).to_be_in_viewport()


class HostPage(BaseHTTPRequestHandler):
    """A shop's own page with the widget on it, and a style of its own that must not reach in."""

    def __init__(self, home: str, *args: object) -> None:
        self.home = home
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        page = f"""<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
          <style>button, img, div {{ display: none !important }}</style>
          <h1>别人的店</h1><script src="{self.home}/widget.js" data-product="HONEY-01"></script>"""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host(desk: RunningDesk) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(HostPage, desk.url))
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


async def test_the_widget_works_on_a_page_of_someone_elses(browser: Browser, host: str, desk: RunningDesk) -> None:
    page = await browser.new_page()
    seen: list[str] = []
    page.on("pageerror", lambda error: seen.append(str(error)))
    await page.goto(host)
    await page.evaluate("xiaoer.open()")
    window = page.frame_locator("iframe")
    await expect(window.locator("#in-view")).to_contain_text("百花土蜂蜜")
    await window.locator("#text").fill("保质期多久")
    await window.locator("#text").press("Enter")
    await expect(window.locator(".row.bot").get_by_text("答:保质期多久")).to_be_visible()
    await window.locator("#text").press("Escape")
    frame = next(frame for frame in page.frames if frame.url.startswith(desk.url))
    await expect(page.locator("h1")).to_be_visible()
    assert seen == []
    assert "token" not in frame.url.split("#")[0]
    await page.close()
