"""How a conversation changes hands: the one place where holder and epoch are set. HE-05, CW-05."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shop.model import Conversation, HandoverRecord, Holder, Staff
from shop.ports import UnitOfWork

BACK_TO_BOT = "/greet"
"""Payload of the button with which a waiting buyer goes on with the bot meanwhile."""
CLOSED = "服务结束"
"""The reason of the hand-over that ends a service."""
BUYER, BOT, DESK = "buyer", "bot", "desk"
"""Who changed it, where it was no member of staff."""


def position(uow: UnitOfWork, conversation: Conversation) -> int | None:
    """Place in the queue, 1 = next; None for a conversation that does not wait."""
    if conversation.holder is not Holder.QUEUE:
        return None
    waiting = [c.id for c in uow.conversations.waiting()]
    return waiting.index(conversation.id) + 1 if conversation.id in waiting else len(waiting) + 1


@dataclass(frozen=True)
class Passing:
    """Into whose hands, by whom and why. Without an `agent` it is the bot's or, with `queued`, nobody's yet."""

    by: str
    reason: str = ""
    note: str = ""
    agent: Staff | None = None
    queued: bool = False
    group_code: str = ""
    why: Sequence[str] = ()
    card: Mapping[str, Any] = field(default_factory=dict)

    @property
    def to(self) -> Holder:
        if self.agent is not None:
            return Holder.AGENT
        return Holder.QUEUE if self.queued else Holder.BOT


def pass_on(uow: UnitOfWork, conversation: Conversation, passing: Passing, now: datetime) -> HandoverRecord:
    """From here on every turn that the bot still works on is void. The conversation must be locked."""
    record = HandoverRecord(
        conversation_id=conversation.id,
        epoch=conversation.epoch + 1,
        seq=conversation.last_seq,
        at=now,
        from_holder=conversation.holder,
        to_holder=passing.to,
        from_agent=conversation.agent_id or "",
        to_agent=passing.agent.id if passing.agent else "",
        group_code=passing.group_code or conversation.group_code,
        reason=passing.reason or conversation.queue_reason,
        note=passing.note,
        by=passing.by,
        why=list(passing.why),
        card=dict(passing.card),
    )
    uow.handovers.add(record)
    _set(conversation, record, now)
    return record


def _set(conversation: Conversation, record: HandoverRecord, now: datetime) -> None:
    to = record.to_holder
    if conversation.agent_id:
        conversation.last_agent_id = conversation.agent_id
    answered = conversation.holder is Holder.AGENT and conversation.waiting_since is None
    conversation.holder, conversation.epoch = to, record.epoch
    conversation.agent_id = record.to_agent or None
    conversation.reminded_at = conversation.excused_at = None
    if to is Holder.BOT:
        conversation.queue_reason = conversation.group_code = ""
        conversation.queued_at = conversation.waiting_since = None
        conversation.assisted = conversation.urgent = False
        return
    conversation.queue_reason, conversation.group_code = record.reason, record.group_code
    if to is Holder.QUEUE:
        conversation.queued_at = conversation.queued_at or now
    else:
        conversation.queued_at = None
    if not answered:
        conversation.waiting_since = conversation.waiting_since or conversation.last_buyer_at or now
