"""The one list of this bot's own pipeline parts; ``config.yml`` names them by their module path."""

from bot.nlu.parts.doubt import Doubt
from bot.nlu.parts.entity_extractor import PatternEntityExtractor
from bot.nlu.parts.intent_classifier import LinearIntentClassifier
from bot.nlu.parts.ngrams import Ngrams
from bot.nlu.parts.normaliser import Normaliser
from bot.nlu.parts.sentence_encoder import SentenceEncoder

PARTS = (Normaliser, SentenceEncoder, Ngrams, LinearIntentClassifier, Doubt, PatternEntityExtractor)
