"""Auto-replies as the store keeps them, laid over the shipped ones. PH-05, PH-06."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog

from phrases.book import PhraseBook
from phrases.checks import check_with, find_auto_problem
from phrases.errors import LibraryError
from phrases.library import AutoReply, Wording
from phrases.scenes import NEEDED, OWN
from phrases.timing import read_timing
from shop.model import SavedReply

log = structlog.get_logger()

Plain = dict[str, Any]
_UNSAYABLE = (LibraryError, ValueError, TypeError, AttributeError)


def read_wording(plain: Mapping[str, Any]) -> Wording:
    """Raises ValueError in Chinese for a time that cannot be."""
    return Wording(str(plain.get("text") or ""), dict(plain.get("when") or {}), read_timing(plain))


def write_wording(wording: Wording) -> Plain:
    """`text`, and of `when`, `starts`, `ends`, `first`, `last` what is not empty."""
    timing = wording.timing
    more = {"starts": timing.starts, "ends": timing.ends, "first": timing.first, "last": timing.last}
    plain = {"text": wording.text, "when": dict(wording.when), **more}
    return {name: value for name, value in plain.items() if value or name == "text"}


def write_wordings(wordings: Sequence[Wording]) -> list[Plain]:
    return [write_wording(wording) for wording in wordings]


def read_reply(saved: SavedReply, shipped: AutoReply | None) -> AutoReply:
    """No wordings: as shipped. Raises LibraryError for what today's checks refuse, and ValueError, TypeError."""
    base = shipped or AutoReply(saved.key, OWN, saved.scene, ())
    wordings = tuple(read_wording(plain) for plain in saved.wordings)
    reply = replace(
        base,
        wordings=wordings or base.wordings,
        spare=base.wordings if wordings else (),
        enabled=saved.enabled or saved.key in NEEDED,
        to_person=saved.to_person,
        keywords=tuple(saved.keywords or ()),
        priority=saved.priority,
    )
    check_with(find_auto_problem, f"saved: {saved.key}", reply)
    return reply


def read_saved(saved: SavedReply, shipped: AutoReply | None) -> tuple[AutoReply | None, str]:
    """The reply as it stands, and why it is not as it was saved; empty where it is."""
    try:
        return read_reply(saved, shipped), ""
    except _UNSAYABLE:
        return shipped, "这条内容没有通过现在的用语检查，正在使用出厂内容，请您改一改再保存"


def lay_over(shipped: PhraseBook, saved: Iterable[SavedReply]) -> PhraseBook:
    """What cannot be said any more is passed over and logged: the shipped one stands."""
    auto = dict(shipped.auto)
    for row in saved:
        if row.removed:
            continue
        try:
            auto[row.key] = read_reply(row, shipped.auto.get(row.key))
        except _UNSAYABLE as error:
            log.error("phrases.saved_refused", key=row.key, why=str(error))
    return PhraseBook(auto, shipped.quick)
