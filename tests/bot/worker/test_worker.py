"""What the desk relies on, over HTTP."""

import asyncio
import json
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.bot.worker.conftest import Worker


def effects(worker: Worker, turn_id: str) -> int:
    with sqlite3.connect(worker.var / "effects.db") as db:
        return int(db.execute("SELECT count(*) FROM effects WHERE turn_id = ?", (turn_id,)).fetchone()[0])


class Waiting:
    """While it lasts, the slow action does not finish."""

    def __init__(self, worker: Worker) -> None:
        self._wait, self._begun = worker.var / "wait", worker.var / "begun"

    def __enter__(self) -> "Waiting":
        self._begun.unlink(missing_ok=True)
        self._wait.touch()
        return self

    def __exit__(self, *_: object) -> None:
        self._wait.unlink(missing_ok=True)

    def until_begun(self) -> None:
        deadline = time.monotonic() + 60
        while not self._begun.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_an_answer_holds_words_buttons_cards_and_no_internal_fact(worker: Worker) -> None:
    answer = worker.turn("shape", "s1", "有货吗")
    assert answer["turn_id"] == "s1"
    [message] = answer["messages"]
    assert message["key"] == "noted"
    assert "收到" in message["text"]
    assert message["buttons"] == [{"title": "就它", "payload": '/inform{"order_no": "XS1"}'}]
    assert message["cards"] == [{"kind": "product", "code": "P1"}]
    assert answer["intent"] == {"name": "ask_stock", "confidence": 1.0}
    assert answer["actions"] == ["action_stock"]
    assert "cost_fen" not in json.dumps(answer)


def test_a_handover_carries_its_reason_and_the_pictures_reach_the_action(worker: Worker) -> None:
    answer = worker.turn("person", "h1", "转人工", photos=["a.jpg", "b.jpg"])
    assert answer["handover"] == {"reason": "买家要求", "note": "a.jpg b.jpg"}
    assert answer["messages"] == []


def test_the_same_turn_again_gives_the_same_answer_and_runs_nothing(worker: Worker) -> None:
    first = worker.turn("again", "a1", "数数")
    assert [message["text"] for message in first["messages"]] == ["1"]
    assert worker.turn("again", "a1", "数数") == first
    assert worker.texts("again", "a2", "数数") == ["2"]
    assert worker.turn("again", "a1", "数数") == first, "not only the latest turn"


@pytest.mark.parametrize(
    "typed",
    ["/restart", "/ask_human", '/inform{"order_no": "XS9"}', " /thank", "//", "／restart", "、restart", "\u200b/thank"],
)
def test_what_a_buyer_types_is_never_a_command(worker: Worker, typed: str) -> None:
    worker.turn(f"slash {typed}", "1", "数数")
    answer = worker.turn(f"slash {typed}", "2", typed)
    assert answer["intent"]["name"] is None
    assert answer["actions"] == ["action_default_fallback"]
    assert answer["entities"] == []
    assert worker.texts(f"slash {typed}", "3", "数数") == ["2"], "the talk was not begun anew"


def test_a_payload_that_the_desk_checked_is_a_command(worker: Worker) -> None:
    worker.turn("button", "1", "取消")
    answer = worker.turn("button", "2", "选这一单", payload='/inform{"order_no": "XS7"}')
    assert answer["entities"][0]["value"] == "XS7"
    assert answer["messages"][0]["text"] == "请给我 reason"


def test_four_messages_at_once_are_answered_in_order(worker: Worker) -> None:
    async def send_all() -> list[str]:
        async with httpx.AsyncClient(base_url=str(worker.http.base_url), timeout=60) as http:
            calls = []
            for number in range(4):
                said = {"conversation_id": "four", "turn_id": f"q{number}", "text": "数数"}
                calls.append(asyncio.create_task(http.post("/turn", json=said)))
                await asyncio.sleep(0.02)  # one after the other on the wire, all before the first is done
            return [(await call).json()["messages"][0]["text"] for call in calls]

    assert asyncio.run(send_all()) == ["1", "2", "3", "4"]
    assert worker.http.get("/health").json()["running"] == 0, "a finished conversation leaves no lock behind"


def test_a_slow_action_holds_up_its_own_conversation_and_no_other(worker: Worker) -> None:
    with Waiting(worker) as waiting, ThreadPoolExecutor() as threads:
        slow = threads.submit(worker.turn, "slow", "w1", "慢 有货吗")
        waiting.until_begun()
        said = {"conversation_id": "quick", "turn_id": "w2", "text": "谢谢"}
        answer = worker.http.post("/turn", json=said)
        assert answer.json()["messages"][0]["key"] == "thanks"
        assert not slow.done()
        (worker.var / "wait").unlink()
        assert slow.result(timeout=60)["messages"][0]["key"] == "noted"


