"""What a rule of the word check is made of."""

import re
from dataclasses import dataclass
from enum import Enum


class SpeechKind(str, Enum):
    """The values stand in `policy.speech_blocked`."""

    FORBID = "forbid"
    PROMISE = "promise"
    EXAGGERATE = "exaggerate"
    RUDE = "rude"
    DIVERT = "divert"
    """Away from the shop: another platform, a private account, an outside link."""
    PRIVACY = "privacy"
    TONE = "tone"
    BLANK = "blank"
    WORD = "word"
    PRICE = "price"


@dataclass(frozen=True)
class SpeechRule:
    """`instead`: fits into the place of the hit as it stands. `unless`: spares a hit whose sentence holds this."""

    pattern: re.Pattern[str]
    kind: SpeechKind
    advice: str
    instead: str | None = None
    unless: re.Pattern[str] | None = None


def rule(
    kind: SpeechKind, *patterns: str, advice: str, instead: str | None = None, unless: str | None = None
) -> SpeechRule:
    """Any of `patterns`. None of them may hold two open-ended repeats: time must grow with the length only."""
    return SpeechRule(re.compile("|".join(patterns)), kind, advice, instead, re.compile(unless) if unless else None)
