"""Complaints and compensation: apology, cause, number and time; no amount is promised."""

import pytest


@pytest.mark.req("CC-01", "CC-02")
async def test_apology_by_cause_comes_before_the_number_and_the_time(chat, clock) -> None:
    talk = chat("等发货的急性子")
    await talk.say("你们太差劲了，我要投诉")
    assert talk.keys == ["soothe", "complaint_registered"]
    apology, registered = talk.answer["messages"]
    assert "等了这么久" in apology["text"]
    with talk.shop.unit_of_work() as uow:
        [complaint] = uow.complaints.of_conversation(talk.id)
    assert complaint.cause == "延迟"
    assert complaint.number in registered["text"]
    assert "16:03" in registered["text"]
    assert (complaint.reply_by - clock.now()).total_seconds() == 120 * 60


@pytest.mark.req("CC-01")
@pytest.mark.parametrize(
    ("nick", "text", "words"),
    [
        ("没收到货的七七", "我要投诉你们", "不见了|没收到"),
        ("签收三天的小荷", "我要投诉，客服态度太差了", "尊重|委屈"),
        ("新来的小羊", "我要投诉", "抱歉|对不起"),
    ],
)
async def test_the_cause_is_found_in_the_records_and_then_in_the_words(chat, nick: str, text: str, words: str) -> None:
    talk = chat(nick)
    await talk.say(text)
    assert any(word in talk.answer["messages"][0]["text"] for word in words.split("|"))


@pytest.mark.req("CC-01")
@pytest.mark.parametrize(("asked", "to_leader"), [("赔我10块钱", False), ("赔我500块", True)])
async def test_compensation_is_registered_and_never_promised(chat, asked: str, to_leader: bool) -> None:
    talk = chat("等发货的急性子")
    await talk.say(asked)
    assert talk.keys[:2] == ["soothe", "complaint_registered"]
    assert "元" not in talk.text
    assert (talk.answer["handover"] is not None) is to_leader


@pytest.mark.req("CC-02")
async def test_at_night_the_next_reply_is_counted_from_the_morning(chat, clock) -> None:
    clock.advance(hours=9)  # 23:03
    talk = chat("等发货的急性子")
    await talk.say("你们太差劲了，我要投诉")
    assert "11月21日 11:00" in talk.text
