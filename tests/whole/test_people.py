"""The whole shop with people in it: real model, worker, desk, store; the buyer and the agent each in a real browser."""

from pathlib import Path

import pytest
from at_work import put_seat
from console_page import ConsolePage, sign_in
from playwright.async_api import Browser, expect
from running import RunningShop
from visits import visiting

from shop.model import Direction, Holder, SeatState
from shop.passwords import DEMO_PASSWORD

AGENT = "321"


@pytest.mark.req("HE-05", "CW-14")
async def test_from_the_bot_to_a_person_and_back(shop: RunningShop, browser: Browser, pictures: Path) -> None:
    nick = quiet_buyer(shop)
    async with visiting(shop, browser, nick, "") as visit:
        await visit.say("你们家运费怎么算的呀")
        await visit.say("转人工")
        conversation = visit.conversation()
        assert conversation.holder is Holder.QUEUE
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        await sign_in(context, shop.url, AGENT, DEMO_PASSWORD)
        agent = ConsolePage(await context.new_page(), shop.url)
        await agent.open()
        await agent.choose_state("在线")
        await agent.choose_list("mine")
        await agent.show(nick)
        await expect(agent.hand_card).to_contain_text("买家要求人工")
        await expect(visit.page.locator("#holder")).to_contain_text("小禾")
        turns = questions(shop, conversation.id)
        await visit.page.locator("#text").fill("什么时候能发货呀")
        await visit.page.locator("#text").press("Enter")
        await agent.heard("什么时候能发货呀")
        await agent.page.screenshot(path=pictures / "console-1440.png")
        await agent.say("您好，付款后我们会按时发出的")
        await expect(visit.page.get_by_text("付款后我们会按时发出的")).to_be_visible()
        assert questions(shop, conversation.id) == turns, "the bot is not asked while a person has the talk"
        await agent.page.keyboard.press("Alt+B")
        await agent.dialog.locator("textarea").fill("发货时间已说明")
        await agent.dialog.get_by_role("button", name="交回").click()
        await expect(visit.page.locator("#holder")).to_contain_text("机器人")
        answers = await visit.say("有什么优惠活动吗")
        assert answers[-1].direction is Direction.BOT
        assert visit.conversation().holder is Holder.BOT
        await context.close()
    put_seat(shop.services, AGENT, SeatState.BUSY)  # the next test's buyers wait again


def quiet_buyer(shop: RunningShop) -> str:
    """A demo buyer who has said nothing yet."""
    with shop.services.unit_of_work() as uow:
        quiet = (b.nick for b in uow.buyers.listed(60) if uow.conversations.find_by_buyer(b.id) is None)
        return next(quiet)


def questions(shop: RunningShop, conversation_id: str) -> list[str]:
    """Every question ever put to the bot in the talk."""
    with shop.services.unit_of_work() as uow:
        return [turn.id for turn in uow.turns.last(conversation_id, 100)]
