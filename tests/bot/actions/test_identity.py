"""Whose order it is: own, another's, a guest's; four digits that several orders share."""

import pytest

from shop.model import Holder


def order_of(talk, nick: str):
    with talk.shop.unit_of_work() as uow:
        return uow.orders.of_buyer(uow.buyers.find_by_nick(nick).id)[0]


@pytest.mark.req("PC-01")
@pytest.mark.parametrize("text", ["{}", "查一下{}", "{}我要退货", "取消订单{}"])
async def test_another_buyers_order_is_told_of_to_nobody(chat, text: str) -> None:
    talk = chat("只买一单的小鱼")
    foreign = order_of(talk, "还没付款的橙子")
    await talk.say(text.format(foreign.order_no))
    assert "order_unknown" in talk.keys
    for secret in (foreign.goods, foreign.receiver.name, foreign.receiver.phone):
        assert secret not in talk.text
    assert order_of(talk, "还没付款的橙子").status is foreign.status


@pytest.mark.req("TR-01", "PC-01")
async def test_a_guest_sees_an_order_after_number_and_phone(chat) -> None:
    talk = chat()
    order = order_of(talk, "只买一单的小鱼")
    await talk.say("我的快递到哪了")
    assert talk.keys == ["guest_check"]
    await talk.say(order.order_no)
    assert talk.keys == ["guest_check"]
    assert order.goods not in talk.text
    await talk.say(order.receiver.phone[-4:])
    assert talk.keys == ["parcel"]


@pytest.mark.req("PC-01")
async def test_five_wrong_tries_go_to_a_person_and_the_right_one_then_opens_nothing(chat) -> None:
    talk = chat()
    order = order_of(talk, "只买一单的小鱼")
    wrong = "0000" if order.receiver.phone[-4:] != "0000" else "1111"
    await talk.say("我的快递到哪了")
    for left in (4, 3, 2, 1):
        await talk.says(order.order_no, wrong)
        assert talk.keys == ["guest_check"]
        assert f"{left}次" in talk.text
    await talk.says(order.order_no, wrong)
    assert talk.keys == ["handover_queue"]
    assert talk.answer["handover"] is not None
    await talk.says("我的快递到哪了", order.order_no, order.receiver.phone[-4:])
    assert "parcel" not in talk.keys
    assert order.goods not in talk.text


@pytest.mark.req("PC-01")
async def test_a_wrong_number_and_a_wrong_phone_sound_the_same(chat) -> None:
    talk = chat()
    real = order_of(talk, "只买一单的小鱼").order_no
    heard = []
    for number in (real, "XS261101999999"):
        guest = chat()
        await guest.says("我的快递到哪了", number, "0000")
        heard.append(guest.text)
    assert heard[0] == heard[1]


@pytest.mark.req("SQ-03")
async def test_digits_that_two_own_orders_share_are_a_choice_of_those_two(chat) -> None:
    talk = chat("爱囤货的阿梨")
    await talk.says("我的快递到哪了", "4090")
    assert talk.keys == ["which_order"]
    orders = [title for title in talk.offered if "月" in title]
    assert len(orders) == 2
    await talk.say("按：已发货")
    assert talk.keys == ["parcel"]


@pytest.mark.req("SQ-03", "PC-01")
async def test_digits_shared_with_a_stranger_mean_ones_own_order(chat) -> None:
    talk = chat("同尾号的木木")
    own = order_of(talk, "同尾号的木木")
    with talk.shop.unit_of_work() as uow:
        [parcel] = uow.parcels.of_order(own.order_no)
    await talk.say("尾号4090的快递到哪了")
    assert talk.keys == ["parcel"]
    assert parcel.waybill in talk.text


async def test_another_order_than_that_is_asked_for_and_not_guessed(chat) -> None:
    talk = chat("爱囤货的阿梨")
    await talk.says("我的快递到哪了", "4090", "按：已发货")
    first = talk.answer["messages"][0]["cards"][0]["waybill"]
    await talk.say("不对，是另一个订单")
    assert talk.keys == ["which_order"]
    await talk.say("按：已签收")
    assert talk.keys == ["parcel"]
    assert talk.answer["messages"][0]["cards"][0]["waybill"] != first


async def test_the_bot_itself_moves_nobody_into_the_queue(chat) -> None:
    """The desk does, from the answer's `handover`."""
    talk = chat("只买一单的小鱼")
    await talk.say("转人工")
    with talk.shop.unit_of_work() as uow:
        assert uow.conversations.find(talk.id).holder is Holder.BOT
