"""What the shop writes itself, and who changed what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from shop.model import Change, ChangeKind, PhraseGroup, SavedReply


class SavedReplies(Protocol):
    def find(self, key: str) -> SavedReply | None: ...
    def all(self) -> Sequence[SavedReply]:
        """Removed ones too."""

    def version(self) -> str:
        """Differs after every change."""

    def hold(self) -> None:
        """From here to the end of the transaction nobody else adds: counts stay true."""

    def add(self, reply: SavedReply) -> None: ...


class PhraseGroups(Protocol):
    def all(self) -> Sequence[PhraseGroup]:
        """In their order; none: nobody has changed the shipped ones."""

    def put(self, names: Sequence[str]) -> None:
        """All of them, in this order, in place of those before."""


class PhrasePlaces(Protocol):
    def all(self) -> Mapping[str, int]: ...
    def put(self, places: Mapping[str, int]) -> None:
        """In place of what these codes had before; the others stay."""


class Changes(Protocol):
    """Only ever added to: the database refuses anything else."""

    def find(self, change_id: int) -> Change | None: ...
    def of(self, kind: ChangeKind, key: str, limit: int) -> Sequence[Change]:
        """Newest first."""

    def of_batch(self, batch: str) -> Sequence[Change]:
        """Oldest first."""

    def search(
        self,
        *,
        kind: ChangeKind | None,
        by: str,
        words: str,
        since: datetime | None,
        until: datetime | None,
        below: int | None,
        limit: int,
    ) -> Sequence[Change]:
        """Newest first. `below`: only those with a smaller id, for the next page; `words` in key, action or name."""

    def add(self, change: Change) -> None: ...
