"""The report on blind messages: its figures on guesses made by hand, its page, and the gate."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.blind_set import Message
from benchmarks.nlu_confidence import at_policy, calibration_error, doubt_curve, offered, reliability
from benchmarks.nlu_figures import (
    Guess,
    Scored,
    confusions,
    family_matrix,
    headline,
    judge_intents,
    qualities,
    two_requests,
    weakest,
)
from benchmarks.nlu_gate import NothingAccepted, accept, compare, render_table
from benchmarks.nlu_page import render_page
from benchmarks.nlu_record import Figures, as_json, collect
from benchmarks.nlu_report import main, measure, write
from shop.policy import Policy
from shop.times import TIMEZONE

LEAST_F1 = 0.85
"""Of each family on the blind messages."""
FAMILIES = {"ask_stock": "presale", "ask_price": "presale", "bargain": "bargain", "greet": "general"}


def guess(intent: str, *ranking: tuple[str, float], also: str | None = None, found: str | None = None) -> Guess:
    text = f"{intent} 说成 {ranking[0][0] if ranking else ''}"
    return Guess(Message(text, intent, also), tuple(Scored(*one) for one in ranking), found)


GUESSES = [
    guess("ask_stock", ("ask_stock", 0.95), ("ask_price", 0.03)),
    guess("ask_stock", ("ask_price", 0.85), ("ask_stock", 0.10)),
    guess("bargain", ("ask_stock", 0.75), ("bargain", 0.20), also="ask_stock", found="bargain"),
    guess("bargain", ("bargain", 0.45), ("greet", 0.30), also="ask_price"),
    guess("greet", ("bargain", 0.40), ("greet", 0.35), found="ask_price"),
    guess("greet", ("greet", 0.07), ("ask_stock", 0.06)),
]
POLICY = Policy(sure_percent=50, offer_percent=8)


def figures_of(guesses: list[Guess]) -> Figures:
    return collect("shop-test.tar.gz", guesses, FAMILIES, None, POLICY)


# right and wrong


def test_accuracy_counts_main_labels_either_label_families_and_the_surest() -> None:
    head = headline(GUESSES, FAMILIES)
    assert (head.intent_main, head.intent_either) == (pytest.approx(3 / 6), pytest.approx(4 / 6))
    assert (head.family, head.top2) == (pytest.approx(5 / 6), 1.0)
    assert (head.surest_70, head.surest_80) == (pytest.approx(3 / 4), pytest.approx(3 / 5))


def test_precision_is_of_what_was_understood_and_recall_of_what_was_meant() -> None:
    stock, price = (
        next(q for q in qualities(judge_intents(GUESSES)) if q.name == n) for n in ("ask_stock", "ask_price")
    )
    assert (stock.count, stock.found, stock.precision, stock.recall) == (2, 2, 1.0, 0.5)
    assert stock.f1 == pytest.approx(2 / 3)
    assert (price.count, price.found, price.precision, price.recall, price.f1) == (0, 1, 0.0, None, None)


def test_confusions_come_with_their_surest_examples() -> None:
    again = guess("ask_stock", ("ask_price", 0.5))
    first = confusions([*GUESSES, again])[0]
    assert (first.meant, first.understood, first.count) == ("ask_stock", "ask_price", 2)
    assert first.examples == (GUESSES[1].message.text, again.message.text)


def test_a_family_that_is_right_by_the_second_request_stands_on_the_diagonal() -> None:
    matrix = family_matrix(GUESSES, FAMILIES)
    assert matrix.labels == ("presale", "bargain", "general")
    assert matrix.rows == ((3, 0, 0), (0, 1, 0), (0, 1, 1))


def test_two_requests_are_counted_where_they_were_meant_and_where_they_were_found() -> None:
    two = two_requests(GUESSES)
    assert (two.meant, two.found, two.precision, two.recall, two.both_named) == (2, 2, 0.5, 0.5, 1.0)


def test_a_model_that_finds_no_second_request_has_no_precision() -> None:
    two = two_requests([GUESSES[3]])
    assert (two.found, two.precision, two.recall, two.both_named) == (0, None, 0.0, None)


def test_the_weakest_intents_come_with_mistakes_in_both_directions() -> None:
    again = guess("ask_stock", ("ask_price", 0.5))
    weak = weakest([*GUESSES, again])
    assert [one.quality.name for one in weak] == ["ask_stock", "bargain", "greet"], "nobody meant ask_price"
    assert [(miss.meant, miss.understood, miss.confidence) for miss in weak[1].misses] == [("greet", "bargain", 0.4)]
    assert [miss.text for miss in weak[0].misses] == [GUESSES[1].message.text, again.message.text]
    assert weak[2].misses == weak[1].misses


# confidence


def test_reliability_has_ten_bins_with_share_confidence_and_accuracy() -> None:
    bins = reliability(GUESSES)
    assert [each.count for each in bins] == [1, 0, 0, 0, 2, 0, 0, 1, 1, 1]
    assert (bins[4].share, bins[4].confidence, bins[4].accuracy) == (pytest.approx(2 / 6), pytest.approx(0.425), 0.5)
    assert (bins[1].share, bins[1].confidence, bins[1].accuracy) == (0.0, None, None)


def test_full_confidence_falls_into_the_last_bin() -> None:
    assert reliability([guess("greet", ("greet", 1.0))])[9].count == 1


def test_the_calibration_error_weighs_the_gaps_by_share() -> None:
    gaps = [0.93, 2 * 0.075, 0.25, 0.85, 0.05]
    assert calibration_error(reliability(GUESSES)) == pytest.approx(sum(gaps) / 6)


def test_offered_are_likely_meanings_with_a_label_three_at_most() -> None:
    many = guess("greet", ("greet", 0.3), ("ask_stock", 0.2), ("bargain", 0.15), ("ask_price", 0.1), ("ask_size", 0.09))
    assert offered(many, 0.08) == ("ask_stock", "bargain", "ask_price")
    assert offered(many, 0.12) == ("ask_stock", "bargain")


def test_the_policy_answers_asks_or_hands_over() -> None:
    now = at_policy(GUESSES, POLICY)
    assert (now.point.answered, now.point.accuracy) == (0.5, pytest.approx(2 / 3))
    assert (now.point.asked, now.point.handed_over) == (pytest.approx(2 / 6), pytest.approx(1 / 6))
    assert now.offered_right == 0.5, "greet may not be offered, bargain may"


def test_the_doubt_curve_answers_less_the_higher_the_threshold() -> None:
    curve = doubt_curve(GUESSES, POLICY)
    assert (curve[0].threshold, curve[-1].threshold) == (0.2, 0.9)
    answered = [one.answered or 0 for one in curve]
    assert answered == sorted(answered, reverse=True)
    assert all((one.answered or 0) + (one.asked or 0) + (one.handed_over or 0) == pytest.approx(1) for one in curve)
    assert (curve[-1].answered, curve[-1].accuracy) == (pytest.approx(1 / 6), 1.0)


# the page


def test_texts_are_escaped_in_the_page() -> None:
    nasty = Guess(Message("<script>alert('价')</script> & <b>", "ask_stock"), (Scored("ask_price", 0.9),))
    page = render_page(figures_of([nasty, *GUESSES]), FAMILIES, datetime(2026, 11, 20, 14, 3, tzinfo=TIMEZONE))
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#39;价&#39;)&lt;/script&gt; &amp; &lt;b&gt;" in page


def test_the_page_stands_by_itself_and_says_that_entities_were_not_judged(tmp_path: Path) -> None:
    write(figures_of(GUESSES), FAMILIES, tmp_path / "report")
    page = (tmp_path / "report/index.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 3
    assert 'src="' not in page and "<link" not in page and "@import" not in page
    assert "实体没有评" in page
    kept = json.loads((tmp_path / "report/figures.json").read_text(encoding="utf-8"))
    assert (kept["messages"], kept["headline"]["intent_either"], kept["entities"]) == (6, 0.6667, None)


# the gate


def lower(plain: dict[str, Any], points: float) -> dict[str, Any]:
    return plain | {"headline": plain["headline"] | {"family": plain["headline"]["family"] - points / 100}}


def test_the_gate_lets_a_point_pass_and_no_more(tmp_path: Path) -> None:
    plain, accepted = as_json(figures_of(GUESSES)), tmp_path / "nlu_figures.json"
    accept(plain, accepted)
    assert not any(one.worse for one in compare(lower(plain, 1.0), accepted))
    worse = compare(lower(plain, 1.1), accepted)
    assert [one.title for one in worse if one.worse] == ["大类 family"]
    assert "下降 WORSE" in render_table(worse)


def test_a_figure_that_is_gone_does_not_pass_and_a_new_one_does(tmp_path: Path) -> None:
    plain, accepted = as_json(figures_of(GUESSES)), tmp_path / "nlu_figures.json"
    with_entities = plain | {"entities": {"overall": {"f1": 0.9}}}
    accept(with_entities, accepted)
    assert [one.title for one in compare(plain, accepted) if one.worse] == ["实体 F1 entity F1"]
    accept(plain, accepted)
    assert not any(one.worse for one in compare(with_entities, accepted))


def test_without_accepted_figures_nothing_passes(tmp_path: Path) -> None:
    with pytest.raises(NothingAccepted, match="--accept"):
        compare(as_json(figures_of(GUESSES)), tmp_path / "none.json")


@pytest.mark.parametrize(("points", "code"), [(0.0, 0), (2.0, 1)])
def test_the_command_fails_where_a_figure_fell(
    points: float, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def measured(model: Path) -> Figures:
        return figures_of(GUESSES)

    accepted = tmp_path / "nlu_figures.json"
    accept(lower(as_json(figures_of(GUESSES)), -points), accepted)
    monkeypatch.setattr("benchmarks.nlu_report.measure", measured)
    monkeypatch.setattr("benchmarks.nlu_report._quieten", lambda: None)
    monkeypatch.setattr("benchmarks.nlu_report.compare", lambda plain: compare(plain, accepted))
    monkeypatch.setattr("sys.argv", ["nlu_report", "--check", "--out", str(tmp_path / "report")])
    assert main() == code
    assert "大类 family" in capsys.readouterr().out


@pytest.mark.req("NL-01", "NL-03", "NL-07")
async def test_the_trained_model_understands_blind_messages_as_well_as_it_did(model_path: Path) -> None:
    figures = as_json(await measure(model_path))
    comparisons = compare(figures)
    assert not any(one.worse for one in comparisons), "\n" + render_table(comparisons)
    assert {row["name"]: row["f1"] for row in figures["families"] if row["f1"] < LEAST_F1} == {}
