"""After receipt: requests with their numbers, rules that are named, and nothing done twice."""

import pytest

from shop.model import AfterSale, AfterSaleKind, AfterSaleState


def requests_of(talk) -> list[AfterSale]:
    with talk.shop.unit_of_work() as uow:
        orders = uow.orders.of_buyer(uow.conversations.find(talk.id).buyer_id)
        return [r for order in orders for r in uow.aftersales.of_order(order.order_no)]


@pytest.mark.req("AS-01", "AS-02")
async def test_a_return_is_put_down_with_number_kind_reason_and_its_order(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("不喜欢，我要退货", "按：不喜欢", "按：确认")
    [request] = requests_of(talk)
    assert (request.kind, request.reason) == (AfterSaleKind.RETURN, "不喜欢或不合适")
    assert request.description == "不喜欢,我要退货"
    assert request.number in talk.text
    assert request.order_no in talk.text


@pytest.mark.req("AS-01", "AS-08")
async def test_photos_go_with_the_request_also_when_sent_early(chat) -> None:
    talk = chat("爱囤货的阿梨")
    await talk.says("收到就是坏的，包装都破了", "按：已签收")
    await talk.say("[图片]", photos=("a.jpg",))
    await talk.says("按：茶具", "按：退款", "按：确认")
    [request] = [r for r in requests_of(talk) if r.number in talk.text]
    assert request.kind is AfterSaleKind.DAMAGE
    assert request.photos == ["a.jpg"]
    assert request.sku == "TEASET-01-01"


@pytest.mark.req("AS-01", "AS-02")
async def test_one_turn_twice_opens_one_request(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "按：不喜欢")
    payload = next(b["payload"] for b in talk.buttons if b["title"] == "确认")
    assert payload
    first = await talk.say("按：确认", turn_id="turn-1")
    talk.buttons = [{"title": "确认", "payload": payload}]
    assert await talk.say("按：确认", turn_id="turn-1") == first
    assert len(requests_of(talk)) == 1


@pytest.mark.req("AS-02")
async def test_the_same_request_again_names_the_one_under_way(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "按：不喜欢", "按：确认", "我要退货")
    [request] = requests_of(talk)
    assert talk.keys == ["request_opened"]
    assert "之前的申请" in talk.text or "已经在处理" in talk.text
    assert request.number in talk.text
    await talk.says("我想换货", "按：尺码不合适", "按：确认")
    assert [r.order_no for r in requests_of(talk)] == [request.order_no] * 2


@pytest.mark.req("AS-05")
@pytest.mark.parametrize(
    ("wish", "rule"), [("我要退货", "签收后7天内"), ("我想换货", "签收后15天内"), ("质量有问题", "签收后30天内")]
)
async def test_a_refusal_names_the_rule_with_the_managers_figures(chat, wish: str, rule: str) -> None:
    talk = chat("签收很久的大雄")
    await talk.say(wish)
    assert talk.keys == ["not_eligible"]
    assert rule in talk.text
    assert talk.offered == ["转人工客服"]
    assert requests_of(talk) == []


async def test_a_yes_to_the_offered_colleague_calls_one(chat) -> None:
    talk = chat("签收很久的大雄")
    await talk.says("我要退货", "好的")
    assert talk.answer["handover"] is not None


@pytest.mark.req("AS-07")
async def test_the_remedies_offered_are_those_of_the_policy(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("质量太差了，穿两天就开胶", "按：暂时没有照片")
    assert talk.offered == ["退款", "换货", "维修", "转人工客服"]


async def test_a_fault_given_as_reason_for_a_return_is_registered_as_the_shops(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "按：质量问题", "按：暂时没有照片", "按：退款", "按：确认")
    [request] = requests_of(talk)
    assert (request.kind, request.reason) == (AfterSaleKind.DAMAGE, "商品有质量问题")


async def test_postage_asked_in_a_return_is_that_of_the_way_back(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "运费怎么算")
    assert talk.keys == ["return_how", "ask_detail"]
    assert "由您承担" in talk.text


@pytest.mark.req("AS-03")
async def test_progress_is_the_step_of_the_store(chat) -> None:
    talk = chat("退款中的乐乐")
    [request] = requests_of(talk)
    await talk.say("退款到哪一步了")
    assert request.number in talk.text
    assert request.step.value in talk.text


async def test_a_request_is_taken_back_by_word(chat) -> None:
    talk = chat("退款中的乐乐")
    await talk.say("撤销退款")
    [request] = requests_of(talk)
    assert request.state is AfterSaleState.WITHDRAWN
    assert "已经撤销" in talk.text


async def test_of_several_requests_the_buyer_says_which_is_taken_back(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "按：不喜欢", "按：确认", "我想换货", "按：尺码不合适", "按：确认", "撤销申请")
    assert {r.state for r in requests_of(talk)} == {AfterSaleState.OPEN}
    await talk.say("撤销退货")
    states = {r.kind: r.state for r in requests_of(talk)}
    assert states == {AfterSaleKind.RETURN: AfterSaleState.WITHDRAWN, AfterSaleKind.EXCHANGE: AfterSaleState.OPEN}


async def test_a_price_that_did_not_fall_gives_nothing_back_and_says_so(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.say("买完就降价了，退差价")
    assert talk.keys == ["price_protection"]
    assert "没有比您买的时候低" in talk.text
    assert requests_of(talk) == []


async def test_a_price_that_fell_is_given_back_to_the_fen(chat) -> None:
    talk = chat("签收三天的小荷")
    with talk.shop.unit_of_work() as uow:
        order = uow.orders.of_buyer(uow.conversations.find(talk.id).buyer_id)[0]
        variant = next(
            v for v in uow.products.find(order.lines[0].product_code).variants if v.sku == order.lines[0].sku
        )
        variant.price_fen = order.total_fen - order.freight_fen - 10_00
        uow.commit()
    await talk.say("买完就降价了，退差价")
    assert talk.keys == ["price_protection", "request_opened"]
    assert "10元" in talk.text
    assert [r.amount_fen for r in requests_of(talk)] == [10_00]
