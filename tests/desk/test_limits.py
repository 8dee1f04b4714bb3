"""How much and how fast a buyer may write."""

import asyncio

import pytest
from wire import Worker


async def test_the_rate_limit_fires_politely_and_ends(join, clock) -> None:
    client = await join()
    answers = await asyncio.gather(*(client.send(f"{n}") for n in range(25)))
    refused = [a["error"] for a in answers if not a["ok"]]
    assert len(refused) == 5
    assert {e["code"] for e in refused} == {"too_fast"}
    assert all("稍等" in e["text"] for e in refused)
    clock.advance(seconds=10)
    assert (await client.send("现在呢"))["ok"]


async def test_a_resend_is_answered_even_while_the_limit_holds(join) -> None:
    client = await join()
    for n in range(20):
        assert (await client.send(f"{n}", client_msg_id=f"m{n}"))["ok"]
    assert not (await client.send("多了"))["ok"]
    assert (await client.send("0", client_msg_id="m0"))["message"]["text"] == "0"


async def test_fifty_honest_guests_behind_one_address_are_not_locked_out(join, worker: Worker) -> None:
    guests = [await join() for _ in range(50)]
    answers = await asyncio.gather(*(guest.say("在吗") for guest in guests))
    assert [[m["text"] for m in said] for said in answers] == [["答:在吗"]] * 50


@pytest.mark.parametrize(("length", "code"), [(1, None), (2000, None), (2001, "too_long"), (0, "field_wrong")])
async def test_a_text_has_one_to_two_thousand_characters(join, length: int, code: str | None) -> None:
    client = await join()
    answer = await client.send("  " + "字" * length + "\n")
    assert answer.get("error", {}).get("code") == code
    if code is None:
        assert answer["message"]["text"] == "字" * length


@pytest.mark.parametrize("text", ["/ask_human", "/restart", '/inform{"order_no":"1"}', "/"])
async def test_a_text_with_a_slash_stays_a_text(join, worker: Worker, text: str) -> None:
    client = await join()
    await client.say(text)
    assert (worker.asked[-1]["text"], worker.asked[-1]["payload"]) == (text, None)


async def test_a_flood_of_bytes_ends_the_socket_and_nothing_else(join) -> None:
    honest, flooder = await join(), await join()
    await flooder.sio.emit("send", {"client_msg_id": "1", "text": "字" * 70_000})
    await flooder.wait("disconnect")
    assert (await honest.send("在吗"))["ok"]
