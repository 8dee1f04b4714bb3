"""A buyer's window while people serve: who, typing, messages taken back, read marks both ways, the rating."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from chat_page import ChatPage
from consoles import ConsoleClient, sign_in
from playwright.async_api import Locator, Page, expect
from wire import Client, RunningDesk, Worker, say

from shop.wiring import Services

Enter = Callable[..., Awaitable[ChatPage]]
Employ = Callable[..., Awaitable[ConsoleClient]]
Join = Callable[..., Awaitable[Client]]

GONE = "客服撤回了一条消息"
GLANCE = """box => new Promise((done) => {
  box.addEventListener("scroll", () => done(box.scrollTop = 100), {once: true});
  box.scrollTop = box.scrollHeight;
})"""
"""Down to the end and up again at once."""
STARS = ["很不满意", "不满意", "一般", "满意", "非常满意"]


@dataclass
class Served:
    """A buyer at the window and the agent who holds the talk."""

    chat: ChatPage
    agent: ConsoleClient
    talk: str

    @property
    def page(self) -> Page:
        return self.chat.page

    @property
    def head(self) -> Locator:
        return self.page.locator("#holder")

    @property
    def gone(self) -> Locator:
        return self.page.get_by_text(GONE)

    @property
    def rating(self) -> Locator:
        return self.page.locator(".rating")

    def bubble(self, text: str) -> Locator:
        return self.page.locator("#talk .bubble").get_by_text(text, exact=True)

    def mark(self, text: str) -> Locator:
        """The read mark under the buyer's message of that text."""
        return self.page.locator("#talk .row.buyer", has=self.page.get_by_text(text, exact=True)).locator(".read-mark")

    async def write(self, text: str) -> int:
        """The agent's message, once the buyer sees it; its seq."""
        seq = int((await self.agent.write(self.talk, text))["message"]["seq"])
        await expect(self.bubble(text)).to_be_visible()
        return seq

    async def say(self, text: str) -> int:
        """The buyer's message, once the agent has it; its seq."""
        await self.chat.say(text)
        await self.chat.said(text)
        [heard] = await self.agent.wait("message", lambda message: message["text"] == text)
        return int(heard["seq"])

    async def close(self) -> None:
        await self.agent.done("close", talk=self.talk, kind="咨询", cause="物流进度", result="已解决")
        await expect(self.rating.last).to_be_visible()

    async def reload(self) -> None:
        await self.page.reload()
        await self.chat.ready()


Serve = Callable[..., Awaitable[Served]]


async def look_in(agent: ConsoleClient) -> str:
    """The only talk there is; from now on the agent hears it."""
    [row] = (await agent.done("list", which="all"))["rows"]
    await agent.look(row["id"])
    return str(row["id"])


@pytest.fixture
async def employ(desk: RunningDesk, services: Services) -> AsyncIterator[Employ]:
    """`await employ("331")`: that member of staff at the wire of a console, 在线 unless told `at_work=False`."""
    clients: list[ConsoleClient] = []

    async def begin(staff_id: str = "321", at_work: bool = True) -> ConsoleClient:
        client = ConsoleClient()
        clients.append(client)
        await client.connect_as(desk.url, sign_in(services, staff_id), staff_id)
        return await client.at_work() if at_work else client

    yield begin
    for client in clients:
        await client.sio.disconnect()


@pytest.fixture
def serve(enter: Enter, employ: Employ) -> Serve:
    """`await serve(token=…)`: a window whose talk 小禾 has just taken."""

    async def begin(page: Page | None = None, **given: Any) -> Served:
        agent, chat = await employ("321"), await enter(page, **given)
        served = Served(chat, agent, await look_in(agent))
        await agent.done("take", talk=served.talk)
        await expect(served.head).to_have_text("客服小禾为您服务")
        return served

    return begin


async def test_the_head_follows_from_the_bot_through_the_queue_to_the_agent_and_back(
    enter: Enter, employ: Employ, join: Join, worker: Worker, clock: Any
) -> None:
    worker.answer = lambda question: say("好的", handover="ask_human")
    earlier = [await join(), await join()]
    for client in earlier:
        await client.say("转人工")
        clock.advance(seconds=1)
    chat = await enter()
    head, name = chat.page.locator("#holder"), chat.page.locator("#service-name")
    await expect(head).to_have_text("机器人在线")
    await expect(name).to_be_visible()
    await chat.page.get_by_role("button", name="转人工").click()
    await expect(head).to_have_text("排队中，前面还有 2 位")
    await expect(name).to_be_hidden()
    await chat.page.reload()
    await expect(head).to_have_text("排队中，前面还有 2 位")
    agent = await employ("321", at_work=False)
    await agent.done("enter")
    await agent.done("take", talk=earlier[0].opened["conversation_id"])
    await expect(head).to_have_text("排队中，前面还有 1 位")
    await agent.done("take", talk=earlier[1].opened["conversation_id"])
    await expect(head).to_have_text("排队中，下一位就是您")
    [talk] = [row["id"] for row in (await agent.done("list", which="queue"))["rows"]]
    await agent.done("take", talk=talk)
    await expect(head).to_have_text("客服小禾为您服务")
    await chat.page.reload()
    await expect(head).to_have_text("客服小禾为您服务")
    await agent.done("hand_back", talk=talk, settled="")
    await expect(head).to_have_text("机器人在线")
    await expect(name).to_be_visible()


