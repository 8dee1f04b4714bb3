"""The field of the console: quick phrases, blanks, IME, drafts, words that may not go; and a line that breaks."""

import asyncio

import pytest
from console_page import ConsolePage
from playwright.async_api import Page, expect
from wire import PATIENCE, Client, RunningDesk

from shop.wiring import Services

NICK = "只买一单的小鱼"
OTHER_ID, OTHER = "b-pear", "爱囤货的阿梨"


async def write(console: ConsolePage, text: str) -> None:
    """Key by key, so that the list of phrases comes along."""
    await console.field.press_sequentially(text)


# quick phrases


@pytest.mark.req("PH-10", "PH-12")
async def test_a_code_and_enter_put_the_phrase_into_the_field_and_send_nothing(console: ConsolePage) -> None:
    await write(console, "/dh6")
    await expect(console.options.first).to_contain_text("/dh6")
    await console.field.press("Enter")
    await expect(console.field).to_have_value("您慢慢挑，有拿不准的地方随时问我😊")
    await expect(console.popup).to_be_hidden()
    await expect(console.mine).to_have_count(0)
    await expect(console.waiting).to_have_count(0)


async def test_a_quick_hand_is_ahead_of_the_list_and_still_gets_its_phrase(console: ConsolePage) -> None:
    await console.field.evaluate(
        """field => {
          field.focus();
          document.execCommand("insertText", false, "/dh6");
          field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}));
        }"""
    )
    await expect(console.field).to_have_value("您慢慢挑，有拿不准的地方随时问我😊")
    await expect(console.mine).to_have_count(0)


@pytest.mark.req("PH-12")
async def test_a_phrase_replaces_its_own_piece_only_and_several_fit_into_one_message(console: ConsolePage) -> None:
    await write(console, "亲爱的， 回头见")
    await console.field.evaluate("field => field.setSelectionRange(4, 4)")
    await write(console, "/dh6")
    await expect(console.options.first).to_contain_text("/dh6")
    await console.field.press("Tab")
    await expect(console.field).to_have_value("亲爱的，您慢慢挑，有拿不准的地方随时问我😊 回头见")
    await console.field.press("End")
    await write(console, " /dh6")
    await expect(console.options.first).to_contain_text("/dh6")
    await console.field.press("Enter")
    twice = "您慢慢挑，有拿不准的地方随时问我😊"
    await expect(console.field).to_have_value(f"亲爱的，{twice} 回头见 {twice}")


async def test_arrows_walk_the_list_and_a_click_picks(console: ConsolePage) -> None:
    await write(console, "/dh")
    await expect(console.options.nth(1)).to_be_visible()
    first, second = console.options.nth(0), console.options.nth(1)
    await expect(first).to_have_attribute("aria-selected", "true")
    await console.field.press("ArrowDown")
    await expect(second).to_have_attribute("aria-selected", "true")
    wanted = await second.locator(".option-text").inner_text()
    await second.click()
    await expect(console.field).to_have_value(wanted)
    await expect(console.field).to_be_focused()


async def test_escape_leaves_the_text_and_it_can_be_sent_as_it_is(console: ConsolePage) -> None:
    await write(console, "/dh6")
    await expect(console.popup).to_be_visible()
    await console.field.press("Escape")
    await expect(console.popup).to_be_hidden()
    await expect(console.field).to_have_value("/dh6")
    await console.field.press("Enter")
    await console.said("/dh6")


async def test_enter_on_an_empty_list_sends_nothing(console: ConsolePage) -> None:
    await write(console, "/zzqqxx")
    await expect(console.at("#popup-note")).to_be_visible()
    await console.field.press("Enter")
    await expect(console.field).to_have_value("/zzqqxx")
    await expect(console.mine).to_have_count(0)


@pytest.mark.req("PH-10")
async def test_while_the_ime_composes_enter_neither_picks_nor_sends(console: ConsolePage) -> None:
    await write(console, "/")
    await expect(console.options.first).to_be_visible()
    session = await console.page.context.new_cdp_session(console.page)
    await session.send("Input.imeSetComposition", {"text": "wu'liu", "selectionStart": 6, "selectionEnd": 6})
    await console.field.press("Enter")
    assert (await console.field.input_value()).startswith("/wu'liu")
    await expect(console.mine).to_have_count(0)
    await session.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    await console.field.fill("/")
    await session.send("Input.insertText", {"text": "物流"})
    await expect(console.options.first.locator(".option-group")).to_have_text("物流")
    await console.field.press("Enter")
    await expect(console.field).not_to_have_value("/物流")
    await expect(console.mine).to_have_count(0)


@pytest.mark.parametrize("text", ["大/dh6", "1/2", "和/或"])
async def test_other_slashes_call_no_phrase(console: ConsolePage, text: str) -> None:
    await write(console, text)
    await expect(console.popup).to_be_hidden()
    await console.field.press("Enter")
    await expect(console.field).to_have_value("")


@pytest.mark.req("PH-20")
async def test_phrases_that_fit_are_offered_unasked_and_taken_by_key(console: ConsolePage, buyer: Client) -> None:
    await buyer.send("在吗，请问一下")
    offered = await console.suggestions.first.locator("span").inner_text()
    await console.field.press("Alt+1")
    await expect(console.field).to_have_value(offered)
    await expect(console.mine).to_have_count(0)


@pytest.mark.req("PH-07", "PH-08", "PH-09")
async def test_a_new_phrase_is_made_in_the_panel_and_called_by_its_code(console: ConsolePage) -> None:
    await console.at("#open-phrases").click()
    await console.at("#phrase-groups").get_by_text("我的").click()
    await console.at("#phrase-list").get_by_role("button", name="新建").click()
    await console.dialog.get_by_label("短语内容").fill("今天的都装车啦，您放心")
    await console.dialog.get_by_label("快捷编码").fill("zc9")
    await console.dialog.get_by_label("选择分组").select_option("物流")
    await console.dialog.get_by_role("button", name="保存").click()
    item = console.at('#phrase-list [data-code="zc9"]')
    await expect(item).to_contain_text("今天的都装车啦，您放心")
    await console.field.focus()
    await write(console, "/zc9")
    await expect(console.options.first).to_contain_text("/zc9")
    await console.field.press("Enter")
    await expect(console.field).to_have_value("今天的都装车啦，您放心")


@pytest.mark.req("PH-09")
async def test_a_code_that_is_taken_is_refused_with_a_word_and_the_form_stays(console: ConsolePage) -> None:
    await console.choose_panel("phrases")
    await new_phrase(console, "zc8", "第一条")
    await expect(console.at('#phrase-list [data-code="zc8"]')).to_be_visible()
    await new_phrase(console, "zc8", "又一条")
    await expect(console.dialog.get_by_role("alert")).to_be_visible()
    await expect(console.dialog.get_by_label("快捷编码")).to_have_value("zc8")


async def new_phrase(console: ConsolePage, code: str, text: str) -> None:
    await console.at("#phrase-new").click()
    await console.dialog.get_by_label("短语内容").fill(text)
    await console.dialog.get_by_label("快捷编码").fill(code)
    await console.dialog.get_by_role("button", name="保存").click()


@pytest.mark.req("PH-11")
async def test_the_panel_filters_by_group(console: ConsolePage) -> None:
    await console.choose_panel("phrases")
    await console.at("#phrase-groups").get_by_text("议价用语").click()
    groups = console.at("#phrase-list .option-group")
    await expect(console.at("#phrase-list [data-code^=yj]").first).to_be_visible()
    assert set(await groups.all_text_contents()) == {"议价用语"}


# blanks


@pytest.mark.req("PH-14")
async def test_blanks_are_jumped_between_and_hold_the_message_back_until_filled(console: ConsolePage) -> None:
    await write(console, "/hy2")
    await expect(console.options.first).to_contain_text("/hy2")
    await console.field.press("Enter")
    await expect(console.blanks).to_have_count(2)
    assert await console.selected() == "***"
    await write(console, "200")
    await expect(console.blanks).to_have_count(1)
    await console.field.press("Enter")
    await expect(console.hint).to_contain_text("还有 1 处没有填好")
    await expect(console.mine).to_have_count(0)
    assert await console.selected() == "***"
    await console.field.press("Tab")
    assert await console.selected() == "***"
    await write(console, "减20")
    await expect(console.at("#blanks")).to_be_hidden()
    await console.field.press("Enter")
    await expect(console.mine.locator(".bubble")).to_contain_text("满200元有减20活动")


async def test_tab_goes_round_the_blanks_both_ways_and_leaves_the_field_without_any(console: ConsolePage) -> None:
    await console.field.fill("满***元有{优惠活动}活动")
    await console.field.evaluate("field => field.setSelectionRange(0, 0)")
    for key, expected in (("Tab", "***"), ("Tab", "{优惠活动}"), ("Tab", "***"), ("Shift+Tab", "{优惠活动}")):
        await console.field.press(key)
        assert await console.selected() == expected
    await console.field.fill("没有空")
    await console.field.press("Tab")
    await expect(console.field).not_to_be_focused()


@pytest.mark.req("PH-21")
async def test_where_a_face_belongs_the_faces_open(console: ConsolePage) -> None:
    await console.field.fill("谢谢您（合适的表情）")
    await console.field.press("Enter")
    await expect(console.mine).to_have_count(0)
    await console.at("#faces").get_by_role("button", name="鲜花").click()
    await expect(console.field).to_have_value("谢谢您🌹")


# drafts


