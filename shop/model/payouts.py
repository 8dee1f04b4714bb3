"""Money that goes back to a buyer: refunds, and compensation for what went wrong."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class PayoutKind(str, Enum):
    REFUND = "退款"
    COMPENSATION = "补偿"


class PayoutForm(str, Enum):
    CASH = "现金"
    COUPON = "优惠券"


class PayoutCause(str, Enum):
    LATE = "发货延迟"
    LOST = "物流丢失"
    DAMAGED = "商品损坏"
    WRONG = "错发漏发"
    QUALITY = "质量问题"
    SERVICE = "服务不周"
    OTHER = "其他"


class PayoutState(str, Enum):
    WAITING = "待审批"
    GIVEN = "已给出"
    """By an agent, within the own rights."""
    GRANTED = "已同意"
    CHANGED = "已改金额"
    REJECTED = "已拒绝"


PAID_OUT = frozenset({PayoutState.GIVEN, PayoutState.GRANTED, PayoutState.CHANGED})


@dataclass(eq=False)
class Payout:
    """For one order: asked for by an agent, given at once or decided by a leader. `amount_fen` None: nothing (yet)."""

    number: str
    conversation_id: str
    order_no: str
    kind: PayoutKind
    form: PayoutForm
    cause: PayoutCause
    asked_fen: int
    asked_by: str
    """Staff id."""
    created_at: datetime
    client_id: str
    """The same again is the same payout, however often it is sent."""
    reason: str = ""
    request_no: str = ""
    """The after-sale request that a refund settles."""
    state: PayoutState = PayoutState.WAITING
    amount_fen: int | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
