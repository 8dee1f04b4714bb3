"""Which people a buyer goes to, and why. HE-03 to HE-05, HE-18.

The skill group follows from what the buyer wants, else from where the order stands; within it the one who spoke with
this buyer last, then who has least to do. Every choice can be read afterwards ("why did I get this").
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.intents import COMPLAINTS, FAMILY_OF, name_intent
from shop.model import PRESENT, Conversation, Group, OrderStatus
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.seats import Chair, chairs

PRESALE, AFTERSALE, GENERAL, LEAD = "presale", "aftersale", "general", "lead"
"""The groups that every shop begins with."""
AFTER_PAYING = frozenset(
    {OrderStatus.TO_SHIP, OrderStatus.PARTLY_SHIPPED, OrderStatus.SHIPPED, OrderStatus.SIGNED, OrderStatus.COMPLETED}
)
FAMILY_OF_STATE = {True: "aftersale", False: "presale"}
"""Whose matter an order is, by whether it is paid."""


@dataclass(frozen=True)
class Choice:
    """`chair` None: nobody of the group can take a buyer now."""

    group_code: str
    chair: Chair | None
    why: Sequence[str]


def find_group(uow: UnitOfWork, conversation: Conversation) -> tuple[str, str]:
    """The code of the group, and the reason in words."""
    intent = conversation.intent
    if intent in COMPLAINTS and uow.groups.find(LEAD):
        return LEAD, f"买家{name_intent(intent)}，由主管组处理"
    family = FAMILY_OF.get(intent, "")
    group = _group_of(uow, family)
    if group:
        return group.code, f"买家{name_intent(intent)}，归{group.name}"
    order = uow.orders.find(conversation.order_no) if conversation.order_no else None
    if order is not None:
        group = _group_of(uow, FAMILY_OF_STATE[order.status in AFTER_PAYING])
        if group:
            return group.code, f"订单{order.status.value}，归{group.name}"
    group = uow.groups.find(GENERAL)
    return (group.code, f"没有明确的问题类型，归{group.name}") if group else ("", "没有设置分组")


def _group_of(uow: UnitOfWork, family: str) -> Group | None:
    return next((group for group in uow.groups.all() if family in group.families), None)


def choose(
    uow: UnitOfWork,
    conversation: Conversation,
    policy: Policy,
    *,
    group_code: str = "",
    leaving: Collection[str] = (),
) -> Choice:
    """Who takes this buyer now. `group_code` fixes the group; `leaving` are staff who may not get it.

    Not the agent of last time where the buyer complains: it may be about that very service.
    """
    code, reason = (group_code, "") if group_code else find_group(uow, conversation)
    why = [reason] if reason else [f"指定{_name(uow, code)}"]
    at_work = [chair for chair in chairs(uow, policy) if chair.seat.staff_id not in leaving]
    free = [chair for chair in at_work if chair.free]
    last = next((c for c in free if c.seat.staff_id == conversation.last_agent_id), None)
    if last is not None and not group_code and (code != LEAD or LEAD in last.staff.groups):
        return Choice(code, _hold(uow, last, policy), [*why, f"上次由{last.staff.name}接待", _loaded(last)])
    skilled = [chair for chair in free if code in chair.staff.groups]
    helping = skilled or _find_helpers(at_work, free, code)
    if not skilled and helping:
        why.append(f"{_name(uow, code)}暂时没有空位")
    best = min(helping, key=_burden, default=None)
    if best is None:
        return Choice(code, None, [*why, "暂时没有空位，排队等候"])
    return Choice(code, _hold(uow, best, policy), [*why, f"{_loaded(best)}，当前最空闲"])


def _find_helpers(at_work: Sequence[Chair], free: Sequence[Chair], code: str) -> list[Chair]:
    """综合组 takes what others have no seat for. Nobody waits for a group of which nobody is at work, nor for 综合组
    while anybody is free; a complaint waits for the people in charge.
    """
    expected = any(c.seat.state in PRESENT and code in c.staff.groups for c in at_work)
    if code == LEAD and expected:
        return []
    helping = [chair for chair in free if GENERAL in chair.staff.groups]
    return helping or ([] if expected and code != GENERAL else list(free))


def _burden(chair: Chair) -> tuple[float, datetime, str]:
    return chair.load / chair.limit, chair.seat.since, chair.staff.id


def _hold(uow: UnitOfWork, chair: Chair, policy: Policy) -> Chair | None:
    """The same chair, kept for this transaction; None where it has just filled up or been left."""
    uow.seats.lock(chair.seat.staff_id)
    again = next((c for c in chairs(uow, policy) if c.seat.staff_id == chair.seat.staff_id), None)
    return again if again is not None and again.free else None


def _loaded(chair: Chair) -> str:
    return f"{chair.staff.name}在线，正在接待 {chair.load}/{chair.limit} 位"


def _name(uow: UnitOfWork, code: str) -> str:
    group = uow.groups.find(code)
    return group.name if group else "所有客服"
