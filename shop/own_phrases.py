"""Quick phrases that the shop writes: the team's over the shipped library, and everybody's own. PH-08, PH-09, HE-07."""

from dataclasses import dataclass, replace
from datetime import datetime

from shop.errors import BeyondAuthority, CodeTaken, NotFound, PhraseChanged, TooMany
from shop.model import RECEIVING, Role, SavedPhrase, Staff
from shop.phrase_rows import (
    MOST,
    TEAM,
    Deed,
    Shipped,
    Words,
    all_words,
    free_code,
    put_words,
    tidy_code,
    tidy_group,
    tidy_text,
    version_of,
    words_of,
)
from shop.ports import UnitOfWork

__all__ = ["MOST", "PhraseDraft", "check_may_write", "check_unchanged", "remove_phrase", "save_phrase"]

_GIVEN = {True: "my", False: "td"}
"""Beginning of a code that nobody chose: of one's own, of the team's."""


@dataclass(frozen=True)
class PhraseDraft:
    """As it came from the form. `code` empty: any that is free. `old_code`: the phrase had this one so far, in its
    `version` (None: whatever it says by now). `picture`: the id of one that is known to be there, empty for none; None:
    as it is.
    """

    code: str
    group: str
    text: str
    old_code: str = ""
    version: int | None = None
    picture: str | None = None


def save_phrase(
    uow: UnitOfWork, staff: Staff, draft: PhraseDraft, *, own: bool, shipped: Shipped, now: datetime
) -> SavedPhrase:
    """Write a phrase, or change the one that had `old_code`. The same sent again changes nothing.

    Raises BeyondAuthority(role), FieldWrong(field), TooLong(limit, length), CodeTaken(code, team), TooMany(limit);
    NotFound(code) where `old_code` is none of theirs, PhraseChanged(theirs) where somebody changed it meanwhile.
    Nothing of the phrases may have been read in `uow` before.
    """
    check_may_write(staff, own)
    words = Words(tidy_group(draft.group), tidy_text(draft.text))
    old_code, code = tidy_code(draft.old_code), tidy_code(draft.code)
    uow.saved_phrases.hold()
    owner = staff.id if own else TEAM
    before = words_of(uow, owner, old_code, shipped) if old_code else None
    words = words._replace(picture=(before.picture if before else "") if draft.picture is None else draft.picture)
    mine, team = set(all_words(uow, owner, shipped)), set(all_words(uow, TEAM, shipped))
    if old_code not in mine and (sent_before := _find_same(uow, owner, code, words, draft.picture)):
        return sent_before
    code = code or old_code or free_code(_GIVEN[own], mine | team)
    if old_code:
        check_unchanged(uow, owner, old_code, draft.version, shipped, wanted=words if code == old_code else None)
    if old_code and old_code not in mine:
        raise NotFound(code=old_code)
    if code != old_code and code in mine | team:
        raise CodeTaken(code=code, team=code in team)
    if not old_code and len(mine) >= MOST:
        raise TooMany(limit=MOST)
    if old_code and old_code != code:
        _give_code(uow, owner, old_code, code, shipped, Deed(staff, now, "改编码"))
    return put_words(uow, owner, code, words, shipped, Deed(staff, now, "编辑" if old_code else "新增"))


def remove_phrase(
    uow: UnitOfWork,
    staff: Staff,
    code: str,
    *,
    own: bool,
    shipped: Shipped,
    now: datetime,
    version: int | None = None,
) -> None:
    """Twice is once. Raises BeyondAuthority(role), PhraseChanged(theirs); NotFound(code) where there never was one."""
    check_may_write(staff, own)
    code, owner = tidy_code(code), staff.id if own else TEAM
    uow.saved_phrases.hold()
    if uow.saved_phrases.find(owner, code) is None and (own or code not in shipped):
        raise NotFound(code=code)
    check_unchanged(uow, owner, code, version, shipped)
    put_words(uow, owner, code, None, shipped, Deed(staff, now, "删除"))


def check_may_write(staff: Staff, own: bool) -> None:
    """Everybody who talks with buyers writes for himself, the manager alone for all (HE-07). BeyondAuthority."""
    if not (staff.active and (staff.role in RECEIVING if own else staff.role is Role.MANAGER)):
        raise BeyondAuthority(role=staff.role.value)


def check_unchanged(  # noqa: PLR0917  # whose, which, of when, over what
    uow: UnitOfWork, owner: str, code: str, version: int | None, shipped: Shipped, wanted: Words | None = None
) -> None:
    """Raises PhraseChanged(theirs): as the phrase is now; `removed` where it is gone. What says just the `wanted`
    already is no conflict, nor is what is gone for who wants it gone.
    """
    if version is None or version == version_of(uow, owner, code):
        return
    current, row = words_of(uow, owner, code, shipped), uow.saved_phrases.find(owner, code)
    if current == wanted or row is None:
        return
    by = uow.people.find(row.changed_by)
    theirs = {
        "code": code,
        "group": row.group,
        "text": row.text,
        "picture": row.picture,
        "version": row.version,
        "removed": row.removed,
        "by": by.name if by else row.changed_by,
        "at": row.changed_at.isoformat(),
    }
    raise PhraseChanged(theirs=theirs)


def _find_same(uow: UnitOfWork, owner: str, code: str, words: Words, picture: str | None) -> SavedPhrase | None:
    """One that says just this already, under this code or, where none was chosen, under any."""
    saved = (p for p in uow.saved_phrases.of(owner) if not p.removed and code in ("", p.code))
    alike = (p for p in saved if (p.group, p.text) == words[:2])
    return next((p for p in alike if picture in (None, p.picture)), None)


def _give_code(  # noqa: PLR0917  # whose, from, to, over what, by whom
    uow: UnitOfWork, owner: str, old_code: str, code: str, shipped: Shipped, deed: Deed
) -> None:
    """The words go over to another code, with their place in the group; under the old one nothing stays."""
    words = words_of(uow, owner, old_code, shipped)
    put_words(uow, owner, old_code, None, shipped, deed).text = ""
    put_words(uow, owner, code, words, shipped, replace(deed, was=old_code))
    place = uow.phrase_places.all().get(old_code)
    if owner == TEAM and place is not None:
        uow.phrase_places.put({code: place})
