"""Complaints: the cause, the register with its time to reply, and claims for compensation. CC-01 to CC-03."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.aftersales.kinds import COMPENSATION
from shop.aftersales.requests import open_request
from shop.compensation import bot_bound_fen
from shop.errors import AlreadyOpen
from shop.hours import opening
from shop.logistics import is_late, locate
from shop.model import AfterSale, AfterSaleKind, Complaint, Conversation, Order, ParcelState, Problem
from shop.policy import Policy
from shop.ports import UnitOfWork

LOST, DAMAGED, LATE = "丢失", "损坏", "延迟"
OTHER = "其他"

CAUSE_OF_PROBLEM: dict[Problem, str] = {
    Problem.LOST: LOST,
    Problem.NOT_RECEIVED: LOST,
    Problem.DAMAGED: DAMAGED,
}
CAUSE_OF_STATE: dict[ParcelState, str] = {ParcelState.STILL: LATE}
CAUSE_OF_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (LOST, ("丢件", "丢了", "弄丢", "丢失", "不见了", "没收到")),
    (DAMAGED, ("破损", "坏了", "碎", "压坏", "漏液", "漏水", "变形")),
    ("服务态度", ("态度", "骂", "敷衍", "不理", "没人回", "不耐烦", "踢皮球", "推来推去", "推卸")),
    ("质量", ("质量", "假货", "次品", "掉色", "不能用", "用不了", "货不对板", "与描述不符")),
    ("价格", ("价格", "降价", "涨价", "多收", "乱收费", "太贵", "差价")),
    (LATE, ("太慢", "延误", "超时", "迟迟", "还没到", "还没发", "不发货", "几天了", "等了")),
)
"""Looked through in this order where the records show no cause."""
RANK = (LOST, DAMAGED, LATE)
"""Where the records show several, the worst."""


@dataclass(frozen=True)
class Claim:
    """`request` None where no order is meant. `to_leader`: beyond what may be registered here."""

    complaint: Complaint
    request: AfterSale | None
    to_leader: bool

    @property
    def number(self) -> str:
        return self.complaint.number

    @property
    def reply_by(self) -> datetime:
        return self.complaint.reply_by


def cause_of(uow: UnitOfWork, order: Order | None, text: str, policy: Policy, now: datetime) -> str:
    """What went wrong: from the records of the order first, then from the buyer's words."""
    shown = set(_shown_causes(uow, order, policy, now)) if order else set()
    worst = next((cause for cause in RANK if cause in shown), None)
    said = next((cause for cause, words in CAUSE_OF_WORDS if any(word in text for word in words)), OTHER)
    return worst or said


def _shown_causes(uow: UnitOfWork, order: Order, policy: Policy, now: datetime) -> Iterator[str]:
    if is_late(order, uow.freight.template(), now):
        yield LATE
    for parcel in uow.parcels.of_order(order.order_no):
        position = locate(parcel, order, policy, now)
        if parcel.problem in CAUSE_OF_PROBLEM:
            yield CAUSE_OF_PROBLEM[parcel.problem]
        if position.state in CAUSE_OF_STATE:
            yield CAUSE_OF_STATE[position.state]
        if position.late:
            yield LATE


def register_complaint(
    uow: UnitOfWork,
    conversation: Conversation,
    order: Order | None,
    cause: str,
    text: str,
    *,
    policy: Policy,
    now: datetime,
    turn_id: str = "",
) -> Complaint:
    """Put down with a number and the time of the next reply (CC-02). The same turn again gets the first one."""
    known = uow.complaints.find_by_turn(turn_id)
    if known is not None:
        return known
    complaint = Complaint(
        number=uow.numbers.next("TS", now),
        conversation_id=conversation.id,
        buyer_id=conversation.buyer_id or (order.buyer_id if order else None),
        order_no=order.order_no if order else None,
        cause=cause,
        text=text,
        created_at=now,
        reply_by=reply_by(policy, now),
        turn_id=turn_id,
    )
    uow.complaints.add(complaint)
    return complaint


def reply_by(policy: Policy, now: datetime) -> datetime:
    """Counted from now, or from when people are back."""
    start = opening(policy, now).opens_at or now
    return start + timedelta(minutes=policy.complaint_minutes)


def claim(
    uow: UnitOfWork,
    conversation: Conversation,
    order: Order | None,
    cause: str,
    text: str,
    *,
    asked_fen: int | None = None,
    policy: Policy,
    now: datetime,
    turn_id: str = "",
) -> Claim:
    """Register a wish for compensation. Nothing is promised: an amount is put down only within the shop's table and the
    limit; a claim about an order for whose cause the table has nothing goes to a person.
    """
    complaint = register_complaint(uow, conversation, order, cause, text, policy=policy, now=now, turn_id=turn_id)
    request = _request(uow, conversation, order, complaint, policy=policy, now=now, turn_id=turn_id) if order else None
    bound = bot_bound_fen(policy, cause, order) if order else policy.compensation_max_fen
    if request is not None and asked_fen is not None and 0 < asked_fen <= bound and request.amount_fen is None:
        request.amount_fen = asked_fen
    beyond = bound == 0 if asked_fen is None else asked_fen > bound
    return Claim(complaint, request, to_leader=beyond)


def _request(
    uow: UnitOfWork,
    conversation: Conversation,
    order: Order,
    complaint: Complaint,
    *,
    policy: Policy,
    now: datetime,
    turn_id: str,
) -> AfterSale | None:
    """The claim's place in the register of 客户维权; the one that is open already, where there is one."""
    try:
        return open_request(
            uow,
            conversation,
            order,
            AfterSaleKind.RIGHTS,
            reason=complaint.cause,
            description=f"{complaint.number} {complaint.text}".strip(),
            wish=COMPENSATION,
            policy=policy,
            now=now,
            turn_id=turn_id,
        )
    except AlreadyOpen as open_one:
        return uow.aftersales.find(str(open_one.facts["number"]))
