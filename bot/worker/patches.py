"""What Rasa 3.6.21 does over and over in a turn, done once. Each patch says what, why and what it gains.

None changes an answer: tests/bot/worker/test_patches.py runs the same talk with and without them.
Milliseconds: how much more processor time an ordinary turn (of 10) or a form's (of 11) took on the full model
with that one patch left out; without any a turn took 68 and a form's 134.
"""

import copy
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from graphlib import TopologicalSorter
from types import SimpleNamespace
from typing import Any

import rasa
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction
from rasa.core.policies import memoization, rule_policy
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import all_subclasses

from bot.worker.replay import applied_events, known_states

WRITTEN_FOR = "3.6.21"
MOST_FORMS = 1000

Plan = list[tuple[str, list[str]]]
"""Nodes of a graph in an order in which they can run, each with those that it reads."""


class RasaChanged(Exception):
    """Another Rasa than the one that the patches were written for: read each of them again."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"bot.worker.patches is written for Rasa {WRITTEN_FOR}, found {found}: check every patch against it"
        )


def check_results_once_per_form() -> None:
    """jsonschema.validate reads the whole schema of all events again for every result of an action: 39 ms (81).

    Results of one form (the same events with the same fields of the same types) pass or fail alike.
    """
    validator = Draft7Validator(RemoteAction.action_response_format_spec())
    passed: set[Any] = set()

    def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
        form = _form(result)
        if form is None or form not in passed:
            validator.validate(result)
            if form is not None and len(passed) < MOST_FORMS:
                passed.add(form)
        return True

    RemoteAction._validate_action_result = _validate_action_result


def _form(result: dict[str, Any]) -> Any:
    """None where a field of an event has fields of its own, other than the value of a slot, which may be anything."""
    events = result.get("events", ())
    if any(isinstance(value, dict) and name != "value" for event in events for name, value in event.items()):
        return None
    fields = tuple((event.get("event"), *((name, type(value)) for name, value in event.items())) for event in events)
    return (
        fields,
        tuple(map(type, result.get("responses", ()))),
        *((name, type(value)) for name, value in result.items()),
    )


def look_events_up_in_a_table() -> None:
    """Event.resolve_by_type walks all subclasses, for every event that is read or returned: 1 ms."""
    walk = Event.resolve_by_type
    table = {cls.type_name: walk(cls.type_name) for cls in all_subclasses(Event)}

    def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
        return table.get(type_name) or walk(type_name, default)

    Event.resolve_by_type = staticmethod(resolve_by_type)


def copy_trackers_without_replay() -> None:
    """DialogueStateTracker.copy replays every event since the beginning, before every action: 0.5 ms."""

    def copy_state(self: DialogueStateTracker) -> DialogueStateTracker:
        twin = copy.copy(self)
        twin.__dict__.pop("_replay", None)
        if "_applied" in twin.__dict__:
            twin._applied = self._applied.copy()
        twin.events = deque(self.events, self._max_event_history)
        twin.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        twin.active_loop = replace(self.active_loop) if self.active_loop else None
        twin.model_id = twin.assistant_id = None  # as Rasa's: what happens to a draft is not marked
        return twin

    DialogueStateTracker.copy = copy_state


def go_on_from_applied_events() -> None:
    """applied_events sorts out what was taken back since the talk began, some ten times in a turn: 3 ms."""
    DialogueStateTracker.applied_events = applied_events


def go_on_from_known_states() -> None:
    """Each policy replays the whole talk for each prediction; the states before this turn are known: 8 ms."""
    replay_all = Domain.states_for_tracker_history

    def states_for_tracker_history(
        self: Domain,
        tracker: DialogueStateTracker,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        if omit_unset_slots:  # training alone
            states: list[dict[str, Any]] = replay_all(self, tracker, True, ignore_rule_only_turns, rule_only_data)
            return states
        return known_states(self, tracker, ignore_rule_only_turns, rule_only_data)

    Domain.states_for_tracker_history = states_for_tracker_history


def see_once_whether_the_domain_is_empty() -> None:
    """Domain.is_empty builds an empty domain to compare with, for every message: 3 ms."""
    compare = Domain.is_empty

    def is_empty(self: Domain) -> bool:
        if "_is_empty" not in self.__dict__:
            self._is_empty = compare(self)
        known: bool = self._is_empty
        return known

    Domain.is_empty = is_empty


def copy_nothing_for_silent_logs() -> None:
    """Debug lines that nobody writes are given deep copies and formatted states: 2 ms (6)."""
    as_it_is = SimpleNamespace(deepcopy=lambda value: value)
    for module in (processor, memoization, rule_policy, forms):
        module.copy = as_it_is
    rule_policy.RulePolicy.format_tracker_states = staticmethod(lambda states: states)


def describe_the_domain_once() -> None:
    """Every action is given the domain as a dictionary, made anew each time: under 1 ms, spent on copies instead."""
    described: dict[int, tuple[Domain, dict[str, Any]]] = {}

    def describe(domain: Domain) -> dict[str, Any]:
        if id(domain) not in described:
            described[id(domain)] = domain, domain.as_dict()  # the domain too: while it is kept, its id is its own
        return described[id(domain)][1]

    def _action_call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        state = tracker.current_state(EventVerbosity.ALL)
        # Over HTTP an action gets copies. The slots and the message are what one might change by mistake.
        state["slots"], state["latest_message"] = copy.deepcopy((state["slots"], state["latest_message"]))
        return {
            "next_action": self._name,
            "sender_id": tracker.sender_id,
            "tracker": state,
            "version": rasa.__version__,
            "domain": describe(domain),
        }

    RemoteAction._action_call_format = _action_call_format


def run_graphs_in_a_fixed_order() -> None:
    """Dask plans the same small graph again for every prediction and keeps books for threads it has not: 5 ms."""

    def run(
        self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        plans: dict[tuple[str, ...], Plan] = self.__dict__.setdefault("_plans", {})
        if wanted not in plans:
            plans[wanted] = _plan(self._graph_schema.minimal_graph_schema(wanted))
        outputs = dict(inputs or {})
        for name, sources in plans[wanted]:
            _, outputs[name] = self._instantiated_nodes[name](*((source, outputs[source]) for source in sources))
        return {name: outputs[name] for name in wanted}

    DaskGraphRunner.run = run


def _plan(schema: GraphSchema) -> Plan:
    needs = {name: list(node.needs.values()) for name, node in schema.nodes.items()}
    order = TopologicalSorter({name: needs.keys() & sources for name, sources in needs.items()})
    return [(name, needs[name]) for name in order.static_order()]


@lru_cache(maxsize=1)
def apply() -> None:
    """Takes effect once per process, before a model is loaded. Raises RasaChanged."""
    if rasa.__version__ != WRITTEN_FOR:
        raise RasaChanged(rasa.__version__)
    for patch in PATCHES:
        patch()


PATCHES: tuple[Callable[[], None], ...] = (
    check_results_once_per_form,
    look_events_up_in_a_table,
    copy_trackers_without_replay,
    go_on_from_applied_events,
    go_on_from_known_states,
    see_once_whether_the_domain_is_empty,
    copy_nothing_for_silent_logs,
    describe_the_domain_once,
    run_graphs_in_a_fixed_order,
)
