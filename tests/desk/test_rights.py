"""Nobody gets into another's talk: tokens, buttons, pictures, orders."""

from datetime import timedelta

import jwt
import pytest
import socketio
from wire import SECRET, Client, RunningDesk, Worker, say

from desk.tokens import Tokens


def forged(desk: RunningDesk) -> dict[str, str]:
    """Ways to be somebody else, by name."""
    claims = {"sub": "B1", "nick": "晴天", "exp": int(desk.services.clock.now().timestamp()) + 600}
    good = desk.buyer_token()
    guest = desk.tokens.for_guest("B1")
    return {
        "another secret": Tokens("x" * 40, desk.services.clock).for_buyer("B1", "晴天", timedelta(hours=1)),
        "no signature": jwt.encode(claims, "", "none"),
        "no end": jwt.encode({"sub": "B1"}, SECRET, "HS256"),
        "no buyer": jwt.encode({"exp": claims["exp"]}, SECRET, "HS256"),
        "empty buyer": jwt.encode({**claims, "sub": ""}, SECRET, "HS256"),
        "end in words": jwt.encode({**claims, "exp": "never"}, SECRET, "HS256"),
        "cut off": good[:-4],
        "other claims": ".".join([good.split(".")[0], guest.split(".")[1], good.split(".")[2]]),
        "a guest's": guest,
        "not a token": "hello",
    }


@pytest.mark.req("PC-01")
async def test_forged_tokens_are_refused_with_a_code(desk: RunningDesk) -> None:
    for name, token in forged(desk).items():
        assert await refusal(desk, token) == "token_wrong", name


@pytest.mark.req("PC-01")
async def test_an_expired_token_is_refused_as_expired(desk: RunningDesk, clock) -> None:
    token = desk.buyer_token(minutes=10)
    clock.advance(minutes=10)
    assert await refusal(desk, token) == "token_expired"


async def refusal(desk: RunningDesk, token: str) -> str:
    client = Client()
    with pytest.raises(socketio.exceptions.ConnectionError):
        await client.connect(desk.url, token=token)
    [error] = await client.wait("connect_error")
    assert error["data"]["text"]
    return error["data"]["code"]


async def test_a_bad_token_in_open_leaves_the_socket_where_it_was(join, desk: RunningDesk) -> None:
    client = await join()
    answer = await client.ask("open", {"token": forged(desk)["another secret"]})
    assert answer["error"]["code"] == "token_wrong"
    assert (await client.send("还在"))["ok"]


async def test_a_forged_guest_token_gives_a_new_talk_and_not_another_guests(join) -> None:
    victim = await join()
    head, body, _ = victim.opened["guest"].split(".")
    thief = await join(guest=f"{head}.{body}.AAAA")
    assert thief.opened["conversation_id"] != victim.opened["conversation_id"]
    assert thief.opened["guest"] != victim.opened["guest"]


async def test_nothing_can_be_said_before_the_talk_is_open(join) -> None:
    client = await join(open=False)
    for event, form in (("send", {"client_msg_id": "1", "text": "hi"}), ("fetch", {"after": 0}), ("typing", {})):
        assert (await client.ask(event, form))["error"]["code"] == "conversation_unknown"


@pytest.mark.req("PC-01")
async def test_a_button_counts_only_in_its_own_conversation(join, worker: Worker) -> None:
    one, other = await join(), await join()
    worker.answer = lambda question: say("选", buttons=[{"title": "取消订单", "payload": '/affirm{"order_no":"1"}'}])
    [menu] = await one.say("你好")
    for place in ({"seq": menu["seq"], "index": 0}, {"seq": menu["seq"], "index": 1}, {"seq": 1, "index": 0}):
        assert (await other.send(button=place))["error"]["code"] == "field_wrong"
    assert (await one.send(button={"seq": menu["seq"], "index": 7}))["error"]["code"] == "field_wrong"


@pytest.mark.req("PC-01")
async def test_a_pressed_button_cannot_be_pressed_again_through_the_buyers_own_message(join, worker: Worker) -> None:
    client = await join()
    answer = await client.ask("person", {"client_msg_id": "p"})
    own = await client.send(button={"seq": answer["message"]["seq"], "index": 0})
    assert own["error"]["code"] == "field_wrong"


@pytest.mark.req("PC-01")
async def test_another_buyers_order_looks_like_one_that_does_not_exist(join, desk: RunningDesk, order_of) -> None:
    order = order_of("B2", nick="别人")
    for client in (await join(token=desk.buyer_token("B1")), await join()):
        theirs = await client.send(card={"kind": "order", "id": order.order_no})
        none = await client.send(card={"kind": "order", "id": "XS000000000000"})
        assert theirs == none
        assert theirs["error"]["code"] == "order_unknown"


async def test_an_order_in_the_address_of_the_window_must_be_ones_own(
    join, desk: RunningDesk, order_of, services
) -> None:
    mine, theirs = order_of("B1"), order_of("B2", nick="别人", order_no="XS261120000999")
    client = await join(token=desk.buyer_token("B1"), open=False)
    for order, seen in ((theirs, None), (mine, mine.order_no)):
        opened = await client.open(order=order.order_no)
        with services.unit_of_work() as uow:
            assert uow.conversations.find(opened["conversation_id"]).order_no == seen
