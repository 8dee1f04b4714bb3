"""A linear intent model over dense and sparse sentence features, with probabilities one can believe."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

Matrix = NDArray[np.float32]

_FIGURES_FILE = "figures.npz"
_LABELS_FILE = "labels.json"
_CALIBRATION_PARTS = 3


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
        cls, dense: Matrix, sparse: csr_matrix, labels: Sequence[str], regularisation: float, dense_weight: float
    ) -> "LinearModel":
        """Fits a linear support vector machine, and its sharpness on parts it has not seen.

        ``regularisation`` is sklearn's C: larger fits closer. ``dense_weight`` is how much the sentence
        vector counts against the n-grams. Labels weigh as often as they occur: frequent questions
        are frequent at the counter too.
        """
        features = hstack([csr_matrix(dense * dense_weight), sparse]).tocsr()
        machine = LinearSVC(C=regularisation, random_state=0)
        targets = np.asarray(labels)
        sharpness = _calibrate(machine, features, targets)
        machine.fit(features, targets)
        weights, intercepts = _per_label(machine)
        width = dense.shape[1]
        return cls(
            labels=tuple(str(label) for label in machine.classes_),
            dense_weights=np.ascontiguousarray(weights[:, :width].T * dense_weight, dtype=np.float32),
            sparse_weights=np.ascontiguousarray(weights[:, width:].T, dtype=np.float32),
            intercepts=intercepts.astype(np.float32),
            sharpness=sharpness,
        )

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        """Shape (labels,), adding up to one, for one message: its sentence vector and its row of n-grams."""
        scores = dense @ self.dense_weights + sparse.data @ self.sparse_weights[sparse.indices] + self.intercepts
        return _softmax(scores * self.sharpness)

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


def _per_label(machine: LinearSVC) -> tuple[Matrix, Matrix]:
    """With two labels sklearn keeps one row only, for the second."""
    if len(machine.classes_) > 2:
        return machine.coef_, machine.intercept_
    return np.vstack([-machine.coef_, machine.coef_]), np.concatenate([-machine.intercept_, machine.intercept_])


def _calibrate(machine: LinearSVC, features: csr_matrix, targets: NDArray[np.str_]) -> float:
    """The sharpness under which scores on unseen parts explain the labels best; 4 where data is too scarce."""
    names, positions, counts = np.unique(targets, return_inverse=True, return_counts=True)
    if counts.min() < _CALIBRATION_PARTS:
        return 4.0
    parts = StratifiedKFold(_CALIBRATION_PARTS, shuffle=True, random_state=0)
    scores = cross_val_predict(machine, features, targets, cv=parts, method="decision_function")
    if len(names) == 2:
        scores = np.column_stack([-scores, scores])
    rows = np.arange(len(targets))

    def surprise(sharpness: float) -> float:
        return float(-np.log(_softmax(scores * sharpness)[rows, positions] + 1e-12).mean())

    return float(minimize_scalar(surprise, bounds=(0.5, 20.0), method="bounded").x)


def _softmax(scores: Matrix) -> Matrix:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    normal: Matrix = raised / raised.sum(axis=-1, keepdims=True)
    return normal
