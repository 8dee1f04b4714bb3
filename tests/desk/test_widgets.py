"""Third-party Rasa widgets, in Rasa's own protocol."""

import pytest
from wire import RunningDesk, Worker, say

from desk.widgets import PURPOSE


async def begin(client, session_id: str | None = None) -> str:
    await client.ask("session_request", {"session_id": session_id})
    return (await client.wait("session_confirm"))[-1]


@pytest.mark.req("CW-01")
async def test_a_widget_talks_in_rasas_protocol(join, worker: Worker) -> None:
    widget = await join(open=False)
    session_id = await begin(widget)
    [welcome] = await widget.wait("bot_uttered")
    assert "欢迎" in welcome["text"]
    worker.answer = lambda question: say("选一个", buttons=[{"title": "查快递", "payload": "/track_order"}])
    await widget.ask("user_uttered", {"message": "你好", "session_id": session_id, "customData": {"page": "/"}})
    answer = (await widget.wait("bot_uttered", count=2))[1]
    assert answer["text"] == "选一个"
    assert answer["quick_replies"] == [{"content_type": "text", "title": "查快递", "payload": "/track_order"}]


async def test_a_payload_counts_only_where_it_was_offered(join, worker: Worker) -> None:
    widget = await join(open=False)
    await begin(widget)
    worker.answer = lambda question: say("选一个", buttons=[{"title": "查快递", "payload": "/track_order"}])
    for answers, message in enumerate(("你好", "/cancel_order", "/track_order"), start=2):
        await widget.ask("user_uttered", {"message": message})
        await widget.wait("bot_uttered", count=answers)  # a button can be pressed once it is there
    assert [(q["text"], q["payload"]) for q in worker.asked] == [
        ("你好", None),
        ("/cancel_order", None),
        ("查快递", "/track_order"),
    ]


async def test_a_session_is_taken_up_again_by_who_was_given_it(join, worker: Worker) -> None:
    first = await join(open=False)
    session_id = await begin(first)
    await first.ask("user_uttered", {"message": "一", "session_id": session_id})
    await first.wait("bot_uttered", count=2)
    again = await join(open=False)
    assert await begin(again, session_id) == session_id
    await again.ask("user_uttered", {"message": "二", "session_id": session_id})
    await again.wait("bot_uttered")
    assert worker.asked[0]["conversation_id"] == worker.asked[1]["conversation_id"]


async def test_a_guessed_session_id_is_answered_with_a_new_one(join, desk: RunningDesk, worker: Worker) -> None:
    widget = await join(open=False)
    for guess in ("user1", "a-b", "-", f"x-{desk.tokens.sign(PURPOSE, 'y')}"):
        assert await begin(widget, guess) != guess


async def test_a_widget_that_forgets_to_ask_for_a_session_is_served(join) -> None:
    widget = await join(open=False)
    await widget.ask("user_uttered", {"message": "在吗", "session_id": "made-up"})
    assert (await widget.wait("bot_uttered", count=2))[1]["text"] == "答:在吗"
