"""What the shop offers for a cause, by the manager's table; nobody invents anything beside it. CC-03, HE-06."""

from typing import NamedTuple

from shop.model import Order, PayoutCause, PayoutForm
from shop.policy import Compensation, CompensationWay, Policy

CAUSE_OF_COMPLAINT = {
    "丢失": PayoutCause.LOST,
    "损坏": PayoutCause.DAMAGED,
    "延迟": PayoutCause.LATE,
    "服务态度": PayoutCause.SERVICE,
    "质量": PayoutCause.QUALITY,
}
"""Other causes of complaints have no row: a person decides."""


class Proposal(NamedTuple):
    form: PayoutForm
    amount_fen: int


def propose(policy: Policy, cause: PayoutCause, paid_fen: int) -> Proposal | None:
    """For an order of which `paid_fen` was paid, never more than that; None where the table has no row, or nothing."""
    row = next((row for row in policy.compensations if row.cause is cause), None)
    amount = min(_amount_fen(row, paid_fen), paid_fen) if row else 0
    return Proposal(row.form, amount) if row and amount > 0 else None


def _amount_fen(row: Compensation, paid_fen: int) -> int:
    if row.way is CompensationWay.FIXED:
        return row.amount_fen
    return min(paid_fen * row.share // 1000, row.cap_fen)


def bot_bound_fen(policy: Policy, complaint_cause: str, order: Order) -> int:
    """The most that may be put down without a person; 0: none of it is for the bot."""
    cause = CAUSE_OF_COMPLAINT.get(complaint_cause)
    offered = propose(policy, cause, order.total_fen) if cause else None
    return min(offered.amount_fen, policy.compensation_max_fen) if offered else 0
