"""Sparse features: the characters of the whole message, so that exact words count beside the meaning."""

import inspect
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import ngram_index
from bot.nlu.ngram_index import NgramIndex


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharacterNgrams(SparseFeaturizer, GraphComponent):
    """Adds the weighted character n-grams of the text; per token there are none."""

    def __init__(
        self,
        name: str,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        index: NgramIndex | None = None,
    ) -> None:
        super().__init__(name, config)
        self._model_storage, self._resource, self._index = model_storage, resource, index

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs no tokens, but Rasa expects a tokenizer before a featurizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``longest``: characters of the longest run; ``least_count``: messages that must share a run."""
        return {**SparseFeaturizer.get_default_config(), "longest": 3, "least_count": 2}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """The two figures are plain integers; sklearn checks them."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's cache of trained parts looks at this class alone; what it does is written elsewhere."""
        return inspect.getsource(ngram_index)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CharacterNgrams":
        """An index still to be learned."""
        return cls(execution_context.node_name, config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "CharacterNgrams":
        """The index as it was learned."""
        with model_storage.read_from(resource) as folder:
            index = NgramIndex.load(folder, config["longest"])
        return cls(execution_context.node_name, config, model_storage, resource, index)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the index from all examples and keeps it."""
        texts = [text for message in training_data.training_examples if (text := message.get(TEXT))]
        index = NgramIndex.learn(texts, self._config["longest"], self._config["least_count"])
        with self._model_storage.write_to(self._resource) as folder:
            index.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to every message that has a text."""
        for message in messages:
            if self._index is not None and (text := message.get(TEXT)):
                row = self._index.row(text)
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages
