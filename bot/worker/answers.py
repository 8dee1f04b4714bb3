"""Reads what a turn said and did back out of the tracker: for the first answer and for every repetition alike."""

from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlg import CALLS_PERSON
from bot.nlu.mood import MOOD
from bot.worker.contract import Answer, Reply, Understood

RANKING_LENGTH = 3


def find_answer(tracker: DialogueStateTracker, turn_id: str) -> Answer | None:
    """The answer of that turn, or None where the tracker has never seen it."""
    events = _events_of(tracker, turn_id)
    return _read(turn_id, events) if events else None


def unfinished(turn_id: str, understood: dict[str, Any]) -> Answer:
    """Nothing said: the thought goes on."""
    return Answer(
        turn_id=turn_id,
        unfinished=True,
        **_understood(understood),
        messages=[],
        handover=None,
        actions=[],
    )


def _events_of(tracker: DialogueStateTracker, turn_id: str) -> list[Event]:
    from_turn = dropwhile(lambda event: _turn_of(event) != turn_id, tracker.events)
    return list(takewhile(lambda event: _turn_of(event) in (None, turn_id), from_turn))


def _turn_of(event: Event) -> str | None:
    return event.metadata.get("turn_id") if isinstance(event, UserUttered) else None


def _read(turn_id: str, events: Sequence[Event]) -> Answer:
    said = [event for event in events if isinstance(event, BotUttered)]
    ran = [event.action_name for event in events if isinstance(event, ActionExecuted)]
    return Answer(
        turn_id=turn_id,
        unfinished=False,
        **_understood(events[0].parse_data),
        messages=[reply for event in said if not _is_off(event) and _says_anything(reply := _reply(event))],
        handover=next(filter(None, map(_handover, said)), None),
        actions=[name for name in ran if name and name != ACTION_LISTEN_NAME],
    )


def _understood(parsed: dict[str, Any]) -> Understood:
    return Understood(
        intent=_scored(parsed["intent"]),
        ranking=[_scored(intent) for intent in parsed.get("intent_ranking", [])[:RANKING_LENGTH]],
        also=_scored(parsed["also"]) if parsed.get("also") else None,
        mood=parsed.get(MOOD) or "",
        entities=parsed["entities"],
    )


def _reply(event: BotUttered) -> Reply:
    """Only these four leave the worker: the facts of a phrase stay inside."""
    return Reply(
        key=event.metadata.get("phrase_key") or event.metadata.get("utter_action") or "",
        text=event.text or "",
        buttons=[
            {name: button.get(name, "") for name in ("title", "payload")} for button in event.data.get("buttons") or []
        ],
        cards=_custom(event).get("cards", []),
    )


def _is_off(event: BotUttered) -> bool:
    """The manager switched the scene off: its buttons and cards go with its words."""
    return CALLS_PERSON in event.metadata and not event.text


def _handover(event: BotUttered) -> dict[str, Any] | None:
    """What the action asked for, else what the manager wants where this is said."""
    asked: dict[str, Any] | None = _custom(event).get("handover")
    reason = event.metadata.get(CALLS_PERSON)
    return asked or ({"reason": reason, "note": ""} if reason else None)


def _says_anything(reply: Reply) -> bool:
    return bool(reply["text"] or reply["buttons"] or reply["cards"])


def _custom(event: BotUttered) -> dict[str, Any]:
    custom: dict[str, Any] = event.data.get("custom") or {}
    return custom


def _scored(intent: dict[str, Any]) -> dict[str, Any]:
    return {"name": intent.get("name"), "confidence": round(float(intent.get("confidence") or 0.0), 4)}
