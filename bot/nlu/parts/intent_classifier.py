"""The intent of a message from its sentence features."""

import inspect
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    METADATA_EXAMPLE,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from bot.nlu import linear_model
from bot.nlu.linear_model import LinearModel, Matrix, softmax

Scored = dict[str, Any]
ALSO = "also"
"""Of a message: the second request that it makes, {"name", "confidence"}, or None."""
_RANKING_LENGTH = 10
_COURTESIES = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "chitchat", "inform", "urge_reply", "ask_bot", "out_of_scope"}
)
"""Said beside a request they are no second one; said first they do not hide it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Sets ``intent``, ``intent_ranking`` and ``also``; loads in a moment where Rasa's own takes 13 s."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: LinearModel | None = None
    ) -> None:
        self._config, self._model_storage, self._resource, self._model = config, model_storage, resource, model

    @classmethod
    def required_components(cls) -> list[type]:
        """One dense and one sparse featurizer before it."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``regularisation``: sklearn's C. ``dense_weight``: of the sentence vector against the n-grams.

        ``second_score``: from which score on a second intent counts as asked for too (0: the border of its class).
        """
        return {"regularisation": 1.0, "dense_weight": 1.0, "second_score": 0.0}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's cache of trained parts looks at this class alone; what it does is written elsewhere."""
        return inspect.getsource(linear_model)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        """A model still to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LinearIntentClassifier":
        """The model as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on every example that has a text and an intent, and keeps the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        dense, sparse = zip(*map(_features, examples), strict=True)
        model = LinearModel.train(
            np.vstack(dense),
            vstack(sparse).tocsr(),
            [_intents_of(example) for example in examples],
            regularisation=self._config["regularisation"],
            dense_weight=self._config["dense_weight"],
        )
        with self._model_storage.write_to(self._resource) as folder:
            model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent, the ten likeliest and the second request; a message without text gets no intent."""
        for message in messages:
            ranking, also = self._read(self._model, message) if self._model and message.get(TEXT) else ([], None)
            best = ranking[0] if ranking else {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}
            message.set(INTENT, best, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(ALSO, also, add_to_output=True)
        return messages

    def _read(self, model: LinearModel, message: Message) -> tuple[list[Scored], Scored | None]:
        scores = model.scores(*_features(message))
        chances = softmax(scores * model.sharpness)
        order = np.argsort(-scores, kind="stable")
        ranking = [_scored(model.labels[row], chances[row]) for row in order[:_RANKING_LENGTH]]
        if len(order) < 2 or scores[order[1]] < self._config["second_score"]:
            return ranking, None
        first, second = ranking[:2]
        if first[INTENT_NAME_KEY] in _COURTESIES and second[INTENT_NAME_KEY] not in _COURTESIES:
            return [second, first, *ranking[2:]], None
        return ranking, None if {first[INTENT_NAME_KEY], second[INTENT_NAME_KEY]} & _COURTESIES else second


def _scored(name: str, chance: float) -> Scored:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: float(chance)}


def _intents_of(example: Message) -> list[str]:
    """The intent, and the second one that the data names under ``also``."""
    also = (example.get(METADATA) or {}).get(METADATA_EXAMPLE, {}).get(ALSO)
    return [example.get(INTENT), *([also] if also else [])]


def _features(message: Message) -> tuple[Matrix, csr_matrix]:
    """The sentence features of ``message``: the dense vector, the sparse row."""
    dense, sparse = message.get_dense_features(TEXT)[1], message.get_sparse_features(TEXT)[1]
    return dense.features[0], sparse.features
