"""How a message looks on the wire, for our window and for third-party Rasa widgets."""

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from desk.pictures import Pictures
from shop.handover import position
from shop.model import Conversation, Direction, Message
from shop.ports import UnitOfWork
from shop.takeover import name_of

Json = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """`window` goes to the shop's own window, without payloads; `widget` (None for a buyer's own) to Rasa widgets,
    `staff` to the console.
    """

    window: Json
    widget: Json | None
    staff: Json


@dataclass(frozen=True)
class Showing:
    """`service_name`: whom buyers see where the bot speaks."""

    pictures: Pictures
    service_name: str

    def message(self, message: Message) -> Shown:
        own = message.direction is Direction.BUYER
        window = self._window(message, own)
        inside = {"talk": message.conversation_id, "key": message.phrase_key, "author_id": message.author_id or None}
        widget = None if own or message.recalled_at else _widget(message)
        return Shown(window=window, widget=widget, staff={**window, **inside})

    def _window(self, message: Message, own: bool) -> Json:
        gone = message.recalled_at is not None
        picture = next((c["picture"] for c in message.cards if message.kind == "picture" and not gone), None)
        return {
            "seq": message.seq,
            "client_msg_id": message.client_msg_id,
            "direction": message.direction.value,
            "kind": message.kind,
            "text": "" if gone else message.text,
            "at": iso(message.created_at),
            "author": message.author or ("" if own else self.service_name),
            "key": None if message.direction is Direction.AGENT else message.phrase_key,
            "recalled": message.recalled_at is not None,
            "buttons": [] if own else [{"title": button["title"]} for button in message.buttons],
            "cards": [] if picture or gone else list(message.cards),
            "picture": self.pictures.link(message.conversation_id, picture) if picture else None,
        }


def _widget(message: Message) -> Json:
    replies = [{"content_type": "text", **button} for button in message.buttons]
    return {"text": message.text, "quick_replies": replies} if replies else {"text": message.text}


def holding(uow: UnitOfWork, conversation: Conversation) -> Json:
    """Who has the conversation; `position` only while it waits, `agent` (花名) only while one holds it."""
    return {
        "holder": conversation.holder.value,
        "epoch": conversation.epoch,
        "position": position(uow, conversation),
        "agent": name_of(uow, conversation.agent_id or "") or None,
    }


def iso(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
