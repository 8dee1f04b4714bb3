"""All figures of one report, as they stand in figures.json and on the page."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.nlu_confidence import AtPolicy, Bin, Point, at_policy, calibration_error, doubt_curve, reliability
from benchmarks.nlu_figures import (
    Confusion,
    Families,
    Guess,
    Headline,
    Matrix,
    Quality,
    TwoRequests,
    Weak,
    confusions,
    family_matrix,
    headline,
    judge_families,
    judge_intents,
    qualities,
    two_requests,
    weakest,
)
from benchmarks.nlu_mentions import Entities
from shop.policy import Policy

DIGITS = 4


@dataclass(frozen=True)
class Figures:
    """`entities` is None where no mentions were marked."""

    model: str
    messages: int
    headline: Headline
    calibration_error: float
    policy: AtPolicy
    two_requests: TwoRequests
    families: tuple[Quality, ...]
    family_matrix: Matrix
    intents: tuple[Quality, ...]
    weakest: tuple[Weak, ...]
    confusions: tuple[Confusion, ...]
    reliability: tuple[Bin, ...]
    doubt: tuple[Point, ...]
    entities: Entities | None


def collect(
    model: str, guesses: Sequence[Guess], families: Families, entities: Entities | None, policy: Policy
) -> Figures:
    """`model` is the name of the file that made the guesses."""
    bins = reliability(guesses)
    return Figures(
        model=model,
        messages=len(guesses),
        headline=headline(guesses, families),
        calibration_error=calibration_error(bins),
        policy=at_policy(guesses, policy),
        two_requests=two_requests(guesses),
        families=qualities(judge_families(guesses, families)),
        family_matrix=family_matrix(guesses, families),
        intents=qualities(judge_intents(guesses)),
        weakest=weakest(guesses),
        confusions=confusions(guesses),
        reliability=bins,
        doubt=doubt_curve(guesses, policy),
        entities=entities,
    )


def as_json(figures: Figures) -> dict[str, Any]:
    """Plain dictionaries and lists, rates to four digits: what figures.json holds."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(figures)), parse_float=lambda text: round(float(text), DIGITS))
    return plain
