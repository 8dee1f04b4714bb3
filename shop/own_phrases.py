"""Quick phrases that the shop writes: the team's over the shipped library, and everybody's own. PH-08, PH-09, HE-07.

The shipped library is known to who calls: `shipped` are its codes. To remove one of them, a row stays that says so.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.errors import BeyondAuthority, CodeTaken, FieldWrong, NotFound, TooLong, TooMany
from shop.model import RECEIVING, Role, SavedPhrase, Staff
from shop.ports import UnitOfWork

TEAM = ""
MOST = 100
"""Phrases of the team, the shipped ones among them; and as many of each person's own. PH-01."""
LONGEST_TEXT = 500
LONGEST_GROUP = 20

_CODE = re.compile(r"[a-z]{1,8}[0-9]{0,3}")
_GIVEN = {True: "my", False: "td"}
"""Beginning of a code that nobody chose: of one's own, of the team's."""


@dataclass(frozen=True)
class PhraseDraft:
    """As it came from the form. `code` empty: any that is free. `old_code`: the phrase had this one so far."""

    code: str
    group: str
    text: str
    old_code: str = ""


def save_phrase(
    uow: UnitOfWork, staff: Staff, draft: PhraseDraft, *, own: bool, shipped: Collection[str], now: datetime
) -> SavedPhrase:
    """Write a phrase, or change the one that had `old_code`. The same sent again changes nothing.

    Raises BeyondAuthority(role), FieldWrong(field), TooLong(limit, length), CodeTaken(code, team), TooMany(limit);
    NotFound(code) where `old_code` is none of theirs. Nothing of the phrases may have been read in `uow` before.
    """
    check_may_write(staff, own)
    group, text = _tidy_group(draft.group), _tidy_text(draft.text)
    old_code, code = tidy_code(draft.old_code), tidy_code(draft.code)
    uow.saved_phrases.hold()
    owner = staff.id if own else TEAM
    mine, team = _codes_of(uow, owner, () if own else shipped), _codes_of(uow, TEAM, shipped)
    if old_code not in mine and (sent_before := _find_same(uow, owner, code, group, text)):
        return sent_before
    if old_code and old_code not in mine:
        raise NotFound(code=old_code)
    code = code or old_code or _free_code(_GIVEN[own], mine | team)
    if code != old_code and code in mine | team:
        raise CodeTaken(code=code, team=code in team)
    if not old_code and len(mine) >= MOST:
        raise TooMany(limit=MOST)
    if old_code and old_code != code:
        _put_away(uow, owner, old_code, staff, now)
    return _write(uow, SavedPhrase(owner, code, group, text, staff.id, now))


def remove_phrase(
    uow: UnitOfWork, staff: Staff, code: str, *, own: bool, shipped: Collection[str], now: datetime
) -> None:
    """Twice is once. Raises BeyondAuthority(role); NotFound(code) where there never was one."""
    check_may_write(staff, own)
    code, owner = tidy_code(code), staff.id if own else TEAM
    uow.saved_phrases.hold()
    if uow.saved_phrases.find(owner, code) is None and (own or code not in shipped):
        raise NotFound(code=code)
    _put_away(uow, owner, code, staff, now)


def check_may_write(staff: Staff, own: bool) -> None:
    """Everybody who talks with buyers writes for himself, the manager alone for all (HE-07). BeyondAuthority."""
    if not (staff.active and (staff.role in RECEIVING if own else staff.role is Role.MANAGER)):
        raise BeyondAuthority(role=staff.role.value)


def tidy_code(code: str) -> str:
    """Half width, small letters, no slash in front. Raises FieldWrong for what is no short pinyin and a number."""
    clean = unicodedata.normalize("NFKC", code).strip().lower().lstrip("/")
    if clean and not _CODE.fullmatch(clean):
        raise FieldWrong(field="code", label="快捷编码", value=clean)
    return clean


def _tidy_group(group: str) -> str:
    clean = " ".join(group.split())
    if not clean:
        raise FieldWrong(field="group", label="分组", value=clean)
    if len(clean) > LONGEST_GROUP:
        raise TooLong(limit=LONGEST_GROUP, length=len(clean))
    return clean


def _tidy_text(text: str) -> str:
    clean = text.replace("\x00", "").strip()
    if not clean:
        raise FieldWrong(field="text", label="内容", value=clean)
    if len(clean) > LONGEST_TEXT:
        raise TooLong(limit=LONGEST_TEXT, length=len(clean))
    return clean


def _codes_of(uow: UnitOfWork, owner: str, shipped: Collection[str]) -> set[str]:
    """Codes in use: the shipped ones and those saved, less those removed."""
    saved: Sequence[SavedPhrase] = uow.saved_phrases.of(owner)
    return (set(shipped) | {p.code for p in saved if not p.removed}) - {p.code for p in saved if p.removed}


def _find_same(uow: UnitOfWork, owner: str, code: str, group: str, text: str) -> SavedPhrase | None:
    """One that says just this already, under this code or, where none was chosen, under any."""
    saved = (p for p in uow.saved_phrases.of(owner) if not p.removed and code in ("", p.code))
    return next((p for p in saved if (p.group, p.text) == (group, text)), None)


def _free_code(start: str, taken: Collection[str]) -> str:
    return next(code for number in range(1, 2 * MOST + 2) if (code := f"{start}{number}") not in taken)


def _put_away(uow: UnitOfWork, owner: str, code: str, staff: Staff, now: datetime) -> None:
    """A row that says the phrase is gone, its last words in it."""
    known = uow.saved_phrases.find(owner, code)
    if known is None:
        uow.saved_phrases.add(SavedPhrase(owner, code, "", "", staff.id, now, removed=True))
    elif not known.removed:
        known.removed, known.changed_by, known.changed_at = True, staff.id, now


def _write(uow: UnitOfWork, phrase: SavedPhrase) -> SavedPhrase:
    known = uow.saved_phrases.find(phrase.owner_id, phrase.code)
    if known is None:
        uow.saved_phrases.add(phrase)
        return phrase
    known.group, known.text, known.removed = phrase.group, phrase.text, False
    known.changed_by, known.changed_at = phrase.changed_by, phrase.changed_at
    return known
