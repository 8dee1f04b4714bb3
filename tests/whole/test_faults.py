"""A worker that dies, four messages at once: nothing is lost, doubled or out of order."""

import asyncio
import os
import signal

import pytest
from buyers import SocketBuyer
from running import RunningShop

from shop.model import Direction, Message


def log_of(shop: RunningShop, conversation_id: str) -> list[Message]:
    with shop.services.unit_of_work() as uow:
        return list(uow.messages.after(conversation_id, 0))


async def test_four_messages_sent_at_once_are_answered_in_order(shop: RunningShop) -> None:
    async with SocketBuyer(shop, None, "TSHIRT-01") as buyer:
        texts = ["有货吗", "多少钱", "什么材质的", "发什么快递"]
        seqs = await asyncio.gather(*(buyer.send(text) for text in texts))
        for seq in seqs:
            await buyer.answers_to(seq)
    log = log_of(shop, buyer.conversation_id)
    assert [m.seq for m in log] == list(range(1, len(log) + 1))
    asked = {m.seq: m.text for m in log if m.direction is Direction.BUYER}
    order_asked = [asked[seq] for seq in sorted(asked)]
    keys = [m.phrase_key for m in log if m.direction is Direction.BOT]
    first = {"有货吗": "stock", "多少钱": "price", "什么材质的": "product_fact", "发什么快递": "courier"}
    places = [keys.index(first[text]) for text in order_asked]
    assert places == sorted(places)


@pytest.mark.req("CW-03")
async def test_a_message_whose_worker_is_killed_in_the_middle_is_answered_once_after_its_restart(
    shop: RunningShop,
) -> None:
    """The limit for an answer is raised for the test: this machine may take long to start a worker."""
    with shop.services.unit_of_work() as uow:
        uow.policies.set("turn_seconds", 60, "test", shop.services.clock.now())
        uow.commit()
    async with SocketBuyer(shop, "只买一单的小鱼") as buyer:
        assert shop.worker.process is not None
        os.kill(shop.worker.process.pid, signal.SIGSTOP)
        seq = await buyer.send("我的快递到哪了")
        shop.worker.kill()
        shop.worker.start()
        answers = await buyer.answers_to(seq)
    log = log_of(shop, buyer.conversation_id)
    assert [m.seq for m in log] == list(range(1, len(log) + 1))
    assert [m.text for m in log if m.direction is Direction.BUYER] == ["我的快递到哪了"]
    assert [a["key"] for a in answers] in (["parcel"], ["handover_failed", "handover_queue"])
    await asyncio.to_thread(shop.worker.wait_ready)


@pytest.mark.req("CW-03", "PC-03")
async def test_with_no_worker_the_buyer_hears_the_truth_and_waits_in_the_queue(shop: RunningShop) -> None:
    with shop.services.unit_of_work() as uow:
        uow.policies.set("turn_seconds", 2, "test", shop.services.clock.now())
        uow.commit()
    shop.worker.kill()
    async with SocketBuyer(shop, None) as buyer:
        answers = await buyer.say("你好呀")
    shop.worker.start()
    await asyncio.to_thread(shop.worker.wait_ready)
    assert [a["key"] for a in answers] == ["handover_failed", "handover_queue"]
    with shop.services.unit_of_work() as uow:
        conversation = uow.conversations.find(buyer.conversation_id)
        uow.policies.set("turn_seconds", 60, "test", shop.services.clock.now())
        uow.commit()
    assert conversation is not None and conversation.holder.value == "queue"