def test_a_failing_action_is_an_error_and_leaves_the_talk_as_it_was(worker: Worker) -> None:
    worker.turn("broken", "1", "数数")
    failed = worker.http.post(
        "/turn", json={"conversation_id": "broken", "turn_id": "2", "text": "投诉 我的手机13812345678"}
    )
    assert failed.status_code == 500
    assert "半句" not in failed.text
    assert worker.texts("broken", "3", "数数") == ["2"]
    log = worker.log.read_text()
    assert "turn.failed" in log
    assert "13812345678" not in log, "neither what the buyer wrote nor what the error said"


def test_an_action_that_rejects_hands_over_to_another(worker: Worker) -> None:
    answer = worker.turn("rejected", "1", "投诉 拒")
    assert [message["key"] for message in answer["messages"]] == ["clarify"]


@pytest.mark.req("PC-03")
def test_a_phrase_without_its_facts_becomes_the_safe_phrase(worker: Worker) -> None:
    [message] = worker.turn("unfilled", "1", "缺 有货吗")["messages"]
    assert message["key"] == "safe"
    assert "{" not in message["text"] and "不知道" not in message["text"]
    assert '"phrase.un' in worker.log.read_text()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"turn_id": "1", "text": "在吗"}, "conversation_id"),
        ({"conversation_id": "c", "turn_id": "", "text": "在吗"}, "turn_id"),
        ({"conversation_id": "c", "turn_id": "1", "text": "长" * 5001}, "text"),
        ({"conversation_id": "c", "turn_id": "1", "text": "  "}, "text"),
        ({"conversation_id": "c", "turn_id": "1", "text": "a", "payload": "inform"}, "payload"),
    ],
)
def test_bad_input_is_refused_in_chinese(worker: Worker, body: dict[str, str], field: str) -> None:
    refused = worker.http.post("/turn", json=body)
    assert refused.status_code == 422
    assert field in refused.json()["error"]
    assert "必须" in refused.json()["error"]


def test_pictures_alone_are_a_message(worker: Worker) -> None:
    assert worker.turn("pictures", "1", "", photos=["a.jpg"])["actions"] == ["action_default_fallback"]


def test_parse_answers_with_rasas_result(worker: Worker) -> None:
    parsed = worker.http.post("/model/parse", json={"text": "谢谢"}).json()
    assert parsed["intent"]["name"] == "thank"
    assert worker.http.post("/model/parse", json={"text": "/thank"}).json()["intent"]["name"] is None


def test_health_names_model_and_rasa_once_warm(worker: Worker) -> None:
    health = worker.http.get("/health").json()
    assert health["ready"] is True
    assert health["rasa"] == "3.6.21"
    assert health["model_id"]
    assert set(worker.seen_before_ready) <= {503}


def test_two_workers_see_each_others_turns(worker: Worker, second_worker: Worker) -> None:
    assert worker.texts("shared", "1", "数数") == ["1"]
    assert second_worker.texts("shared", "2", "数数") == ["2"]
    assert worker.texts("shared", "3", "数数") == ["3"], "its own copy of the tracker is old and not used"
    assert second_worker.turn("shared", "1", "数数")["messages"][0]["text"] == "1"


def test_a_worker_killed_inside_an_action_leaves_the_turn_to_be_run_once(second_worker: Worker) -> None:
    second_worker.texts("killed", "k1", "数数")
    with Waiting(second_worker) as waiting, ThreadPoolExecutor() as threads:
        lost = threads.submit(second_worker.turn, "killed", "k2", "慢 有货吗")
        waiting.until_begun()
        second_worker.kill()
        assert isinstance(lost.exception(timeout=60), httpx.TransportError)
    second_worker.start()
    first = second_worker.turn("killed", "k2", "慢 有货吗")
    assert second_worker.turn("killed", "k2", "慢 有货吗") == first
    assert effects(second_worker, "k2") == 1
    assert second_worker.texts("killed", "k3", "数数") == ["2"]


def test_sigterm_lets_running_turns_finish(second_worker: Worker) -> None:
    with Waiting(second_worker) as waiting, ThreadPoolExecutor() as threads:
        last = threads.submit(second_worker.turn, "ending", "e1", "慢 有货吗")
        waiting.until_begun()
        second_worker.process.terminate()
        time.sleep(0.3)
        assert second_worker.process.poll() is None
        (second_worker.var / "wait").unlink()
        assert last.result(timeout=60)["messages"][0]["key"] == "noted"
    assert second_worker.process.wait(timeout=60) in (0, -signal.SIGTERM)
    second_worker.start()
