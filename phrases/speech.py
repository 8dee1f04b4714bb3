"""The word check: what no text of the shop says to a buyer. A draft is looked at more closely by `draft_check`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from phrases.speech_conduct import DIVERT, PRIVACY, RUDE
from phrases.speech_kinds import SpeechKind, SpeechRule
from phrases.speech_rules import EXAGGERATE, FORBID, PROMISE, TONE

__all__ = ["RULES", "Finding", "SpeechKind", "SpeechRule", "check", "sentence_at"]

RULES = FORBID + RUDE + TONE + PROMISE + EXAGGERATE + DIVERT + PRIVACY

_ENDS = "。！？!?；;\n"


@dataclass(frozen=True)
class Finding:
    """`text[start:end] == word`. `instead`: may be put in place; None where the sentence has to change."""

    start: int
    end: int
    word: str
    kind: SpeechKind
    advice: str
    instead: str | None = None


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around `text[start:end]`."""
    left = max(text.rfind(sign, 0, start) for sign in _ENDS)
    rights = [at for sign in _ENDS if (at := text.find(sign, end)) >= 0]
    return text[left + 1 : min(rights, default=len(text))]


def _hits(rule: SpeechRule, text: str) -> Iterator[re.Match[str]]:
    """A sentence is looked through once, however often it is hit."""
    if rule.unless is None:
        yield from rule.pattern.finditer(text)
        return
    spared: dict[str, bool] = {}
    for hit in rule.pattern.finditer(text):
        sentence = sentence_at(text, *hit.span())
        if sentence not in spared:
            spared[sentence] = rule.unless.search(sentence) is not None
        if not spared[sentence]:
            yield hit


def check(text: str) -> list[Finding]:
    """Every hit, from left to right."""
    found = [
        Finding(hit.start(), hit.end(), hit[0], rule.kind, rule.advice, rule.instead)
        for rule in RULES
        for hit in _hits(rule, text)
    ]
    return sorted(found, key=lambda finding: finding.start)
