"""The table of pipelines, measured on a handful of intents: its shape, and that ours learns."""

import json
from pathlib import Path

import pytest

from benchmarks.nlu_corpus import Corpus, Data, part, read_data
from benchmarks.nlu_features import Store
from benchmarks.nlu_pipelines import measure_all, write
from benchmarks.nlu_rows import Row, measure
from benchmarks.nlu_slips import with_slips
from benchmarks.nlu_table import render_table
from benchmarks.nlu_variants import VARIANTS

INTENTS = ("greet", "ask_invoice", "ask_stock", "ask_size", "urge_shipment")
A_FEW = 30
RATES = ["main", "either", "family", "top2", "sure70", "sure80"]


def of_intents(corpus: Corpus) -> Corpus:
    """A few dozen messages of each of the intents, with no request but these."""
    own = [
        [one for one in corpus.messages if one.intent == name and set(one.labels) <= set(INTENTS)] for name in INTENTS
    ]
    return Corpus(tuple(message for messages in own for message in messages[:A_FEW]))


@pytest.fixture(scope="module")
def data() -> Data:
    everything = read_data()
    tests = {name: of_intents(test) for name, test in everything.tests.items()}
    return Data(of_intents(everything.train), tests, everything.families)


@pytest.fixture(scope="module")
def ours(data: Data) -> Row:
    return measure(VARIANTS["ours"], data, Store())


def test_ours_understands_most_of_five_intents(ours: Row) -> None:
    assert {name for name, one in ours.tests.items() if (one.intent_either or 0) > 0.6} == {"blind", "plain"}
    assert ours.trained_on == A_FEW * len(INTENTS)
    assert all(figure and figure > 0 for figure in (ours.train_s, ours.parse_p50_ms, ours.weights_mb))


def test_the_table_has_a_line_for_each_row_and_a_cell_for_each_figure(ours: Row, data: Data) -> None:
    missing = Row("e5-only", "e5 alone", note="not measured: no such module")
    heading, columns, first, second, *_ = render_table([ours, missing], data).splitlines()
    assert [f"{name}, {len(test.messages)} messages" in heading for name, test in data.tests.items()] == [True, True]
    assert columns.split() == [*RATES, *RATES, "msgs", "train", "p50", "MB"]
    assert len(first.removesuffix(ours.title).split()) == 1 + 2 * len(RATES) + 4
    assert second.split()[1:17] == ["—"] * 16 and second.endswith("no such module")


def test_the_file_holds_what_the_table_says(ours: Row, data: Data, tmp_path: Path) -> None:
    write([ours], data, tmp_path / "var" / "rows.json")
    content = json.loads((tmp_path / "var" / "rows.json").read_text(encoding="utf-8"))
    assert content["training_messages"] == ours.trained_on
    assert content["rows"][0]["tests"]["plain"]["family"] == ours.tests["plain"].family


def test_a_row_that_fails_leaves_the_others(data: Data) -> None:
    nothing = Data(Corpus(()), data.tests, data.families)
    rows = list(measure_all(["knn", "encoder-only"], nothing, epochs=1))
    assert [row.note.startswith("failed") for row in rows] == [True, True]


def test_a_smaller_part_lies_in_a_larger_one_and_has_every_intent(data: Data) -> None:
    half, quarter = part(data.train, 1 / 2), part(data.train, 1 / 4)
    assert set(quarter.messages) < set(half.messages) < set(data.train.messages)
    assert {message.intent for message in quarter.messages} == set(INTENTS)


def test_a_slip_changes_one_character_of_a_copy(data: Data) -> None:
    both = with_slips(data.train)
    known, copies = both.messages[: len(data.train.messages)], both.messages[len(data.train.messages) :]
    assert known == data.train.messages
    assert [copy.labels for copy in copies] == data.train.labels
    pairs = zip(known, copies, strict=True)
    assert sum(one.text != copy.text and len(one.text) - len(copy.text) in (0, 1) for one, copy in pairs) > 100
