"""What the bot was taught, and which model answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from shop.model import LiveModel, TaughtMessage, Training


class TaughtMessages(Protocol):
    def find(self, lesson_id: int) -> TaughtMessage | None: ...
    def of_text(self, text: str) -> TaughtMessage | None: ...
    def all(self) -> Sequence[TaughtMessage]:
        """Newest first."""

    def count(self) -> int: ...
    def newest_at(self) -> datetime | None: ...
    def add(self, lesson: TaughtMessage) -> None: ...
    def remove(self, lesson: TaughtMessage) -> None: ...
    def hold(self) -> None:
        """From here to the end of the transaction nobody else teaches or asks for a training."""


class Trainings(Protocol):
    def find(self, number: str) -> Training | None: ...
    def lock(self, number: str) -> Training:
        """Raises NotFound."""

    def under_way(self) -> Training | None:
        """Fresh from the table."""

    def latest(self, limit: int) -> Sequence[Training]:
        """Newest first, fresh from the table."""

    def add(self, training: Training) -> None: ...


class LiveModels(Protocol):
    def current(self) -> LiveModel | None:
        """None: nobody ever chose one, the shipped model is live."""

    def version(self) -> int:
        """0 where there is none; one number, cheap to ask for again and again."""

    def put(self, live: LiveModel) -> None: ...
