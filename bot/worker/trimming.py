"""Keeps a tracker short: a turn costs the same after 300 turns as after 10.

Old turns are replaced by the few events that lead to the same state: slots, the open form, the
action done last. What is left begins at a listen, so rules, forms and memoisation read on as before.
"""

from collections.abc import Iterator
from itertools import islice

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlg import CALLS_PERSON
from bot.worker.answers import RANKING_LENGTH
from bot.worker.replay import forget

KEPT_TURNS = 6
"""Longer than any memoised history (config.yml: max_history counts actions)."""
LONGEST_TURNS = 12
"""Cut in one go, not turn by turn: the states that bot.worker.replay knows are worth keeping till then."""

_KEPT_OF_PARSE = ("text", "intent", "entities", "intent_ranking", "message_id", "metadata", "also", "mood")
_KEPT_OF_METADATA = ("phrase_key", "variation", "utter_action", "turn_id", "photos", "is_external", CALLS_PERSON)


def trim(tracker: DialogueStateTracker) -> None:
    """Cuts all but the last turns off where there are too many, and drops what no later turn reads, in place."""
    cut = _cut(list(tracker.events))
    if cut:
        head = list(_restart_state(_replay(tracker, cut)))
        tail = list(islice(tracker.events, cut, None))
        tracker.events.clear()
        tracker.events.extend(head + tail)
        forget(tracker)
    for event in tracker.events:
        _slim(event)


def _cut(events: list[Event]) -> int:
    """Where the listen before the first kept turn stands; 0 where there is nothing to cut."""
    turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= LONGEST_TURNS:
        return 0
    for index in range(turns[-KEPT_TURNS] - 1, 0, -1):
        event = events[index]
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME:
            return index
    return 0


def _replay(tracker: DialogueStateTracker, cut: int) -> DialogueStateTracker:
    past: DialogueStateTracker = tracker.init_copy()
    for event in islice(tracker.events, cut):
        past.events.append(event)
        event.apply_to(past)
    return past


def _restart_state(past: DialogueStateTracker) -> Iterator[Event]:
    """An action comes first of all, else the kept part would look like a conversation that just begins."""
    loop, at = past.active_loop, past.events[-1].timestamp
    yield ActionExecuted(past.active_loop_name or past.latest_action_name or ACTION_LISTEN_NAME, timestamp=at)
    for slot in past.slots.values():
        if slot.has_been_set:
            yield SlotSet(slot.name, slot.value, timestamp=at)
    if past.active_loop_name:
        yield ActiveLoop(past.active_loop_name, timestamp=at)
        if loop.rejected:
            yield ActionExecutionRejected(past.active_loop_name, timestamp=at)
    if past.is_paused():
        yield ConversationPaused(timestamp=at)


def _slim(event: Event) -> None:
    if isinstance(event, UserUttered):
        event.parse_data = {key: event.parse_data[key] for key in _KEPT_OF_PARSE if key in event.parse_data}
        event.parse_data["intent_ranking"] = event.parse_data.get("intent_ranking", [])[:RANKING_LENGTH]
    if isinstance(event, BotUttered):
        event.data = {key: value for key, value in event.data.items() if value}
    event.metadata = {key: event.metadata[key] for key in _KEPT_OF_METADATA if key in event.metadata}