async def test_after_a_transfer_the_new_name_stands_also_after_a_reload(serve: Serve, employ: Employ) -> None:
    served = await serve()
    await served.write("我先帮您看看")
    await employ("331")
    await served.agent.done("transfer", talk=served.talk, to_staff="331", reason="技能不匹配", note="")
    await expect(served.head).to_have_text("客服小满为您服务")
    await served.reload()
    await expect(served.bubble("我先帮您看看")).to_be_visible()
    await expect(served.head).to_have_text("客服小满为您服务")


async def test_the_agents_typing_is_seen_until_the_message_comes(serve: Serve) -> None:
    served = await serve()
    sign = served.page.locator("#typing")
    await served.agent.done("typing", talk=served.talk)
    await expect(sign).to_be_visible()
    assert (await sign.inner_text()).strip() == "客服小禾正在输入"
    await served.say("不急")
    await expect(sign).to_be_visible()
    await served.write("查到啦")
    await expect(sign).to_be_hidden()
    await served.agent.done("typing", talk=served.talk)
    await expect(sign).to_be_visible()
    await served.agent.done("hand_back", talk=served.talk, settled="")
    await expect(sign).to_be_hidden()


async def test_a_message_taken_back_leaves_one_line_in_its_place(serve: Serve) -> None:
    served = await serve()
    seq = await served.write("发错人了")
    await served.write("这句留着")
    await served.agent.done("recall", talk=served.talk, seq=seq)
    for _ in ("live", "after a reload"):
        await expect(served.gone).to_have_count(1)
        await expect(served.bubble("发错人了")).to_have_count(0)
        line = served.page.locator(f'#talk [data-seq="{seq}"]')
        await expect(line).to_have_text(GONE)
        await expect(line.locator("xpath=following-sibling::*[1]").locator(".bubble")).to_have_text("这句留着")
        await expect(served.page.locator("#talk > .row").last).to_contain_text("这句留着")
        await served.reload()


async def test_one_taken_back_before_the_buyer_saw_it_is_not_counted(serve: Serve) -> None:
    served = await serve()
    for number in range(12):
        await served.write(f"第{number}句\n\n\n")
    await served.page.locator("#scroller").evaluate("box => { box.scrollTop = 100 }")
    jump = served.page.locator("#jump")
    await expect(jump).to_have_text("回到最新")
    await served.agent.write(served.talk, "一")
    seq = (await served.agent.write(served.talk, "二"))["message"]["seq"]
    await expect(jump).to_have_text("2 条新消息")
    await served.agent.done("recall", talk=served.talk, seq=seq)
    await expect(jump).to_have_text("1 条新消息")


async def test_the_line_stands_where_the_notice_is_until_the_message_is_read_too(serve: Serve) -> None:
    served = await serve()
    seq = await served.write("很早的一句")
    for number in range(60):
        await served.agent.write(served.talk, f"第{number}句")
    await expect(served.bubble("第59句")).to_be_visible()
    await served.reload()
    await expect(served.chat.rows).to_have_count(50)
    await served.agent.done("recall", talk=served.talk, seq=seq)
    await expect(served.page.locator("#talk > .row").last).to_have_text(GONE)
    await expect(served.gone).to_have_count(1)
    await served.page.locator("#scroller").evaluate("box => { box.scrollTop = 0 }")
    await expect(served.page.locator(f'#talk [data-seq="{seq}"]')).to_have_text(GONE)
    await expect(served.gone).to_have_count(1)
    await expect(served.page.locator("#talk > .row").last).to_contain_text("第59句")


