"""没答好的问题, put together: equal words to one example, examples of one meaning to a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from phrases.grouping import group_alike
from shop.model import GapKind, GapState, Missed
from shop.times import local

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """One wording and everybody who used it; the newest first in `missed`."""

    text: str
    missed: Sequence[Missed]

    @property
    def count(self) -> int:
        """A buyer who says the same again on the same day counts once."""
        return len({(each.conversation_id, local(each.at).date()) for each in self.missed})


@dataclass(frozen=True)
class GapGroup:
    """The most frequent example first. `waiting`: how many came after it was taught and before a model learned it."""

    state: GapState
    examples: Sequence[Example]
    waiting: int = 0

    @property
    def count(self) -> int:
        return sum(example.count for example in self.examples)

    @property
    def newest(self) -> datetime:
        return max(example.missed[0].at for example in self.examples)


def texts_of(missed: Sequence[Missed]) -> list[str]:
    """Each wording once, in a fixed order."""
    return sorted({each.text for each in missed})


def make_groups(missed: Sequence[Missed], vectors: Vectors | None, live_since: datetime | None) -> list[GapGroup]:
    """By state and meaning, the largest first. `vectors` are those of `texts_of`; without them each wording is alone.

    What came after its like was taught, before a model that learned it answered, belongs to the taught; what came
    after its like was put aside stays aside.
    """
    texts = texts_of(missed)
    alike = group_alike(vectors, texts) if vectors is not None else [[place] for place in range(len(texts))]
    cluster = {texts[place]: number for number, places in enumerate(alike) for place in places}
    members: dict[int, list[Missed]] = {}
    for each in missed:
        members.setdefault(cluster[each.text], []).append(each)
    groups = [group for of_cluster in members.values() for group in _part(of_cluster, live_since)]
    return sorted(groups, key=lambda group: (-group.count, -group.newest.timestamp(), group.examples[0].text))


def shares(groups: Sequence[GapGroup]) -> Mapping[GapKind, int]:
    """How many messages of each kind there are."""
    found = dict.fromkeys(GapKind, 0)
    for example in (example for group in groups for example in group.examples):
        days = {(each.conversation_id, local(each.at).date()): each.kind for each in example.missed}
        for kind in days.values():
            found[kind] += 1
    return found


def _part(missed: Sequence[Missed], live_since: datetime | None) -> list[GapGroup]:
    """One meaning, by what became of its messages."""
    taught, dismissed = (_settled(missed, state) for state in (GapState.TAUGHT, GapState.DISMISSED))
    by_state: dict[GapState, list[Missed]] = {}
    for each in missed:
        by_state.setdefault(_stands(each, taught, dismissed, live_since), []).append(each)
    return [_gather(state, of_state) for state, of_state in by_state.items()]


def _settled(missed: Sequence[Missed], state: GapState) -> datetime | None:
    """When that was last decided of one of them."""
    return max((m.settled_at for m in missed if m.state is state and m.settled_at), default=None)


def _stands(
    missed: Missed, taught: datetime | None, dismissed: datetime | None, live_since: datetime | None
) -> GapState:
    if missed.state is not GapState.OPEN:
        return missed.state
    if dismissed is not None and missed.at > dismissed:
        return GapState.DISMISSED
    if taught is not None and missed.at > taught and not _learned(missed, taught, live_since):
        return GapState.TAUGHT
    return GapState.OPEN


def _learned(missed: Missed, taught: datetime, live_since: datetime | None) -> bool:
    """A model that went live after the lesson answered it."""
    return live_since is not None and taught < live_since < missed.at


def _gather(state: GapState, missed: Sequence[Missed]) -> GapGroup:
    by_text: dict[str, list[Missed]] = {}
    for each in sorted(missed, key=lambda each: (each.at, each.id), reverse=True):
        by_text.setdefault(each.text, []).append(each)
    examples = [Example(text, of_text) for text, of_text in by_text.items()]
    waiting = sum(each.state is GapState.OPEN for each in missed) if state is GapState.TAUGHT else 0
    return GapGroup(state, sorted(examples, key=lambda example: (-example.count, example.text)), waiting)
