"""After-sale requests and complaints."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class AfterSaleKind(str, Enum):
    """The eight registers, and 维修 beside them (requirement NL-08)."""

    TRACE = "查件"
    EXTEND = "延长收货"
    DAMAGE = "货物破损"
    RESEND = "补货"
    EXCHANGE = "换货"
    RETURN = "退货"
    REFUND = "申请退款"
    RIGHTS = "客户维权"
    REPAIR = "维修"


class AfterSaleStep(str, Enum):
    """The four steps in order (requirement AS-03)."""

    TALK = "前期沟通"
    RECEIVE = "接收商品"
    CONFIRM = "确认问题"
    SOLVE = "解决问题"


class AfterSaleState(str, Enum):
    OPEN = "处理中"
    DONE = "已完成"
    WITHDRAWN = "已撤销"
    REFUSED = "已关闭"


@dataclass(eq=False)
class StepRecord:
    step: AfterSaleStep
    at: datetime
    by: str
    note: str = ""


@dataclass(eq=False)
class AfterSale:
    """A request about exactly one order. `steps` oldest first."""

    number: str
    order_no: str
    buyer_id: str
    kind: AfterSaleKind
    reason: str
    created_at: datetime
    description: str = ""
    sku: str = ""
    """The line it is about; empty: the whole order."""
    photos: list[str] = field(default_factory=list)
    wish: str = ""
    """The remedy that the buyer chose: 退款, 换货, 维修, 补发 …"""
    amount_fen: int | None = None
    """Money to give back, once it is decided or known."""
    state: AfterSaleState = AfterSaleState.OPEN
    steps: list[StepRecord] = field(default_factory=list)
    conversation_id: str = ""
    turn_id: str = ""
    closed_at: datetime | None = None

    @property
    def step(self) -> AfterSaleStep:
        return self.steps[-1].step if self.steps else AfterSaleStep.TALK


@dataclass(eq=False)
class Complaint:
    number: str
    conversation_id: str
    buyer_id: str | None
    order_no: str | None
    cause: str
    """丢失 损坏 延迟 服务态度 价格 质量 其他."""
    text: str
    created_at: datetime
    reply_by: datetime
    offer: str = ""
    result: str = ""
    turn_id: str = ""
