"""The readers of the report: blind messages, what the model makes of them, and marked entities."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.blind_set import BlindSetWrong, Message, check_labels, read_blind_set, read_families
from benchmarks.nlu_guesses import NoModel, guess_all, read_guess
from benchmarks.nlu_mentions import MentionsWrong, find_entity_figures, judge, read_mentions
from bot.nlu.spans import Span

ONE_FILE = """
version: "3.1"
nlu:
- intent: ask_stock
  examples: |
    - 有货吗
    - - 还有没
- synonym: 红色
  examples: |
    - 红
"""
WITH_METADATA = """
nlu:
- intent: bargain
  examples:
  - text: 还有货吗 有的话便宜点
    metadata: {also: ask_stock}
  - text: 便宜点
"""


def test_one_file_of_lines_is_read(tmp_path: Path) -> None:
    (tmp_path / "blind.yml").write_text(ONE_FILE, encoding="utf-8")
    assert read_blind_set(tmp_path) == [Message("有货吗", "ask_stock"), Message("- 还有没", "ask_stock")]


def test_the_folder_is_preferred_and_names_second_requests(tmp_path: Path) -> None:
    (tmp_path / "blind.yml").write_text(ONE_FILE, encoding="utf-8")
    (tmp_path / "blind").mkdir()
    (tmp_path / "blind/b.yml").write_text(WITH_METADATA, encoding="utf-8")
    (tmp_path / "blind/a.yml").write_text(ONE_FILE, encoding="utf-8")
    read = read_blind_set(tmp_path)
    assert [message.text for message in read] == ["有货吗", "- 还有没", "还有货吗 有的话便宜点", "便宜点"]
    assert [message.labels for message in read[2:]] == [("bargain", "ask_stock"), ("bargain",)]


def test_an_empty_folder_does_not_hide_the_file(tmp_path: Path) -> None:
    (tmp_path / "blind.yml").write_text(ONE_FILE, encoding="utf-8")
    (tmp_path / "blind").mkdir()
    assert len(read_blind_set(tmp_path)) == 2


def test_the_family_of_an_intent_is_its_folder(tmp_path: Path) -> None:
    (tmp_path / "data/nlu/bargain").mkdir(parents=True)
    (tmp_path / "data/nlu/bargain/bargain.yml").touch()
    assert read_families(tmp_path) == {"bargain": "bargain"}


def test_no_messages_at_all_are_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(BlindSetWrong, match="no blind messages"):
        read_blind_set(tmp_path)


def test_a_label_that_is_not_trained_is_named() -> None:
    with pytest.raises(BlindSetWrong, match="ask_weather"):
        check_labels([Message("下雨吗", "greet", "ask_weather")], {"greet": "general"})


def test_our_own_blind_set_names_trained_intents_only() -> None:
    check_labels(read_blind_set(), read_families())


def test_a_guess_leaves_rasas_fallback_out_and_takes_a_second_request() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.6}, {"name": "greet", "confidence": 0.4}]
    parsed: dict[str, Any] = {"intent": ranking[0], "intent_ranking": ranking}
    alone = read_guess(Message("你好", "greet"), parsed)
    assert (alone.understood, alone.confidence, alone.also) == ("greet", 0.4, None)
    second = {"also": {"name": "ask_stock", "confidence": 0.3}}
    assert read_guess(Message("你好", "greet"), parsed | second).also == "ask_stock"


def test_two_meanings_that_do_not_compete_share_their_confidence() -> None:
    def parsed(second: str) -> dict[str, Any]:
        return {"intent_ranking": [{"name": "request_return", "confidence": 0.4}, {"name": second, "confidence": 0.3}]}

    message = Message("退吧", "request_return")
    one_wish, rivals = read_guess(message, parsed("cancel_order")), read_guess(message, parsed("ask_price"))
    two = read_guess(message, parsed("ask_price") | {"also": {"name": "ask_price", "confidence": 0.3}})
    assert (one_wish.sureness, rivals.sureness, two.sureness) == (pytest.approx(0.7), 0.4, pytest.approx(0.7))
    assert one_wish.confidence == 0.4


def test_nothing_understood_is_a_wrong_guess_without_confidence() -> None:
    nothing = read_guess(Message("?", "greet"), {"intent": {"name": None, "confidence": 0.0}, "also": None})
    assert (nothing.understood, nothing.confidence, nothing.right) == ("", 0.0, False)


async def test_a_folder_without_a_model_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match="make train"):
        await guess_all(tmp_path, [])


MENTIONS = """
today: "2026-11-20"
messages:
- text: 明天要两件 ４２ 码的
  entities:
  - {entity: quantity, mention: 两件, value: 2}
  - {entity: date, mention: 明天, value: 2026-11-21}
  - {entity: size, mention: ４２ 码, value: 42}
- text: 没有实体
"""


def test_mentions_are_placed_in_the_normalised_text(tmp_path: Path) -> None:
    (tmp_path / "mentions.yml").write_text(MENTIONS, encoding="utf-8")
    today, messages = read_mentions(tmp_path / "mentions.yml")
    assert today == date(2026, 11, 20)
    assert [messages[0].text[slice(*one.places[0])] for one in messages[0].mentions] == ["两件", "明天", "42 码"]
    assert messages[0].mentions[1].value == "2026-11-21"


def test_a_mention_that_is_not_in_its_message_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "mentions.yml").write_text(MENTIONS.replace("mention: 两件", "mention: 三件"), encoding="utf-8")
    with pytest.raises(MentionsWrong, match="三件"):
        read_mentions(tmp_path / "mentions.yml")


def test_a_find_is_right_by_kind_value_and_overlap_and_other_kinds_are_not_judged(tmp_path: Path) -> None:
    (tmp_path / "mentions.yml").write_text(MENTIONS, encoding="utf-8")
    _, messages = read_mentions(tmp_path / "mentions.yml")
    right, elsewhere = Span("quantity", 3, 4, 2), Span("size", 0, 2, "42")
    finds = [[right, elsewhere, Span("size", 6, 10, "42"), Span("aspect", 0, 2, "fit")], [Span("date", 0, 1, "x")]]
    entities = judge(messages, finds)
    assert [(kind.name, kind.count, kind.found) for kind in entities.kinds] == [
        ("date", 1, 1),
        ("quantity", 1, 1),
        ("size", 1, 2),
    ]
    assert (entities.overall.precision, entities.overall.recall) == (0.5, pytest.approx(2 / 3))
    assert [(slip.kind, slip.entity) for slip in entities.slips] == [
        ("missed", "date"),
        ("extra", "date"),
        ("extra", "size"),
    ]


def test_without_mentions_there_are_no_entity_figures(tmp_path: Path) -> None:
    assert find_entity_figures(tmp_path / "mentions.yml") is None
