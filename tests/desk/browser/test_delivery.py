"""Nothing is lost and nothing comes twice: failures, retries, reloads, broken lines, several tabs."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from chat_page import ChatPage
from playwright.async_api import Page, expect
from wire import RunningDesk, Worker, say

Enter = Callable[..., Awaitable[ChatPage]]

LOSSY = """(() => {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (data === "5") window.upgraded = true;
    if (!window.deaf || !String(data).includes('"send"')) send.call(this, data);
  };
})()"""
"""Once `deaf` is set, what the window sends is lost on the way, though the line stands."""


async def make_deaf(chat: ChatPage) -> None:
    await chat.page.wait_for_function("window.upgraded")
    await chat.page.evaluate("window.deaf = true")


@pytest.mark.req("CW-01")
async def test_history_is_there_after_a_reload(enter: Enter) -> None:
    chat = await enter()
    await chat.say("有优惠吗")
    await chat.answered("答:有优惠吗")
    before = await chat.rows.count()
    await chat.page.reload()
    await chat.ready()
    await expect(chat.rows).to_have_count(before)
    await chat.said("有优惠吗")


async def test_what_failed_is_sent_once_by_a_retry(enter: Enter, page: Page, worker: Worker) -> None:
    await page.clock.install()
    await page.add_init_script(LOSSY)
    chat = await enter(page)
    await make_deaf(chat)
    await chat.say("请问发什么快递")
    await chat.page.clock.run_for(20_000)
    failed = chat.waiting.filter(has_text="重新发送")
    await expect(failed).to_be_visible()
    await chat.page.evaluate("window.deaf = false")
    await chat.page.clock.resume()
    await failed.get_by_role("button", name="重新发送").click()
    await chat.said("请问发什么快递")
    await chat.answered("答:请问发什么快递")
    await expect(chat.waiting).to_have_count(0)
    assert [asked["text"] for asked in worker.asked] == ["请问发什么快递"]


async def test_what_the_desk_refuses_is_shown_as_failed_with_its_words(enter: Enter) -> None:
    chat = await enter()
    for number in range(40):
        await chat.field.fill(f"第{number}条")
        await chat.field.press("Enter")
    failure = chat.waiting.locator(".failure").first
    await expect(failure).to_contain_text("稍等", timeout=15_000)


async def test_an_unsent_message_survives_a_reload_and_goes_once(enter: Enter, page: Page, worker: Worker) -> None:
    await page.add_init_script(LOSSY)
    chat = await enter(page)
    await make_deaf(chat)
    await chat.say("我要改地址")
    await expect(chat.waiting).to_have_count(1)
    await chat.page.reload()
    await chat.ready()
    await chat.said("我要改地址")
    await chat.answered("答:我要改地址")
    await expect(chat.waiting).to_have_count(0)
    assert [asked["text"] for asked in worker.asked] == ["我要改地址"]


async def test_after_a_broken_line_everything_missed_comes_in_order(
    enter: Enter, desk: RunningDesk, token: str
) -> None:
    here, there = await enter(token=token), await enter(token=token)
    await asyncio.to_thread(desk.stop)
    await expect(here.page.locator("#banner")).to_contain_text("正在重新连接")
    await here.say("断线时写的")
    await expect(here.waiting).to_have_count(1)
    await asyncio.to_thread(desk.start)
    await here.said("断线时写的")
    await expect(here.page.locator("#banner")).to_be_hidden()
    await there.said("断线时写的")
    seqs = await here.rows.evaluate_all("rows => rows.map(row => Number(row.dataset.seq))")
    assert seqs == list(range(1, len(seqs) + 1))


async def test_two_tabs_show_the_same_talk(enter: Enter, token: str) -> None:
    one, two = await enter(token=token), await enter(token=token)
    await one.say("我在左边")
    await two.said("我在左边")
    await two.say("我在右边")
    await one.said("我在右边")
    await one.answered("答:我在右边")
    await expect(two.rows).to_have_count(await one.rows.count())


async def test_older_messages_come_when_scrolling_up_and_the_place_is_kept(
    enter: Enter, desk: RunningDesk, worker: Worker
) -> None:
    worker.answer = lambda question: say(*(f"第{number}句" for number in range(1, 81)))
    chat = await enter()
    await chat.say("说很多")
    await chat.answered("第80句")
    await chat.page.reload()
    await chat.ready()
    await expect(chat.rows).to_have_count(50)
    seen = chat.rows.first
    seq = await seen.get_attribute("data-seq")
    place = chat.page.locator(f'#talk [data-seq="{seq}"]')
    await chat.page.locator("#scroller").evaluate("box => { box.scrollTop = 40 }")
    await expect(chat.rows).to_have_count(80)
    await expect(place).to_be_in_viewport()


async def test_new_messages_are_counted_in_the_title_until_they_are_read(enter: Enter, worker: Worker) -> None:
    worker.answer = lambda question: say(*(f"第{number}句\n\n\n\n" for number in range(1, 21)))
    chat = await enter()
    await chat.say("说很多")
    await expect(chat.answers.get_by_text("第20句")).to_be_visible()
    worker.answer = lambda question: say("一", "二")
    go = worker.hold()
    await chat.say("再说两句")
    await chat.said("再说两句")
    await chat.page.locator("#scroller").evaluate("box => { box.scrollTop = 200 }")
    go.set()
    jump = chat.page.locator("#jump")
    await expect(jump).to_contain_text("2 条新消息")
    assert await chat.page.title() == "（2条新消息）云栖小铺"
    await jump.click()
    await expect(jump).to_be_hidden()
    assert await chat.page.title() == "云栖小铺"
