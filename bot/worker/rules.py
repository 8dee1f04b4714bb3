"""Finds the few rules that can fit a talk by how both end, before RulePolicy compares them state by state."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

State = dict[str, Any]
Ending = tuple[str | None, str | None]
"""Last action and intent; None where a rule does not say."""


class RuleIndex:
    """`lookup`: rule key → predicted action, as RulePolicy keeps it."""

    def __init__(self, lookup: dict[str, str], read: Callable[[str], list[State]]) -> None:
        self.lookup = lookup
        self._by_ending: defaultdict[Ending, dict[str, str]] = defaultdict(dict)
        for key, action in lookup.items():
            self._by_ending[_rule_ending(read(key)[-1])][key] = action

    def find(self, last: State) -> dict[str, str]:
        """All rules that fit a talk whose last state this is, and some that do not."""
        action, intent = last.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), last.get(USER, {}).get(INTENT)
        endings: set[Ending] = {(action, intent), (action, None), (None, None)}
        return {key: action for ending in endings for key, action in self._by_ending.get(ending, {}).items()}


def _rule_ending(last: State) -> Ending:
    action = last.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = last.get(USER, {}).get(INTENT)
    if not action or action == SHOULD_NOT_BE_SET:
        return None, None
    return action, None if not intent or intent == SHOULD_NOT_BE_SET else intent
