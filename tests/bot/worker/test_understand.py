"""What words are like and ask for, without a talk."""

import sqlite3
from pathlib import Path

import pytest

from bot.worker.contract import MOST_TEXTS
from tests.bot.worker.conftest import Worker


def ask(worker: Worker, *texts: str, **more: object) -> dict[str, list[object]]:
    answer = worker.http.post("/understand", json={"texts": texts, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def likeness(answer: dict[str, list[object]], first: int, second: int) -> float:
    vectors: list[list[float]] = answer["vectors"]  # type: ignore[assignment]
    return sum(a * b for a, b in zip(vectors[first], vectors[second], strict=True))


def test_like_words_have_like_vectors(worker: Worker) -> None:
    answer = ask(worker, "快递到哪了", "我的包裹到哪里了", "可以开发票吗", "快遞到哪了")
    assert [len(vector) for vector in answer["vectors"]] == [512] * 4  # type: ignore[arg-type]
    assert likeness(answer, 0, 0) == pytest.approx(1, abs=1e-3)
    assert likeness(answer, 0, 1) > likeness(answer, 0, 2) + 0.2
    assert likeness(answer, 0, 3) == pytest.approx(1, abs=1e-3), "traditional characters are no other words"
    assert all(round(figure, 5) == figure for figure in answer["vectors"][0])  # type: ignore[attr-defined]


def test_intents_are_told_where_they_are_asked_for(worker: Worker) -> None:
    assert ask(worker, "谢谢", "有货吗")["intents"] == [None, None]
    told = ask(worker, "谢谢", "嗯哼嗯哼", "/thank", " ", intents=True)["intents"]
    assert told == [{"name": "thank", "confidence": 1.0}, None, None, None]


def test_a_talk_is_neither_made_nor_touched(worker: Worker, worker_shop: Path) -> None:
    def kept() -> list[object]:
        with sqlite3.connect(worker_shop) as db:
            return db.execute("SELECT * FROM dialogue_states ORDER BY 1").fetchall()

    before, served = kept(), worker.http.get("/health").json()["turns"]
    ask(worker, "有货吗", "投诉 拒", intents=True)
    assert kept() == before
    assert worker.http.get("/health").json()["turns"] == served


def test_a_whole_library_goes_at_once_and_no_more(worker: Worker) -> None:
    assert ask(worker)["vectors"] == []
    assert len(ask(worker, *["您好"] * MOST_TEXTS)["vectors"]) == MOST_TEXTS
    for body in ({"texts": ["您好"] * (MOST_TEXTS + 1)}, {"texts": ["长" * 5001]}, {"texts": "您好"}, {}):
        refused = worker.http.post("/understand", json=body)
        assert refused.status_code == 422
        assert "texts" in refused.json()["error"]
        assert "必须" in refused.json()["error"]


def test_long_words_are_read_from_their_beginning(worker: Worker) -> None:
    beginning = "我的包裹到哪里了。" * 40
    answer = ask(worker, beginning, beginning + "可以开发票吗。" * 400)
    assert likeness(answer, 0, 1) == pytest.approx(1, abs=1e-3)
