"""Paying, changing, cancelling: what is said is the store's state."""

import pytest

from shop.model import OrderStatus, TaskKind


def orders_of(talk):
    with talk.shop.unit_of_work() as uow:
        return list(uow.orders.of_buyer(uow.conversations.find(talk.id).buyer_id))


@pytest.mark.req("PY-02")
async def test_paid_is_what_the_store_says_not_the_buyer(chat) -> None:
    talk = chat("还没付款的橙子")
    await talk.say("我已经付款了")
    assert talk.keys == ["order_state"]
    assert "还没有付款" in talk.text
    talk = chat("拒收退回的阿飞")
    await talk.say("我已经付款了")
    assert "已经关闭" in talk.text


@pytest.mark.req("PY-02", "PY-03")
async def test_once_the_store_has_the_money_the_buyer_is_thanked_with_the_day_of_dispatch(chat, clock) -> None:
    talk = chat("还没付款的橙子")
    with talk.shop.unit_of_work() as uow:
        order = uow.orders.find(orders_of(talk)[0].order_no)
        order.status, order.paid_at = OrderStatus.TO_SHIP, clock.now()
        uow.commit()
    await talk.say("我已经付款了")
    assert talk.keys == ["paid"]
    assert "今天" in talk.text
    clock.advance(hours=3)  # 17:03, past the cut-off of 16:30
    with talk.shop.unit_of_work() as uow:
        uow.orders.find(order.order_no).paid_at = clock.now()
        uow.commit()
    await talk.say("我已经付款了")
    assert talk.keys == ["paid"]
    assert "11月21日" in talk.text


async def test_an_unpaid_order_is_closed_only_after_a_yes(chat) -> None:
    talk = chat("还没付款的橙子")
    await talk.says("取消订单", "算了")
    assert [o.status for o in orders_of(talk)] == [OrderStatus.UNPAID]
    await talk.says("取消订单", "按：确认")
    assert talk.keys == ["cancelled"]
    assert [o.status for o in orders_of(talk)] == [OrderStatus.CLOSED]


@pytest.mark.req("AS-06")
async def test_returning_before_dispatch_is_cancelling(chat) -> None:
    talk = chat("刚付款的小北")
    await talk.say("我要退货")
    assert talk.keys == ["confirm_request"]
    assert "取消订单" in talk.text
    await talk.say("按：确认")
    assert talk.keys == ["request_opened"]


async def test_a_refund_under_way_is_told_instead_of_asked_for_again(chat) -> None:
    talk = chat("退款中的乐乐")
    await talk.say("帮我取消订单")
    assert talk.keys == ["request_opened"]
    assert "之前的申请" in talk.text or "已经在处理" in talk.text


@pytest.mark.req("NL-21")
async def test_a_change_is_put_down_for_a_person_and_nothing_is_promised(chat) -> None:
    talk = chat("刚付款的小北")
    await talk.say("我要改收货地址")
    with talk.shop.unit_of_work() as uow:
        [task] = uow.tasks.of_conversation(talk.id)
    assert (task.kind, task.order_no) == (TaskKind.CHANGE_ORDER, orders_of(talk)[0].order_no)
    assert talk.keys == ["change_noted"]


async def test_an_address_of_a_parcel_under_way_is_passed_to_the_courier(chat) -> None:
    talk = chat("地址写错的可可")
    await talk.say("地址写错了，改一下收货地址")
    assert talk.keys == ["parcel", "passed_on"]
    with talk.shop.unit_of_work() as uow:
        assert TaskKind.ASK_COURIER in {task.kind for task in uow.tasks.of_conversation(talk.id)}
