"""A linear intent model over dense and sparse sentence features, with probabilities one can believe."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

Matrix = NDArray[np.float32]

_FIGURES_FILE = "figures.npz"
_LABELS_FILE = "labels.json"
_CALIBRATION_PARTS = 3
_THREADS = 2
_TOLERANCE = 0.05
"""Closer costs half as much time again and changes no figure."""


@dataclass(frozen=True)
class LinearModel:
    """One weight per feature and label. Written as a numpy archive and JSON, nothing that runs code at load."""

    labels: tuple[str, ...]
    dense_weights: Matrix
    """Shape (dense features, labels)."""
    sparse_weights: Matrix
    """Shape (sparse features, labels): a message touches a few rows of it."""
    intercepts: Matrix
    sharpness: float
    """What the scores are multiplied by before the softmax, so that 0.8 is right eight times in ten."""

    @classmethod
    def train(
        cls,
        dense: Matrix,
        sparse: csr_matrix,
        labels: Sequence[Sequence[str]],
        regularisation: float,
        dense_weight: float,
    ) -> "LinearModel":
        """Fits a linear support vector machine a label, and the sharpness on parts it has not seen.

        ``labels``: of each message one, or the two of its requests, the main one first. ``regularisation``
        is sklearn's C: larger fits closer. ``dense_weight`` is how much the sentence vector counts against
        the n-grams. Labels weigh as often as they occur: frequent questions are frequent at the counter too.
        """
        features = hstack([csr_matrix(dense * dense_weight), sparse]).tocsr()
        names = sorted({name for row in labels for name in row})
        targets = np.array([[name in row for name in names] for row in labels])
        machines = _fit(features, targets, regularisation)
        weights = np.vstack([machine.coef_[0] for machine in machines])
        width = dense.shape[1]
        return cls(
            labels=tuple(names),
            dense_weights=np.ascontiguousarray(weights[:, :width].T * dense_weight, dtype=np.float32),
            sparse_weights=np.ascontiguousarray(weights[:, width:].T, dtype=np.float32),
            intercepts=np.array([machine.intercept_[0] for machine in machines], dtype=np.float32),
            sharpness=_find_sharpness(features, targets, [names.index(row[0]) for row in labels], regularisation),
        )

    def scores(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        """Shape (labels,), for one message: above 0 a label fits, whatever the others do."""
        scores: Matrix = (
            dense @ self.dense_weights + sparse.data @ self.sparse_weights[sparse.indices] + self.intercepts
        )
        return scores

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        """Shape (labels,), adding up to one, for one message: its sentence vector and its row of n-grams."""
        return softmax(self.scores(dense, sparse) * self.sharpness)

    def save(self, folder: Path) -> None:
        """Writes the figures and the labels."""
        np.savez(
            folder / _FIGURES_FILE,
            dense_weights=self.dense_weights,
            sparse_weights=self.sparse_weights,
            intercepts=self.intercepts,
            sharpness=np.float64(self.sharpness),
        )
        (folder / _LABELS_FILE).write_text(json.dumps(self.labels, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """The model that ``save`` wrote."""
        labels = json.loads((folder / _LABELS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _FIGURES_FILE, allow_pickle=False) as figures:
            return cls(
                labels=tuple(labels),
                dense_weights=figures["dense_weights"],
                sparse_weights=figures["sparse_weights"],
                intercepts=figures["intercepts"],
                sharpness=float(figures["sharpness"]),
            )


def _fit(features: csr_matrix, targets: NDArray[np.bool_], regularisation: float) -> list[LinearSVC]:
    """One machine a column of ``targets``, in two threads: sklearn's own way to many labels copies the features."""

    features.sum_duplicates()  # sklearn would do it in each thread, in place, on the one matrix

    def fit(column: NDArray[np.bool_]) -> LinearSVC:
        return LinearSVC(C=regularisation, tol=_TOLERANCE, random_state=0).fit(features, column)

    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(fit, targets.T))


def _find_sharpness(
    features: csr_matrix, targets: NDArray[np.bool_], main: Sequence[int], regularisation: float
) -> float:
    """The sharpness under which scores on an unseen part explain the labels best; 4 where data is too scarce."""
    if np.bincount(main, minlength=targets.shape[1]).min() < _CALIBRATION_PARTS:
        return 4.0
    parts = StratifiedKFold(_CALIBRATION_PARTS, shuffle=True, random_state=0)
    known, unseen = next(parts.split(features, main))
    machines = _fit(features[known], targets[known], regularisation)
    scores = np.column_stack([machine.decision_function(features[unseen]) for machine in machines])

    def surprise(sharpness: float) -> float:
        """Either request of two is a right answer."""
        return float(-np.log((softmax(scores * sharpness) * targets[unseen]).sum(axis=1) + 1e-12).mean())

    return float(minimize_scalar(surprise, bounds=(0.5, 20.0), method="bounded").x)


def softmax(scores: Matrix) -> Matrix:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    normal: Matrix = raised / raised.sum(axis=-1, keepdims=True)
    return normal
