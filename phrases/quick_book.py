"""The quick phrases that one agent sees: the shipped ones, the team's laid over them, the agent's own beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from phrases.checks import MOST_OF_A_KIND
from phrases.library import QuickPhrase
from shop.model import SavedPhrase
from shop.ports import UnitOfWork

TEAM = ""
"""Owner of what the team shares."""
MUCH = 0.5
"""Share of a text that has to stay for it to count as the same phrase."""


@dataclass(frozen=True)
class ShownPhrase:
    """`own`: the agent's, nobody else sees it. `shipped`: as it came, nobody in the shop changed it. `kin`: it says
    much the same as the shipped one of its code, so what is known of that holds for it.
    """

    code: str
    group: str
    text: str
    own: bool = False
    shipped: bool = False
    kin: bool = False


def read_book(uow: UnitOfWork, shipped: Sequence[QuickPhrase], staff_id: str) -> tuple[ShownPhrase, ...]:
    """The team's in the order of the panel, then the agent's own. PH-08, PH-11."""
    team = lay_over(shipped, uow.saved_phrases.of(TEAM))
    return (*team, *own_of(uow.saved_phrases.of(staff_id) if staff_id else ()))


def lay_over(shipped: Sequence[QuickPhrase], saved: Iterable[SavedPhrase]) -> tuple[ShownPhrase, ...]:
    """At most 100 (PH-01). Where an update ships more than there is room for, what the shop wrote comes first."""
    over = {phrase.code: phrase for phrase in saved}
    ours = [phrase for phrase in over.values() if not phrase.removed]
    room = MOST_OF_A_KIND - len(ours)
    untouched = [phrase for phrase in shipped if phrase.code not in over][: max(0, room)]
    texts = {phrase.code: phrase.text for phrase in shipped}
    shown = {p.code: ShownPhrase(p.code, p.group, p.text, shipped=True, kin=True) for p in untouched}
    shown |= {p.code: ShownPhrase(p.code, p.group, p.text, kin=_much_alike(p.text, texts.get(p.code))) for p in ours}
    places = {code: place for place, code in enumerate(texts)}
    names = [*(phrase.group for phrase in shipped), *(phrase.group for phrase in ours)]
    groups = {group: place for place, group in enumerate(dict.fromkeys(names))}
    in_order = sorted(shown.values(), key=lambda p: (groups[p.group], places.get(p.code, len(places))))
    return tuple(in_order[:MOST_OF_A_KIND])


def _much_alike(text: str, shipped: str | None) -> bool:
    return shipped is not None and SequenceMatcher(None, text, shipped, autojunk=False).ratio() > MUCH


def own_of(saved: Iterable[SavedPhrase]) -> tuple[ShownPhrase, ...]:
    """At most 100."""
    kept = [phrase for phrase in saved if not phrase.removed][:MOST_OF_A_KIND]
    return tuple(ShownPhrase(phrase.code, phrase.group, phrase.text, own=True) for phrase in kept)
