"""Writing: keys, IME, faces, limits, and texts that want to be more than text."""

from collections.abc import Awaitable, Callable

import pytest
from chat_page import ChatPage
from playwright.async_api import expect

Enter = Callable[..., Awaitable[ChatPage]]

NASTY = [
    "<img src=x onerror=document.title='hurt'>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "javascript:document.title='hurt'",
    "<script>document.title='hurt'</script>",
    'https://example.invalid/"><a href=x>点我</a>',
]


async def test_enter_sends_and_shift_enter_starts_a_line(enter: Enter) -> None:
    chat = await enter()
    await chat.field.type("第一行")
    await chat.field.press("Shift+Enter")
    await chat.field.type("第二行")
    await expect(chat.mine).to_have_count(0)
    await chat.field.press("Enter")
    await chat.said("第一行\n第二行")
    await expect(chat.field).to_have_value("")


async def test_enter_that_ends_a_composition_does_not_send(enter: Enter) -> None:
    chat = await enter()
    await chat.field.focus()
    session = await chat.page.context.new_cdp_session(chat.page)
    await session.send("Input.imeSetComposition", {"text": "ni'hao", "selectionStart": 6, "selectionEnd": 6})
    await chat.field.press("Enter")
    await expect(chat.mine).to_have_count(0)
    await expect(chat.waiting).to_have_count(0)
    await session.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    await chat.field.fill("")
    await session.send("Input.insertText", {"text": "你好"})
    await chat.field.press("Enter")
    await chat.said("你好")


async def test_safari_ends_the_composition_before_the_key_and_still_nothing_is_sent(enter: Enter) -> None:
    chat = await enter()
    await chat.field.fill("你好")
    await chat.field.evaluate(
        """field => {
          field.dispatchEvent(new CompositionEvent("compositionstart"));
          field.dispatchEvent(new CompositionEvent("compositionend", {data: "你好"}));
          const key = new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, bubbles: true, cancelable: true});
          field.dispatchEvent(key);
        }"""
    )
    await expect(chat.mine).to_have_count(0)
    await expect(chat.field).to_have_value("你好")


@pytest.mark.req("CW-01")
async def test_texts_stay_texts(enter: Enter) -> None:
    chat = await enter()
    for text in NASTY:
        await chat.say(text)
    for text in NASTY:
        await chat.said(text)
        await chat.answered(f"答:{text}")
    assert await chat.page.locator("#talk .bubble").locator("a, img, script").count() == 0
    assert "hurt" not in await chat.page.title()


@pytest.mark.req("CW-12")
async def test_a_face_goes_where_the_cursor_is(enter: Enter) -> None:
    chat = await enter()
    await chat.field.fill("谢谢店家")
    await chat.field.evaluate("field => field.setSelectionRange(2, 2)")
    await chat.page.get_by_role("button", name="表情").click()
    await chat.page.get_by_role("button", name="微笑").click()
    await expect(chat.field).to_have_value("谢谢😊店家")
    await chat.page.get_by_role("button", name="赞", exact=True).click()
    await expect(chat.field).to_have_value("谢谢😊👍店家")


async def test_near_the_limit_it_counts_and_over_it_nothing_goes(enter: Enter) -> None:
    chat = await enter()
    counter = chat.page.locator("#count")
    await expect(counter).to_be_hidden()
    await chat.field.fill("好" * 5000)
    await expect(counter).to_contain_text("超出")
    await chat.field.press("Enter")
    await expect(chat.mine).to_have_count(0)


async def test_only_spaces_are_not_sent(enter: Enter) -> None:
    chat = await enter()
    await chat.say("   ")
    await expect(chat.waiting).to_have_count(0)
    await expect(chat.page.locator("#send")).to_be_disabled()
