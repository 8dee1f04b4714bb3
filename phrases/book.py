"""The phrase book: the shipped library with the manager's edits over it, checked, ready to render."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from phrases.checks import check_count, check_with, find_auto_problem, find_quick_problem
from phrases.errors import LibraryError, PhraseDisabled, PhraseUnfilled, PhraseUnknown
from phrases.library import FOLDER, AutoReply, PhraseEdit, QuickPhrase, Wording, read_auto, read_quick
from phrases.variables import Facts

SAFE = "safe"


@dataclass(frozen=True)
class PhraseBook:
    """`auto` by key; `quick` in the order of the agent's panel."""

    auto: dict[str, AutoReply]
    quick: tuple[QuickPhrase, ...]

    @classmethod
    def load(cls, folder: Path = FOLDER, edits: Sequence[PhraseEdit] = ()) -> "PhraseBook":
        """Raises LibraryError."""
        auto = _gather_auto(read_auto(folder))
        _lay_over(auto, edits)
        _check_safe(auto)
        check_count("auto", len(auto))
        return cls(auto, _gather_quick(read_quick(folder)))

    def render(self, key: str, facts: Facts, variation: int = 0) -> str:
        """The wording nearest to the facts; `variation` turns through equally near ones.

        Raises PhraseUnknown (PhraseDisabled) and PhraseUnfilled.
        """
        reply = self.auto.get(key)
        if reply is None:
            raise PhraseUnknown(key)
        if not reply.enabled:
            raise PhraseDisabled(key)
        fitting = [wording for wording in reply.wordings if wording.fits(facts)]
        full = [wording for wording in fitting if not wording.find_missing(facts)]
        if not full:
            raise PhraseUnfilled(key, min((w.find_missing(facts) for w in fitting), key=len, default=()))
        nearest = max(wording.rank for wording in full)
        ties = [wording for wording in full if wording.rank == nearest]
        return ties[variation % len(ties)].render(facts)

    def safe(self) -> str:
        """What is always true and can always be said."""
        return self.render(SAFE, {})


def _gather_auto(found: Iterable[tuple[str, AutoReply]]) -> dict[str, AutoReply]:
    auto: dict[str, AutoReply] = {}
    for where, reply in found:
        check_with(find_auto_problem, where, reply)
        if reply.key in auto:
            raise LibraryError(where, f"also stands in auto/{auto[reply.key].topic}.yml")
        auto[reply.key] = reply
    return auto


def _gather_quick(found: Iterable[tuple[str, QuickPhrase]]) -> tuple[QuickPhrase, ...]:
    quick: dict[str, QuickPhrase] = {}
    for where, phrase in found:
        check_with(find_quick_problem, where, phrase)
        if phrase.code in quick:
            raise LibraryError(where, f"code {phrase.code!r} is taken by 分组 {quick[phrase.code].group}")
        quick[phrase.code] = phrase
    check_count("quick", len(quick))
    return tuple(quick.values())


def _lay_over(auto: dict[str, AutoReply], edits: Sequence[PhraseEdit]) -> None:
    for edit in edits:
        shipped = auto.get(edit.key)
        if shipped is None and edit.wordings is None:
            continue  # switched on or off, and no longer shipped: must not keep the shop from starting
        base = shipped or AutoReply(edit.key, "general", "店铺自己添加", ())
        wordings = base.wordings if edit.wordings is None else edit.wordings
        auto[edit.key] = replace(base, wordings=wordings, enabled=edit.enabled)
        check_with(find_auto_problem, f"edit: {edit.key}", auto[edit.key])


def _always(wording: Wording) -> bool:
    return wording.rank == (0, 0)


def _check_safe(auto: dict[str, AutoReply]) -> None:
    safe = auto.get(SAFE)
    if safe is None or not safe.enabled or not any(map(_always, safe.wordings)):
        raise LibraryError(f"auto: {SAFE}", "must be there, switched on, with a wording that needs no facts")
