"""Anger beside a question: soothe, facts, the offer of a person; twice in a row, the person (requirement NL-25)."""

from datetime import datetime

import pytest

from bot.nlu.mood import Mood, find_mood
from shop.conversations import Line, append_line
from shop.model import Direction


@pytest.mark.req("NL-25")
async def test_an_angry_question_is_soothed_then_answered_then_offered_a_person(chat) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.say("你们什么意思啊！！到底有没有现货")
    assert (talk.keys[0], talk.keys[-1]) == ("soothe", "soothe")
    assert "stock" in talk.keys[1:-1]
    assert "转人工客服" in talk.offered


@pytest.mark.req("NL-25")
async def test_anger_twice_in_a_row_calls_a_person(chat) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.say("你们什么意思啊！！到底有没有现货")
    answer = await talk.say("气死我了，发什么快递都不说")
    assert answer["handover"]["reason"] == "买家情绪激动"


@pytest.mark.req("NL-25")
async def test_anger_about_an_order_calls_a_person_as_well(chat) -> None:
    talk = chat("物流不动的果果")
    answer = await talk.say("快递怎么一直不动，垃圾快递")
    assert (talk.keys[0], answer["handover"]) == ("soothe", None)
    answer = await talk.say("快递怎么还不到，垃圾快递")
    assert answer["handover"]["reason"] == "买家情绪激动"
    assert answer["actions"][0] == "service_form"


async def test_a_calm_word_between_is_a_new_start(chat) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.says("你们什么意思啊！！到底有没有现货", "好的谢谢", "到底发什么快递啊！！")
    assert talk.answer is not None
    assert talk.answer["handover"] is None


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("垃圾店", Mood.ANGRY),
        ("再不发我就投诉了", Mood.ANGRY),
        ("你们是骗子吧", Mood.ANGRY),
        ("到底发不发!!", Mood.ANGRY),
        ("哈哈哈你们可真行，气死我了", Mood.ANGRY),
        ("太无语了", Mood.ANGRY),
        ("我很着急用", Mood.ANXIOUS),
        ("明天就要用了来得及吗", Mood.ANXIOUS),
        ("等着穿呢", Mood.ANXIOUS),
        ("求求了今天发吧", Mood.ANXIOUS),
        ("哈哈好的", Mood.JOKING),
        ("你可真会做生意😂", Mood.JOKING),
        ("什么时候发货", None),
        ("垃圾桶有盖子吗", None),
        ("这个垃圾袋多少个一卷", None),
        ("急支糖浆有卖吗", None),
        ("不急 慢慢来", None),
        ("破壁机好用吗", None),
        ("服务很好，谢谢", None),
        ("有防滚架吗", None),
    ],
)
def test_the_mood_is_read_off_the_words(text: str, mood: Mood | None) -> None:
    assert find_mood(text) is mood


@pytest.mark.req("PH-29")
async def test_an_angry_buyer_is_soothed_before_anything_else_and_once_a_conversation(chat) -> None:
    talk = chat(product="TSHIRT-01")
    await talk.say("你们什么意思啊！！到底有没有现货")
    assert talk.keys[0] == "soothe"
    await talk.say("好的谢谢")
    await talk.say("到底发什么快递啊！！")
    assert talk.keys[0] != "soothe"


@pytest.mark.req("PH-29")
async def test_the_next_visit_is_soothed_anew(chat, clock) -> None:
    talk = chat(product="TSHIRT-01")
    log_reply(talk, clock.now(), "soothe")
    clock.advance(hours=3)
    await talk.say("你们什么意思啊！！到底有没有现货")
    assert talk.keys[0] != "soothe"
    clock.advance(hours=4)
    await talk.say("你们什么意思啊！！到底有没有现货")
    assert talk.keys[0] == "soothe"


def log_reply(talk, at: datetime, key: str) -> None:
    """What the desk would have written down."""
    with talk.shop.unit_of_work() as uow:
        conversation = uow.conversations.lock(talk.id)
        append_line(uow, conversation, Direction.BOT, Line("抱歉", key), at)
        uow.commit()
