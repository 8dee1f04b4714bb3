"""The walk of somebody who knows 千牛: set an auto-reply; make a quick phrase with code and group, and use it.

Presses are counted from the console that is open anyway; fields to type into are counted as presses, too. In 千牛 the
same takes, by its own instructions: 主菜单, 设置, 客服设置, 自动回复设置, 新增, the field, 保存, 确定 (eight); and
聊天窗口, 快捷短语, 新建, the field, 快捷编码, 选择分组, the group, 保存 (eight), then the code and Enter to use it.
"""

from collections.abc import Awaitable, Callable

import pytest
from chat_page import NICK, ChatPage
from console_page import ConsolePage
from playwright.async_api import Locator, expect

from shop.model import Role

Enter = Callable[..., Awaitable[ChatPage]]
Sit = Callable[..., Awaitable[ConsolePage]]
QIANNIU = 8


class Hand:
    """Presses, counted."""

    def __init__(self) -> None:
        self.presses = 0

    async def press(self, what: Locator) -> None:
        self.presses += 1
        await what.click()

    async def write(self, where: Locator, text: str) -> None:
        await self.press(where)
        await where.fill(text)


@pytest.mark.req("PH-02", "PH-03", "PH-05", "PH-06")
async def test_an_auto_reply_is_set_in_no_more_presses_than_in_qianniu(sit: Sit, enter: Enter) -> None:
    console = await sit("801", "云舒", Role.MANAGER)
    page, hand = console.page, Hand()
    await hand.press(page.locator("#seat"))
    await hand.press(page.get_by_role("link", name="设置"))
    await hand.press(page.get_by_role("article", name="买家打开窗口", exact=True).get_by_role("button", name="编辑"))
    editor = page.locator("#reply-editor")
    await expect(editor).to_be_visible()
    while await editor.locator(".wording textarea").count() > 1:  # the shipped ones, for other buyers and hours
        await editor.get_by_role("button", name="删掉这条").last.click()
    await hand.write(editor.locator(".wording textarea"), "您好，欢迎光临，今晚八点上新")
    await hand.press(editor.get_by_role("button", name="保存", exact=True))
    await expect(editor).to_have_count(0)
    assert hand.presses <= QIANNIU
    chat = await enter()
    await chat.answered("您好，欢迎光临，今晚八点上新")


@pytest.mark.req("PH-08", "PH-09", "PH-10")
async def test_a_quick_phrase_is_made_and_used_in_no_more_presses_than_in_qianniu(
    sit: Sit, enter: Enter, token: str
) -> None:
    chat = await enter(token=token)
    await chat.say("在吗")
    console = await sit("801", "云舒", Role.MANAGER)
    await console.take(NICK, which="all")
    page, hand = console.page, Hand()
    await hand.press(page.locator("#open-phrases"))
    panel = console.panel("phrases")
    await hand.press(panel.get_by_role("button", name="新建"))
    form = page.locator("dialog[open]")
    await hand.write(form.get_by_label("内容"), "亲，今晚八点上新，喜欢可以先加购")
    await hand.write(form.get_by_label("快捷编码"), "sx1")
    await hand.press(form.get_by_label("分组"))
    await form.get_by_label("分组").select_option("欢迎语")
    await hand.press(form.get_by_role("button", name="保存"))
    await expect(form).to_have_count(0)
    assert hand.presses <= QIANNIU

    await console.field.fill("/sx1")
    await expect(console.options.first).to_contain_text("今晚八点上新")
    await console.field.press("Enter")
    await expect(console.field).to_have_value("亲，今晚八点上新，喜欢可以先加购")
