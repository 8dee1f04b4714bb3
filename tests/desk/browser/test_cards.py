"""Buttons, hot questions, orders, products, pictures, asking for a person."""

from collections.abc import Awaitable, Callable
from io import BytesIO

import pytest
from chat_page import ChatPage
from PIL import Image
from playwright.async_api import expect
from wire import Worker, say

from desk.words import Words

Enter = Callable[..., Awaitable[ChatPage]]

BUTTONS = [{"title": "查物流", "payload": "/track"}, {"title": "退换货", "payload": "/return"}]

DROP = """({kind, size}) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(size)], "拖来的文件", {type: kind}));
  document.body.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer}));
}"""


def png(colour: str = "orange") -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


async def test_a_button_is_pressed_once_and_shown_as_chosen(enter: Enter, worker: Worker) -> None:
    worker.answer = lambda question: say("您想做什么呢", buttons=BUTTONS if question["text"] == "在吗" else None)
    chat = await enter()
    await chat.say("在吗")
    choice = chat.page.locator(".choice", has_text="退换货")
    await choice.click()
    await chat.said("退换货")
    await expect(choice).to_have_class("choice chosen")
    other = chat.page.locator(".choice", has_text="查物流")
    await expect(other).to_have_attribute("aria-disabled", "true")
    await other.click(force=True)
    await expect(chat.page.locator("#hint")).to_contain_text("过去")
    assert await chat.texts() == ["在吗", "退换货"]
    await chat.page.reload()
    await expect(choice).to_have_class("choice chosen")


async def test_a_hot_question_is_asked_by_a_tap(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Words, "hot_questions", lambda words: ["什么时候发货", "怎么退换货"])
    chat = await enter()
    await expect(chat.page.locator("#hot .chip")).to_have_text(["什么时候发货", "怎么退换货"])
    await chat.page.locator("#hot .chip", has_text="退换货").click()
    await chat.said("怎么退换货")
    await chat.answered("答:怎么退换货")


@pytest.mark.req("PC-01")
async def test_a_buyer_picks_an_order_and_sends_it(enter: Enter, token: str) -> None:
    chat = await enter(token=token)
    await chat.page.locator("#open-orders").click()
    await chat.page.locator("#picker .pick", has_text="XS261120000123").click()
    card = chat.mine.locator(".card.order")
    await expect(card).to_contain_text("XS261120000123")
    await expect(card).to_contain_text("¥59.00")
    await expect(chat.waiting).to_have_count(0)
    assert "13800138000" not in await chat.page.content()


async def test_a_guest_is_told_how_orders_are_found(enter: Enter) -> None:
    chat = await enter()
    await chat.page.locator("#open-orders").click()
    await expect(chat.page.locator("#picker")).to_contain_text("访客")
    await chat.page.keyboard.press("Escape")
    await expect(chat.page.locator("#picker")).to_be_hidden()


@pytest.mark.req("CW-01")
async def test_the_product_in_view_is_sent_as_a_card(enter: Enter) -> None:
    chat = await enter(product="SCARF-01")
    side = chat.page.locator("#side-product")
    await expect(side).to_contain_text("羊绒混纺围巾")
    await side.get_by_role("button", name="发送给客服").click()
    card = chat.mine.locator("a.card.product")
    await expect(card).to_contain_text("¥129.00")
    assert await card.get_attribute("href") == "/#product=SCARF-01"


async def test_a_picture_is_shown_first_and_then_sent(enter: Enter) -> None:
    chat = await enter()
    await chat.page.locator("#picture-file").set_input_files(
        {"name": "破损.png", "mimeType": "image/png", "buffer": png()}
    )
    tray = chat.page.locator("#tray")
    await expect(tray).to_contain_text("破损.png")
    await expect(chat.mine).to_have_count(0)
    await tray.get_by_role("button", name="发送图片").click()
    picture = chat.mine.locator(".picture img")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 60)
    await expect(tray).to_be_hidden()


@pytest.mark.parametrize(
    ("kind", "megabytes", "words"), [("application/pdf", 1, "只能发送"), ("image/png", 30, "有点大")]
)
async def test_a_dropped_file_that_is_no_picture_or_too_large_is_not_sent_up(
    enter: Enter, kind: str, megabytes: int, words: str
) -> None:
    chat = await enter()
    await chat.page.evaluate(DROP, {"kind": kind, "size": megabytes * 1024 * 1024})
    await expect(chat.page.locator("#hint")).to_contain_text(words)
    await expect(chat.page.locator("#tray")).to_be_hidden()


async def test_a_dropped_picture_waits_in_the_tray(enter: Enter) -> None:
    chat = await enter()
    await chat.page.evaluate(DROP, {"kind": "image/png", "size": 2048})
    await expect(chat.page.locator("#tray")).to_contain_text("拖来的文件（2 KB）")
    await chat.page.locator("#tray").get_by_role("button", name="取消").click()
    await expect(chat.page.locator("#tray")).to_be_hidden()


async def test_a_picture_that_the_desk_cannot_read_says_so(enter: Enter) -> None:
    chat = await enter()
    await chat.page.locator("#picture-file").set_input_files(
        {"name": "坏图.png", "mimeType": "image/png", "buffer": b"no picture at all"}
    )
    await chat.page.get_by_role("button", name="发送图片").click()
    await expect(chat.page.locator("#tray")).to_contain_text("请您")
    await expect(chat.page.get_by_role("button", name="再试一次")).to_be_visible()


async def test_asking_for_a_person_puts_the_buyer_into_the_queue(enter: Enter, worker: Worker) -> None:
    worker.answer = lambda question: say("这就为您转接", handover="asked")
    chat = await enter()
    await chat.page.locator("#person").click()
    await expect(chat.page.locator("#holder")).to_contain_text("排队中")
    await expect(chat.page.locator("#person")).to_be_disabled()
    assert len(await chat.texts()) == 1
