"""Sparse features: the characters, words and sounds of the whole message, so that they count beside the meaning."""

import inspect
from collections.abc import Callable
from typing import Any

from pypinyin import lazy_pinyin
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import ngram_index
from bot.nlu.ngram_index import NgramIndex, join_rows

START, END, BETWEEN = "\x02", "\x03", "\x1e"
"""Signs that no message holds once it is normalised."""
REACH = 5


def characters(message: Message) -> list[str]:
    """In lower case, blanks among them; the ends of the message count as characters."""
    return [START, *str(message.get(TEXT)).lower(), END]


def pairs(message: Message) -> list[str]:
    """Two characters in their order with one to four between them, each pair once: 退 … 票, 没 … 到."""
    letters = [letter for letter in str(message.get(TEXT)).lower() if letter.strip()]
    return list(
        {
            first + BETWEEN + second
            for place, first in enumerate(letters)
            for second in letters[place + 2 : place + 1 + REACH]
        }
    )


def words(message: Message) -> list[str]:
    """The tokens, in lower case."""
    return [token.text.lower() for token in message.get(TOKENS_NAMES[TEXT]) or []]


def sounds(message: Message) -> list[str]:
    """The syllables without tones: 发飘 sounds like 发票. What is no Chinese character stays as it is."""
    syllables: list[str] = lazy_pinyin(str(message.get(TEXT)).lower())
    return syllables


PIECES: dict[str, Callable[[Message], list[str]]] = {
    "characters": characters,
    "pairs": pairs,
    "words": words,
    "sounds": sounds,
}
"""What runs are made of, by the name of a kind in the configuration."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Ngrams(SparseFeaturizer, GraphComponent):
    """Adds the weighted n-grams of the whole text, all kinds side by side; per token there are none."""

    def __init__(
        self,
        name: str,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        indexes: dict[str, NgramIndex] | None = None,
    ) -> None:
        super().__init__(name, config)
        self._model_storage, self._resource, self._indexes = model_storage, resource, indexes

    @classmethod
    def required_components(cls) -> list[type]:
        """Words are its tokens."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Of each kind of PIECES: ``longest`` run, and ``least_count``, the messages that must share a run."""
        kinds = {
            "characters": {"longest": 3, "least_count": 2},
            "pairs": {"longest": 1, "least_count": 3},
            "words": {"longest": 2, "least_count": 2},
            "sounds": {"longest": 3, "least_count": 2},
        }
        return {**SparseFeaturizer.get_default_config(), "kinds": kinds}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises KeyError for a kind that there is not; sklearn checks the figures."""
        for kind in config["kinds"]:
            PIECES[kind]

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
    ) -> "Ngrams":
        """Indexes still to be learned."""
        return cls(execution_context.node_name, config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "Ngrams":
        """The indexes as they were learned."""
        with model_storage.read_from(resource) as folder:
            indexes = {
                kind: NgramIndex.load(folder / kind, figures["longest"]) for kind, figures in config["kinds"].items()
            }
        return cls(execution_context.node_name, config, model_storage, resource, indexes)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the indexes from all examples and keeps them."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        with self._model_storage.write_to(self._resource) as folder:
            for kind, figures in self._config["kinds"].items():
                (folder / kind).mkdir()
                cut = PIECES[kind]
                NgramIndex.learn([cut(message) for message in messages], **figures).save(folder / kind)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features to every message that has a text."""
        for message in messages:
            if self._indexes is not None and message.get(TEXT):
                row = join_rows(index.row(PIECES[kind](message)) for kind, index in self._indexes.items())
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages
