"""A thought that a buyer splits over several messages is read as one."""

from typing import Any

import pytest
from wire import Worker, say

from shop.model import TurnState
from shop.wiring import Services

PIECES = ("我上周买的", "那双鞋")


def wait_for_the_rest(question: dict[str, Any]) -> dict[str, Any]:
    """As the bot: a piece alone means little while more may follow."""
    if question["patient"] and question["text"] in PIECES:
        return {**say(), "unfinished": True}
    if question["text"] == "坏了":
        raise RuntimeError("told to fail")
    return say("答:" + " ".join([*question["earlier"], question["text"]]))


@pytest.fixture
def patience(services: Services, clock: Any) -> Any:
    def put(seconds: int) -> None:
        with services.unit_of_work() as uow:
            uow.policies.set("thought_seconds", seconds, by="test", at=clock.now())
            uow.commit()

    return put


async def test_pieces_of_a_thought_get_one_answer(join: Any, worker: Worker, services: Services, patience: Any) -> None:
    patience(15)
    worker.answer = wait_for_the_rest
    client = await join()
    first = await client.send("我上周买的")
    second = await client.send("那双鞋")
    [answer] = await client.say("能换大一码吗")
    assert answer["text"] == "答:我上周买的 那双鞋 能换大一码吗"
    assert await client.answers_to(first["message"]["seq"]) == await client.answers_to(second["message"]["seq"])
    with services.unit_of_work() as uow:
        said = uow.messages.after(client.opened["conversation_id"], 0)
        turns = [uow.turns.find(m.turn_id) for m in said if m.direction.value == "buyer" and m.turn_id]
    assert [turn.state for turn in turns if turn] == [TurnState.DONE] * 3
    assert [m.seq for m in said] == list(range(1, len(said) + 1))


async def test_a_piece_that_nothing_follows_is_answered_alone(join: Any, worker: Worker, patience: Any) -> None:
    patience(1)
    worker.answer = wait_for_the_rest
    client = await join()
    [answer] = await client.say("那双鞋")
    assert answer["text"] == "答:那双鞋"
    assert [asked["patient"] for asked in worker.asked] == [True, False]


async def test_a_pressed_button_is_no_part_of_a_thought(join: Any, worker: Worker, patience: Any) -> None:
    client = await join()
    worker.answer = lambda question: say("要问什么", buttons=[{"title": "运费", "payload": "/ask_shipping_fee"}])
    [offer] = await client.say("在吗")
    patience(15)
    worker.answer = wait_for_the_rest
    await client.send("那双鞋")
    pressed = await client.send(button={"seq": offer["seq"], "index": 0})
    assert [m["text"] for m in await client.answers_to(pressed["message"]["seq"])] == ["答:那双鞋", "答:运费"]
    assert [asked["earlier"] for asked in worker.asked[-2:]] == [[], []]


async def test_pieces_of_a_failed_turn_end_with_it(
    join: Any, worker: Worker, services: Services, patience: Any
) -> None:
    patience(15)
    worker.answer = wait_for_the_rest
    client = await join()
    await client.send("我上周买的")
    sent = await client.send("坏了")
    await client.answers_to(sent["message"]["seq"])
    with services.unit_of_work() as uow:
        said = uow.messages.after(client.opened["conversation_id"], 0)
        turns = [uow.turns.find(m.turn_id) for m in said if m.direction.value == "buyer" and m.turn_id]
    assert [turn.state for turn in turns if turn] == [TurnState.FAILED] * 2
