"""To a person: when asked, after two misses, and honestly where nobody is there."""

import pytest


@pytest.mark.req("NL-11", "HE-01")
@pytest.mark.parametrize("text", ["转人工", "我要找人工客服", "叫你们领导来"])
async def test_asking_for_a_person_hands_over_while_people_are_there(chat, text: str) -> None:
    talk = chat("只买一单的小鱼")
    await talk.say(text)
    assert talk.keys == ["handover_queue"]
    assert talk.answer["handover"]["reason"] == "买家要求人工"
    assert "第1位" in talk.text


@pytest.mark.req("NL-11")
async def test_at_night_the_true_opening_time_is_said_and_the_desk_is_told(chat, clock) -> None:
    clock.advance(hours=9)
    talk = chat("只买一单的小鱼")
    await talk.say("转人工")
    assert talk.answer["handover"]["reason"] == "买家要求人工"
    assert "11月21日 09:00" in talk.text


@pytest.mark.req("NL-10")
async def test_the_second_miss_in_a_row_goes_to_a_person(chat) -> None:
    talk = chat()
    await talk.say("那个弄一弄可以的话")
    assert talk.keys == ["clarify"]
    assert talk.offered[-1] == "转人工客服"
    assert talk.answer["handover"] is None
    await talk.say("那个弄一弄可以的话")
    assert talk.answer["handover"]["reason"] == "机器人没听懂"


@pytest.mark.req("NL-10")
async def test_a_miss_between_two_that_were_understood_is_not_counted(chat) -> None:
    talk = chat()
    await talk.says("那个弄一弄可以的话", "你好", "那个弄一弄可以的话")
    assert talk.keys == ["clarify"]
