"""The phrase book: the library, checked, ready to render. What managers saved is laid over it by `phrases.saved`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from phrases.checks import check_count, check_with, find_auto_problem, find_quick_problem
from phrases.errors import LibraryError, PhraseDisabled, PhraseUnfilled, PhraseUnknown
from phrases.library import FOLDER, AutoReply, QuickPhrase, Wording, read_auto, read_quick
from phrases.variables import Facts

SAFE = "safe"


@dataclass(frozen=True)
class PhraseBook:
    """`auto` by key; `quick` in the order of the agent's panel."""

    auto: dict[str, AutoReply]
    quick: tuple[QuickPhrase, ...]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "PhraseBook":
        """As shipped. Raises LibraryError."""
        auto = _gather_auto(read_auto(folder))
        _check_safe(auto)
        check_count("auto", len(auto))
        return cls(auto, _gather_quick(read_quick(folder)))

    def render(self, key: str, facts: Facts, variation: int = 0, now: datetime | None = None) -> str:
        """The wording nearest to the facts; `variation` turns through equally near ones. No timed one without `now`.

        Raises PhraseUnknown (PhraseDisabled) and PhraseUnfilled.
        """
        reply = self.auto.get(key)
        if reply is None:
            raise PhraseUnknown(key)
        if not reply.enabled:
            raise PhraseDisabled(key)
        full = _sayable(reply.wordings, facts, now) or _sayable(reply.spare, facts, now)
        if not full:
            fitting = (wording for wording in reply.wordings if wording.fits(facts, now))
            raise PhraseUnfilled(key, min((w.find_missing(facts) for w in fitting), key=len, default=()))
        nearest = max(wording.rank for wording in full)
        ties = [wording for wording in full if wording.rank == nearest]
        return ties[variation % len(ties)].render(facts)

    def safe(self, now: datetime | None = None) -> str:
        """What is always true and can always be said."""
        return self.render(SAFE, {}, now=now)


def _sayable(wordings: Iterable[Wording], facts: Facts, now: datetime | None) -> list[Wording]:
    return [wording for wording in wordings if wording.fits(facts, now) and not wording.find_missing(facts)]


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


def _always(wording: Wording) -> bool:
    return wording.rank == (False, 0, 0)


def _check_safe(auto: dict[str, AutoReply]) -> None:
    safe = auto.get(SAFE)
    if safe is None or not safe.enabled or not any(map(_always, safe.wordings)):
        raise LibraryError(f"auto: {SAFE}", "must be there, switched on, with a wording that needs no facts")