async def test_what_the_agent_has_read_is_marked_under_the_newest_message(serve: Serve) -> None:
    served = await serve()
    first = await served.say("在吗")
    await expect(served.mark("在吗")).to_have_text("未读")
    await served.agent.done("read", talk=served.talk, seq=first)
    await expect(served.mark("在吗")).to_have_text("已读")
    await served.say("还在吗")
    await expect(served.mark("还在吗")).to_have_text("未读")
    await expect(served.mark("在吗")).to_have_text("已读")
    await served.reload()
    await expect(served.mark("还在吗")).to_have_text("未读")
    await expect(served.mark("在吗")).to_have_text("已读")
    await served.write("在的")
    await expect(served.mark("还在吗")).to_have_text("已读")
    await expect(served.page.locator(".read-mark")).to_have_count(1)
    await served.say("好的")
    await expect(served.mark("好的")).to_have_text("未读")
    await expect(served.page.locator(".read-mark")).to_have_count(1)


async def test_with_the_bot_there_are_no_read_marks(serve: Serve) -> None:
    served = await serve()
    await served.say("谢谢")
    await expect(served.mark("谢谢")).to_have_text("未读")
    await served.agent.done("hand_back", talk=served.talk, settled="")
    await expect(served.page.locator(".read-mark")).to_have_count(0)
    await served.chat.say("还有货吗")
    await served.chat.answered("答:还有货吗")
    await expect(served.page.locator(".read-mark")).to_have_count(0)


def reads_of(agent: ConsoleClient) -> list[int]:
    return [mark["buyer"] for mark in agent.heard.get("read", [])]


def listen_to(page: Page) -> list[int]:
    """What the window of this page says it has read, as it goes over its WebSocket."""
    told: list[int] = []

    def note(frame: str | bytes) -> None:
        if found := re.fullmatch(r'42\d+\["read",\{"seq":(\d+)\}\]', str(frame)):
            told.append(int(found[1]))

    page.on("websocket", lambda socket: socket.on("framesent", note))
    return told


async def test_the_agent_hears_what_the_buyer_has_really_seen(serve: Serve, page: Page) -> None:
    told = listen_to(page)
    served = await serve(page)
    for number in range(12):
        seq = await served.write(f"第{number}句\n\n\n")
    await served.agent.wait("read", lambda mark: mark["buyer"] == seq)
    await served.page.clock.install()
    scroller = served.page.locator("#scroller")
    await scroller.evaluate("box => { box.scrollTop = 100 }")
    await expect(served.page.locator("#jump")).to_be_visible()
    unseen = (await served.agent.write(served.talk, "在下面"))["message"]["seq"]
    await expect(served.page.locator("#jump")).to_have_text("1 条新消息")
    await scroller.evaluate(GLANCE)
    await served.page.clock.run_for(5000)
    await served.say("翻着看看")
    assert max(reads_of(served.agent)) == seq, "what lies below has not been seen, a glance is not reading"
    await served.page.clock.run_for(2000)
    await served.agent.wait("read", lambda mark: mark["buyer"] == unseen)
    for place in (100, 10_000, 100, 10_000):
        await scroller.evaluate("(box, place) => { box.scrollTop = place }", place)
        await served.page.clock.run_for(2000)
    assert told == sorted(set(told)), "never back, never twice"
    assert len(told) < 12, "many that come quickly are told of in one"
    await served.reload()
    last = await served.write("再来一句")
    await served.page.clock.run_for(2000)
    await served.agent.wait("read", lambda mark: mark["buyer"] == last)


async def test_in_a_closed_panel_nothing_is_read(page: Page, desk: RunningDesk, employ: Employ) -> None:
    await page.clock.install()
    agent = await employ("321")
    await page.goto(desk.url)
    await page.locator("#ask").click()
    window = page.frame_locator("iframe")
    await expect(window.locator("#holder")).to_have_text("机器人在线")
    talk = await look_in(agent)
    await agent.done("take", talk=talk)
    await expect(window.locator("#holder")).to_have_text("客服小禾为您服务")
    await page.clock.run_for(2000)
    await agent.wait("read")
    await window.locator("#back").click()
    await expect(page.locator("iframe")).to_be_hidden()
    seq = (await agent.write(talk, "您还在吗"))["message"]["seq"]
    await expect(page.locator(".badge")).to_have_text("1")
    await page.clock.run_for(5000)
    await page.evaluate("fetch('/health')")  # after whatever the window might have told
    assert max(reads_of(agent)) < seq
    await page.get_by_role("button", name="联系客服，1 条新消息").click()
    await expect(window.get_by_text("您还在吗")).to_be_visible()
    await page.clock.run_for(2000)
    await agent.wait("read", lambda mark: mark["buyer"] == seq)


async def rated(served: Served) -> tuple[int | None, str]:
    [service] = (await served.agent.done("side", talk=served.talk))["services"]
    return service["rating"], service["comment"]


