"""Buyers and what they bought."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


@dataclass(eq=False)
class Buyer:
    id: str
    nick: str
    name: str = ""
    phone: str = ""
    province: str = ""
    level: int = 0
    registered_at: datetime | None = None


class OrderStatus(str, Enum):
    """待付款 → 待发货 → (部分发货 →) 已发货 → 已签收 → 交易成功; 已关闭 from any before 已签收."""

    UNPAID = "待付款"
    TO_SHIP = "待发货"
    PARTLY_SHIPPED = "部分发货"
    SHIPPED = "已发货"
    SIGNED = "已签收"
    COMPLETED = "交易成功"
    CLOSED = "已关闭"


class DeliveryMethod(str, Enum):
    DELIVERY = "送货"
    PICKUP = "自提"


@dataclass(frozen=True)
class Receiver:
    name: str
    phone: str
    province: str
    city: str
    district: str
    address: str

    @property
    def phone_tail(self) -> str:
        return self.phone[-4:]


@dataclass(eq=False)
class OrderLine:
    """Names are as sold: a later change of the product does not rewrite an order."""

    sku: str
    product_code: str
    title: str
    variant: str
    quantity: int
    price_fen: int
    """Paid for one piece, before the discount of the whole order."""
    sent_quantity: int = 0


@dataclass(eq=False)
class Order:
    """`total_fen` is what is (to be) paid: goods − discount + freight."""

    order_no: str
    buyer_id: str
    status: OrderStatus
    created_at: datetime
    receiver: Receiver
    lines: list[OrderLine] = field(default_factory=list)
    goods_fen: int = 0
    discount_fen: int = 0
    freight_fen: int = 0
    total_fen: int = 0
    delivery: DeliveryMethod = DeliveryMethod.DELIVERY
    paid_at: datetime | None = None
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    confirm_by: datetime | None = None
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    memo: str = ""
    memo_flag: str = ""
    """Colour of the flag that staff set: 红 黄 绿 蓝 紫, or empty."""
    slip_no: str = ""
    """Number on the paper slip."""

    @property
    def tail(self) -> str:
        return self.order_no[-4:]

    @property
    def goods(self) -> str:
        """What it holds, short: `云朵棉T恤 等3件`."""
        pieces = sum(line.quantity for line in self.lines)
        first = self.lines[0].title if self.lines else "商品"
        return first if pieces <= 1 else f"{first} 等{pieces}件" if len(self.lines) > 1 else f"{first} ×{pieces}"
