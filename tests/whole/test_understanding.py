"""Doubt, a split thought and two requests, through the browser and the socket of the whole shop."""

from pathlib import Path

import pytest
from buyers import SocketBuyer
from chromium import DESK_SIZE
from playwright.async_api import Browser, expect
from running import RunningShop
from visits import visiting

from shop.model import Holder, TurnState

UNCLEAR = "那个弄一弄可以的话"


@pytest.mark.req("NL-10")
async def test_doubt_is_one_question_with_buttons_then_a_person_with_the_transcript(
    shop: RunningShop, browser: Browser, pictures: Path
) -> None:
    async with visiting(shop, browser, "马上收货的桃子", "TSHIRT-01") as visit:
        [question] = await visit.say(UNCLEAR)
        assert question.phrase_key == "clarify"
        titles = [button["title"] for button in question.buttons]
        assert titles[-1] == "转人工客服" and 2 <= len(titles) <= 4
        for title in titles:
            await expect(visit.page.locator("#talk button", has_text=title).last).to_be_visible()
        await visit.page.screenshot(path=pictures / "clarify-390.png")
        answers = await visit.press(titles[0])
        assert answers[0].phrase_key != "clarify"
        await visit.say(UNCLEAR)
        said = await visit.say(UNCLEAR)
        assert said[-1].phrase_key == "handover_queue"
        with shop.services.unit_of_work() as uow:
            conversation = visit.conversation()
            log = uow.messages.after(conversation.id, 0)
        assert conversation.holder is Holder.QUEUE
        assert UNCLEAR in [message.text for message in log], "the transcript is the conversation itself"
        await visit.page.set_viewport_size(DESK_SIZE)
        await visit.page.screenshot(path=pictures / "handover-1280.png")


async def test_a_thought_in_three_messages_gets_one_answer(shop: RunningShop) -> None:
    async with SocketBuyer(shop, "签收三天的小荷") as buyer:
        pieces = [await buyer.send("那个"), await buyer.send("我前几天买的那个"), await buyer.send("不喜欢想退掉")]
        said = await buyer.answers_to(pieces[-1])
        assert [m["seq"] for m in buyer.heard if m["direction"] != "buyer" and m["seq"] < pieces[-1]] == [1]
        assert said[0]["key"] == "ask_detail"
        with shop.services.unit_of_work() as uow:
            log = uow.messages.after(buyer.conversation_id, 0)
            turns = [uow.turns.find(m.turn_id) for m in log if m.direction.value == "buyer" and m.turn_id]
        assert [turn.state for turn in turns if turn] == [TurnState.DONE] * 3
        assert [m.seq for m in log] == list(range(1, len(log) + 1))


async def test_two_requests_in_one_message_are_both_served(shop: RunningShop) -> None:
    async with SocketBuyer(shop, "只买一单的小鱼", "TSHIRT-01") as buyer:
        said = await buyer.say("这个有现货吗 拍了今天能发不")
        assert {"stock", "ship_time"} <= {message["key"] for message in said}
