"""The same words before and after dispatch and receipt (requirement AS-06)."""

import pytest


@pytest.mark.req("AS-06")
@pytest.mark.parametrize(
    ("nick", "text", "key"),
    [
        ("刚付款的小北", "退吧", "confirm_request"),
        ("签收三天的小荷", "退吧", "ask_detail"),
        ("刚付款的小北", "换个码", "change_noted"),
        ("签收三天的小荷", "换个码", "ask_detail"),
        ("刚付款的小北", "不要了，取消订单", "confirm_request"),
        ("签收三天的小荷", "不要了，取消订单", "ask_detail"),
        ("等发货的急性子", "还没到吗", "not_sent"),
        ("只买一单的小鱼", "还没到吗", "parcel"),
        ("没收到货的七七", "还没到吗", "parcel"),
        ("只买一单的小鱼", "怎么还不发货", "parcel"),
        ("等发货的急性子", "快递怎么还没到", "not_sent"),
    ],
)
async def test_the_state_of_the_order_decides_what_is_meant(chat, nick: str, text: str, key: str) -> None:
    talk = chat(nick)
    await talk.say(text)
    assert key in talk.keys
    assert ("取消订单" in talk.text) is (key == "confirm_request")


async def test_a_bare_wish_asks_which_order_where_two_states_are_possible(chat) -> None:
    """One order is on its way to being sent, another is here: 退 may be about either."""
    talk = chat("爱囤货的阿梨")
    await talk.say("退吧")
    assert talk.keys == ["which_order"]
