"""The first part of the pipeline: all others, in training and at work, see normalised text."""

import inspect
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import normaliser
from bot.nlu.mood import MOOD, find_mood


# Rasa runs only tokenizers and featurizers on training data, so this is called one of them.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Replaces the text of a message by its normalised form; entity positions refer to that."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Normaliser":
        """There is nothing to configure or keep."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's cache of trained parts looks at this class alone; what it does is written elsewhere."""
        return inspect.getsource(normaliser)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalises every example in place."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalises the text of ``messages`` in place; a message without text stays as it is.

        The mood is read first: of !!!! one sign is left.
        """
        for message in messages:
            if text := message.get(TEXT):
                mood = find_mood(text)
                message.set(MOOD, mood.value if mood else "", add_to_output=True)
                message.set(TEXT, normaliser.normalise(text), add_to_output=True)
        return messages