async def test_drafts_stay_with_their_conversation_and_outlive_a_reload(
    console: ConsolePage, desk: RunningDesk, services: Services
) -> None:
    other = await Client().connect(desk.url, token=desk.buyer_token(OTHER_ID, OTHER))
    await other.open()
    await other.say("有什么活动")
    await console.field.fill("正在帮您查仓库")
    await console.take(OTHER, "bot")
    await expect(console.field).to_have_value("")
    await console.choose_list("mine")
    await expect(console.row(NICK).locator(".row-draft")).to_be_visible()
    await expect(console.row(OTHER).locator(".row-draft")).to_have_count(0)
    await console.field.fill("满200减20")
    await console.show(NICK)
    await expect(console.field).to_have_value("正在帮您查仓库")
    await console.page.wait_for_function("() => document.querySelectorAll('.row-draft').length === 2")
    await kept(services, "满200减20")
    await console.page.reload()
    await console.ready()
    await console.show(OTHER)
    await expect(console.field).to_have_value("满200减20")
    await console.field.press("Enter")
    await console.said("满200减20")
    await expect(console.row(OTHER).locator(".row-draft")).to_have_count(0)
    await other.sio.disconnect()


async def kept(services: Services, text: str) -> None:
    """Waits until the desk has the draft."""

    async def look() -> None:
        while True:
            with services.unit_of_work() as uow:
                if any(draft.text == text for draft in uow.agent_drafts.of_staff("901")):
                    return
            await asyncio.sleep(0.02)

    await asyncio.wait_for(look(), PATIENCE)


async def test_a_note_is_for_colleagues_and_the_field_says_so(console: ConsolePage, buyer: Client) -> None:
    await console.field.fill("写到一半的回复")
    await console.page.keyboard.press("Alt+M")
    await expect(console.at("#composer-box.noting")).to_be_visible()
    await expect(console.field).to_have_value("")
    await console.say("买家急用，***也不用填")
    await expect(console.notes).to_contain_text("买家急用")
    await expect(console.notes).to_contain_text("仅内部可见")
    await console.page.keyboard.press("Alt+M")
    await expect(console.field).to_have_value("写到一半的回复")
    await console.field.press("Enter")
    await buyer.wait("message", lambda message: message["text"] == "写到一半的回复")
    assert not [message for message in buyer.messages if "买家急用" in message["text"]]


# words that may not go


@pytest.mark.req("PC-02")
async def test_words_that_need_thought_are_marked_and_sent_only_when_insisted(console: ConsolePage) -> None:
    await write(console, "我们家是全网最低价")
    await expect(console.findings).to_be_visible()
    await expect(console.at("#marks mark.careful")).not_to_have_count(0)
    await console.field.press("Enter")
    await expect(console.field).to_have_value("我们家是全网最低价")
    await expect(console.mine).to_have_count(0)
    await console.findings.get_by_role("button", name="仍然发送").click()
    await console.said("我们家是全网最低价")
    await expect(console.findings).to_be_hidden()


async def test_words_that_may_never_go_cannot_be_insisted_upon(console: ConsolePage) -> None:
    await write(console, "加我微信聊吧")
    await expect(console.at("#marks mark.never")).not_to_have_count(0)
    await expect(console.findings.get_by_role("button", name="仍然发送")).to_have_count(0)
    await console.field.press("Enter")
    await console.field.press("Control+Enter")
    await expect(console.field).to_have_value("加我微信聊吧")
    await expect(console.mine).to_have_count(0)


async def test_who_sends_before_the_check_gets_the_text_back_with_what_is_wrong(console: ConsolePage) -> None:
    await console.field.fill("加我微信聊吧")
    await console.field.press("Enter")
    await expect(console.findings).to_be_visible()
    await expect(console.field).to_have_value("加我微信聊吧")
    await expect(console.waiting).to_have_count(0)
    await expect(console.mine).to_have_count(0)


# the line


async def test_what_is_sent_while_the_desk_is_away_comes_once_and_nothing_is_missed(
    console: ConsolePage, desk: RunningDesk, token: str
) -> None:
    await console.say("第一条")
    await console.said("第一条")
    desk.stop()
    await expect(console.line_banner).to_be_visible()
    await console.say("断线时说的")
    await expect(console.waiting).to_have_count(1)
    desk.start()
    await expect(console.line_banner).to_be_hidden()
    await console.said("断线时说的")
    await expect(console.waiting).to_have_count(0)
    back = await Client().connect(desk.url, token=token)
    opened = await back.open()
    said = [message["text"] for message in opened["messages"] if message["direction"] == "agent"]
    assert said == ["第一条", "断线时说的"]
    await back.send("收到啦")
    await console.heard("收到啦")
    await back.sio.disconnect()


async def test_who_is_not_signed_in_is_led_to_sign_in_and_back(page: Page, desk: RunningDesk) -> None:
    await page.goto(f"{desk.url}/console")
    await expect(page).to_have_url(f"{desk.url}/signin?next=%2Fconsole")


async def test_whoever_is_signed_out_elsewhere_is_led_to_sign_in(console: ConsolePage) -> None:
    answer = await console.page.context.request.post(
        f"{console.home}/api/staff/sign-out", headers={"Origin": console.home}
    )
    assert answer.ok
    await write(console, "您好")
    await expect(console.page).to_have_url(f"{console.home}/signin?next=/console")
