"""The quick phrases that one agent sees: the shipped ones, the team's laid over them, the agent's own beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType

from phrases.checks import MOST_OF_A_KIND
from phrases.library import GROUPS, QuickPhrase
from shop.model import SavedPhrase
from shop.phrase_groups import Library, arrange_groups
from shop.phrase_rows import TEAM, Words
from shop.ports import UnitOfWork

NO_PLACES: Mapping[str, int] = MappingProxyType({})
MUCH = 0.5
"""Share of a text that has to stay for it to count as the same phrase."""


@dataclass(frozen=True)
class ShownPhrase:
    """`own`: the agent's, nobody else sees it. `shipped`: as it came, nobody in the shop changed it. `kin`: it says
    much the same as the shipped one of its code, so what is known of that holds for it. `picture`: id of the one
    that goes with it.
    """

    code: str
    group: str
    text: str
    own: bool = False
    shipped: bool = False
    kin: bool = False
    picture: str = ""


def read_book(uow: UnitOfWork, shipped: Sequence[QuickPhrase], staff_id: str) -> tuple[ShownPhrase, ...]:
    """The team's in the order of the panel, then the agent's own. PH-08, PH-11."""
    return (*read_team(uow, shipped), *own_of(uow.saved_phrases.of(staff_id) if staff_id else ()))


def read_team(uow: UnitOfWork, shipped: Sequence[QuickPhrase]) -> tuple[ShownPhrase, ...]:
    """Groups and order as the manager wants them. PH-11."""
    groups = arrange_groups(uow, tuple(GROUPS.values()), ())
    return lay_over(shipped, uow.saved_phrases.of(TEAM), groups, uow.phrase_places.all())


def library_of(shipped: Sequence[QuickPhrase]) -> Library:
    """What the use cases of the shop know of the shipped library."""
    return Library(tuple(GROUPS.values()), {phrase.code: Words(phrase.group, phrase.text) for phrase in shipped})


def lay_over(
    shipped: Sequence[QuickPhrase],
    saved: Iterable[SavedPhrase],
    groups: Sequence[str] = (),
    places: Mapping[str, int] = NO_PLACES,
) -> tuple[ShownPhrase, ...]:
    """At most 100 (PH-01). Where an update ships more than there is room for, what the shop wrote comes first.

    Groups not named come last, phrases without a place come last in theirs, both as shipped.
    """
    over = {phrase.code: phrase for phrase in saved}
    ours = [phrase for phrase in over.values() if not phrase.removed]
    room = MOST_OF_A_KIND - len(ours)
    untouched = [phrase for phrase in shipped if phrase.code not in over][: max(0, room)]
    texts = {phrase.code: phrase.text for phrase in shipped}
    shown = {p.code: ShownPhrase(p.code, p.group, p.text, shipped=True, kin=True) for p in untouched}
    for p in ours:
        kin = _much_alike(p.text, texts.get(p.code))
        shown[p.code] = ShownPhrase(p.code, p.group, p.text, kin=kin, picture=p.picture)
    as_shipped = {code: place for place, code in enumerate(texts)}
    names = [*groups, *(phrase.group for phrase in shipped), *(phrase.group for phrase in ours)]
    order = {group: place for place, group in enumerate(dict.fromkeys(names))}
    last = len(places) + MOST_OF_A_KIND

    def place_of(phrase: ShownPhrase) -> tuple[int, int, int]:
        return order[phrase.group], places.get(phrase.code, last), as_shipped.get(phrase.code, len(as_shipped))

    in_order = sorted(shown.values(), key=place_of)
    return tuple(in_order[:MOST_OF_A_KIND])


def _much_alike(text: str, shipped: str | None) -> bool:
    return shipped is not None and SequenceMatcher(None, text, shipped, autojunk=False).ratio() > MUCH


def own_of(saved: Iterable[SavedPhrase]) -> tuple[ShownPhrase, ...]:
    """At most 100."""
    kept = [phrase for phrase in saved if not phrase.removed][:MOST_OF_A_KIND]
    return tuple(ShownPhrase(phrase.code, phrase.group, phrase.text, own=True) for phrase in kept)
