"""What Rasa 3.6.21 does around a training and this bot does not need: two thirds of the time of a training.

Each patch leaves what is learned as it is; they are for a process that trains and ends.
"""

from collections.abc import Callable
from functools import lru_cache
from hashlib import md5
from typing import Any

from rasa.engine.training.hooks import TrainingHook
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


def keep_no_steps() -> None:
    """A fingerprint of all messages before and after each step, for a cache that no later training may use."""
    TrainingHook.on_before_node = lambda *_, **__: {}
    TrainingHook.on_after_node = lambda *_, **__: None


def trust_the_files() -> None:
    """Each file is read a second time, slowly, to check its form: `make check` does that."""
    RasaYAMLReader.validate = lambda *_, **__: None


def tell_messages_apart_by_their_words() -> None:
    """Doubles are found by a hash of all hashes of all that a message holds."""

    def fingerprint(self: Message) -> str:
        if self._cached_fingerprint is None:
            said = repr(sorted(self.data.items())) + repr(self.features)
            self._cached_fingerprint = md5(said.encode(), usedforsecurity=False).hexdigest()
        return str(self._cached_fingerprint)

    Message.fingerprint = fingerprint


def read_files_once() -> None:
    """All files are read three times, and all messages copied at each step on the way."""
    read = RasaFileImporter.get_nlu_data

    @lru_cache(maxsize=1)
    def get_nlu_data(self: RasaFileImporter, language: str | None = "en") -> TrainingData:
        return read(self, language)

    def merge(self: TrainingData, *others: TrainingData | None) -> TrainingData:
        parts = [self, *(other for other in others if other)]
        together: dict[str, Any] = {"entity_synonyms": {}, "responses": {}}
        for name, gathered in together.items():
            for part in parts:
                gathered.update(getattr(part, name))
        for name in ("training_examples", "regex_features", "lookup_tables"):
            together[name] = [each for part in parts for each in getattr(part, name)]
        return TrainingData(**together)

    RasaFileImporter.get_nlu_data = get_nlu_data
    TrainingData.merge = merge


PATCHES: tuple[Callable[[], None], ...] = (
    keep_no_steps,
    trust_the_files,
    tell_messages_apart_by_their_words,
    read_files_once,
)


def apply() -> None:
    for patch in PATCHES:
        patch()
