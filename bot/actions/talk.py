"""One buyer message on its way to an answer: what was said, who says it, and how to answer."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.nlu.mood import MOOD, Mood
from phrases.describe import describe_order
from phrases.labels import MEANWHILE
from shop.cards import Card
from shop.conversations import said_this_session
from shop.handover import BACK_TO_BOT
from shop.hours import opening
from shop.model import Buyer, Conversation, FreightTemplate, Holder, Order, Product, Task, TaskKind
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.tasks import put_task

Button = dict[str, str]


BESIDE = ":"
"""Between what is pending and what goes with it."""


class Settled(Exception):
    """All has been said already: a form ends without asking or answering any more."""


class Talk:
    """`slots` collects what is to be remembered; what the buyer wrote is in `text`, `intent`, `entities`."""

    def __init__(self, uow: UnitOfWork, now: datetime, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        self.uow, self.now = uow, now
        self._tracker, self._dispatcher = tracker, dispatcher
        message = tracker.latest_message or {}
        metadata = message.get("metadata") or {}
        self.text: str = message.get("text") or ""
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        self.chances: dict[str, float] = {r["name"]: r["confidence"] for r in message.get("intent_ranking") or []}
        """Intent → how likely it is, the likeliest first."""
        self.also: str = (message.get("also") or {}).get("name") or ""
        """The second request of the message."""
        self.mood = Mood(message[MOOD]) if message.get(MOOD) else None
        self.turn_id: str = metadata.get("turn_id") or message.get("message_id") or ""
        self.is_draft = bool(metadata.get("draft"))
        """A person has the talk and words are all that is wanted: what is done is undone."""
        self.photos: list[str] = list(metadata.get("photos") or [])
        self._entities: list[dict[str, Any]] = message.get("entities") or []
        self.changes: dict[str, Any] = {}
        self.follow_up: str | None = None
        self.conversation: Conversation = self._find_conversation()

    def _find_conversation(self) -> Conversation:
        """Plain `rasa shell` has no desk that opened one: a guest's is made, so that nothing behaves otherwise."""
        known = self.uow.conversations.find(self._tracker.sender_id)
        if known is not None:
            return known
        made = Conversation(id=self._tracker.sender_id, created_at=self.now, holder=Holder.BOT)
        self.uow.conversations.add(made)
        return made

    # what was said

    def entity(self, name: str) -> Any:
        """The value of the last entity of that name, None without one."""
        return next((e["value"] for e in reversed(self._entities) if e.get("entity") == name), None)

    def slot(self, name: str) -> Any:
        """As it stands with this turn's changes."""
        return self.changes[name] if name in self.changes else self._tracker.get_slot(name)

    @property
    def pending(self) -> str:
        """The intent whose question was asked last, or to which a yes would lead; empty: none."""
        return str(self.slot("pending") or "").partition(BESIDE)[0]

    @property
    def beside_pending(self) -> str:
        """What goes with it: the second question of the same message, or the rule that was told."""
        return str(self.slot("pending") or "").partition(BESIDE)[2]

    def remember(self, **slots: Any) -> None:
        self.changes.update(slots)

    def events(self) -> list[EventType]:
        """Only what really changes."""
        changed = {n: v for n, v in self.changes.items() if v != self._tracker.get_slot(n) or n == "requested_slot"}
        return [SlotSet(name, value) for name, value in changed.items()]

    # who and what it is about

    @cached_property
    def policy(self) -> Policy:
        return self.uow.policies.current()

    @cached_property
    def template(self) -> FreightTemplate | None:
        return self.uow.freight.template()

    @cached_property
    def buyer(self) -> Buyer | None:
        return self.uow.buyers.find(self.conversation.buyer_id) if self.conversation.buyer_id else None

    def product(self) -> Product | None:
        """The one named in the message, else the one in view, else that of the order spoken of."""
        code = self.entity("product") or self.conversation.product_code or self._ordered_product()
        product = self.uow.products.find(code) if code else None
        if product is not None and self.entity("product") and self.conversation.product_code != product.code:
            self.conversation.product_code = product.code
        return product

    def _ordered_product(self) -> str | None:
        order_no = self.slot("order_no") or self.conversation.order_no
        order = self.uow.orders.find(order_no) if order_no else None
        return order.lines[0].product_code if order and order.lines else None

    def province(self) -> str | None:
        """The place in the message, else where the buyer's parcels go."""
        return self.entity("place") or (self.buyer.province if self.buyer and self.buyer.province else None)

    # answering

    def say(self, key: str, *, buttons: Sequence[Button] = (), cards: Sequence[Card] = (), **facts: Any) -> None:
        """A phrase of the library with its facts; facts that are None are not known."""
        known = {name: value for name, value in facts.items() if value is not None}
        known.setdefault("nick", self.conversation.nick or None)
        known.setdefault("mood", self.mood.value if self.mood else None)
        custom = {"cards": list(cards)} if cards else {}
        self._dispatcher.utter_message(
            response=key,
            buttons=list(buttons),
            json_message=custom,
            **{n: v for n, v in known.items() if v is not None},
        )

    def soothe(self, cause: str | None = None) -> None:
        """Once a message; what is to be apologised for first is the cause that is told."""
        if not self.said("soothe"):
            self.say("soothe", cause=cause)

    def said(self, key: str) -> bool:
        """Whether this turn says it already."""
        return any(message.get("response") == key for message in self._dispatcher.messages)

    def said_before(self, key: str) -> bool:
        """Whether an earlier turn of this visit said it: by the log, without a desk by what the bot remembers."""
        if self.conversation.last_seq:
            return said_this_session(self.uow, self.conversation, key, self.now)
        said = (e.get("metadata") or {} for e in self._tracker.events if e.get("event") == "bot")
        return any(key in (metadata.get("phrase_key"), metadata.get("utter_action")) for metadata in said)

    def due_in(self, minutes: int) -> datetime:
        """When an answer is due that a person has to give: counted from now, or from when people are back."""
        hours = opening(self.policy, self.now)
        return (hours.opens_at or self.now) + timedelta(minutes=minutes)

    def put_task(self, kind: TaskKind, title: str, order: Order | None = None) -> datetime:
        """Put down what a colleague has to do; returns when it is due."""
        due = self.due_in(self.policy.call_back_minutes)
        minutes = max(1, round((due - self.now).total_seconds() / 60))
        task = put_task(
            self.uow,
            kind,
            title,
            now=self.now,
            minutes=minutes,
            turn_id=self.turn_id,
            conversation_id=self.conversation.id,
            order_no=order.order_no if order else "",
        )
        return task.due_at

    def find_task(self, kind: TaskKind, order: Order) -> Task | None:
        """One put down earlier in this talk for the order, not done and not overdue."""
        tasks = self.uow.tasks.of_conversation(self.conversation.id)
        known = (t for t in tasks if t.kind is kind and t.order_no == order.order_no)
        return next((t for t in known if t.done_at is None and t.due_at > self.now), None)

    def look_up(self, question: str, order: Order | None = None) -> None:
        """The stores do not say: a person finds out and comes back (requirements PS-04, PH-18)."""
        due = self.put_task(TaskKind.LOOK_UP, f"{question}:{self.text}"[:200], order)
        self.say("look_up", question=question, due_at=due.isoformat(), buttons=[person_button()])

    def hand_over(self, reason: str, note: str = "") -> None:
        """A person is called. Who is there, and what the buyer is told of it, is the desk's to find out; the words
        here are those of a bot without a desk.
        """
        hours = opening(self.policy, self.now)
        custom = {"handover": {"reason": reason, "note": note}}
        if hours.open:
            place = len(self.uow.conversations.waiting()) + 1
            meanwhile = [{"title": MEANWHILE, "payload": BACK_TO_BOT}]
            self._dispatcher.utter_message(
                response="handover_queue", json_message=custom, buttons=meanwhile, open=True, position=place
            )
            return
        opens_at = hours.opens_at.isoformat() if hours.opens_at else None
        self._dispatcher.utter_message(response="handover_queue", json_message=custom, open=False, opens_at=opens_at)


def button(title: str, intent: str, **entities: str) -> Button:
    """What pressing it says to Rasa; the desk keeps the payload to itself."""
    payload = f"/{intent}" + (json.dumps(entities, ensure_ascii=False) if entities else "")
    return {"title": title, "payload": payload}


def person_button() -> Button:
    return button("转人工客服", "ask_human")


def order_button(order: Order) -> Button:
    return button(describe_order(order), "inform", order_no=order.order_no)
