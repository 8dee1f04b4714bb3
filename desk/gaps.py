"""没答好的问题 as the managers' page gets them: looked up, put together by meaning, with what each may mean."""

import asyncio
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desk.context import Desk
from desk.meanings import Meanings
from desk.shown import Json, iso
from phrases.gap_groups import Example, GapGroup, make_groups, shares, texts_of
from phrases.keywords import propose_keywords
from phrases.quick_query import Meaning
from phrases.scenes import TOPIC_NAMES
from shop.gaps import MOST, find_missed, list_missed, live_since
from shop.intents import FAMILIES, name_intent
from shop.model import GapKind, GapState, Missed
from shop.ports import UnitOfWork

Vectors = NDArray[np.float32]
Grouping = Literal["done", "loading", "none"]
"""By meaning; not yet, ask again; not at all, for no worker answers."""

PATIENCE = 3.0
"""Seconds that a page waits for vectors before it is shown without."""
PAGE = 20
"""Groups shown at once."""
ASKED = 3
"""Examples of a group that the bot is asked about."""
EXAMPLES = 30
"""Of a group that are sent; who has more sees the number."""
ORDINARY, ORDINARY_DAYS = 3000, 30
"""Messages of all buyers that keywords must not hold."""


@dataclass(frozen=True)
class Looked:
    groups: Sequence[GapGroup]
    grouping: Grouping
    cut: bool
    """There are more messages than are looked at."""


async def look(desk: Desk, meanings: Meanings, days: int) -> Looked:
    """Raises FieldWrong for a period that is none."""
    missed, live = await desk.look(lambda uow: (list_missed(uow, days, desk.now()), live_since(uow)))
    vectors, grouping = await _find_vectors(meanings, texts_of(missed))
    groups = await asyncio.to_thread(make_groups, missed, vectors, live)
    return Looked(groups, grouping, len(missed) == MOST)


async def _find_vectors(meanings: Meanings, texts: Sequence[str]) -> tuple[Vectors | None, Grouping]:
    if not texts:
        return None, "done"
    version = f"gaps:{zlib.crc32(chr(10).join(texts).encode())}"
    try:
        found = await asyncio.wait_for(meanings.load_library(version, texts), PATIENCE)
    except asyncio.TimeoutError:
        return None, "loading"
    return found, "none" if found is None else "done"


async def show_page_of(meanings: Meanings, looked: Looked, state: GapState, days: int, start: int) -> Json:
    """One page of the groups in `state`, and how many there are of each."""
    chosen = [group for group in looked.groups if group.state is state]
    shown = chosen[start : start + PAGE]
    likely = await _find_likely(meanings, shown) if looked.grouping == "done" else [None] * len(shown)
    return {
        "days": days,
        "grouping": looked.grouping,
        "cut": looked.cut,
        "counts": {each.name.lower(): sum(g.state is each for g in looked.groups) for each in GapState},
        "messages": sum(group.count for group in chosen),
        "shares": [{"kind": kind.value, "count": count} for kind, count in shares(chosen).items()],
        "groups": [_show_group(group, intent) for group, intent in zip(shown, likely, strict=True)],
        "left": max(0, len(chosen) - start - PAGE),
    }


async def _find_likely(meanings: Meanings, groups: Sequence[GapGroup]) -> list[Json | None]:
    """What the bot makes of the most frequent examples, weighed by how sure it is and how often they came."""
    asked = [[example for example in group.examples[:ASKED] if example.text] for group in groups]
    found = iter(await meanings.of_all([example.text for examples in asked for example in examples]))
    return [_weigh([(example, next(found)) for example in examples]) for examples in asked]


def _weigh(guesses: Sequence[tuple[Example, Meaning | None]]) -> Json | None:
    weights: dict[str, float] = {}
    for example, meaning in guesses:
        if meaning is not None and meaning.intent:
            weights[meaning.intent] = weights.get(meaning.intent, 0.0) + meaning.confidence * example.count
    if not weights:
        return None
    best = max(sorted(weights), key=weights.__getitem__)
    percent = round(100 * weights[best] / sum(example.count for example, _ in guesses))
    return {"intent": best, "name": name_intent(best), "percent": percent}


def _show_group(group: GapGroup, likely: Json | None) -> Json:
    missed = [each for example in group.examples for each in example.missed]
    return {
        "state": group.state.value,
        "count": group.count,
        "buyers": len({each.conversation_id for each in missed}),
        "newest": iso(group.newest),
        "waiting": group.waiting,
        "kinds": _count_kinds(missed),
        "likely": likely,
        "examples": [_show_example(example) for example in group.examples[:EXAMPLES]],
        "more": max(0, len(group.examples) - EXAMPLES),
        "rest": [each.id for example in group.examples[EXAMPLES:] for each in example.missed],
    }


def _count_kinds(missed: Sequence[Missed]) -> list[Json]:
    kinds = Counter(each.kind for each in missed)
    return [{"kind": kind.value, "count": kinds[kind]} for kind in GapKind if kinds[kind]]


def _show_example(example: Example) -> Json:
    newest = example.missed[0]
    return {
        "ids": [each.id for each in example.missed],
        "text": example.text,
        "count": example.count,
        "kinds": [kind["kind"] for kind in _count_kinds(example.missed)],
        "reason": newest.reason,
        "talk": newest.conversation_id,
        "at": iso(newest.at),
        "intent": newest.intent,
        "intent_name": name_intent(newest.intent) if newest.intent else "",
    }


def show_intents() -> list[Json]:
    """Every intent there is, by family, for choosing."""
    return [
        {"family": TOPIC_NAMES[family], "intents": [{"intent": i, "name": name} for i, name in names.items()]}
        for family, names in sorted(FAMILIES.items(), key=lambda each: list(TOPIC_NAMES).index(each[0]))
    ]


def find_keywords(uow: UnitOfWork, desk: Desk, ids: Sequence[int], days: int) -> list[str]:
    """That set these messages apart from others that went wrong and from what other buyers write every day."""
    missed = find_missed(uow, ids)
    members, talks = {each.text for each in missed}, {each.conversation_id for each in missed}
    others = {each.text for each in list_missed(uow, days, desk.now())} - members
    ordinary = uow.messages.said_by_buyers(desk.now() - timedelta(days=ORDINARY_DAYS), ORDINARY)
    return propose_keywords(sorted(members), [*sorted(others), *(text for talk, text in ordinary if talk not in talks)])
