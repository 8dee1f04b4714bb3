"""Events on their way over real HTTP: in order, once or with the same id, whatever the other side does."""

import asyncio
import threading
from typing import Any

import pytest
from pushed import make_desk, speak, states, texts
from receiving import Receiver, hang_up, say, wait_for

from desk.context import Desk
from desk.pushing import Pusher
from phrases import PhraseBook
from shop.model import DeliveryState, Webhook, WebhookState
from shop.wiring import Services, wire
from tests.shop.heard import find, outbox, put_webhook


async def test_what_is_recorded_and_sent_again_does_nothing_twice(
    services: Services, receiver: Receiver, webhook: Webhook, pusher: Pusher
) -> None:
    done: list[str] = []
    receiver.names["print"] = lambda kind, facts: done.append(facts["text"])
    speak(services, "在吗")
    await pusher.settle()
    [kept] = outbox(services, webhook)
    with services.unit_of_work() as uow:
        again = uow.deliveries.find(kept.id)
        assert again is not None
        again.state = DeliveryState.WAITING
        uow.commit()
    await pusher.settle()
    assert receiver.answers == [204, 204]
    assert done == ["在吗"]


@pytest.mark.parametrize("misbehave", [say(500), say(404), hang_up], ids=["500", "404", "hung up"])
async def test_what_did_not_arrive_is_tried_again_later_with_the_same_body(  # noqa: PLR0917
    services: Services, receiver: Receiver, webhook: Webhook, pusher: Pusher, clock: Any, misbehave: Any
) -> None:
    receiver.misbehave = misbehave
    speak(services, "在吗")
    await pusher.settle()
    await pusher.settle()
    clock.advance(seconds=9)
    await pusher.settle()
    assert len(receiver.heard) == 1
    receiver.misbehave = lambda handler: False
    clock.advance(seconds=1)
    await pusher.settle()
    first, second = receiver.heard
    assert first.body == second.body
    assert first.headers["X-Shop-Signature"] != second.headers["X-Shop-Signature"], "signed at the time of sending"
    assert states(services, webhook) == ["成功"]


async def test_who_does_not_answer_in_time_is_tried_again_and_holds_up_nobody(
    services: Services, receiver: Receiver, webhook: Webhook, pushing: Desk
) -> None:
    go, fast = threading.Event(), Receiver()
    receiver.misbehave = wait_for(go)
    other = put_webhook(services, fast.url, name="快的")
    pusher = Pusher(pushing, seconds=0.3)
    speak(services, "在吗")
    try:
        await pusher.look()
        await asyncio.wait_for(pusher._pushing[other.id], 10)
        assert len(fast.heard) == 1
        await pusher.settle()
        [kept] = outbox(services, webhook)
        assert (kept.state, kept.error) == (DeliveryState.WAITING, "对方没有及时回应")
    finally:
        go.set()
        fast.stop()
        await pusher.close()


async def test_one_talk_is_heard_in_order_and_another_does_not_wait_for_it(
    services: Services, receiver: Receiver, webhook: Webhook, pusher: Pusher, clock: Any
) -> None:
    def refuse_second(handler: Any) -> bool:
        return "二" in texts(receiver)[-1] and len(receiver.heard) < 6 and say(503)(handler)

    receiver.misbehave = refuse_second
    speak(services, "一", "二", "三")
    speak(services, "甲", "乙", buyer="g2")
    await pusher.settle()
    assert [text for text in texts(receiver) if text in "一二三"] == ["一", "二"]
    assert [text for text in texts(receiver) if text in "甲乙"] == ["甲", "乙"]
    receiver.misbehave = lambda handler: False
    clock.advance(seconds=10)
    await pusher.settle()
    assert [text for text in texts(receiver) if text in "一二三"] == ["一", "二", "二", "三"]


async def test_what_was_committed_before_a_crash_is_sent_by_the_next_desk(
    services: Services, receiver: Receiver, webhook: Webhook, book: PhraseBook
) -> None:
    speak(services, "崩溃前")
    services.close()
    reborn = wire(services.settings, services.clock)
    pusher = Pusher(make_desk(reborn, book))
    await pusher.settle()
    await pusher.close()
    assert texts(receiver) == ["崩溃前"]


async def test_a_crash_between_sending_and_noting_sends_the_same_id_twice_and_the_receiver_sees_it(  # noqa: PLR0917
    services: Services, receiver: Receiver, webhook: Webhook, pushing: Desk, pusher: Pusher, clock: Any
) -> None:
    done: list[str] = []
    receiver.names["print"] = lambda kind, facts: done.append(facts["text"])
    speak(services, "在吗")
    dying = Pusher(pushing)
    arrived, answer = threading.Event(), threading.Event()

    def hold(handler: Any) -> bool:
        arrived.set()
        answer.wait(30)
        return False

    receiver.misbehave = hold
    await dying.look()
    await asyncio.to_thread(arrived.wait, 10)
    await dying.close()
    answer.set()
    receiver.misbehave = lambda handler: False
    await pusher.settle()
    assert len(receiver.heard) == 1, "the lease still stands"
    clock.advance(seconds=60)
    await pusher.settle()
    assert len(set(receiver.ids)) == 1
    assert len(receiver.ids) == 2
    assert states(services, webhook) == ["成功"]
    assert done == ["在吗"]


async def test_410_switches_it_off(services: Services, receiver: Receiver, webhook: Webhook, pusher: Pusher) -> None:
    receiver.misbehave = say(410)
    speak(services, "在吗")
    await pusher.settle()
    assert find(services, webhook).state is WebhookState.GONE
    speak(services, "还在吗", buyer="g2")
    await pusher.settle()
    assert len(receiver.heard) == 1


async def test_two_desks_at_one_outbox_send_each_once(
    services: Services, receiver: Receiver, webhook: Webhook, book: PhraseBook
) -> None:
    others = [wire(services.settings, services.clock) for _ in range(2)]
    pushers = [Pusher(make_desk(each, book)) for each in others]
    for number in range(30):
        speak(services, f"第{number}句", buyer=f"g{number % 3}")
    while "等待" in states(services, webhook):
        await asyncio.gather(*(pusher.settle() for pusher in pushers))
    for pusher, other in zip(pushers, others, strict=True):
        await pusher.close()
        other.close()
    assert len(receiver.ids) == len(set(receiver.ids)) == 30
    assert receiver.most_at_once <= 4
    for number in range(3):
        said = [text for text in texts(receiver) if int(text[1:-1]) % 3 == number]
        assert said == sorted(said, key=lambda text: int(text[1:-1]))
