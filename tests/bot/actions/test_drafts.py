"""What the bot words for an agent: the same words, and nothing done."""

from bot.worker.contract import TurnRequest

URGE = "怎么还不发货 快点发啊"


async def test_a_draft_says_what_a_turn_would_and_leaves_no_trace(chat) -> None:
    talk = chat("只买一单的小鱼")
    await talk.say("你好")
    with talk.shop.unit_of_work() as uow:
        before, tasks = uow.dialogue_states.find(talk.id), len(uow.tasks.of_conversation(talk.id))
    draft = await talk.agent.word_draft(TurnRequest(conversation_id=talk.id, turn_id="d1", text=URGE))
    with talk.shop.unit_of_work() as uow:
        assert uow.dialogue_states.find(talk.id) == before
        assert len(uow.tasks.of_conversation(talk.id)) == tasks
    answer = await talk.say(URGE)
    assert [m["key"] for m in draft["messages"]] == [m["key"] for m in answer["messages"]]
    with talk.shop.unit_of_work() as uow:
        assert len(uow.tasks.of_conversation(talk.id)) > tasks, "the same words as a turn do something"
