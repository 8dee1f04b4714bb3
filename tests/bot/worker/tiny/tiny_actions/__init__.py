"""Actions of the tests' assistant: each does one thing that a test looks at."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

Domain = dict[str, Any]


def var() -> Path:
    return Path(os.environ["TINY_VAR"])


def remember(turn_id: str) -> None:
    """The side effect: carries the turn's id, so that running a turn twice changes nothing twice."""
    with sqlite3.connect(var() / "effects.db") as db:
        db.execute("CREATE TABLE IF NOT EXISTS effects (turn_id TEXT PRIMARY KEY)")
        db.execute("INSERT OR IGNORE INTO effects VALUES (?)", (turn_id,))


def dawdle() -> None:
    """Says that it has begun, then waits while the test wants it to."""
    (var() / "begun").touch()
    while (var() / "wait").exists():
        time.sleep(0.02)


class Stock(Action):
    def name(self) -> str:
        return "action_stock"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        text = tracker.latest_message["text"]
        if "慢" in text:
            dawdle()
        remember(tracker.latest_message["metadata"]["turn_id"])
        if "缺" in text:
            dispatcher.utter_message(response="bargain_offer", cost_fen=123)
        else:
            dispatcher.utter_message(
                response="noted",
                cost_fen=123,
                buttons=[{"title": "就它", "payload": '/inform{"order_no": "XS1"}'}],
                json_message={"cards": [{"kind": "product", "code": "P1"}]},
            )
        return []


class Submit(Action):
    def name(self) -> str:
        return "action_submit"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        remember(tracker.latest_message["metadata"]["turn_id"])
        dispatcher.utter_message(text=f"{tracker.get_slot('order_no')} 因为 {tracker.get_slot('reason')}")
        return [SlotSet("order_no", None), SlotSet("reason", None)]


class Ask(Action):
    slot = ""

    def name(self) -> str:
        return f"action_ask_{self.slot}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        assert "forms" in domain, "an action is given the domain"
        dispatcher.utter_message(text=f"请给我 {self.slot}")
        return []


class AskOrderNo(Ask):
    slot = "order_no"


class AskReason(Ask):
    slot = "reason"


class Break(Action):
    def name(self) -> str:
        return "action_break"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        dispatcher.utter_message(text="半句")
        if "拒" in tracker.latest_message["text"]:
            raise ActionExecutionRejection(self.name())
        raise LookupError("账号 13812345678")


class HandOver(Action):
    def name(self) -> str:
        return "action_hand_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        photos = tracker.latest_message["metadata"]["photos"]
        dispatcher.utter_message(json_message={"handover": {"reason": "买家要求", "note": " ".join(photos)}})
        return []


class Count(Action):
    def name(self) -> str:
        return "action_count"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        count = (tracker.get_slot("count") or 0) + 1
        dispatcher.utter_message(text=str(count))
        return [SlotSet("count", count)]


class Fallback(Action):
    def name(self) -> str:
        return "action_default_fallback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[EventType]:
        dispatcher.utter_message(response="clarify")
        return [UserUtteranceReverted()]