@pytest.mark.req("FR-03")
async def test_a_service_is_rated_with_the_mouse_and_the_stars_stay(serve: Serve) -> None:
    served = await serve()
    await served.write("帮您查好了")
    await served.close()
    star, send = served.rating.locator(".star"), served.rating.get_by_role("button", name="提交")
    await expect(send).to_be_disabled()
    await star.nth(1).hover()
    await expect(served.rating).to_contain_text("不满意")
    await expect(served.rating.locator(".star.lit")).to_have_count(2)
    await served.page.locator("#text").hover()
    await expect(served.rating.locator(".star.lit")).to_have_count(0)
    await star.nth(3).click()
    await expect(served.rating.locator(".star.lit")).to_have_count(4)
    await served.rating.locator("textarea").fill("  回得很快  ")
    await send.click()
    await expect(served.rating).to_contain_text("您的评价：★★★★☆")
    await expect(served.page.locator("#talk .row.system").last.locator(".notice")).to_be_visible()
    assert await rated(served) == (4, "回得很快")
    await served.reload()
    await expect(served.rating).to_contain_text("您的评价：★★★★☆")
    await expect(served.rating.locator("form")).to_have_count(0)


async def test_a_service_is_rated_with_the_keyboard_alone(serve: Serve) -> None:
    served = await serve()
    await served.close()
    keys, radios = served.page.keyboard, served.rating.get_by_role("radio")
    names = [await radio.get_attribute("aria-label") for radio in await radios.all()]
    assert names == [f"{number} 星，{word}" for number, word in enumerate(STARS, start=1)]
    await served.page.locator("#scroller").focus()
    await keys.press("Tab")
    await expect(radios.first).to_be_focused()
    await keys.press("Space")
    await keys.press("ArrowRight")
    await keys.press("ArrowRight")
    await expect(radios.nth(2)).to_be_checked()
    await keys.press("Tab")
    await keys.type("还行")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(served.rating).to_contain_text("您的评价：★★★☆☆")
    await expect(served.rating.get_by_role("img", name="3 星，共 5 星")).to_be_visible()
    await expect(served.rating.locator(".rated")).to_be_focused()
    assert await rated(served) == (3, "还行")


async def test_a_service_is_rated_with_a_finger(serve: Serve, phone: Page) -> None:
    served = await serve(phone)
    await served.close()
    for star in await served.rating.locator(".star").all():
        box = await star.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 44
    await served.rating.locator(".star").nth(4).tap()
    await served.rating.get_by_role("button", name="提交").tap()
    await expect(served.rating).to_contain_text("您的评价：★★★★★")
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await rated(served) == (5, "")


async def test_a_second_rating_is_refused_in_kind_words_and_the_first_stands(serve: Serve, enter: Enter) -> None:
    served = await serve()
    await served.close()
    other = (await enter()).page.locator(".rating")
    await served.rating.locator(".star").nth(4).click()
    await served.rating.get_by_role("button", name="提交").click()
    await expect(served.rating).to_contain_text("您的评价：★★★★★")
    await other.locator(".star").first.click()
    await other.get_by_role("button", name="提交").click()
    await expect(other).to_contain_text("这次服务已经评价过")
    await expect(other.locator("form")).to_have_count(0)
    assert await rated(served) == (5, "")


async def test_a_rating_that_did_not_arrive_is_kept_and_sent_again(serve: Serve, desk: RunningDesk) -> None:
    served = await serve()
    await served.close()
    await served.rating.locator(".star").nth(1).click()
    await asyncio.to_thread(desk.stop)
    await expect(served.page.locator("#banner")).to_contain_text("正在重新连接")
    send = served.rating.get_by_role("button", name="提交")
    await send.click()
    await expect(served.rating.get_by_role("alert")).to_contain_text("请您稍后再试")
    await asyncio.to_thread(desk.start)
    await expect(served.page.locator("#banner")).to_be_hidden()
    await send.click()
    await expect(served.rating).to_contain_text("您的评价：★★☆☆☆")


async def test_near_the_limit_a_comment_is_counted_and_over_it_nothing_goes(serve: Serve) -> None:
    served = await serve()
    await served.close()
    await served.rating.locator(".star").nth(4).click()
    comment, count = served.rating.locator("textarea"), served.rating.locator(".count")
    send = served.rating.get_by_role("button", name="提交")
    await comment.fill("好" * 449)
    await expect(count).to_be_hidden()
    await comment.fill("👍" * 460)
    await expect(count).to_have_text("还可以写 40 字")
    await comment.fill("好" * 501)
    await expect(count).to_have_text("超出 1 字")
    await expect(send).to_be_disabled()
    await comment.fill("👍" * 500)
    await send.click()
    await expect(served.rating).to_contain_text("您的评价：★★★★★")
