"""What the bot did not answer well."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from shop.model import Gap, Missed


class Gaps(Protocol):
    def of_message(self, conversation_id: str, seq: int) -> Gap | None: ...
    def with_ids(self, ids: Collection[int]) -> Sequence[Gap]:
        """Those that there are, by id."""

    def missed_since(self, at: datetime, limit: int) -> Sequence[Missed]:
        """Newest first."""

    def missed(self, ids: Collection[int]) -> Sequence[Missed]:
        """Newest first."""

    def add(self, gap: Gap) -> None: ...
