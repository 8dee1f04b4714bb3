"""What is right and wrong in a list of guesses: pure calculation, every rate between 0 and 1.

A guess at a message that makes two requests is right if it names either of them, unless a figure says otherwise;
precision counts what was understood as an intent, recall what had it as its main label.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from benchmarks.blind_set import Message

MOST_PAIRS = 25
WEAKEST = 10
MOST_MISSES = 6

Families: TypeAlias = Mapping[str, str]
"""Intent → family."""
Rate: TypeAlias = float | None
"""None where there is nothing to take a share of."""


class Scored(NamedTuple):
    name: str
    confidence: float


@dataclass(frozen=True)
class Guess:
    """What the model makes of a message: the first of `ranking`, which is empty where it understood nothing at all."""

    message: Message
    ranking: tuple[Scored, ...]
    also: str | None = None
    """The second request that the model found."""
    shared: bool = False
    """Whether the first two do not compete: two requests, or one wish that the state of the order decides."""

    @property
    def understood(self) -> str:
        return self.ranking[0].name if self.ranking else ""

    @property
    def confidence(self) -> float:
        return self.ranking[0].confidence if self.ranking else 0.0

    @property
    def sureness(self) -> float:
        """What the bot compares with its threshold; see `bot.nlu.parts.doubt`."""
        return sum(one.confidence for one in self.ranking[: 2 if self.shared else 1])

    @property
    def right(self) -> bool:
        return self.understood in self.message.labels


@dataclass(frozen=True)
class Quality:
    """`count` messages mean it, `found` were understood so."""

    name: str
    count: int
    found: int
    precision: Rate
    recall: Rate
    f1: Rate


@dataclass(frozen=True)
class Headline:
    intent_main: Rate
    intent_either: Rate
    family: Rate
    top2: Rate
    surest_70: Rate
    surest_80: Rate


@dataclass(frozen=True)
class Confusion:
    """`examples`: two texts at most, the surest mistakes."""

    meant: str
    understood: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """`rows[i][j]`: how many messages of family `labels[i]` were understood as `labels[j]`."""

    labels: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class TwoRequests:
    """Messages that make two requests, and those where the model says so. `both_named`: of the rightly found, both."""

    meant: int
    found: int
    precision: Rate
    recall: Rate
    both_named: Rate


@dataclass(frozen=True)
class Miss:
    text: str
    meant: str
    understood: str
    confidence: float


@dataclass(frozen=True)
class Weak:
    """An intent with the surest of what was missed of it or taken for it."""

    quality: Quality
    misses: tuple[Miss, ...]


class Judged(NamedTuple):
    meant: str
    understood: str
    right: bool


def share(hits: Iterable[bool]) -> Rate:
    """How many of them, None of none."""
    known = list(hits)
    return statistics.mean(known) if known else None


def quality(name: str, count: int, found: int, precision: Rate, recall: Rate) -> Quality:
    """With the F1 of the two: 0 where one is 0 or nothing was found, None where there was nothing to find."""
    together = (precision or 0) + (recall or 0)
    f1 = None if recall is None else 2 * (precision or 0) * recall / together if together else 0.0
    return Quality(name, count, found, precision, recall, f1)


def headline(guesses: Sequence[Guess], families: Families) -> Headline:
    return Headline(
        intent_main=share(guess.understood == guess.message.intent for guess in guesses),
        intent_either=share(guess.right for guess in guesses),
        family=share(judged.right for judged in judge_families(guesses, families)),
        top2=share(any(scored.name in guess.message.labels for scored in guess.ranking[:2]) for guess in guesses),
        surest_70=share(guess.right for guess in surest(guesses, 0.7)),
        surest_80=share(guess.right for guess in surest(guesses, 0.8)),
    )


def surest(guesses: Sequence[Guess], part: float) -> list[Guess]:
    """The `part` (0…1) of the guesses of which the bot is surest."""
    return sorted(guesses, key=lambda guess: -guess.sureness)[: round(part * len(guesses))]


def judge_intents(guesses: Iterable[Guess]) -> list[Judged]:
    return [Judged(guess.message.intent, guess.understood, guess.right) for guess in guesses]


def judge_families(guesses: Iterable[Guess], families: Families) -> list[Judged]:
    """A family is right if it is that of either label."""
    judged = []
    for guess in guesses:
        meant = [families[label] for label in guess.message.labels]
        understood = families.get(guess.understood, "")
        judged.append(Judged(meant[0], understood, understood in meant))
    return judged


def qualities(judged: Sequence[Judged]) -> tuple[Quality, ...]:
    """One for each name that was meant or understood, in the order of names."""
    meant, understood = _grouped(judged, lambda one: one.meant), _grouped(judged, lambda one: one.understood)
    return tuple(
        quality(name, len(meant[name]), len(understood[name]), _rightly(understood[name]), _rightly(meant[name]))
        for name in sorted((meant.keys() | understood.keys()) - {""})
    )


def _grouped(judged: Iterable[Judged], key: Callable[[Judged], str]) -> defaultdict[str, list[Judged]]:
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return groups


def _rightly(judged: Iterable[Judged]) -> Rate:
    return share(one.right for one in judged)


def confusions(guesses: Sequence[Guess], most: int = MOST_PAIRS) -> tuple[Confusion, ...]:
    """The most frequent pairs of what was meant, by main label, and what was understood instead."""
    texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for guess in _mistakes(guesses):
        texts[guess.message.intent, guess.understood].append(guess.message.text)
    falling = sorted(texts.items(), key=lambda item: (-len(item[1]), item[0]))[:most]
    return tuple(Confusion(meant, got, len(found), tuple(found[:2])) for (meant, got), found in falling)


def family_matrix(guesses: Sequence[Guess], families: Families) -> Matrix:
    """A guess that is right by the second label counts for the second label's family."""
    judged = judge_families(guesses, families)
    cells = Counter((one.understood if one.right else one.meant, one.understood) for one in judged)
    labels = tuple(dict.fromkeys(families.values()))
    return Matrix(labels, tuple(tuple(cells[meant, understood] for understood in labels) for meant in labels))


