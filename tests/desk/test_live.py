"""The buyer's window over the wire: open, say, hear, miss nothing."""

import asyncio
import re

import pytest
from wire import RunningDesk, Worker, say

from shop.wiring import Services

SENDERS = 8


@pytest.mark.req("CW-01")
async def test_a_buyer_message_gets_the_bots_answer(join, desk: RunningDesk, worker: Worker) -> None:
    client = await join(token=desk.buyer_token())
    [answer] = await client.say("有货吗")
    assert (answer["text"], answer["direction"], answer["author"]) == ("答:有货吗", "bot", "小二")
    [question] = worker.asked
    assert (question["text"], question["payload"], question["photos"]) == ("有货吗", None, [])
    assert question["conversation_id"] == client.opened["conversation_id"]
    assert client.heard["typing"] == [{"who": "bot"}]


async def test_a_message_sent_again_is_stored_once_and_asked_once(join, worker: Worker) -> None:
    client = await join()
    first = await client.send("在吗", client_msg_id="m1")
    await client.answers_to(first["message"]["seq"])
    again = await client.send("在吗", client_msg_id="m1")
    assert again["message"]["seq"] == first["message"]["seq"]
    assert len(worker.asked) == 1
    kept = (await client.ask("fetch", {"after": 0}))["messages"]
    assert [m["text"] for m in kept if m["direction"] == "buyer"] == ["在吗"]


async def test_a_resend_while_the_bot_thinks_waits_for_the_same_answer(join, worker: Worker) -> None:
    client = await join()
    go = worker.hold()
    first = await client.send("在吗", client_msg_id="m1")
    await asyncio.gather(*(client.send("在吗", client_msg_id="m1") for _ in range(3)))
    assert "settled" not in client.heard
    go.set()
    assert [m["text"] for m in await client.answers_to(first["message"]["seq"])] == ["答:在吗"]
    assert len(worker.asked) == 1


@pytest.mark.req("CW-01")
async def test_numbers_have_no_gap_with_eight_senders_at_once(join, desk: RunningDesk) -> None:
    tabs = [await join(token=desk.buyer_token()) for _ in range(SENDERS)]
    sent = await asyncio.gather(*(tab.send(f"第{n}条") for n, tab in enumerate(tabs)))
    seqs = [answer["message"]["seq"] for answer in sent]
    assert len(set(seqs)) == SENDERS
    for seq in seqs:
        await tabs[0].answers_to(seq)
    everything = (await tabs[0].ask("fetch", {"after": 0}))["messages"]
    assert [m["seq"] for m in everything] == list(range(1, 1 + 1 + 2 * SENDERS))
    for tab in tabs:
        await tab.wait("message", lambda m: m["seq"] == len(everything))
        heard = [m["seq"] for m in tab.messages]
        assert heard == sorted(set(heard))


async def test_turns_of_one_conversation_are_asked_one_after_the_other(join, worker: Worker) -> None:
    client = await join()
    go = worker.hold()
    sent = [await client.send(f"{n}") for n in range(4)]
    go.set()
    await client.answers_to(sent[-1]["message"]["seq"])
    assert [q["text"] for q in worker.asked] == ["0", "1", "2", "3"]
    assert worker.most_at_once == 1


async def test_different_conversations_do_not_wait_for_each_other(join, worker: Worker) -> None:
    slow, quick = await join(), await join()
    go = worker.hold(lambda question: question["text"] == "慢")
    await slow.send("慢")
    assert [m["text"] for m in await quick.say("快")] == ["答:快"]
    go.set()


@pytest.mark.req("CW-01")
async def test_who_comes_back_gets_all_that_was_missed_in_order(join, desk: RunningDesk) -> None:
    here, away = await join(token=desk.buyer_token()), await join(token=desk.buyer_token())
    await here.say("一")
    last = away.opened["last_seq"]
    await away.sio.disconnect()
    for text in ("二", "三"):
        await here.say(text)
    back = await join(token=desk.buyer_token(), since=last)
    assert [m["text"] for m in back.opened["messages"]] == ["一", "答:一", "二", "答:二", "三", "答:三"]
    assert [m["seq"] for m in back.opened["messages"]] == list(range(last + 1, back.opened["last_seq"] + 1))
    assert back.opened["more"] is False


@pytest.mark.req("CW-02")
async def test_two_windows_at_once_get_one_welcome(join, desk: RunningDesk) -> None:
    tabs = [await join(token=desk.buyer_token(), open=False) for _ in range(4)]
    opened = await asyncio.gather(*(tab.open(since=0) for tab in tabs))
    assert len({answer["conversation_id"] for answer in opened}) == 1
    for answer in opened:
        [welcome] = answer["messages"]
        assert (welcome["key"], welcome["direction"], welcome["seq"]) == ("welcome", "bot", 1)
        assert "云栖小铺" in welcome["text"]
        assert "小二" in welcome["text"]


@pytest.mark.req("CW-02")
async def test_the_welcome_comes_again_only_after_a_rest(join, clock, desk: RunningDesk) -> None:
    token = desk.buyer_token(days=2)
    await join(token=token)
    clock.advance(hours=3, minutes=59)
    assert (await join(token=token)).opened["last_seq"] == 1
    clock.advance(minutes=2)
    assert (await join(token=token)).opened["last_seq"] == 2


@pytest.mark.req("CW-15")
async def test_who_bought_before_is_welcomed_back_by_name(join, desk: RunningDesk, order_of) -> None:
    order_of("B1", nick="晴天")
    [welcome] = (await join(token=desk.buyer_token("B1", "晴天"))).opened["messages"]
    assert welcome["key"] == "welcome"
    assert "晴天，" in welcome["text"]
    assert re.search("又见面了|再来", welcome["text"])


async def test_a_guest_comes_back_to_the_same_talk(join) -> None:
    first = await join()
    await first.say("我是访客")
    again = await join(guest=first.opened["guest"])
    assert again.opened["conversation_id"] == first.opened["conversation_id"]
    assert (await join()).opened["conversation_id"] != first.opened["conversation_id"]


async def test_history_is_read_backwards_page_by_page(join, services: Services, clock) -> None:
    client = await join()
    for n in range(30):
        clock.advance(seconds=5)
        await client.say(f"{n}")
    again = await join(guest=client.opened["guest"])
    assert len(again.opened["messages"]) == 50
    assert again.opened["more"] is True
    older = await again.ask("fetch", {"before": again.opened["messages"][0]["seq"], "limit": 50})
    assert [m["seq"] for m in older["messages"]] == list(range(1, 12))
    assert older["more"] is False


async def test_a_pressed_button_sends_what_the_shop_stored_behind_it(join, worker: Worker) -> None:
    client = await join()
    worker.answer = lambda question: say("选一个", buttons=[{"title": "查快递", "payload": "/track_order"}])
    [menu] = await client.say("你好")
    assert menu["buttons"] == [{"title": "查快递"}]
    answer = await client.send(button={"seq": menu["seq"], "index": 0})
    assert answer["message"]["text"] == "查快递"
    assert answer["message"]["buttons"] == []
    await client.answers_to(answer["message"]["seq"])
    assert (worker.asked[-1]["text"], worker.asked[-1]["payload"]) == ("查快递", "/track_order")


async def test_an_own_order_is_sent_as_a_card(join, desk: RunningDesk, worker: Worker, order_of) -> None:
    order = order_of("B1")
    client = await join(token=desk.buyer_token("B1"))
    answer = await client.send(card={"kind": "order", "id": order.order_no})
    [card] = answer["message"]["cards"]
    assert card["order_no"] == order.order_no
    await client.answers_to(answer["message"]["seq"])
    assert worker.asked[-1]["payload"] == f'/inform{{"order_no": "{order.order_no}"}}'
    assert "13800138000" not in str(client.heard)


async def test_typing_is_shown_to_the_others(join, desk: RunningDesk) -> None:
    one, other = await join(token=desk.buyer_token()), await join(token=desk.buyer_token())
    assert (await one.ask("typing", {}))["ok"]
    assert await other.wait("typing") == [{"who": "buyer"}]
    assert "typing" not in one.heard


async def test_calling_a_person_goes_to_the_bot_as_a_button(join, worker: Worker) -> None:
    client = await join()
    worker.answer = lambda question: say("正在转接", handover="ask_human")
    answer = await client.ask("person", {"client_msg_id": "p1"})
    await client.answers_to(answer["message"]["seq"])
    assert worker.asked[-1]["payload"] == "/ask_human"
    [holder] = await client.wait("holder")
    assert holder == {"holder": "queue", "epoch": 1, "position": 1, "agent": None}


async def test_two_clients_of_different_talks_hear_nothing_of_each_other(join) -> None:
    one, other = await join(), await join()
    await one.say("悄悄话")
    await other.say("你好")
    assert "悄悄话" not in str(other.heard)
