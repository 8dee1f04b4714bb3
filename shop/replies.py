"""The shop's auto-replies, laid over the shipped ones: written, switched, put away, brought back. PH-01, PH-05, PH-33.

What is shipped is known to who calls: `shipped` are its keys. A shipped one can be reworded, switched off and put back
as shipped, never removed. Nothing of the replies may have been read in `uow` before; nothing here commits.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from shop.changes import note_change
from shop.errors import FieldWrong, KeywordTaken, NotFound, PhraseChanged, TooMany, WrongState
from shop.model import Change, ChangeKind, SavedReply, Staff
from shop.ports import UnitOfWork

MOST = 100
"""Auto-replies, the shipped ones among them."""
SHORTEST_KEYWORD, LONGEST_KEYWORD, MOST_KEYWORDS = 2, 20, 10
HISTORY = 50
_OWN = re.compile(r"own_([0-9]+)")
Plain = dict[str, Any]


@dataclass(frozen=True)
class ReplyDraft:
    """As it came from the form. No `wordings`: as shipped. Only the shop's own ones have keywords."""

    scene: str
    wordings: Sequence[Mapping[str, Any]] = ()
    enabled: bool = True
    to_person: bool = False
    keywords: Sequence[str] = field(default=())
    priority: int = 0


def save_reply(  # noqa: PLR0917  # the parts of one change
    uow: UnitOfWork, by: Staff, key: str, draft: ReplyDraft, version: int, shipped: Collection[str], now: datetime
) -> SavedReply:
    """Changes the reply of that key, or with "" adds one of the shop's own. `version` is the one that was edited, 0
    for what is as shipped.

    Raises PhraseChanged(theirs) where somebody was faster, TooMany(limit), KeywordTaken(keyword, other, scene),
    FieldWrong(field), NotFound(key).
    """
    uow.saved_replies.hold()
    known = _find(uow, key, shipped) if key else None
    _check_version(uow, known, version)
    tidy = _tidy(uow, key, draft, own=key not in shipped)
    if key not in shipped and (known is None or known.removed):
        _check_room(uow, shipped)
    if known is None:
        return _add(uow, by, key or _free_key(uow), tidy, now)
    return _write(uow, by, known, tidy, "恢复" if known.removed else "修改", now)


def switch_reply(  # noqa: PLR0917  # the parts of one change
    uow: UnitOfWork, by: Staff, key: str, enabled: bool, version: int, shipped: Mapping[str, str], now: datetime
) -> SavedReply:
    """On or off, its words stay. `shipped`: key → scene. Raises PhraseChanged(theirs), NotFound(key)."""
    uow.saved_replies.hold()
    known = _find(uow, key, shipped)
    if known is not None and known.enabled == enabled and not known.removed:
        return known
    _check_version(uow, known, version)
    action = "启用" if enabled else "停用"
    if known is None:
        return _add(uow, by, key, ReplyDraft(shipped[key], enabled=enabled), now, action)
    if known.removed and key not in shipped:
        raise NotFound(key=key)
    now_off = _draft_of(known) if not known.removed else ReplyDraft(shipped[key])
    return _write(uow, by, known, _with(now_off, enabled=enabled), action, now)


def remove_reply(  # noqa: PLR0917  # the parts of one change
    uow: UnitOfWork, by: Staff, key: str, version: int, shipped: Collection[str], now: datetime
) -> None:
    """One's own goes; a shipped one stands again as it was shipped. Twice is once.

    Raises PhraseChanged(theirs), NotFound(key).
    """
    uow.saved_replies.hold()
    known = _find(uow, key, shipped)
    if known is None or known.removed:
        return
    _check_version(uow, known, version)
    before = describe(known)
    known.removed = True
    _stamp(known, by, now)
    action = "恢复出厂" if key in shipped else "删除"
    note_change(uow, by, ChangeKind.AUTO_REPLY, key, action, now, before=before)


def find_earlier(uow: UnitOfWork, key: str, change_id: int) -> ReplyDraft | None:
    """As the reply stood after that change; None where it was as shipped or not there. Raises NotFound(change)."""
    change = uow.changes.find(change_id)
    if change is None or change.kind is not ChangeKind.AUTO_REPLY or change.key != key:
        raise NotFound(change=change_id)
    return None if change.after is None else ReplyDraft(**change.after)


def check_known(uow: UnitOfWork, key: str, shipped: Collection[str]) -> None:
    """Raises NotFound(key) for what is neither shipped nor the shop's own."""
    known = _find(uow, key, shipped)
    if key not in shipped and (known is None or known.removed):
        raise NotFound(key=key)


def history_of(uow: UnitOfWork, key: str) -> Sequence[Change]:
    """Newest first."""
    return uow.changes.of(ChangeKind.AUTO_REPLY, key, HISTORY)


def count_replies(uow: UnitOfWork, shipped: Collection[str]) -> int:
    own = (row for row in uow.saved_replies.all() if not row.removed and row.key not in shipped)
    return len(shipped) + sum(1 for _ in own)


