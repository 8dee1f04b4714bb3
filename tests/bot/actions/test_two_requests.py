"""Two requests in one message: both are served, in the order that helps."""

import pytest


def first(keys: list[str], *wanted: str) -> list[int]:
    """Where each of the keys is said first."""
    return [keys.index(key) for key in wanted]


async def test_two_questions_before_buying_get_two_answers(chat) -> None:
    talk = chat(product="TSHIRT-01")
    answer = await talk.say("有现货吗 拍了今天能发不")
    assert {answer["intent"]["name"], answer["also"]["name"]} == {"ask_stock", "ask_ship_time"}
    assert {"stock", "ship_time"} <= set(talk.keys)


async def test_a_question_is_answered_before_the_form_asks_anything(chat) -> None:
    talk = chat("犹豫不决的团子", "TSHIRT-01")
    answer = await talk.say("帮我改地址，还有发的是什么快递")
    assert {answer["intent"]["name"], answer["also"]["name"]} == {"change_address", "ask_courier"}
    assert talk.keys[-1] == "which_order"
    assert len(talk.keys) > 1


async def test_a_fault_and_what_is_wished_for_are_one_case(chat) -> None:
    talk = chat("签收三天的小荷")
    answer = await talk.say("杯子到手就碎了 换一个给我")
    assert {answer["intent"]["name"], answer["also"]["name"]} == {"request_exchange", "report_damage"}
    await talk.say("[图片]")
    while "request_opened" not in talk.keys:
        assert "remedy_offer" not in talk.keys, "the wish is the remedy"
        await talk.say("按：确认")
    with talk.shop.unit_of_work() as uow:
        orders = uow.orders.of_buyer(uow.conversations.find(talk.id).buyer_id)
        requests = [r for order in orders for r in uow.aftersales.of_order(order.order_no)]
    assert [r.wish for r in requests] == ["换货"]


async def test_the_second_wish_about_an_order_follows_the_first(chat) -> None:
    talk = chat("只买一单的小鱼")
    answer = await talk.say("快递到哪了啊，帮我把收货时间延长几天")
    assert {answer["intent"]["name"], answer["also"]["name"]} == {"track_order", "extend_receipt"}
    assert {"parcel", "extended"} <= set(talk.keys)


async def test_a_person_is_called_after_the_facts(chat) -> None:
    talk = chat("只买一单的小鱼")
    answer = await talk.say("我的快递到哪了 帮我转人工")
    assert {answer["intent"]["name"], answer["also"]["name"]} == {"track_order", "ask_human"}
    assert answer["handover"] or "handover_queue" in talk.keys


@pytest.mark.parametrize("text", ["有货吗", "我要退货", "谢谢你啊 麻烦了", "你好 在吗"])
async def test_one_request_is_not_taken_for_two(chat, text: str) -> None:
    assert (await chat("签收三天的小荷", "TSHIRT-01").say(text))["also"] is None