def two_requests(guesses: Sequence[Guess]) -> TwoRequests:
    """Whether the model sees that there are two; naming both is asked for apart."""
    meant = [guess for guess in guesses if guess.message.also]
    found = [guess for guess in guesses if guess.also]
    return TwoRequests(
        meant=len(meant),
        found=len(found),
        precision=share(bool(guess.message.also) for guess in found),
        recall=share(bool(guess.also) for guess in meant),
        both_named=share({guess.understood, guess.also} == set(guess.message.labels) for guess in meant if guess.also),
    )


def weakest(guesses: Sequence[Guess], most: int = WEAKEST) -> tuple[Weak, ...]:
    """The intents of the lowest F1, each with its surest mistakes, in both directions."""
    judged = [each for each in qualities(judge_intents(guesses)) if each.f1 is not None]
    low = sorted(judged, key=lambda each: (each.f1, each.name))[:most]
    wrong = _mistakes(guesses)
    return tuple(Weak(each, _misses(each.name, wrong)) for each in low)


def _mistakes(guesses: Iterable[Guess]) -> list[Guess]:
    """Those with the highest confidence first."""
    return sorted((guess for guess in guesses if not guess.right), key=lambda guess: -guess.confidence)


def _misses(intent: str, wrong: Iterable[Guess]) -> tuple[Miss, ...]:
    of_intent = [guess for guess in wrong if intent in (guess.message.intent, guess.understood)]
    return tuple(
        Miss(guess.message.text, " + ".join(guess.message.labels), guess.understood, guess.confidence)
        for guess in of_intent[:MOST_MISSES]
    )
