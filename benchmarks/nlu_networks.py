"""Learners that are not linear: a small network, the mean of it and ours, and a kernel before ours."""

from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.kernel_approximation import Nystroem
from sklearn.neural_network import MLPClassifier

from benchmarks.nlu_learners import Examples, Setting, linear
from bot.nlu.linear_model import LinearModel, Matrix, softmax

_HIDDEN = 512
_DIRECTIONS = 400
_CENTRES = 800
_SHARPNESS_OF_KERNEL = 1.0
"""sklearn's gamma. Vectors have length one, those of two messages mostly a squared distance of 0.5 to 1.5."""


@dataclass(frozen=True)
class Network:
    """One hidden layer over the dense features and the main directions of the sparse ones."""

    labels: tuple[str, ...]
    directions: Matrix
    """Shape (sparse features, 400): a message touches a few rows of it."""
    layers: tuple[tuple[Matrix, Matrix], ...]
    """Weights, shape (inputs, outputs), and biases."""

    @classmethod
    def train(cls, examples: Examples, setting: Setting) -> "Network":
        """Ends when a tenth that is held back gets no better. A message with two labels is learned once for each."""
        directions = TruncatedSVD(min(_DIRECTIONS, examples.sparse.shape[1] - 1), random_state=0).fit(examples.sparse)
        projection = np.ascontiguousarray(directions.components_.T, dtype=np.float32)
        inputs = np.hstack([examples.dense, examples.sparse @ projection])
        rows = [row for row, labels in enumerate(examples.labels) for _ in labels]
        network = MLPClassifier(
            (_HIDDEN,), batch_size=256, max_iter=40, early_stopping=True, n_iter_no_change=4, random_state=0
        ).fit(inputs[rows], list(chain.from_iterable(examples.labels)))
        layers = zip(network.coefs_, network.intercepts_, strict=True)
        return cls(tuple(map(str, network.classes_)), projection, tuple(layers))

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        (into, bias), (out, last) = self.layers
        inputs = np.concatenate([dense, sparse.data @ self.directions[sparse.indices]])
        return softmax(np.maximum(inputs @ into + bias, 0) @ out + last)


@dataclass(frozen=True)
class Mean:
    """The mean of both models' probabilities."""

    labels: tuple[str, ...]
    network: Network
    ours: LinearModel

    @classmethod
    def train(cls, examples: Examples, setting: Setting) -> "Mean":
        network, ours = Network.train(examples, setting), linear(examples, setting)
        assert network.labels == ours.labels, "both sort the same names"
        return cls(ours.labels, network, ours)

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        mean: Matrix = (self.network.probabilities(dense, sparse) + self.ours.probabilities(dense, sparse)) / 2
        return mean


@dataclass(frozen=True)
class Kernel:
    """Ours over the likeness of a message to 800 others (RBF, Nystroem) in the place of its vector."""

    labels: tuple[str, ...]
    centres: Matrix
    """Shape (800, dense features)."""
    mixing: Matrix
    """Shape (800, 800)."""
    ours: LinearModel

    @classmethod
    def train(cls, examples: Examples, setting: Setting) -> "Kernel":
        found = Nystroem(
            gamma=_SHARPNESS_OF_KERNEL, n_components=min(_CENTRES, len(examples.dense)), random_state=0
        ).fit(examples.dense)
        mixing = np.ascontiguousarray(found.normalization_.T, dtype=np.float32)
        seen = _likeness(examples.dense, found.components_) @ mixing
        ours = linear(replace(examples, dense=seen), setting)
        return cls(ours.labels, found.components_, mixing, ours)

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        return self.ours.probabilities((_likeness(dense[np.newaxis], self.centres) @ self.mixing)[0], sparse)


def _likeness(vectors: Matrix, centres: Matrix) -> Matrix:
    """Shape (vectors, centres), all of length one."""
    distances = 2 - 2 * vectors @ centres.T
    likeness: Matrix = np.exp(-_SHARPNESS_OF_KERNEL * distances)
    return likeness
