"""What a buyer would read of a wording that is being written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from phrases.timing import read_timing
from phrases.variables import VARIABLES, Facts, fill_known, find_names


@dataclass(frozen=True)
class Preview:
    """`missing`: variables that stay open, with which it would not be said; `timed_out`: not at this time."""

    text: str
    missing: tuple[str, ...]
    timed_out: bool


def preview(plain: Mapping[str, Any], facts: Facts, now: datetime) -> Preview:
    """A time that cannot be is taken for none: saving says what is wrong with it."""
    text = str(plain.get("text") or "")
    open_names = (name for name in find_names(text) if not (v := VARIABLES.get(name)) or v.find_text(facts) is None)
    return Preview(fill_known(text, facts), tuple(open_names), _is_timed_out(plain, now))


def _is_timed_out(plain: Mapping[str, Any], now: datetime) -> bool:
    try:
        return not read_timing(plain).holds(now)
    except ValueError:
        return False
