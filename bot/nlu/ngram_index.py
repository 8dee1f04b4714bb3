"""Sparse features: which runs of a few characters a message has, weighted by how rare they are."""

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


class NgramIndex:
    """A TF-IDF index over the characters of whole messages, kept as a JSON list and a numpy array.

    sklearn learns it and cuts the texts up. The row of one message is put together here, with the
    same figures: sklearn's own ``transform`` checks its arguments for ten times as long as it computes.
    """

    def __init__(self, terms: Sequence[str], weights: NDArray[np.float32], longest: int) -> None:
        self._terms, self._weights = terms, weights
        self._column = {term: position for position, term in enumerate(terms)}
        self._cut = TfidfVectorizer(analyzer="char", ngram_range=(1, longest)).build_analyzer()

    @classmethod
    def learn(cls, texts: Iterable[str], longest: int, least_count: int) -> "NgramIndex":
        """Learns the runs of up to ``longest`` characters that at least ``least_count`` messages share."""
        vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, longest), min_df=least_count, dtype=np.float32)
        vectorizer.fit(texts)
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

    def row(self, text: str) -> csr_matrix:
        """Shape (1, terms), of length one unless no term is known; a term said twice counts 1.7 times."""
        counts = Counter(column for term in self._cut(text) if (column := self._column.get(term)) is not None)
        columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(times)) * self._weights[columns]
        values /= np.sqrt(values @ values) or 1
        return csr_matrix((values, columns, [0, len(columns)]), shape=(1, len(self._terms)))
