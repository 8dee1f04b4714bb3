"""Requests for a price that nobody has decided: the leaders hear of each at once, and again when it waits too long,
and the buyer then hears once that it is not forgotten. BG-05, BG-08.

What was told stands in the alerts, so that two desks tell nothing twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shop.conversations import append_line, append_notice
from shop.model import Alert, AlertKind, Approval, ApprovalState, Conversation, Direction, Holder
from shop.moment import Moment
from shop.ports import UnitOfWork

AGAIN = timedelta(days=1)
"""What still waits is brought up anew so often."""


def find_requests(uow: UnitOfWork, at: Moment) -> list[str]:
    """The conversations of those that somebody has to hear of now; only reads."""
    waiting = [(approval, _stage(approval, at)) for approval in uow.approvals.waiting()]
    told = _find_told(uow, min(since for _, since in waiting)) if waiting else []
    return list(dict.fromkeys(a.conversation_id for a, since in waiting if not _is_told(told, a, since)))


def report_requests(uow: UnitOfWork, conversation_id: str, at: Moment) -> bool:
    """All of that conversation; whether there was anything to tell."""
    conversation = uow.conversations.lock(conversation_id)
    told = [_report(uow, conversation, asked, at) for asked in uow.approvals.of_conversation(conversation_id)]
    return any(told)


def _report(uow: UnitOfWork, conversation: Conversation, approval: Approval, at: Moment) -> bool:
    since = _stage(approval, at)
    if approval.state is not ApprovalState.WAITING or _is_told(_find_told(uow, since), approval, since):
        return False
    asked = f"想要 {approval.asked_fen / 100:.2f} 元" if approval.asked_fen is not None else "没有说价"
    wait = f",已等 {(at.now - approval.created_at) // timedelta(minutes=1)} 分钟" if _is_late(approval, at) else ""
    note = f"{approval.number} 原价 {approval.list_fen / 100:.2f} 元,{asked}{wait}"
    uow.alerts.add(Alert(AlertKind.APPROVAL, at.now, conversation.id, note=note))
    if since == _due(approval, at):
        _comfort(uow, conversation, at)
    return True


def _comfort(uow: UnitOfWork, conversation: Conversation, at: Moment) -> None:
    """Who has the talk in hand comforts in person."""
    if conversation.holder is Holder.BOT:
        append_line(uow, conversation, Direction.BOT, at.say("bargain_ask_leader", late=True), at.now)
    elif conversation.holder is Holder.QUEUE:
        append_notice(uow, conversation, at.say("bargain_ask_leader", late=True), at.now)


def _due(approval: Approval, at: Moment) -> datetime:
    return approval.created_at + timedelta(minutes=at.policy.approval_minutes)


def _is_late(approval: Approval, at: Moment) -> bool:
    return at.now >= _due(approval, at)


def _stage(approval: Approval, at: Moment) -> datetime:
    """When the present reminder fell due: when it was asked, when it became late, then every day."""
    due = _due(approval, at)
    return due + (at.now - due) // AGAIN * AGAIN if at.now >= due else approval.created_at


def _find_told(uow: UnitOfWork, since: datetime) -> list[Alert]:
    return [alert for alert in uow.alerts.since(since) if alert.kind is AlertKind.APPROVAL]


def _is_told(told: Sequence[Alert], approval: Approval, since: datetime) -> bool:
    return any(alert.at >= since and alert.note.startswith(f"{approval.number} ") for alert in told)
