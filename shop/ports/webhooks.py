"""Addresses that hear of events, and what is still to be told them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from shop.model import Delivery, Webhook


class Webhooks(Protocol):
    def find(self, webhook_id: str) -> Webhook | None: ...
    def lock(self, webhook_id: str) -> Webhook:
        """For writing, like Conversations.lock. Raises NotFound."""

    def all(self) -> Sequence[Webhook]:
        """Oldest first."""

    def wanting(self) -> Sequence[tuple[str, Sequence[str]]]:
        """Id and areas of those for which events are written down. Asked in every transaction that has news."""

    def hold(self) -> None:
        """From here to the end of the transaction nobody else adds: counts stay true."""

    def add(self, webhook: Webhook) -> None: ...
    def remove(self, webhook: Webhook) -> None: ...


class Deliveries(Protocol):
    def find(self, delivery_id: str) -> Delivery | None: ...
    def heads(self, webhook_id: str, now: datetime, limit: int) -> Sequence[Delivery]:
        """The first waiting one of each stream, where it is due and nobody sends it; oldest first."""

    def count_leased(self, webhook_id: str, now: datetime) -> int:
        """How many are being sent there."""

    def waiting_of(self, stream: str) -> Sequence[Delivery]:
        """In order."""

    def counts(self) -> Mapping[str, int]:
        """How many wait, by address."""

    def last(self, webhook_id: str, limit: int) -> Sequence[Delivery]:
        """Newest first."""

    def wake(self, webhook_id: str, now: datetime) -> None:
        """Whatever waits there is due now."""

    def give_up(self, now: datetime) -> None:
        """Those whose time is over and which nobody sends."""

    def clear(self, before: datetime) -> None:
        """Those that were over by then."""

    def remove_of(self, webhook_id: str) -> None: ...
    def add(self, delivery: Delivery) -> None: ...
