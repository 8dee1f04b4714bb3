"""Ways from features to the probabilities of intents: ours, and what else could stand in its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from typing import Any, Protocol
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier
from sklearn.svm import LinearSVC

from bot.nlu import linear_model
from bot.nlu.linear_model import LinearModel, Matrix

_NEIGHBOURS = 10


@dataclass(frozen=True)
class Examples:
    """Features and labels of training messages: shapes (messages, …); of each one or two names, the main one first."""

    dense: Matrix
    sparse: csr_matrix
    labels: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Setting:
    """`regularisation` and `dense_weight` as config.yml has them; `families`: intent → family."""

    regularisation: float
    dense_weight: float
    families: Mapping[str, str]


class Model(Protocol):
    """What has been learned; a dataclass of arrays."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        """Shape (labels,), for one message: its dense vector and its sparse row."""
        ...


Learner = Callable[[Examples, Setting], Model]


def linear(examples: Examples, setting: Setting) -> LinearModel:
    """The product's own model."""
    return LinearModel.train(
        examples.dense, examples.sparse, examples.labels, setting.regularisation, setting.dense_weight
    )


def one_label(examples: Examples, setting: Setting) -> LinearModel:
    """Ours, but the second request of a message is not learned."""
    return linear(Examples(examples.dense, examples.sparse, [labels[:1] for labels in examples.labels]), setting)


def balanced(examples: Examples, setting: Setting) -> LinearModel:
    """Ours with sklearn's balanced weights: each label's messages together weigh as much as all others."""
    return _with_machine(partial(LinearSVC, class_weight="balanced"), examples, setting)


def logistic(examples: Examples, setting: Setting) -> LinearModel:
    """Ours with a logistic regression a label in place of the support vector machine."""
    return _with_machine(_Logistic, examples, setting)


def _with_machine(machine: Callable[..., Any], examples: Examples, setting: Setting) -> LinearModel:
    """All else of the product's model, its confidence too, stays as it is."""
    with patch.object(linear_model, "LinearSVC", machine):
        return linear(examples, setting)


class _Logistic:
    """Made like LinearSVC, fitted by stochastic gradient descent."""

    def __init__(self, C: float, tol: float, random_state: int) -> None:
        self._C, self._seed = C, random_state

    def fit(self, features: csr_matrix, column: Matrix) -> SGDClassifier:
        """sklearn's alpha is its C seen from the other side; twenty rounds are enough by its own test of progress."""
        alpha = 1 / (self._C * len(column))
        machine = SGDClassifier(loss="log_loss", alpha=alpha, max_iter=20, tol=1e-3, random_state=self._seed)
        return machine.fit(features, column)


@dataclass(frozen=True)
class Neighbours:
    """The ten messages whose vectors are nearest vote for their labels, each by its similarity (cosine)."""

    labels: tuple[str, ...]
    vectors: Matrix
    """Shape (messages, dense features), of length one."""
    targets: Matrix
    """Shape (messages, labels): 1 for each label of a message."""

    @classmethod
    def train(cls, examples: Examples, setting: Setting) -> "Neighbours":
        names = tuple(sorted({name for row in examples.labels for name in row}))
        targets = np.array([[name in row for name in names] for row in examples.labels], dtype=np.float32)
        return cls(names, examples.dense / np.linalg.norm(examples.dense, axis=1, keepdims=True), targets)

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        likeness = self.vectors @ (dense / np.linalg.norm(dense))
        nearest = np.argpartition(-likeness, min(_NEIGHBOURS, len(likeness)) - 1)[:_NEIGHBOURS]
        votes: Matrix = np.maximum(likeness[nearest], 0) @ self.targets[nearest]
        return votes / (votes.sum() or 1)


@dataclass(frozen=True)
class Certain:
    """Where there is one label alone, nothing is to be learned."""

    labels: tuple[str, ...]

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        return np.ones(1, np.float32)


@dataclass(frozen=True)
class Hierarchy:
    """First the family, then the intent within it: the product of both probabilities."""

    labels: tuple[str, ...]
    families: Model
    intents: tuple[Model, ...]
    """In the order of the families."""

    @classmethod
    def train(cls, examples: Examples, setting: Setting) -> "Hierarchy":
        """A message that makes requests of two families teaches the intents of both."""
        kinds = [tuple(dict.fromkeys(setting.families[name] for name in row)) for row in examples.labels]
        families = _linear_or_certain(Examples(examples.dense, examples.sparse, kinds), setting)
        intents = tuple(_linear_or_certain(_of_family(examples, name, setting), setting) for name in families.labels)
        return cls(tuple(label for model in intents for label in model.labels), families, intents)

    def probabilities(self, dense: Matrix, sparse: csr_matrix) -> Matrix:
        chances = self.families.probabilities(dense, sparse)
        return np.concatenate(
            [chance * model.probabilities(dense, sparse) for chance, model in zip(chances, self.intents, strict=True)]
        )


def _of_family(examples: Examples, family: str, setting: Setting) -> Examples:
    own = [tuple(name for name in row if setting.families[name] == family) for row in examples.labels]
    rows = [place for place, labels in enumerate(own) if labels]
    return Examples(examples.dense[rows], examples.sparse[rows], [own[row] for row in rows])


def _linear_or_certain(examples: Examples, setting: Setting) -> Model:
    names = {name for row in examples.labels for name in row}
    return linear(examples, setting) if len(names) > 1 else Certain(tuple(names))


def weight_bytes(model: object) -> int:
    """Of all arrays in a dataclass and the dataclasses in it."""
    if isinstance(model, np.ndarray):
        return model.nbytes
    if is_dataclass(model):
        return sum(weight_bytes(getattr(model, field.name)) for field in fields(model))
    return sum(map(weight_bytes, model)) if isinstance(model, tuple) else 0
