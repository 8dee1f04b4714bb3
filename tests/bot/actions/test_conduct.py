"""How the bot behaves: it knows nobody by guess, answers all that is asked, treats all alike, and does not quarrel."""

from dataclasses import replace

import pytest

from shop.policy import Policy

REFUSED = ("签收很久的大雄", "我要退货")


@pytest.mark.req("PC-07")
async def test_a_stranger_who_asks_for_a_refund_is_asked_for_the_order_first_and_then_told_of_it(chat) -> None:
    talk = chat()
    await talk.say("退款到哪一步了")
    assert talk.keys == ["guest_check"], "that there is no request is not known of somebody unknown"
    with talk.shop.unit_of_work() as uow:
        buyer = uow.buyers.find_by_nick("退款中的乐乐")
        order = next(o for o in uow.orders.of_buyer(buyer.id) if uow.aftersales.of_order(o.order_no))
        number = uow.aftersales.of_order(order.order_no)[0].number
    await talk.says(order.order_no, order.receiver.phone[-4:])
    assert number in talk.text


async def test_digits_that_look_like_a_year_are_a_phone_tail_where_one_is_asked_for(chat) -> None:
    talk = chat()
    with talk.shop.unit_of_work() as uow:
        order = uow.orders.of_buyer(uow.buyers.find_by_nick("只买一单的小鱼").id)[0]
        order.receiver = replace(order.receiver, phone="13800131998")
        number = order.order_no
        uow.commit()
    await talk.says("我的快递到哪了", number, "1998")
    assert "guest_check" not in talk.keys


@pytest.mark.req("PC-07")
async def test_after_sale_service_waits_for_the_order_and_pre_sale_help_does_not(chat) -> None:
    talk = chat()
    await talk.say("我要退货")
    assert talk.keys == ["guest_check"]
    await talk.say("你们发什么快递")
    assert "courier" in talk.keys[0]


async def test_who_cannot_find_the_number_is_helped_and_then_gets_a_person(chat) -> None:
    talk = chat()
    await talk.says("我要退货", "不知道单号")
    assert "我的订单" in talk.text
    assert talk.offered == ["转人工客服"]
    answer = await talk.says(*["找不到"] * (Policy().misses - 1))
    assert answer["handover"]["reason"] == "机器人没听懂"


async def test_a_form_is_left_by_who_talks_of_other_things(chat) -> None:
    """Asked for the order number after every sentence, buyers feel that nobody listens."""
    talk = chat()
    await talk.say("我要退货")
    for question in ("你们发什么快递", "可以开发票吗"):
        await talk.say(question)
        assert talk.keys[-1] == "guest_check"
    await talk.say("几天能到")
    assert "guest_check" not in talk.keys
    await talk.say("支持货到付款吗")
    assert "guest_check" not in talk.keys


@pytest.mark.req("PC-22")
@pytest.mark.parametrize("protest", ["凭什么不给退", "你们这规定不合理，就该给我退", "不对，你说错了", "我要退货"])
async def test_a_rule_is_stated_once_and_then_a_person_takes_over(chat, protest: str) -> None:
    nick, wish = REFUSED
    talk = chat(nick)
    await talk.say(wish)
    assert "7天" in talk.text
    assert talk.offered == ["转人工客服"]
    answer = await talk.say(protest)
    assert "7天" not in talk.text, "the same rule once more"
    assert answer["handover"]["reason"] == "买家不认可规则"


@pytest.mark.req("PC-22")
async def test_another_rule_is_no_repetition(chat) -> None:
    nick, wish = REFUSED
    talk = chat(nick)
    await talk.say(wish)
    answer = await talk.say("那给我退差价")
    assert answer["handover"] is None


async def test_who_meant_another_order_does_not_quarrel(chat) -> None:
    nick, wish = REFUSED
    talk = chat(nick)
    await talk.say(wish)
    answer = await talk.say("不对，是另一个订单")
    assert answer["handover"] is None


async def test_you_are_wrong_is_not_taken_for_no_thanks(chat) -> None:
    talk = chat("签收三天的小荷")
    await talk.says("你们发什么快递", "不对，你说错了")
    assert talk.offered == ["转人工客服"]
    await talk.say("不用了")
    assert talk.offered == []


@pytest.mark.req("PC-21")
@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("运费多少 什么时候发货 能开发票吗", {"which_place", "ship_time", "invoice"}),
        ("这个多少钱，包邮吗，发什么快递", {"price", "which_place", "courier"}),
        ("能开票不 保修多久 今天发吗", {"invoice", "return_policy", "ship_time"}),
        ("怎么下单 能货到付款吗 几天到", {"how_to_order", "pay_methods", "ship_time"}),
    ],
)
async def test_three_questions_get_three_answers(chat, asked: str, answered: set[str]) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.say(asked)
    assert {key for key in answered if any(said.startswith(key) for said in talk.keys)} == answered, talk.keys


@pytest.mark.req("PC-21")
async def test_two_questions_about_something_unnamed_are_both_answered_when_it_is_named(chat) -> None:
    talk = chat()
    await talk.say("有货吗多少钱")
    assert talk.keys == ["which_product"], "asked twice what is meant"
    await talk.say("按：T恤")
    assert {"stock", "price"} <= {key.split("_")[0] for key in talk.keys}


async def test_who_haggles_is_not_asked_for_an_order(chat) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.says("能便宜点吗", "便宜20")
    assert "guest_check" not in talk.keys


@pytest.mark.req("PC-09")
@pytest.mark.parametrize(
    ("plain", "dialect"),
    [("你们发什么快递", "恁家发啥快递咧"), ("可以开发票吗", "能开票不得行"), ("这个有货吗", "這個還有貨嗎")],
)
async def test_dialect_and_script_change_no_answer(chat, plain: str, dialect: str) -> None:
    keys = []
    for text in (plain, dialect):
        talk = chat(product="TSHIRT-01")
        await talk.say(text)
        keys.append(talk.keys)
    assert keys[0] == keys[1]


@pytest.mark.req("PC-09")
async def test_a_name_changes_no_answer(chat, demo_services) -> None:
    answers = []
    for name in ("王先生", "Ivan", "阿依古丽", "乡下老李"):
        with demo_services.unit_of_work() as uow:
            uow.buyers.find("b001").nick = name
            uow.commit()
        talk = chat(product="TSHIRT-01")
        with demo_services.unit_of_work() as uow:
            uow.conversations.find(talk.id).nick = name
            uow.commit()
        said = [(await talk.say(text))["messages"] for text in ("有货吗", "能便宜点吗", "发到新疆多少运费")]
        answers.append([[message["key"] for message in messages] for messages in said])
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.req("PC-23")
@pytest.mark.parametrize("asked", ["你是机器人吗", "是真人不", "你是AI吧"])
async def test_the_bot_says_what_it_is(chat, asked: str) -> None:
    talk = chat()
    await talk.say(asked)
    assert "智能助手" in talk.text
    assert talk.offered == ["转人工客服"]
