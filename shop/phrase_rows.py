"""Rows of saved quick phrases, read and written with who did it. Rights are asked by who calls.

The shipped library is known to who calls; a row of the team's lies over the shipped phrase of its code, and to remove
a shipped one a row stays that says so. Whatever happens to a phrase of the team is written down (PH-33).
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from shop.changes import note_change
from shop.errors import FieldWrong, TooLong
from shop.model import ChangeKind, SavedPhrase, Staff
from shop.ports import UnitOfWork

TEAM = ""
MOST = 100
"""Phrases of the team, the shipped ones among them; and as many of each person's own. PH-01."""
LONGEST_TEXT = 500
LONGEST_GROUP = 20

_CODE = re.compile(r"[a-z]{1,8}[0-9]{0,3}")


class Words(NamedTuple):
    """`picture`: id of the one that goes with it; empty: none."""

    group: str
    text: str
    picture: str = ""


Shipped = Mapping[str, Words]
"""The shipped library by code, in its order."""


@dataclass(frozen=True)
class Deed:
    """Who does it, when, how it is called in the history; `batch` holds together what belongs to one deed. `was`: the
    code that the phrase had so far.
    """

    by: Staff
    at: datetime
    action: str
    batch: str = ""
    was: str = ""


def words_of(uow: UnitOfWork, owner: str, code: str, shipped: Shipped) -> Words | None:
    """What the phrase says now. None: there is none, or it was removed."""
    row = uow.saved_phrases.find(owner, code)
    if row is None:
        return shipped.get(code) if owner == TEAM else None
    return None if row.removed else Words(row.group, row.text, row.picture)


def version_of(uow: UnitOfWork, owner: str, code: str) -> int:
    """0: as shipped, or never there."""
    row = uow.saved_phrases.find(owner, code)
    return row.version if row else 0


def all_words(uow: UnitOfWork, owner: str, shipped: Shipped) -> dict[str, Words]:
    """All that are in use, by code: the shipped ones first."""
    found = dict(shipped) if owner == TEAM else {}
    for row in uow.saved_phrases.of(owner):
        if row.removed:
            found.pop(row.code, None)
        else:
            found[row.code] = Words(row.group, row.text, row.picture)
    return found


def put_words(  # noqa: PLR0917  # whose, which, what, over what, by whom
    uow: UnitOfWork, owner: str, code: str, words: Words | None, shipped: Shipped, deed: Deed
) -> SavedPhrase:
    """The phrase says this from now on; None: it is gone, its last words stay in the row. Twice is once."""
    before = words_of(uow, owner, code, shipped)
    row = uow.saved_phrases.find(owner, code)
    kept = words or before or Words("", "")
    if before == words:
        return row or _row(owner, code, kept, deed, version=0)
    if row is None:
        row = _row(owner, code, kept, deed, removed=words is None)
        uow.saved_phrases.add(row)
    else:
        row.group, row.text, row.picture = kept
        row.removed, row.changed_by, row.changed_at = words is None, deed.by.id, deed.at
        row.version += 1
    if owner == TEAM:
        note_change(
            uow,
            deed.by,
            ChangeKind.QUICK_PHRASE,
            code,
            deed.action,
            deed.at,
            before=plain(code, before),
            after=plain(code, words, deed.was),
            batch=deed.batch,
        )
    return row


def _row(  # noqa: PLR0917  # whose, which, what, by whom
    owner: str, code: str, words: Words, deed: Deed, removed: bool = False, version: int = 1
) -> SavedPhrase:
    by, at = deed.by.id, deed.at
    return SavedPhrase(owner, code, words.group, words.text, by, at, removed, version, picture=words.picture)


def plain(code: str, words: Words | None, was: str = "") -> dict[str, Any] | None:
    """As it is written down; what is not there is left out."""
    if words is None:
        return None
    more = {"picture": words.picture, "was": was}
    return {"code": code, "group": words.group, "text": words.text, **{k: v for k, v in more.items() if v}}


def fits_code(code: str) -> bool:
    return _CODE.fullmatch(code) is not None


def clean_code(code: str) -> str:
    """Half width, small letters, no slash in front."""
    return unicodedata.normalize("NFKC", code).strip().lower().lstrip("/")


def tidy_code(code: str) -> str:
    """Raises FieldWrong for what is no short pinyin and a number; empty stays empty."""
    clean = clean_code(code)
    if clean and not fits_code(clean):
        raise FieldWrong(field="code", label="快捷编码", value=clean)
    return clean


def tidy_group(group: str) -> str:
    """Raises FieldWrong, TooLong."""
    clean = " ".join(_printable(group).split())
    if not clean:
        raise FieldWrong(field="group", label="分组", value=clean)
    if len(clean) > LONGEST_GROUP:
        raise TooLong(limit=LONGEST_GROUP, length=len(clean))
    return clean


def tidy_text(text: str) -> str:
    """Raises FieldWrong, TooLong. Line ends as \\n, without signs that nobody sees and no table takes."""
    clean = _printable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not clean:
        raise FieldWrong(field="text", label="内容", value=clean)
    if len(clean) > LONGEST_TEXT:
        raise TooLong(limit=LONGEST_TEXT, length=len(clean))
    return clean


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")


def free_code(start: str, taken: Collection[str]) -> str:
    """`start` is letters; a number after it makes it free."""
    return next(code for number in range(1, 1000) if (code := f"{start}{number}") not in taken)
