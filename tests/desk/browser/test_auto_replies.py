"""自动回复设置 as a manager handles it; what is saved is what the buyer's window shows next."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest
from chat_page import ChatPage
from chromium import PHONE_SIZE
from console_page import hire, sign_in
from playwright.async_api import BrowserContext, Locator, Page, Route, expect
from wire import RunningDesk

from phrases import PhraseBook
from shop.model import Role
from shop.wiring import Services

Enter = Callable[..., Awaitable[ChatPage]]
PATH = "/settings/auto-replies"


@dataclass
class RepliesPage:
    page: Page

    async def open(self, home: str) -> None:
        await self.page.goto(home + PATH)
        await expect(self.cards.first).to_be_visible()

    @property
    def cards(self) -> Locator:
        return self.page.locator(".reply")

    def card(self, scene: str) -> Locator:
        return self.page.get_by_role("article", name=scene, exact=True)

    @property
    def editor(self) -> Locator:
        return self.page.locator("#reply-editor")

    @property
    def texts(self) -> Locator:
        return self.editor.locator(".wording textarea")

    async def edit(self, scene: str) -> None:
        await self.card(scene).get_by_role("button", name="编辑").click()
        await expect(self.editor).to_be_visible()

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).last.click()

    async def save(self) -> None:
        await self.press("保存")
        await expect(self.editor).to_have_count(0)

    async def only_one(self) -> None:
        """All wordings but the first are deleted."""
        while await self.texts.count() > 1:
            await self.editor.get_by_role("button", name="删掉这条").last.click()


@pytest.fixture
async def replies(context: BrowserContext, desk: RunningDesk, services: Services) -> AsyncIterator[RepliesPage]:
    hire(services, "m9", "阿主管", Role.MANAGER)
    await sign_in(context, desk.url, "m9")
    shown = RepliesPage(await context.new_page())
    await shown.open(desk.url)
    yield shown


@pytest.mark.req("PH-01", "PH-03")
async def test_every_reply_is_listed_with_the_count_searched_and_sieved(replies: RepliesPage, book: PhraseBook) -> None:
    await expect(replies.cards).to_have_count(len(book.auto))
    await expect(replies.page.locator("#count")).to_have_text(f"{len(book.auto)}/100")
    await replies.page.locator("#words").fill("道谢")
    await expect(replies.cards).to_have_count(1)
    await expect(replies.card("买家道谢")).to_contain_text("您客气了")
    await replies.page.locator("#words").fill("")
    await replies.page.locator("#group").select_option("议价")
    assert await replies.cards.count() == sum(reply.topic == "bargain" for reply in book.auto.values())


@pytest.mark.req("PH-05", "PH-06")
async def test_an_edited_welcome_stands_in_the_list_and_greets_the_next_buyer(
    replies: RepliesPage, enter: Enter
) -> None:
    await replies.edit("买家打开窗口")
    await replies.only_one()
    await replies.texts.fill("欢迎来到，今晚八点上新")
    await replies.texts.evaluate("area => area.setSelectionRange(4, 4)")
    await replies.editor.locator(".chip", has_text="店铺名").click()
    await expect(replies.editor.locator(".preview-bubble")).to_have_text(["欢迎来到云栖小铺，今晚八点上新"])
    await replies.save()
    await expect(replies.card("买家打开窗口")).to_contain_text("欢迎来到{店铺名}，今晚八点上新")
    await expect(replies.card("买家打开窗口").locator(".tag")).to_have_text("改过")
    chat = await enter()
    await chat.answered("欢迎来到云栖小铺，今晚八点上新")


@pytest.mark.req("PH-05")
async def test_blank_and_forbidden_words_are_refused_and_cancelling_changes_nothing(replies: RepliesPage) -> None:
    await replies.edit("买家道谢")
    await replies.only_one()
    await replies.texts.fill("  ")
    await replies.press("保存")
    await expect(replies.editor.get_by_role("alert")).to_contain_text("还没有写内容")
    await replies.texts.fill("本店全网最低价")
    await expect(replies.editor.locator(".wording-found .bad").first).to_be_visible()
    await replies.press("保存")
    await expect(replies.editor.get_by_role("alert")).to_contain_text("不适合说给买家")
    await replies.texts.fill("您太客气啦")
    await replies.press("取消")
    await replies.press("放弃")
    await expect(replies.editor).to_have_count(0)
    await replies.page.reload()
    await expect(replies.card("买家道谢")).to_contain_text("您客气了")
    await expect(replies.card("买家道谢").locator(".tag")).to_have_count(0)


@pytest.mark.req("PH-04", "PH-06")
async def test_from_the_empty_state_a_keyword_reply_is_added_in_a_few_clicks_and_answers(
    replies: RepliesPage, enter: Enter, book: PhraseBook
) -> None:
    await replies.page.get_by_text("自己加的").click()
    await expect(replies.page.locator(".empty")).to_contain_text("还没有自己加的")
    await replies.page.locator(".empty").get_by_role("button", name="新增").click()
    await replies.editor.get_by_role("textbox", name="关键词").fill("福袋，抽奖")
    await replies.texts.fill("福袋今晚八点开抢，您留意首页{笑脸}")
    await replies.save()
    await expect(replies.page.locator("#count")).to_have_text(f"{len(book.auto) + 1}/100")
    await expect(replies.cards).to_contain_text(["福袋今晚八点开抢，您留意首页{笑脸}"])
    chat = await enter()
    await chat.say("福袋在哪里呀")
    await chat.answered("福袋今晚八点开抢，您留意首页😊")
    await replies.page.get_by_role("button", name="删除").click()
    await replies.press("删除")
    await expect(replies.page.locator(".empty")).to_be_visible()
    await replies.page.get_by_text("全部", exact=True).click()
    await replies.page.locator("#words").fill("没有这样的话")
    await expect(replies.page.locator(".empty").get_by_role("button", name="新增")).to_be_visible()


async def test_a_new_one_for_a_scene_that_is_there_opens_that_scene(replies: RepliesPage) -> None:
    await replies.press("新增")
    await replies.editor.get_by_label("什么时候回复").select_option(label="买家告别，或说再看看、考虑一下")
    await expect(replies.texts).to_have_count(3)
    await replies.editor.get_by_role("button", name="加一条话术").click()
    await replies.texts.last.fill("您慢走，周末见")
    await replies.editor.locator(".wording").last.locator("summary").click()
    await replies.editor.get_by_label("每天从").last.fill("22:00")
    await replies.editor.locator("[name=ends]").last.fill("06:00")
    await replies.save()
    await replies.edit("买家告别，或说再看看、考虑一下")
    await expect(replies.editor.locator(".wording").last.locator("summary")).to_have_text("只在：22:00–06:00")


async def test_the_editor_closes_when_the_list_shows_what_was_saved(replies: RepliesPage) -> None:
    """Closed before, somebody quick opened the text of before once more and met a conflict with themselves."""
    asked, answered = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        asked.set()
        await answered.wait()
        await route.continue_()

    await replies.edit("买家道谢")
    await replies.only_one()
    await replies.texts.fill("您客气，欢迎常来")
    await replies.page.route("**/api/v1/replies", hold)
    await replies.press("保存")
    await asked.wait()
    await expect(replies.editor).to_be_visible()
    answered.set()
    await expect(replies.editor).to_have_count(0)
    assert "您客气，欢迎常来" in await replies.card("买家道谢").inner_text()


@pytest.mark.req("PH-33")
async def test_two_managers_and_one_reply_nothing_is_lost_and_the_old_text_comes_back(
    replies: RepliesPage, desk: RunningDesk
) -> None:
    await replies.edit("买家道谢")
    await replies.only_one()
    await replies.texts.fill("我写的，您客气")
    cookies = {cookie["name"]: cookie["value"] for cookie in await replies.page.context.cookies()}
    async with httpx.AsyncClient(base_url=desk.url, cookies=cookies, trust_env=False, timeout=60) as http:
        body = {"version": 0, "wordings": [{"text": "同事写的，您客气"}]}
        answer = await http.put("/api/v1/replies/thanks", json=body, headers={"Origin": desk.url})
        assert answer.status_code == 200, answer.text
    await replies.press("保存")
    sides = replies.page.locator("#reply-conflict .side")
    await expect(sides).to_contain_text(["同事写的，您客气", "我写的，您客气"])
    await replies.press("用我的")
    await expect(replies.editor).to_have_count(0)
    await expect(replies.card("买家道谢")).to_contain_text("我写的，您客气")
    await replies.card("买家道谢").get_by_role("button", name="历史").click()
    changes = replies.page.locator("#reply-history .change")
    await expect(changes.first.locator("del")).to_have_text("同事写的，您客气")
    await expect(changes.first.locator("ins")).to_have_text("我写的，您客气")
    await changes.last.get_by_role("button", name="恢复到这一版").click()
    await expect(replies.card("买家道谢")).to_contain_text("同事写的，您客气")


OFF_AS_SHIPPED = "买家当天第一次发来消息，不论由谁接待；刚说过欢迎语，或客服当天说过话，就不说"


async def test_what_was_switched_off_says_so_and_comes_back(replies: RepliesPage) -> None:
    await replies.card("买家道谢").get_by_role("button", name="停用").click()
    await expect(replies.page.locator("dialog[open]")).to_contain_text("直接转人工")
    await replies.press("停用")
    await expect(replies.card("买家道谢").locator(".tag")).to_have_text(["改过", "已停用"])
    await replies.page.locator("#states").get_by_text("已停用").click()
    await expect(replies.cards).to_have_count(2)
    await expect(replies.card(OFF_AS_SHIPPED)).to_be_visible()
    await replies.card("买家道谢").get_by_role("button", name="启用").click()
    await expect(replies.cards).to_have_count(1)
    await expect(replies.card(OFF_AS_SHIPPED)).to_be_visible()
    await replies.page.get_by_text("全部", exact=True).click()
    safe = replies.card("其他短语用不了时的安全答复，不能停用")
    await expect(safe.get_by_role("button", name="编辑")).to_be_visible()
    await expect(safe.get_by_role("button", name="停用：")).to_have_count(0)


async def test_the_page_fits_a_phone(replies: RepliesPage) -> None:
    await replies.page.set_viewport_size(PHONE_SIZE)
    await replies.edit("买家打开窗口")
    width = await replies.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE_SIZE["width"]
    inside = await replies.editor.locator(".sheet-body").evaluate("body => body.scrollWidth - body.clientWidth")
    assert inside <= 0
