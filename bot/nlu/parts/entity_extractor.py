"""The entities of a message, by patterns and by the names in the shop's store; nothing is trained."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entity_patterns import find_entities
from bot.nlu.gazetteer import CurrentGazetteer
from bot.nlu.spans import Span
from shop.lexicon import Lexicon

_SHOP_TIME = ZoneInfo("Asia/Shanghai")


def _find_lexicon() -> Lexicon:
    """The shop's lexicon; asked for late, since training needs neither a store nor its settings."""
    from shop.wiring import find_lexicon

    return find_lexicon()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds an entity for every find of ``find_entities``; names and values are described there."""

    def __init__(self, gazetteer: CurrentGazetteer) -> None:
        self._gazetteer = gazetteer

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PatternEntityExtractor":
        """Reads the store when the first message comes, not before."""
        return cls(CurrentGazetteer(_find_lexicon))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities to what other extractors found."""
        today = datetime.now(_SHOP_TIME).date()
        for message in messages:
            spans = find_entities(message.get(TEXT) or "", today, self._gazetteer.get())
            found = self.add_extractor_name([_entity(span) for span in spans])
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _entity(span: Span) -> dict[str, Any]:
    return {
        ENTITY_ATTRIBUTE_TYPE: span.entity,
        ENTITY_ATTRIBUTE_START: span.start,
        ENTITY_ATTRIBUTE_END: span.end,
        ENTITY_ATTRIBUTE_VALUE: span.value,
    }
