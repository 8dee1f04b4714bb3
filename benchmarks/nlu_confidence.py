"""Whether the model's confidence can be believed, and what the bot makes of it: pure calculation."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.nlu_figures import Guess, Rate, share
from phrases.labels import INTENT_LABELS
from shop.policy import Policy

BINS = 10
THRESHOLDS = tuple(percent / 100 for percent in range(20, 95, 5))
MOST_OFFERED = 3


@dataclass(frozen=True)
class Bin:
    """Guesses with a confidence from `low` up to, not including, `high`; the last bin includes 1."""

    low: float
    high: float
    count: int
    share: Rate
    confidence: Rate
    accuracy: Rate


@dataclass(frozen=True)
class Point:
    """What the bot would do with every message if it answered from `threshold` on: the three shares add up to 1."""

    threshold: float
    answered: Rate
    asked: Rate
    handed_over: Rate
    accuracy: Rate
    """Of what it answers."""


@dataclass(frozen=True)
class AtPolicy:
    """The present policy. `offered_right`: where the bot asks, how often a right meaning is among the offered."""

    sure_percent: int
    offer_percent: int
    point: Point
    offered_right: Rate


def reliability(guesses: Sequence[Guess]) -> tuple[Bin, ...]:
    """Ten bins of equal width."""
    return tuple(_bin(number, guesses) for number in range(BINS))


def _bin(number: int, guesses: Sequence[Guess]) -> Bin:
    held = [guess for guess in guesses if min(int(guess.confidence * BINS), BINS - 1) == number]
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        count=len(held),
        share=len(held) / len(guesses) if guesses else None,
        confidence=statistics.mean(guess.confidence for guess in held) if held else None,
        accuracy=share(guess.right for guess in held),
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, weighed by the bins' shares."""
    return sum(
        (each.share or 0) * abs(each.accuracy - each.confidence)
        for each in bins
        if each.accuracy is not None and each.confidence is not None
    )


def offered(guess: Guess, least: float) -> tuple[str, ...]:
    """The meanings that the bot would ask about: those with a label, likely enough, three at most."""
    likely = [one.name for one in guess.ranking if one.name in INTENT_LABELS and one.confidence >= least]
    return tuple(likely[:MOST_OFFERED])


def point(guesses: Sequence[Guess], sure: float, least: float) -> Point:
    """The bot answers from `sure` on, else asks if a meaning reaches `least`, else calls a person."""
    return Point(
        threshold=sure,
        answered=share(guess.sureness >= sure for guess in guesses),
        asked=share(guess.sureness < sure and bool(offered(guess, least)) for guess in guesses),
        handed_over=share(guess.sureness < sure and not offered(guess, least) for guess in guesses),
        accuracy=share(guess.right for guess in guesses if guess.sureness >= sure),
    )


def doubt_curve(guesses: Sequence[Guess], policy: Policy) -> tuple[Point, ...]:
    """A point for each threshold; what may be offered is as the policy has it."""
    return tuple(point(guesses, threshold, policy.offer_percent / 100) for threshold in THRESHOLDS)


def at_policy(guesses: Sequence[Guess], policy: Policy) -> AtPolicy:
    sure, least = policy.sure_percent / 100, policy.offer_percent / 100
    asked = [(guess, names) for guess in guesses if guess.sureness < sure and (names := offered(guess, least))]
    return AtPolicy(
        sure_percent=policy.sure_percent,
        offer_percent=policy.offer_percent,
        point=point(guesses, sure, least),
        offered_right=share(not set(guess.message.labels).isdisjoint(names) for guess, names in asked),
    )
