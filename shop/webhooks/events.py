"""What is told, and how: one row a kind of thing that happens. Written in the transaction of what it tells.

Phone and identity numbers in words are hidden, as everywhere. Times are ISO 8601 in UTC, money is whole fen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

from shop.masking import mask_identity, mask_mobile
from shop.model import AfterSale, Approval, Delivery, EventArea, HandoverRecord, Message, News, Task
from shop.ports import UnitOfWork
from shop.webhooks.endpoints import KEPT_TRYING

Facts = dict[str, Any]
RECALLED = "message.recalled"


@dataclass(frozen=True)
class Event:
    """`stream`: what must be heard in order, mostly the talk."""

    area: EventArea
    kind: str
    stream: str
    facts: Facts


def tell(uow: UnitOfWork, news: Iterable[News], now: datetime) -> None:
    """Puts down for every address what it wants to hear of this. Costs one question where nobody wants anything."""
    wanting = uow.webhooks.wanting()
    if not wanting:
        return
    for event in map(describe, news):
        whose = [webhook_id for webhook_id, areas in wanting if event.area.value in areas]
        if event.kind == RECALLED and whose:
            _unsay(uow, event)
        for webhook_id in whose:
            uow.deliveries.add(_deliver(event, webhook_id, now))


def _deliver(event: Event, webhook_id: str, now: datetime) -> Delivery:
    number = uuid4().hex
    return Delivery(
        number, webhook_id, event.kind, event.stream or number, event.facts, now, due_at=now, ends_at=now + KEPT_TRYING
    )


def _unsay(uow: UnitOfWork, recall: Event) -> None:
    """What was taken back before it was told is told without its words."""
    for waiting in uow.deliveries.waiting_of(recall.stream):
        if waiting.kind == "message.sent" and waiting.facts["seq"] == recall.facts["recalled_seq"]:
            waiting.facts = {**waiting.facts, "text": "", "recalled": True}


def describe(news: News) -> Event:
    row = _ROWS[type(news.item)]
    return row(news.item, news.changed)


def _message(message: Message, changed: bool) -> Event:
    talk = message.conversation_id
    if message.kind == "recall":
        facts: Facts = {"talk": talk, "seq": message.seq, "recalled_seq": message.cards[0]["seq"]}
        return Event(EventArea.MESSAGE, RECALLED, talk, {**facts, "at": _iso(message.created_at)})
    gone = message.recalled_at is not None
    facts = {
        "talk": talk,
        "seq": message.seq,
        "direction": message.direction.value,
        "kind": message.kind,
        "text": "" if gone else _hide(message.text),
        "author": message.author,
        "author_id": message.author_id,
        "key": message.phrase_key,
        "recalled": gone,
        "at": _iso(message.created_at),
    }
    return Event(EventArea.MESSAGE, "message.sent", talk, facts)


def _handover(record: HandoverRecord, changed: bool) -> Event:
    facts = {
        "talk": record.conversation_id,
        "epoch": record.epoch,
        "from": record.from_holder.value,
        "to": record.to_holder.value,
        "from_agent": record.from_agent,
        "to_agent": record.to_agent,
        "group": record.group_code,
        "reason": _hide(record.reason),
        "note": _hide(record.note),
        "by": record.by,
        "at": _iso(record.at),
    }
    return Event(EventArea.HANDOVER, "handover", record.conversation_id, facts)


def _approval(approval: Approval, changed: bool) -> Event:
    facts = {
        "number": approval.number,
        "talk": approval.conversation_id,
        "buyer_id": approval.buyer_id,
        "product_code": approval.product_code,
        "sku": approval.sku,
        "order_no": approval.order_no,
        "list_fen": approval.list_fen,
        "asked_fen": approval.asked_fen,
        "state": approval.state.value,
        "decided_fen": approval.decided_fen,
        "decided_by": approval.decided_by,
        "at": _iso(approval.decided_at or approval.created_at),
    }
    kind = "approval.decided" if changed else "approval.asked"
    return Event(EventArea.APPROVAL, kind, approval.conversation_id, facts)


def _aftersale(request: AfterSale, changed: bool) -> Event:
    facts = {
        "number": request.number,
        "talk": request.conversation_id,
        "order_no": request.order_no,
        "buyer_id": request.buyer_id,
        "kind": request.kind.value,
        "sku": request.sku,
        "reason": _hide(request.reason),
        "description": _hide(request.description),
        "wish": request.wish,
        "amount_fen": request.amount_fen,
        "state": request.state.value,
        "step": request.step.value,
        "created_at": _iso(request.created_at),
        "closed_at": request.closed_at and _iso(request.closed_at),
    }
    kind = "aftersale.changed" if changed else "aftersale.opened"
    return Event(EventArea.AFTERSALE, kind, request.conversation_id, facts)


def _task(task: Task, changed: bool) -> Event:
    facts = {
        "number": task.number,
        "talk": task.conversation_id,
        "order_no": task.order_no,
        "kind": task.kind.value,
        "title": _hide(task.title),
        "owner": task.owner,
        "created_at": _iso(task.created_at),
        "due_at": _iso(task.due_at),
        "done_at": task.done_at and _iso(task.done_at),
    }
    return Event(EventArea.TASK, "task.done" if changed else "task.put", task.conversation_id, facts)


_ROWS: Mapping[type, Callable[[Any, bool], Event]] = {
    Message: _message,
    HandoverRecord: _handover,
    Approval: _approval,
    AfterSale: _aftersale,
    Task: _task,
}
WATCHED: Mapping[type, Sequence[str]] = {
    Message: (),
    HandoverRecord: (),
    Approval: ("state",),
    AfterSale: ("state", "steps"),
    Task: ("done_at",),
}
"""New ones are told; of those that stand, a change of these fields."""


def _iso(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _hide(text: str) -> str:
    return mask_mobile(mask_identity(text))
