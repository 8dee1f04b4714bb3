"""One row of the table: a variant trained, asked all test messages, and timed."""

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.blind_set import Message
from benchmarks.nlu_corpus import Corpus, Data
from benchmarks.nlu_features import ENCODERS, PARTS, Encoder, Learned, Store, featurize, read_config, side_by_side
from benchmarks.nlu_figures import Guess, Headline, Scored, headline
from benchmarks.nlu_learners import Examples, Model, Setting, weight_bytes
from benchmarks.nlu_variants import Variant
from bot.nlu.linear_model import Matrix
from bot.nlu.normaliser import normalise

TIMED = 200
"""Messages whose parsing is timed."""
_WARM_UP = 10
_TERM_BYTES = 4


@dataclass(frozen=True)
class Row:
    """`tests`: name of the test set → rates between 0 and 1. None and empty where nothing was measured.

    `weights_mb`: the arrays that training made; the encoder, which comes trained, and the lists of terms not counted.
    `load_s` and `memory_mb` (resident, of the whole process) are known where a row runs in a process of its own.
    """

    name: str
    title: str
    tests: Mapping[str, Headline] = field(default_factory=dict)
    trained_on: int | None = None
    train_s: float | None = None
    parse_p50_ms: float | None = None
    weights_mb: float | None = None
    load_s: float | None = None
    memory_mb: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Pipeline:
    """A trained variant."""

    encoders: tuple[Encoder, ...]
    indices: tuple[Learned, ...]
    model: Model

    def parse(self, text: str) -> Matrix:
        """Shape (labels,), from what a buyer typed; nothing of it is remembered."""
        return self.model.probabilities(*featurize(normalise(text), self.encoders, self.indices))

    def guess_all(self, corpus: Corpus, store: Store) -> list[Guess]:
        dense, _ = store.vectors(self.encoders, corpus)
        rows = [store.rows(learned, corpus) for learned in self.indices]
        sparse = side_by_side(rows, len(corpus.messages))
        chances = (self.model.probabilities(vector, sparse[place]) for place, vector in enumerate(dense))
        return [_guess(message, self.model.labels, own) for message, own in zip(corpus.messages, chances, strict=True)]


def measure(variant: Variant, data: Data, store: Store) -> Row:
    """Some minutes on all the data."""
    if obstacle := variant.find_obstacle():
        return Row(variant.name, variant.title, note=obstacle)
    corpus = variant.prepare(data.train)
    pipeline, seconds = train(variant, corpus, _setting(data.families), store)
    tests = {name: headline(pipeline.guess_all(test, store), data.families) for name, test in data.tests.items()}
    timed = [message.text for test in data.tests.values() for message in test.messages[:TIMED]][:TIMED]
    return Row(
        name=variant.name,
        title=variant.title,
        tests=tests,
        trained_on=len(corpus.messages),
        train_s=round(seconds, 1),
        parse_p50_ms=round(_median_ms(pipeline.parse, timed), 2),
        weights_mb=round(_bytes(pipeline) / 2**20, 2),
    )


def train(variant: Variant, corpus: Corpus, setting: Setting, store: Store) -> tuple[Pipeline, float]:
    """The pipeline, and the seconds of its features and its model together."""
    encoders = tuple(ENCODERS[name] for name in variant.encoders)
    dense, seconds = store.vectors(encoders, corpus)
    indices = tuple(store.learn(PARTS[name], corpus) for name in variant.parts)
    sparse = side_by_side([learned.rows for learned in indices], len(corpus.messages))
    start = time.perf_counter()
    with threadpool_limits(limits=os.cpu_count(), user_api="blas"):  # loading the encoder has set one for all
        model = variant.learn(Examples(dense, sparse, corpus.labels), setting)
    seconds += time.perf_counter() - start + sum(learned.seconds for learned in indices)
    return Pipeline(encoders, indices, model), seconds


def as_json(row: Row) -> dict[str, Any]:
    return asdict(row)


def _setting(families: Mapping[str, str]) -> Setting:
    step = read_config()["LinearIntentClassifier"]
    return Setting(step["regularisation"], step["dense_weight"], families)


def _guess(message: Message, labels: Sequence[str], chances: Matrix) -> Guess:
    """With the two likeliest, which is what the figures look at."""
    likeliest = np.argsort(-chances, kind="stable")[:2]
    return Guess(message, tuple(Scored(labels[place], float(chances[place])) for place in likeliest))


def _median_ms(parse: Callable[[str], object], texts: list[str]) -> float:
    """Milliseconds; the first few texts are run before, untimed."""
    for text in texts[:_WARM_UP]:
        parse(text)
    spent = []
    for text in texts:
        start = time.perf_counter()
        parse(text)
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def _bytes(pipeline: Pipeline) -> int:
    """Of the model's arrays and the weight of each term."""
    terms = sum(int(learned.rows.shape[1]) for learned in pipeline.indices)
    return weight_bytes(pipeline.model) + _TERM_BYTES * terms
