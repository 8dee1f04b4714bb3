"""Sure enough to answer? The shop's rules say how sure that is."""

import time
from collections.abc import Callable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.near_intents import are_one_wish
from bot.nlu.parts.intent_classifier import ALSO
from bot.nlu.pictures import PICTURE_ONLY
from shop.policy import Policy

_SECONDS_BETWEEN_LOOKS = 5.0


def _find_policy() -> Policy:
    """The shop's rules; asked for late, since training needs neither a store nor its settings."""
    from shop.wiring import find_policy

    return find_policy()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Doubt(GraphComponent, IntentClassifier):
    """Puts ``nlu_fallback`` in the place of an intent that is less sure than ``Policy.sure_percent`` (NL-10).

    Rasa's own FallbackClassifier keeps its threshold in the model; here a manager's change counts five
    seconds later, without training. The ranking stays as it is: from it come the meanings to ask about.

    Two requests in one message share its confidence, and so do two likely intents between which the state
    of the order decides: there is nothing to ask.
    """

    def __init__(
        self, find_policy: Callable[[], Policy] = _find_policy, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._find_policy, self._clock = find_policy, clock
        self._sure = 0.0
        self._looked_at: float | None = None

    @classmethod
    def required_components(cls) -> list[type]:
        """A classifier before it."""
        return [IntentClassifier]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Doubt":
        """Reads the rules when the first message comes, not before."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """An intent that is not sure enough becomes ``nlu_fallback``, with what it lacks to one as confidence."""
        sure = self._threshold()
        for message in messages:
            confidence = 0.0 if message.get(TEXT) == PICTURE_ONLY else _confidence(message)
            if confidence < sure:
                fallback = {INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME, PREDICTED_CONFIDENCE_KEY: 1 - confidence}
                message.set(INTENT, fallback, add_to_output=True)
                message.set(INTENT_RANKING_KEY, message.get(INTENT_RANKING_KEY) or [], add_to_output=True)
        return messages

    def _threshold(self) -> float:
        now = self._clock()
        if self._looked_at is None or now - self._looked_at >= _SECONDS_BETWEEN_LOOKS:
            self._sure, self._looked_at = self._find_policy().sure_percent / 100, now
        return self._sure


def _confidence(message: Message) -> float:
    """Of the likeliest intent, or of the first two together where both may be right."""
    ranking = message.get(INTENT_RANKING_KEY) or []
    first = float((message.get(INTENT) or {}).get(PREDICTED_CONFIDENCE_KEY) or 0.0)
    if len(ranking) < 2:
        return first
    shared = message.get(ALSO) or are_one_wish(ranking[0][INTENT_NAME_KEY], ranking[1][INTENT_NAME_KEY])
    return first + float(ranking[1][PREDICTED_CONFIDENCE_KEY]) if shared else first
