"""What becomes of a turn when the worker is slow, broken or gone, when people take over, when the desk is killed."""

import asyncio
import threading

import pytest
from wire import RunningDesk, Worker, say

from shop.model import Holder, TurnState
from shop.wiring import Services

FAILED = "handover_failed"


@pytest.fixture
def quick_limit(services: Services, clock) -> None:
    with services.unit_of_work() as uow:
        uow.policies.set("turn_seconds", 1, by="test", at=clock.now())
        uow.commit()


def states(services: Services, conversation_id: str) -> list[TurnState]:
    with services.unit_of_work() as uow:
        turn_ids = [m.turn_id for m in uow.messages.after(conversation_id, 0) if m.direction.value == "buyer"]
        return [turn.state for turn in map(uow.turns.find, filter(None, turn_ids)) if turn]


async def test_an_answer_that_comes_after_the_hand_over_is_dropped(join, worker: Worker, services: Services) -> None:
    client = await join()
    go = worker.hold()
    sent = await client.send("在吗")
    with services.unit_of_work() as uow:
        conversation = uow.conversations.lock(client.opened["conversation_id"])
        conversation.holder, conversation.epoch = Holder.AGENT, conversation.epoch + 1
        uow.commit()
    go.set()
    assert await client.answers_to(sent["message"]["seq"]) == []
    assert states(services, client.opened["conversation_id"]) == [TurnState.DROPPED]


@pytest.mark.req("CW-03")
async def test_a_handover_puts_the_talk_into_the_queue_and_the_bot_falls_silent(join, worker: Worker, clock) -> None:
    client = await join()
    worker.answer = lambda question: say("正在为您转接", handover="ask_human")
    answer, waits = await client.say("转人工")
    assert answer["text"] == "正在为您转接"
    assert (waits["direction"], waits["kind"], waits["key"]) == ("system", "notice", "handover_queue")
    [holder] = await client.wait("holder")
    assert (holder["holder"], holder["position"]) == ("queue", 1)
    assert await client.say("人呢") == [], "a notice is not repeated at every word"
    clock.advance(minutes=3)
    assert [notice["key"] for notice in await client.say("还在吗")] == ["handover_queue"]
    assert len(worker.asked) == 1


async def test_a_waiting_buyer_may_go_on_with_the_bot(join, worker: Worker) -> None:
    client = await join()
    worker.answer = lambda question: say("正在为您转接", handover="ask_human")
    [_, notice] = await client.say("转人工")
    await client.wait("holder")
    worker.answer = lambda question: say("在的,您请说")
    pressed = await client.send(button={"seq": notice["seq"], "index": 0})
    [answer] = await client.answers_to(pressed["message"]["seq"])
    assert (answer["direction"], answer["text"]) == ("bot", "在的,您请说")
    await client.wait("holder", lambda now: now["holder"] == "bot")


@pytest.mark.req("CW-05")
async def test_at_night_the_waiting_buyer_is_told_when_people_are_back(join, worker: Worker, clock) -> None:
    client = await join()
    worker.answer = lambda question: say("好的", handover="ask_human")
    await client.say("转人工")
    clock.advance(hours=8)
    [notice] = await client.say("明天能回我吗")
    assert "11月21日 09:00" in notice["text"]


async def test_a_turn_that_fails_once_is_asked_again_with_the_same_id(join, worker: Worker) -> None:
    client = await join()
    worker.fail(1)
    [answer] = await client.say("在吗")
    assert answer["text"] == "答:在吗"
    first, second = worker.asked
    assert first["turn_id"] == second["turn_id"]


@pytest.mark.req("CW-03")
async def test_after_the_second_failure_the_talk_is_queued_and_the_buyer_told(
    join, worker: Worker, services: Services
) -> None:
    client = await join()
    worker.fail(2)
    notices = await client.say("在吗")
    assert [n["key"] for n in notices] == [FAILED, "handover_queue"]
    assert {n["direction"] for n in notices} == {"system"}
    assert len(worker.asked) == 2
    assert (await client.wait("holder"))[0]["holder"] == "queue"
    assert states(services, client.opened["conversation_id"]) == [TurnState.FAILED]


@pytest.mark.usefixtures("quick_limit")
async def test_a_worker_that_takes_too_long_counts_as_failed(join, worker: Worker) -> None:
    client = await join()
    go = worker.hold()
    notices = await client.say("在吗")
    go.set()
    assert notices[0]["key"] == FAILED
    assert len(worker.asked) == 2


@pytest.mark.parametrize("body", [{}, {"messages": "oops"}, say()], ids=["empty", "wrong", "silent"])
async def test_an_answer_that_says_nothing_counts_as_failed(join, worker: Worker, body: dict) -> None:
    client = await join()
    worker.answer = lambda question: body
    assert (await client.say("在吗"))[0]["key"] == FAILED


async def test_a_turn_waits_for_a_worker_that_is_being_restarted(join, worker: Worker) -> None:
    client = await join()
    worker.stop()
    sent = await client.send("在吗")
    await client.wait("typing")
    await asyncio.sleep(0.3)  # long enough to have been refused
    worker.start()
    assert [m["text"] for m in await client.answers_to(sent["message"]["seq"])] == ["答:在吗"]


@pytest.mark.usefixtures("quick_limit")
async def test_a_worker_that_stays_away_means_the_queue(join, worker: Worker) -> None:
    client = await join()
    worker.stop()
    assert (await client.say("在吗"))[0]["key"] == FAILED


async def test_a_desk_that_is_restarted_answers_what_was_left(join, desk: RunningDesk, worker: Worker) -> None:
    client = await join()
    go = worker.hold()
    await client.send("第一句")
    await client.send("第二句")
    await asyncio.to_thread(wait_for_question, worker)
    await client.sio.disconnect()
    await asyncio.to_thread(desk.stop)
    go.set()
    await asyncio.to_thread(desk.start)
    back = await join(guest=client.opened["guest"], since=1)
    missed = 4 - len(back.opened["messages"])
    heard = await back.wait("message", count=missed) if missed else []
    texts = [m["text"] for m in [*back.opened["messages"], *heard]]
    assert texts == ["第一句", "第二句", "答:第一句", "答:第二句"]


def wait_for_question(worker: Worker) -> None:
    until = threading.Event()
    for _ in range(500):
        if worker.asked:
            return
        until.wait(0.01)
    raise AssertionError("the worker was not asked")
