"""Sparse features: which runs of a few characters or words a message has, weighted by how rare they are."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

_TERMS_FILE = "terms.json"
_WEIGHTS_FILE = "weights.npy"
_JOINT = "\x1f"
"""Between the pieces of a run; no text holds it once it is normalised."""


def runs(pieces: Sequence[str], longest: int) -> list[str]:
    """Every run of one to ``longest`` neighbouring pieces, written as one term."""
    return [
        _JOINT.join(pieces[start : start + length])
        for length in range(1, longest + 1)
        for start in range(len(pieces) - length + 1)
    ]


class NgramIndex:
    """A TF-IDF index over the pieces (characters, words) of messages, kept as a JSON list and a numpy array.

    sklearn learns it. The row of one message is put together here, with the same figures: sklearn's own
    ``transform`` checks its arguments for ten times as long as it computes.
    """

    def __init__(self, terms: Sequence[str], weights: NDArray[np.float32], longest: int) -> None:
        self._terms, self._weights, self._longest = terms, weights, longest
        self._column = {term: position for position, term in enumerate(terms)}

    @classmethod
    def learn(cls, messages: Iterable[Sequence[str]], longest: int, least_count: int) -> "NgramIndex":
        """Learns the runs of up to ``longest`` pieces that at least ``least_count`` messages share."""
        vectorizer = TfidfVectorizer(
            analyzer=lambda pieces: runs(pieces, longest), min_df=least_count, dtype=np.float32
        )
        vectorizer.fit(messages)
        return cls([str(term) for term in vectorizer.get_feature_names_out()], vectorizer.idf_, longest)

    @classmethod
    def load(cls, folder: Path, longest: int) -> "NgramIndex":
        """The index that ``save`` wrote."""
        terms = json.loads((folder / _TERMS_FILE).read_text(encoding="utf-8"))
        return cls(terms, np.load(folder / _WEIGHTS_FILE, allow_pickle=False), longest)

    def save(self, folder: Path) -> None:
        """Writes the terms in the order of their columns, and their weights."""
        (folder / _TERMS_FILE).write_text(json.dumps(self._terms, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _WEIGHTS_FILE, self._weights, allow_pickle=False)

    def row(self, pieces: Sequence[str]) -> csr_matrix:
        """Shape (1, terms), of length one unless no term is known; a term said twice counts 1.7 times."""
        found = (self._column.get(term) for term in runs(pieces, self._longest))
        counts = Counter(column for column in found if column is not None)
        columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(times)) * self._weights[columns]
        values /= np.sqrt(values @ values) or 1
        return csr_matrix((values, columns, [0, len(columns)]), shape=(1, len(self._terms)))


def join_rows(rows: Iterable[csr_matrix]) -> csr_matrix:
    """Rows side by side, shape (1, all columns); scipy's hstack takes ten times as long."""
    columns, values, width = [], [], 0
    for row in rows:
        columns.append(row.indices + width)
        values.append(row.data)
        width += row.shape[1]
    indices = np.concatenate(columns)
    return csr_matrix((np.concatenate(values), indices, [0, len(indices)]), shape=(1, width))
