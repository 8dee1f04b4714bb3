"""What a file would do, or did, row by row."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class Problem(NamedTuple):
    """`line` counts from 1 as editors do, 0: the file as a whole."""

    line: int
    column: str
    reason: str


class Verdict(Enum):
    NEW = "新增"
    CHANGED = "更改"
    SAME = "相同"
    WRONG = "有误"


@dataclass(frozen=True)
class RowVerdict:
    line: int
    key: str
    verdict: Verdict
    reason: str = ""


@dataclass
class Report:
    """`rows` in the order of the file; `problems` empty where the file is good."""

    rows: list[RowVerdict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def counts(self) -> dict[Verdict, int]:
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in Verdict}
