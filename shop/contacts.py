"""Whether a buyer comes back with the same problem: contacts with people about one order. CW-17."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from shop.conversations import SESSION_IDLE
from shop.intents import FAMILY_OF
from shop.model import Conversation, Holder, Service, Turn
from shop.ports import UnitOfWork

MANY = 3
"""From so many contacts on the people who answer are told."""
SPAN = timedelta(days=30)
TURNS = 200
"""Looked back over: some fifteen talks with the bot."""
SMALL_TALK = "general"
"""Greetings and the wish for a person belong to every problem."""
FAMILY_OF_CAUSE: dict[str, str] = {
    **dict.fromkeys(("商品咨询", "尺码推荐", "优惠活动", "发货时间"), "presale"),
    "议价": "bargain",
    **dict.fromkeys(("付款", "发票"), "payment"),
    **dict.fromkeys(("物流进度", "丢失", "延迟"), "tracking"),
    **dict.fromkeys(("退货", "换货", "退款", "补发", "维修", "质量问题", "破损", "发错少发", "价保"), "aftersale"),
    **dict.fromkeys(("损坏", "质量"), "aftersale"),
}
"""What a service was closed as → the family of the intents that lead to it; what says nothing of it is not here."""


@dataclass(frozen=True)
class History:
    """`contacts` counts this one; `old_problem`: an earlier one was about the same, else it is a new problem."""

    contacts: int
    old_problem: bool


def find_history(uow: UnitOfWork, conversation: Conversation, now: datetime) -> History | None:
    """Of a buyer who has turned to people about one order `MANY` times within `SPAN`; None for everybody else.

    The order is that of the open service, else the one in view. An open service and a place in the queue are contacts.
    """
    services = uow.services.of_conversation(conversation.id)
    present = next((s for s in services if s.number == conversation.service_no), None)
    order_no = (present.order_no if present else "") or conversation.order_no
    earlier = [s for s in services if s is not present and order_no and s.order_no == order_no]
    earlier = [s for s in earlier if s.started_at > now - SPAN]
    coming = present is not None or conversation.holder is Holder.QUEUE
    if len(earlier) + coming < MANY:
        return None
    turns = uow.turns.last(conversation.id, TURNS)
    wanted = _present_families(conversation, present, services, turns, now)
    return History(len(earlier) + coming, any(wanted & _families(service, turns) for service in earlier))


def _present_families(
    conversation: Conversation,
    present: Service | None,
    services: Sequence[Service],
    turns: Sequence[Turn],
    now: datetime,
) -> set[str]:
    """What was asked since the last service ended; where the bot heard nothing since, what it understood last."""
    ends = [s.closed_at for s in services if s.closed_at is not None]
    begun = present.started_at if present else conversation.queued_at or now
    asked = _asked(turns, max([begun - SESSION_IDLE, *ends]), now)
    last = (family for intent in (conversation.intent, *(t.intent for t in turns)) if (family := _matter(intent)))
    return asked or set(islice(last, 1))


def _families(service: Service, turns: Sequence[Turn]) -> set[str]:
    """What the buyer asked before and during it, and what it was closed as."""
    asked = _asked(turns, service.started_at - SESSION_IDLE, service.closed_at or service.started_at)
    closed_as = FAMILY_OF_CAUSE.get(service.cause)
    return asked | {closed_as} if closed_as else asked


def _asked(turns: Sequence[Turn], after: datetime, until: datetime) -> set[str]:
    return {_matter(turn.intent) for turn in turns if after < turn.created_at <= until} - {""}


def _matter(intent: str) -> str:
    """The family of an intent; empty where it names no problem."""
    family = FAMILY_OF.get(intent, "")
    return "" if family == SMALL_TALK else family
