"""Writing down who changed what: every use case of the managers' pages does it in the same transaction. PH-33."""

from datetime import datetime
from typing import Any

from shop.model import Change, ChangeKind, Staff
from shop.ports import UnitOfWork


def note_change(  # noqa: PLR0917  # the parts of one record
    uow: UnitOfWork,
    by: Staff,
    kind: ChangeKind,
    key: str,
    action: str,
    now: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    batch: str = "",
) -> Change | None:
    """None, and nothing written, where before and after are the same."""
    if before is not None and before == after:
        return None
    change = Change(kind, key, action, by.id, by.name, now, before, after, batch)
    uow.changes.add(change)
    return change