def describe(saved: SavedReply) -> Plain:
    """What a person sees of it, as plain data: the fields of ReplyDraft."""
    return asdict(_draft_of(saved))


def find_said(keywords: Sequence[str], text: str) -> str | None:
    """The first of them that stands in what a buyer wrote, however it is written."""
    words = fold(text)
    return next((keyword for keyword in keywords if fold(keyword) in words), None)


def fold(text: str) -> str:
    """Without spaces, in half width and small letters: so are keywords compared."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _find(uow: UnitOfWork, key: str, shipped: Collection[str]) -> SavedReply | None:
    known = uow.saved_replies.find(key)
    if known is None and key not in shipped:
        raise NotFound(key=key)
    return known


def _check_version(uow: UnitOfWork, known: SavedReply | None, version: int) -> None:
    if (known.version if known else 0) == version:
        return
    if known is None:
        raise WrongState(version=version)
    author = uow.people.find(known.changed_by)
    by = author.name if author else known.changed_by
    raise PhraseChanged(theirs={**describe(known), "version": known.version, "by": by, "removed": known.removed})


def _check_room(uow: UnitOfWork, shipped: Collection[str]) -> None:
    if count_replies(uow, shipped) >= MOST:
        raise TooMany(limit=MOST)


def _tidy(uow: UnitOfWork, key: str, draft: ReplyDraft, *, own: bool) -> ReplyDraft:
    keywords = [keyword.strip() for keyword in draft.keywords if keyword.strip()]
    if own:
        _check_keywords(uow, key, keywords)
        if not draft.wordings:
            raise FieldWrong(field="wordings")
    scene = " ".join(draft.scene.split())
    if not scene:
        raise FieldWrong(field="scene")
    return _with(draft, scene=scene, keywords=keywords if own else [], priority=draft.priority if own else 0)


def _check_keywords(uow: UnitOfWork, key: str, keywords: Sequence[str]) -> None:
    """None may stand in another: which reply is meant would hang on chance."""
    if not 0 < len(keywords) <= MOST_KEYWORDS:
        raise FieldWrong(field="keywords")
    others = {row.scene: list(row.keywords or ()) for row in uow.saved_replies.all() if _is_other(row, key)}
    for place, keyword in enumerate(keywords):
        if not len(fold(keyword)) >= SHORTEST_KEYWORD or len(keyword) > LONGEST_KEYWORD:
            raise FieldWrong(field="keywords")
        for scene, taken in {**others, "": keywords[:place]}.items():
            other = next((word for word in taken if fold(word) in fold(keyword) or fold(keyword) in fold(word)), None)
            if other is not None:
                raise KeywordTaken(keyword=keyword, other=other, scene=scene)


def _is_other(row: SavedReply, key: str) -> bool:
    return row.key != key and not row.removed


def _free_key(uow: UnitOfWork) -> str:
    """A number that none had before: what was said of a removed one stays what it was."""
    numbers = [int(found[1]) for row in uow.saved_replies.all() if (found := _OWN.fullmatch(row.key))]
    return f"own_{max(numbers, default=0) + 1}"


def _add(  # noqa: PLR0917  # the parts of one change
    uow: UnitOfWork, by: Staff, key: str, draft: ReplyDraft, now: datetime, action: str = ""
) -> SavedReply:
    plain = _plain(draft)
    saved = SavedReply(key=key, changed_by=by.id, changed_at=now, **plain)
    uow.saved_replies.add(saved)
    action = action or ("新增" if _OWN.fullmatch(key) else "修改")
    note_change(uow, by, ChangeKind.AUTO_REPLY, key, action, now, after=plain)
    return saved


def _write(  # noqa: PLR0917  # the parts of one change
    uow: UnitOfWork, by: Staff, known: SavedReply, draft: ReplyDraft, action: str, now: datetime
) -> SavedReply:
    before = None if known.removed else describe(known)
    after = _plain(draft)
    if note_change(uow, by, ChangeKind.AUTO_REPLY, known.key, action, now, before=before, after=after) is None:
        return known
    for name, value in after.items():
        setattr(known, name, value)
    known.removed = False
    _stamp(known, by, now)
    return known


def _stamp(known: SavedReply, by: Staff, now: datetime) -> None:
    known.version += 1
    known.changed_by, known.changed_at = by.id, now


def _draft_of(saved: SavedReply) -> ReplyDraft:
    return ReplyDraft(
        saved.scene,
        [dict(wording) for wording in saved.wordings],
        saved.enabled,
        saved.to_person,
        list(saved.keywords or ()),
        saved.priority,
    )


def _plain(draft: ReplyDraft) -> Plain:
    return {**asdict(draft), "wordings": [dict(w) for w in draft.wordings], "keywords": list(draft.keywords)}


def _with(draft: ReplyDraft, **changes: Any) -> ReplyDraft:
    return ReplyDraft(**{**_plain(draft), **changes})
