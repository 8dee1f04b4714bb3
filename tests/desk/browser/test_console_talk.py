"""The console's lists and the conversation in view: waiting times, history, what colleagues see of each other."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from console_page import ConsolePage
from PIL import Image
from playwright.async_api import expect
from wire import Client, RunningDesk, Worker, say

from shop.conversations import Line, append_line
from shop.model import Direction, Role, Task, TaskKind
from shop.wiring import Services

NICK = "只买一单的小鱼"

Sit = Callable[..., Awaitable[ConsolePage]]


async def ask_for_person(buyer: Client, worker: Worker) -> None:
    worker.answer = lambda question: say("这就为您转接", handover="买家要求人工")
    await buyer.say("转人工")


# lists


@pytest.mark.req("CW-07")
async def test_the_waiting_time_runs_warns_and_turns_red(
    sit: Sit, buyer: Client, worker: Worker, services: Services
) -> None:
    console = await sit()
    now = services.clock.now()
    await console.page.clock.install(time=now)
    await console.page.reload()
    await console.ready()
    await ask_for_person(buyer, worker)
    wait = console.row(NICK).locator(".row-when")
    await expect(wait).to_contain_text("已等 0:0")
    await console.page.clock.run_for(125_000)
    await expect(wait).to_contain_text("快超时")
    await expect(wait).to_have_class("row-when waits near")
    await console.page.clock.run_for(60_000)
    await expect(wait).to_contain_text("已超时 0:")
    await expect(wait).to_have_class("row-when waits over")
    await console.show(NICK)
    await console.say("来啦，您请说")
    await console.said("来啦，您请说")
    await expect(wait).not_to_contain_text("已超时")


@pytest.mark.req("CW-25", "HE-16")
async def test_the_start_page_counts_what_waits(sit: Sit, buyer: Client, services: Services) -> None:
    now = services.clock.now()
    with services.unit_of_work() as uow:
        talk = buyer.opened["conversation_id"]
        uow.tasks.add(Task("RW1", TaskKind.CALL_BACK, "买家留言：什么时候补货", now, now + timedelta(hours=1), talk))
        uow.commit()
    console = await sit()
    tile = console.at("#home-tiles .tile").filter(has_text="待办")
    await expect(tile).to_contain_text("1")
    await tile.click()
    await expect(console.at("#tasks .task")).to_contain_text("什么时候补货")
    await console.at("#tasks").get_by_role("button", name="打开会话").click()
    await expect(console.at("#talk-nick")).to_have_text(NICK)
    await console.at("#tasks").get_by_role("button", name="办完了").click()
    await expect(console.at("#tasks .task")).to_have_count(0)


@pytest.mark.req("TR-09")
async def test_one_search_box_finds_the_buyer_by_order_and_by_phone(
    sit: Sit, buyer: Client, services: Services
) -> None:
    await buyer.say("你好")
    with services.unit_of_work() as uow:
        known = uow.buyers.find_by_nick(NICK)
        assert known is not None
        known.phone = "13800138000"
        uow.commit()
    console = await sit()
    for words in ("XS261120000123", "13800138000", NICK):
        await console.page.keyboard.press("Control+K")
        await console.search(words)
        await expect(console.row(NICK)).to_be_visible()
        await console.at("#search").press("Escape")
        await expect(console.rows).to_have_count(0)
    await console.search("没有这个人")
    await expect(console.at("#rows-empty")).to_contain_text("没有找到")


async def test_rows_stand_urgent_first_then_by_waiting_then_by_news(console: ConsolePage) -> None:
    order = await console.page.evaluate(
        """async () => {
          const { Rows } = await import("/static/console/rows.js");
          const row = (id, more) => ({ id, epoch: 1, last_seq: 1, unread: 0, urgent: false, holder: "agent",
            agent: { id: "me" }, waiting_since: null, queued_at: null, last: { at: "2026-11-20T06:00:00Z" }, ...more });
          const rows = new Rows();
          rows.me = "me";
          [row("old"), row("new", { last: { at: "2026-11-20T06:30:00Z" } }),
            row("waits", { waiting_since: "2026-11-20T06:20:00Z" }),
            row("longer", { waiting_since: "2026-11-20T06:10:00Z" }),
            row("urgent", { urgent: true }), row("others", { agent: { id: "you" } })].forEach((each) => rows.put(each));
          const late = rows.put(row("waits", { epoch: 0 }));
          return [rows.list("mine").map((each) => each.id), late];
        }"""
    )
    assert order == [["urgent", "longer", "waits", "new", "old"], False]


async def test_the_one_who_waited_longest_is_taken_with_one_key(sit: Sit, buyer: Client, worker: Worker) -> None:
    console = await sit(online=False)
    colleague = await sit("902", "小棠")
    await colleague.choose_state("挂起")
    await colleague.dialog.get_by_role("textbox").fill("盘点")
    await colleague.dialog.get_by_role("button", name="确定").click()
    await expect(colleague.seat_state).to_have_text("挂起")
    await ask_for_person(buyer, worker)
    await expect(console.count_of("queue")).to_have_text("1")
    await console.page.keyboard.press("Alt+N")
    await expect(console.holder).to_have_text("我接待中")
    await expect(console.field).to_be_focused()
    await expect(console.hand_card).to_contain_text("买家要求人工")


# the conversation


async def test_history_comes_by_scrolling_up_and_the_place_stays(
    sit: Sit, buyer: Client, services: Services, desk: RunningDesk
) -> None:
    with services.unit_of_work() as uow:
        conversation = uow.conversations.lock(buyer.opened["conversation_id"])
        for number in range(120):
            append_line(uow, conversation, Direction.BUYER, Line(f"第{number}句"), services.clock.now())
        uow.commit()
    console = await sit()
    await console.choose_list("bot")
    await console.show(NICK)
    await console.heard("第119句")
    first = console.messages.first
    before = await first.get_attribute("data-seq")
    await console.at("#scroller").evaluate("place => place.scrollTop = 0")
    await expect(console.at(f'#talk [data-seq="{before}"]')).to_be_in_viewport()
    await expect(console.messages.first).not_to_have_attribute("data-seq", str(before))
    seqs = await console.messages.evaluate_all("rows => rows.map(row => Number(row.dataset.seq))")
    assert seqs == sorted(set(seqs))


async def test_a_leader_whispers_and_takes_over_and_the_agent_sees_both(
    console: ConsolePage, sit: Sit, buyer: Client
) -> None:
    leader = await sit("950", "南星", Role.LEADER)
    await leader.choose_list("all")
    await leader.show(NICK)
    await expect(leader.holder_banner).to_contain_text("小安 接待中")
    await leader.at("#mode-whisper").click()
    await leader.say("先道个歉")
    await expect(console.notes).to_contain_text("先道个歉")
    await expect(console.notes).to_contain_text("悄悄话")
    await leader.page.keyboard.press("Alt+T")
    await leader.dialog.get_by_role("button", name="接过来").click()
    await expect(leader.holder).to_have_text("我接待中")
    await expect(console.holder).to_have_text("南星 接待中")
    await expect(console.field).to_have_js_property("readOnly", True)
    assert not [message for message in buyer.messages if "道个歉" in message["text"]]


async def test_agents_without_that_right_have_no_whisper_and_take_from_nobody(console: ConsolePage, sit: Sit) -> None:
    colleague = await sit("902", "小棠")
    await colleague.choose_list("all")
    await colleague.show(NICK)
    await expect(colleague.at("#mode-whisper")).to_be_hidden()
    await expect(colleague.at("#do-take")).to_be_hidden()
    await colleague.page.keyboard.press("Alt+T")
    await expect(colleague.hint).to_contain_text("小安 已经接待")
    await expect(colleague.holder).to_have_text("小安 接待中")


async def test_a_picture_is_shown_before_it_is_sent_and_comes_to_the_buyer(
    console: ConsolePage, buyer: Client, tmp_path: Path
) -> None:
    file = tmp_path / "货架.jpg"
    Image.new("RGB", (320, 240), (200, 120, 80)).save(file)
    await console.at("#picture-file").set_input_files(file)
    await expect(console.mine).to_have_count(0)
    await console.at("#tray").get_by_role("button", name="发送图片").click()
    await expect(console.mine.locator(".picture img")).to_be_visible()
    [message] = await buyer.wait("message", lambda each: each["kind"] == "picture")
    assert message["direction"] == "agent" and message["picture"]


async def test_a_message_is_taken_back(console: ConsolePage, buyer: Client, services: Services) -> None:
    await console.page.clock.set_fixed_time(services.clock.now())
    await console.say("发错人了")
    await console.said("发错人了")
    await console.mine.hover()
    await console.mine.get_by_role("button", name="撤回").click()
    await expect(console.at("#talk .bubble.gone")).to_contain_text("您撤回了一条消息")
    assert await buyer.wait("message", lambda each: each["kind"] == "recall")


async def test_what_the_buyer_has_read_is_marked(console: ConsolePage, buyer: Client) -> None:
    await console.say("麻烦您看一下")
    await expect(console.mine.locator(".read-mark")).to_have_text("未读")
    [message] = await buyer.wait("message", lambda each: each["text"] == "麻烦您看一下")
    await buyer.ask("read", {"seq": message["seq"]})
    await expect(console.mine.locator(".read-mark")).to_have_text("已读")


async def test_a_talk_is_closed_with_its_cause_and_leaves_the_list(console: ConsolePage, services: Services) -> None:
    await console.page.keyboard.press("Alt+W")
    await console.dialog.get_by_role("button", name="结束服务").click()
    await expect(console.dialog.get_by_role("alert")).to_contain_text("请选择原因")
    await console.dialog.get_by_label("原因").select_option("物流进度")
    await console.dialog.get_by_role("button", name="结束服务").click()
    await expect(console.dialog).to_have_count(0)
    await expect(console.rows).to_have_count(0)
    with services.unit_of_work() as uow:
        [service] = uow.services.of_conversation(await talk_id(console))
    assert service.cause == "物流进度"


async def talk_id(console: ConsolePage) -> str:
    await console.choose_list("bot")
    found: Any = await console.row(NICK).get_attribute("data-talk")
    return str(found)


@pytest.mark.req("TR-09")
async def test_the_order_stands_beside_the_talk_and_its_number_goes_into_the_field(console: ConsolePage) -> None:
    await console.choose_panel("orders")
    card = console.panel("orders").locator('[data-order="XS261120000123"]')
    await expect(card).to_contain_text("云朵棉短袖T恤")
    await card.get_by_role("button", name="插入单号").click()
    await expect(console.field).to_have_value("XS261120000123")
    await expect(console.field).to_be_focused()


async def test_nothing_that_a_buyer_writes_becomes_markup(console: ConsolePage, buyer: Client) -> None:
    text = "<img src=x onerror=document.title='hurt'>"
    await buyer.send(text)
    await console.heard(text)
    assert await console.at("#talk .bubble, #rows .row-last").locator("img").count() == 0
    assert "hurt" not in await console.page.title()


async def test_a_reload_shows_the_same_conversation(console: ConsolePage) -> None:
    await console.page.reload()
    await console.ready()
    await expect(console.at("#talk-nick")).to_have_text(NICK)
    await console.say("我还在")
    await console.said("我还在")


async def test_what_did_not_go_out_is_marked_in_the_list_and_can_be_taken_back_into_the_field(
    console: ConsolePage, desk: RunningDesk, sit: Sit
) -> None:
    leader = await sit("950", "南星", Role.LEADER)
    await leader.choose_list("all")
    await leader.show(NICK)
    await console.page.context.set_offline(True)
    await console.page.evaluate("() => window.dispatchEvent(new Event('offline'))")
    await expect(console.line_banner).to_be_visible()
    await console.say("断线时写的")
    await leader.page.keyboard.press("Alt+T")
    await leader.dialog.get_by_role("button", name="接过来").click()
    await expect(leader.holder).to_have_text("我接待中")
    await console.page.context.set_offline(False)
    await expect(console.line_banner).to_be_hidden()
    await expect(console.waiting.get_by_role("alert")).to_be_visible()
    await console.choose_list("all")
    await expect(console.row(NICK).locator(".row-draft")).to_contain_text("未发出")
    await console.waiting.get_by_role("button", name="不发了").click()
    await expect(console.waiting).to_have_count(0)
    await expect(console.row(NICK).locator(".row-draft")).to_have_count(0)
