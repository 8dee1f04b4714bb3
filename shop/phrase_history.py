"""What the team's quick phrases said before, and how to have it back: one text, or a whole import. PH-33."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.errors import NotFound, TooMany
from shop.model import Change, ChangeKind, SavedPhrase, Staff
from shop.own_phrases import check_may_write, check_unchanged
from shop.phrase_groups import Library, codes_in
from shop.phrase_rows import MOST, TEAM, Deed, Words, all_words, plain, put_words, tidy_code, words_of
from shop.ports import UnitOfWork

LONGEST = 100
"""So many changes of one phrase are shown."""
IMPORTED = "导入"
UNDONE = "undone:"
"""Before the batch of an import: that of its undoing."""
RECENT, LOOKED_AT = 5, 500
"""So many imports are offered for undoing; they are looked for among so many changes."""


@dataclass(frozen=True)
class Undone:
    """Codes put back, and those left alone because somebody has changed them since."""

    codes: list[str]
    kept: list[str]


@dataclass(frozen=True)
class Import:
    """`by`: 花名 of then; `count`: phrases it added or changed."""

    batch: str
    by: str
    at: datetime
    count: int


def recent_imports(uow: UnitOfWork) -> list[Import]:
    """Newest first, without those that were taken back."""
    found = uow.changes.search(
        kind=ChangeKind.QUICK_PHRASE, by="", words=IMPORTED, since=None, until=None, below=None, limit=LOOKED_AT
    )
    batches: dict[str, list[Change]] = {}
    for change in found:
        if change.action == IMPORTED:
            batches.setdefault(change.batch, []).append(change)
    kept = [batch for batch in batches if not uow.changes.of_batch(UNDONE + batch)][:RECENT]
    return [Import(batch, batches[batch][0].name, batches[batch][0].at, len(batches[batch])) for batch in kept]


def history_of(uow: UnitOfWork, code: str) -> list[Change]:
    """Newest first; that of the code it had before follows."""
    found: list[Change] = []
    code, below = tidy_code(code), None
    while code and len(found) < LONGEST:
        changes = [
            change
            for change in uow.changes.of(ChangeKind.QUICK_PHRASE, code, LONGEST)
            if below is None or (change.id or 0) < below
        ]
        found += changes
        code, below = _code_before(uow, changes)
    return found[:LONGEST]


def removed_phrases(uow: UnitOfWork) -> Sequence[SavedPhrase]:
    """Those whose last words can be had back, newest first."""
    rows = [row for row in uow.saved_phrases.of(TEAM) if row.removed and row.text]
    return sorted(rows, key=lambda row: row.changed_at, reverse=True)


def restore_phrase(  # who, which, to what, from when
    uow: UnitOfWork,
    staff: Staff,
    code: str,
    change_id: int | None,
    *,
    before: bool = False,
    version: int | None = None,
    library: Library,
    now: datetime,
) -> SavedPhrase:
    """The phrase says again what it said after that change, or `before` it; without a change, its last words.

    Raises BeyondAuthority; NotFound where there is no such text; TooMany(limit) where a removed one has no room any
    more; PhraseChanged(theirs) as `save_phrase`. A group that is gone comes back with it.
    """
    check_may_write(staff, own=False)
    code = tidy_code(code)
    uow.saved_phrases.hold()
    words = _last_words(uow, code) if change_id is None else _words_then(uow, code, change_id, before)
    check_unchanged(uow, TEAM, code, version, library.phrases, words)
    in_use = all_words(uow, TEAM, library.phrases)
    if code not in in_use and len(in_use) >= MOST:
        raise TooMany(limit=MOST)
    return put_words(uow, TEAM, code, words, library.phrases, Deed(staff, now, "恢复"))


def undo_import(uow: UnitOfWork, staff: Staff, batch: str, *, library: Library, now: datetime) -> Undone:
    """All that an import did to texts, groups and order is taken back, but for what was changed since. Twice is once.

    Raises BeyondAuthority, NotFound(batch), TooMany(limit).
    """
    check_may_write(staff, own=False)
    uow.saved_phrases.hold()
    changes = uow.changes.of_batch(batch) if batch else []
    if not any(change.kind is ChangeKind.QUICK_PHRASE and change.action == IMPORTED for change in changes):
        raise NotFound(batch=batch)
    if uow.changes.of_batch(UNDONE + batch):
        return Undone([], [])
    count, deed = len(all_words(uow, TEAM, library.phrases)), Deed(staff, now, "撤销导入", UNDONE + batch)
    codes, kept = list[str](), list[str]()
    for change in reversed(changes):
        if change.kind is ChangeKind.QUICK_PHRASE:
            (codes if _take_back(uow, change, library, deed) else kept).append(change.key)
    for change in reversed(changes):
        if change.kind is ChangeKind.PHRASE_GROUP:
            _arrange_back(uow, change, library)
    if count < len(all_words(uow, TEAM, library.phrases)) > MOST:
        raise TooMany(limit=MOST)
    return Undone(codes, kept)


def _take_back(uow: UnitOfWork, change: Change, library: Library, deed: Deed) -> bool:
    words = words_of(uow, TEAM, change.key, library.phrases)
    if plain(change.key, words) != change.after:
        return False
    put_words(uow, TEAM, change.key, _words(change.before), library.phrases, deed)
    return True


def _arrange_back(uow: UnitOfWork, change: Change, library: Library) -> None:
    """The order within a group as it was; a group that the import brought and that is empty now goes."""
    if change.before is not None:
        codes = [*change.before["codes"], *codes_in(uow, change.key, library)]
        uow.phrase_places.put({code: place for place, code in enumerate(dict.fromkeys(codes))})
    elif not codes_in(uow, change.key, library) and not uow.saved_phrases.in_group(change.key):
        uow.phrase_groups.put([group.name for group in uow.phrase_groups.all() if group.name != change.key])


def _code_before(uow: UnitOfWork, changes: Sequence[Change]) -> tuple[str, int | None]:
    """Where the oldest of them gave a phrase this code: its code of before, and up to when."""
    if not changes or changes[-1].action != "改编码" or changes[-1].before is not None:
        return "", None
    code = str((changes[-1].after or {}).get("was", ""))
    return code, changes[-1].id


def _last_words(uow: UnitOfWork, code: str) -> Words:
    row = uow.saved_phrases.find(TEAM, code)
    if row is None or not row.text:
        raise NotFound(code=code)
    return Words(row.group, row.text, row.picture)


def _words_then(uow: UnitOfWork, code: str, change_id: int, before: bool) -> Words:
    change = next((change for change in history_of(uow, code) if change.id == change_id), None)
    words = _words((change.before if before else change.after) if change else None)
    if words is None:
        raise NotFound(change=change_id)
    return words


def _words(plain_words: dict[str, Any] | None) -> Words | None:
    return Words(plain_words["group"], plain_words["text"], plain_words.get("picture", "")) if plain_words else None
