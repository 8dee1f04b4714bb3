"""What is asked of the quick phrases, and what is found."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from phrases.quick_book import ShownPhrase

Vector = NDArray[np.float32]

_KEY = re.compile(r"[a-z0-9]+")


class Why(str, Enum):
    """What spoke most for a phrase."""

    CODE = "编码"
    SOUND = "拼音"
    WORDS = "文字"
    MEANING = "意思相近"
    INTENT = "买家来意"
    TALK = "买家刚说的"
    USE = "常用"


@dataclass(frozen=True, eq=False)
class Meaning:
    """What the bot makes of words: a vector of length one, shape (512,), and what is wanted, 0 to 1 sure."""

    vector: Vector | None = None
    intent: str = ""
    confidence: float = 0.0


NOTHING = Meaning()


@dataclass(frozen=True, eq=False)
class Context:
    """`said` is the meaning of what was typed; `heard` the buyer's last words, `buyer` their meaning; `uses`: code →
    how often this agent sent it lately.
    """

    said: Meaning = NOTHING
    heard: str = ""
    buyer: Meaning = NOTHING
    uses: Mapping[str, int] = field(default_factory=dict)


NO_CONTEXT = Context()


@dataclass(frozen=True)
class Found:
    phrase: ShownPhrase
    score: float
    why: Why


def tidy(words: str) -> str:
    """Half width, lower case, no slash in front."""
    return unicodedata.normalize("NFKC", words).lower().strip().lstrip("/、").strip()


def split(said: str) -> tuple[list[str], str]:
    """(letters and figures that stand alone, the rest)."""
    words = said.split()
    keys = [word for word in words if _KEY.fullmatch(word)]
    return keys, " ".join(word for word in words if word not in keys)
