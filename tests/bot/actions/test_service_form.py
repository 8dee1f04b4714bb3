"""In the middle of a form: answered, corrected, left, changed."""


async def test_a_question_in_between_is_answered_and_the_form_goes_on(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "可以发顺丰吗")
    assert talk.keys == ["courier", "ask_detail"]
    await talk.says("按：不喜欢", "按：确认")
    assert talk.keys == ["request_opened"]


async def test_leaving_ends_it_and_nothing_is_put_down(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "算了")
    assert talk.keys == ["form_left"]
    await talk.say("你好")
    assert talk.keys == ["greeting"]
    with talk.shop.unit_of_work() as uow:
        order = uow.orders.of_buyer(uow.conversations.find(talk.id).buyer_id)[0]
        assert uow.aftersales.of_order(order.order_no) == []


async def test_another_wish_takes_the_place_of_the_first(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "我想换货", "按：尺码不合适")
    assert "“换货”" in talk.text


async def test_a_person_is_there_in_every_form(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "转人工")
    assert talk.answer["handover"] is not None


async def test_the_order_may_be_corrected_in_the_middle(chat) -> None:
    talk = chat("爱囤货的阿梨")
    await talk.says("我要退货", "按：已签收", "不对，是另一个订单")
    assert talk.keys == ["which_order"]
    assert not any("已签收" in title for title in talk.offered)


async def test_an_order_number_that_is_not_theirs_is_asked_for_again(chat) -> None:
    talk = chat("犹豫不决的团子")
    await talk.says("帮我取消订单", "XS261101999999")
    assert talk.keys[0] == "order_unknown"
    await talk.say("帮我取消订单")
    assert talk.keys == ["which_order"]


async def test_declining_an_offer_asks_no_order_number(chat) -> None:
    talk = chat(product="JACKET-01")
    await talk.says("便宜点", "再便宜点吧", "最低多少钱", "不要了")
    assert talk.keys == ["declined"]


async def test_an_order_may_be_named_by_its_goods(chat) -> None:
    talk = chat("犹豫不决的团子")
    await talk.says("帮我取消订单", "茶叶那个")
    assert talk.keys == ["confirm_request"]
    assert "取消订单" in talk.text
    assert "茶叶" in talk.text


async def test_a_bare_no_is_not_taken_for_a_reason(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("我要退货", "没有")
    assert talk.keys == ["ask_detail"]
