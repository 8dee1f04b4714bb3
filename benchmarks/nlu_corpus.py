"""What NLU pipelines are trained on and asked: the same normalised messages for all of them."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.blind_set import ROOT, Message, read_families, read_file
from bot.nlu.normaliser import normalise

TESTS = ("blind", "plain")
"""Hard messages and plainer ones: folders of tests/nlu."""
LEAST = 6
"""Messages that every intent keeps, however small the part: a model's confidence needs three."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Messages with normalised text. Compared by identity: what is learned from one is kept under it."""

    messages: tuple[Message, ...]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def labels(self) -> list[tuple[str, ...]]:
        return [message.labels for message in self.messages]


@dataclass(frozen=True)
class Data:
    """`tests`: name of a test set → its messages; `families`: intent → family."""

    train: Corpus
    tests: Mapping[str, Corpus]
    families: Mapping[str, str]


def read_data(sample: int | None = None, root: Path = ROOT) -> Data:
    """The whole of data/nlu and tests/nlu; with `sample` about so many training messages, the tests in full."""
    files = sorted((root / "data/nlu").glob("*/*.yml"))
    train = _read(files)
    tests = {name: _read(sorted((root / "tests/nlu" / name).glob("*.yml"))) for name in TESTS}
    return Data(part(train, sample / len(train.messages)) if sample else train, tests, read_families(root))


def part(corpus: Corpus, share: float) -> Corpus:
    """`share` (0…1) of each intent's messages, the same at each call, in their order; a smaller one lies in it."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, message in enumerate(corpus.messages):
        places[message.intent].append(place)
    kept: list[int] = []
    for intent, own in places.items():
        random.Random(intent).shuffle(own)  # noqa: S311
        kept += own[: max(LEAST, round(share * len(own)))]
    return Corpus(tuple(corpus.messages[place] for place in sorted(kept)))


def _read(files: Iterable[Path]) -> Corpus:
    messages = (message for file in files for message in read_file(file))
    return Corpus(tuple(replace(message, text=normalise(message.text)) for message in messages))
