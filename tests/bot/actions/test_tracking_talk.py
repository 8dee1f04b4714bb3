"""Where it is and what comes next, for every state a parcel can be in."""

import pytest

from shop.model import AfterSaleKind, TaskKind

STATES = {
    "刚付款的小北": (["not_sent"], "还没有发出"),
    "等发货的急性子": (["not_sent", "passed_on"], "抱歉"),
    "只买一单的小鱼": (["parcel"], "大约"),
    "揽收没消息的阿岚": (["parcel", "passed_on"], "还没有物流记录"),
    "物流不动的果果": (["parcel", "passed_on"], "没有更新"),
    "马上收货的桃子": (["parcel"], "开始派送"),
    "驿站待取的阿木": (["parcel"], "取件码"),
    "签收三天的小荷": (["parcel"], "签收"),
    "没收到货的七七": (["parcel", "passed_on"], "核实派给了谁"),
    "地址写错的可可": (["parcel", "passed_on"], "地址不详"),
    "拆成两包的青青": (["parcel", "parcel", "parcel"], "2个包裹"),
    "部分发货的阿海": (["order_state", "parcel"], "先发出了一部分"),
    "拒收退回的阿飞": (["order_state", "request_state"], "已经关闭"),
}


@pytest.mark.req("TR-04", "TR-05", "TR-06")
@pytest.mark.parametrize("nick", STATES)
async def test_every_state_is_told_with_what_comes_next(chat, nick: str) -> None:
    keys, words = STATES[nick]
    talk = chat(nick)
    await talk.say("我的快递到哪了")
    assert talk.keys == keys
    assert words in talk.text


@pytest.mark.req("TR-02", "TR-03")
async def test_number_event_time_and_estimate_are_those_of_the_store(chat) -> None:
    talk = chat("只买一单的小鱼")
    with talk.shop.unit_of_work() as uow:
        [order] = uow.orders.of_buyer(uow.conversations.find(talk.id).buyer_id)
        [parcel] = uow.parcels.of_order(order.order_no)
        latest = parcel.events[0]
    await talk.say(f"帮我查一下{parcel.waybill}")
    assert parcel.waybill in talk.text
    assert latest.text in talk.text
    assert latest.place in talk.text
    assert "大约" in talk.text
    await talk.say(order.order_no)
    assert latest.text in talk.text


@pytest.mark.req("TR-02", "TR-08")
@pytest.mark.parametrize(
    ("number", "key"), [("XS261101999999", "order_unknown"), ("SF1999999999999", "waybill_unknown")]
)
async def test_a_number_nobody_has_is_said_to_be_unknown(chat, number: str, key: str) -> None:
    talk = chat("只买一单的小鱼")
    await talk.say(number)
    assert talk.keys == [key]
    assert number in talk.text
    assert "核对" in talk.text or "再看看" in talk.text


@pytest.mark.req("TR-08", "PC-01")
async def test_another_buyers_waybill_is_as_unknown_as_none(chat) -> None:
    other = chat("马上收货的桃子")
    with other.shop.unit_of_work() as uow:
        [order] = uow.orders.of_buyer(uow.conversations.find(other.id).buyer_id)
        [parcel] = uow.parcels.of_order(order.order_no)
    talk = chat("只买一单的小鱼")
    await talk.say(f"查一下{parcel.waybill}")
    assert talk.keys == ["waybill_unknown"]
    assert order.order_no not in talk.text
    assert order.goods not in talk.text


@pytest.mark.req("NL-06", "TR-20")
async def test_urging_a_slow_parcel_apologises_first_and_asks_the_courier_once(chat) -> None:
    talk = chat("物流不动的果果")
    await talk.say("快递怎么还没到啊，都几天了")
    assert talk.keys == ["soothe", "parcel", "passed_on"]
    await talk.say("快递怎么还没到啊，都几天了")
    with talk.shop.unit_of_work() as uow:
        assert [t.kind for t in uow.tasks.of_conversation(talk.id)] == [TaskKind.ASK_COURIER]


@pytest.mark.req("PS-22")
async def test_urging_dispatch_becomes_a_task_for_the_warehouse(chat) -> None:
    talk = chat("等发货的急性子")
    await talk.say("怎么还不发货")
    with talk.shop.unit_of_work() as uow:
        [task] = uow.tasks.of_conversation(talk.id)
    assert task.kind is TaskKind.URGE_SHIPMENT
    assert talk.keys == ["soothe", "not_sent", "passed_on"]


async def test_not_received_opens_one_trace_however_often_it_is_said(chat) -> None:
    talk = chat("没收到货的七七")
    await talk.say("显示签收了可是我没收到")
    assert "request_opened" in talk.keys
    await talk.say("显示签收了可是我没收到")
    assert talk.keys == ["soothe", "request_opened"]
    assert "之前的申请" in talk.text or "已经在处理" in talk.text
    with talk.shop.unit_of_work() as uow:
        [order] = uow.orders.of_buyer(uow.conversations.find(talk.id).buyer_id)
        traces = [r for r in uow.aftersales.of_order(order.order_no) if r.kind is AfterSaleKind.TRACE]
    assert len(traces) == 1


async def test_half_received_tells_where_the_other_parcel_is(chat) -> None:
    talk = chat("拆成两包的青青")
    await talk.say("怎么只收到一半")
    assert talk.keys == ["parcel", "parcel", "parcel"]
    assert "2个包裹" in talk.text


@pytest.mark.req("PS-04")
async def test_where_to_pick_up_stands_in_no_record_and_is_asked_for(chat) -> None:
    talk = chat("自提的老周")
    await talk.say("去哪里取货")
    assert talk.keys == ["order_state", "look_up"]
