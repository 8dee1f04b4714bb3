"""The gate: the present figures beside those that were accepted last, `benchmarks/nlu_figures.json`."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACCEPTED = Path(__file__).with_name("nlu_figures.json")
MOST_LOST = 0.01
"""One point: what chance alone moves in a set of some thousand messages."""
_ROUNDING = 1e-9

GATED: dict[str, tuple[str, str, str]] = {
    "intent_either": ("headline", "intent_either", "意图(任一标签) intent, either label"),
    "family": ("headline", "family", "大类 family"),
    "top2": ("headline", "top2", "前二 top two"),
    "entity_f1": ("entities", "f1", "实体 F1 entity F1"),
}
"""Name in the accepted file → where figures.json has it and what it is called."""


class NothingAccepted(Exception):
    """There are no figures to compare with: `python -m benchmarks.nlu_report --accept` writes them."""


@dataclass(frozen=True)
class Comparison:
    """None where a side has no such figure."""

    title: str
    accepted: float | None
    now: float | None

    @property
    def worse(self) -> bool:
        """More than one point below, or gone."""
        if self.accepted is None:
            return False
        return self.now is None or self.now < self.accepted - MOST_LOST - _ROUNDING


def gated(figures: dict[str, Any]) -> dict[str, float | None]:
    """The guarded rates out of what figures.json holds."""
    found: dict[str, float | None] = {}
    for name, (part, key, _) in GATED.items():
        section = figures[part] or {}
        found[name] = (section.get("overall") or {}).get(key) if part == "entities" else section.get(key)
    return found


def compare(figures: dict[str, Any], accepted: Path = ACCEPTED) -> list[Comparison]:
    """One for each guarded figure. Raises NothingAccepted."""
    if not accepted.is_file():
        raise NothingAccepted(f"{accepted} is missing. Write it: python -m benchmarks.nlu_report --accept")
    before, now = json.loads(accepted.read_text(encoding="utf-8")), gated(figures)
    return [Comparison(title, before.get(name), now[name]) for name, (_, _, title) in GATED.items()]


def accept(figures: dict[str, Any], accepted: Path = ACCEPTED) -> None:
    """Writes the guarded figures, and of how many messages they are."""
    content = {"messages": figures["messages"], **gated(figures)}
    accepted.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def render_table(comparisons: list[Comparison]) -> str:
    """Lines for a terminal: accepted, now, difference in points, verdict."""
    lines = [f"{'已接受':>6} {'现在':>6} {'相差':>6}  结论         指标    (accepted, now, points, verdict, figure)"]
    return "\n".join([*lines, *map(_render_line, comparisons)])


def _render_line(one: Comparison) -> str:
    points = "" if one.accepted is None or one.now is None else f"{100 * (one.now - one.accepted):+.1f}"
    return f"{_percent(one.accepted):>8} {_percent(one.now):>8} {points:>8}  {_verdict(one):12} {one.title}"


def _verdict(one: Comparison) -> str:
    if one.worse:
        return "缺失 MISSING" if one.now is None else "下降 WORSE"
    return "未设 unset" if one.accepted is None else "通过 ok"


def _percent(rate: float | None) -> str:
    return "—" if rate is None else f"{100 * rate:.1f}%"
