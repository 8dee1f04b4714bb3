"""What Rasa finds out about a whole talk again and again, kept with its tracker and only ever added to."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rasa.shared.core.constants import PREVIOUS_ACTION
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

State = dict[str, Any]


class Applied:
    """DialogueStateTracker.applied_events, one event at a time: what was taken back is left out."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._count = 0
        self._last: Event | None = None
        self._loops: set[str] = set()

    def copy(self) -> "Applied":
        twin = Applied()
        twin.__dict__.update(self.__dict__)
        twin._events, twin._loops = list(self._events), set(self._loops)
        return twin

    def fits(self, tracker: DialogueStateTracker) -> bool:
        """A loop heard of for the first time changes what its earlier actions meant: begin anew."""
        known = self._count <= len(tracker.events) and (
            not self._count or tracker.events[self._count - 1] is self._last
        )
        return known and all(event.name in self._loops for event in self._new(tracker) if _opens_loop(event))

    def begin(self, tracker: DialogueStateTracker) -> None:
        self.__init__()  # type: ignore[misc]
        self._loops = {event.name for event in tracker.events if _opens_loop(event)}

    def catch_up(self, tracker: DialogueStateTracker) -> list[Event]:
        for event in self._new(tracker):
            self._apply(tracker, event)
            self._last = event
        self._count = len(tracker.events)
        return list(self._events)

    def _new(self, tracker: DialogueStateTracker) -> Iterable[Event]:
        return islice(tracker.events, self._count, None)

    def _apply(self, tracker: DialogueStateTracker, event: Event) -> None:
        done = self._events
        if isinstance(event, (Restarted, SessionStarted)):
            done.clear()
        elif isinstance(event, ActionReverted):
            tracker._undo_till_previous(ActionExecuted, done)
        elif isinstance(event, UserUtteranceReverted):
            tracker._undo_till_previous(UserUttered, done)
            tracker._undo_till_previous(ActionExecuted, done)
        elif self._repeats_loop(tracker, event):
            tracker._undo_till_previous_loop_execution(event.action_name, done)
        else:
            done.append(event)

    def _repeats_loop(self, tracker: DialogueStateTracker, event: Event) -> bool:
        if not isinstance(event, ActionExecuted) or event.action_name not in self._loops:
            return False
        return not tracker._first_loop_execution_or_unhappy_path(event.action_name, self._events)


def _opens_loop(event: Event) -> bool:
    return isinstance(event, ActiveLoop) and bool(event.name)


def applied_events(tracker: DialogueStateTracker) -> list[Event]:
    applied: Applied = tracker.__dict__.setdefault("_applied", Applied())
    if not applied.fits(tracker):
        applied.begin(tracker)
    return applied.catch_up(tracker)


def forget(tracker: DialogueStateTracker) -> None:
    """After events in the middle were taken out."""
    tracker.__dict__.pop("_applied", None)
    tracker.__dict__.pop("_replay", None)


@dataclass(frozen=True)
class Step:
    """The talk as it stood before an action, and what Rasa asks to know whether stories ever see that action."""

    state: State
    hidden: bool
    keeps_hidden: bool
    """After a follow-up action or a form's own action the turn stays as it was: hidden or not."""


class Replay:
    """What Domain.states_for_tracker_history has found out so far about one tracker."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self._behind: DialogueStateTracker = tracker.init_copy()
        self._seen: list[Event] = []
        self._steps: list[Step] = []

    def fits(self, applied: list[Event]) -> bool:
        """False where an event was taken back (a reverted utterance, a form's turn, a cut) since."""
        return len(self._seen) <= len(applied) and all(
            old is new for old, new in zip(self._seen, applied, strict=False)
        )

    def catch_up(self, domain: Domain, applied: list[Event]) -> list[Step]:
        for event in applied[len(self._seen) :]:
            if isinstance(event, ActionExecuted):
                self._steps.append(self._step(domain, event.hide_rule_turn))
            self._behind.update(event)
            self._seen.append(event)
        return [*self._steps, self._step(domain, False)]

    def _step(self, domain: Domain, hidden: bool) -> Step:
        now = self._behind
        keeps_hidden = bool(now.followup_action) or now.latest_action_name == now.active_loop_name
        return Step(_copy(domain.get_active_state(now)), hidden, keeps_hidden)


def known_states(
    domain: Domain, tracker: DialogueStateTracker, ignore_rule_only_turns: bool, rule_only_data: dict[str, Any] | None
) -> list[State]:
    """The same as Rasa's own. Policies change what they get, so each gets copies."""
    applied = tracker.applied_events()
    replay: Replay | None = getattr(tracker, "_replay", None)
    if replay is None or not replay.fits(applied):
        replay = tracker._replay = Replay(tracker)
    steps = replay.catch_up(domain, applied)
    if ignore_rule_only_turns:
        return _as_stories_see_it(domain, steps, rule_only_data)
    return [_copy(step.state) for step in steps]


def _as_stories_see_it(domain: Domain, steps: Iterable[Step], rule_only_data: dict[str, Any] | None) -> list[State]:
    """Turns that only rules know are left out, and with them the action that a story would not expect."""
    states: list[State] = []
    last_action: dict[str, str] | None = None
    in_hidden_turn = False
    for step in steps:
        if not in_hidden_turn:
            last_action = step.state.get(PREVIOUS_ACTION)
        if not step.keeps_hidden:
            in_hidden_turn = step.hidden
        if in_hidden_turn:
            continue
        state = _copy(step.state)
        domain._remove_rule_only_features(state, rule_only_data)
        if states:
            domain._substitute_rule_only_user_input(state, states[-1])
        if last_action:
            state[PREVIOUS_ACTION] = last_action
        states.append(_copy(domain._clean_state(state)))
    return states


def _copy(state: State) -> State:
    return {kind: dict(part) for kind, part in state.items()}
