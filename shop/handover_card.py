"""What a person who takes a conversation should know at a glance: nothing that the bot learned is lost. HE-05."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from shop.conversations import newest_first
from shop.intents import name_intent
from shop.model import Conversation, Direction, Message, Order, Turn
from shop.offers import is_open, offers_to
from shop.ports import UnitOfWork

TURNS, ANSWERS, LOOKED_AT, CLIP = 3, 3, 20, 80
Card = dict[str, Any]


def make_card(uow: UnitOfWork, conversation: Conversation, reason: str, note: str, now: datetime) -> Card:
    """{reason, summary, intents, facts, order_no, answered, mood}; all of it plain data, said of this buyer only."""
    turns = [turn for turn in uow.turns.last(conversation.id, TURNS) if turn.intent]
    since = _last_service_end(uow, conversation)
    recent = _newest(uow, conversation, since)
    order = uow.orders.find(conversation.order_no) if conversation.order_no else None
    last_words = next((m.text for m in recent if m.direction is Direction.BUYER), "")
    return {
        "reason": reason,
        "note": note,
        "summary": _summary(conversation, turns, order, last_words),
        "intents": [_intent(turn) for turn in turns],
        "facts": list(_facts(uow, conversation, order, now)),
        "order_no": conversation.order_no or "",
        "answered": [_clip(m.text) for m in recent if m.direction is Direction.BOT and m.turn_id][:ANSWERS],
        "mood": conversation.mood,
    }


def _newest(uow: UnitOfWork, conversation: Conversation, since: datetime | None) -> list[Message]:
    messages = newest_first(uow, conversation, since)
    return list(islice(messages, LOOKED_AT))


def _last_service_end(uow: UnitOfWork, conversation: Conversation) -> datetime | None:
    return next((s.closed_at for s in uow.services.of_conversation(conversation.id) if s.closed_at), None)


def _intent(turn: Turn) -> Card:
    return {"intent": turn.intent, "name": name_intent(turn.intent), "confidence": round(turn.confidence, 3)}


def _facts(uow: UnitOfWork, conversation: Conversation, order: Order | None, now: datetime) -> Iterator[Card]:
    product = uow.products.find(conversation.product_code) if conversation.product_code else None
    if product:
        yield {"label": "正在看", "value": product.title}
    if order:
        yield {"label": "订单", "value": f"{order.order_no} {order.status.value}"}
        yield {"label": "订单商品", "value": "、".join(f"{line.title} ×{line.quantity}" for line in order.lines)}
        for parcel in uow.parcels.of_order(order.order_no):
            yield {
                "label": "运单",
                "value": f"{parcel.waybill} {parcel.events[0].text if parcel.events else '暂无物流'}",
            }
        for request in uow.aftersales.of_order(order.order_no):
            yield {"label": "售后申请", "value": f"{request.number} {request.kind.value} {request.state.value}"}
    for offer in (o for o in offers_to(uow, conversation) if is_open(o, now)):
        yield {"label": "已给优惠", "value": f"{offer.price_fen / 100:.2f} 元(原 {offer.list_fen / 100:.2f} 元)"}
    for complaint in uow.complaints.of_conversation(conversation.id)[:1]:
        yield {"label": "投诉登记", "value": f"{complaint.number} {complaint.cause}"}


def _summary(conversation: Conversation, turns: list[Turn], order: Order | None, last_words: str) -> str:
    """One line: who, what about, in which state, the last words."""
    wants = "、".join(dict.fromkeys(name_intent(turn.intent) for turn in turns[:2]))
    parts = [
        conversation.nick,
        f"想{wants}" if wants else "",
        f"订单{order.status.value}" if order else "",
        f"最后说“{_clip(last_words, 40)}”" if last_words else "",
    ]
    return "，".join(part for part in parts if part)


def _clip(text: str, length: int = CLIP) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
