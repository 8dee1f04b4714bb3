"""The state of the library: what nobody can hear, what is no longer so, what says the same, what does not help."""

from phrases.care.ailments import Ailment, Cared, Trouble
from phrases.care.doubles import find_doubles, sentence_of
from phrases.care.outcomes import find_unhelpful
from phrases.care.reach import find_unreachable
from phrases.care.staleness import Goods, find_stale

__all__ = [
    "Ailment",
    "Cared",
    "Goods",
    "Trouble",
    "find_doubles",
    "find_stale",
    "find_unhelpful",
    "find_unreachable",
    "sentence_of",
]
