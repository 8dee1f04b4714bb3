"""Parcels of an order and what the courier scanned."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class ScanKind(str, Enum):
    ACCEPTED = "揽收"
    DEPARTED = "发出"
    ARRIVED = "到达"
    OUT_FOR_DELIVERY = "派送"
    AT_PICKUP_POINT = "待取件"
    SIGNED = "签收"
    EXCEPTION = "异常"
    RETURNING = "退回中"
    RETURNED = "已退回"


class ParcelState(str, Enum):
    """What a buyer is told; derived by shop.logistics from the events, never stored."""

    NO_SCAN = "待揽收"
    MOVING = "运输中"
    STILL = "停滞"
    OUT_FOR_DELIVERY = "派送中"
    AT_PICKUP_POINT = "待取件"
    SIGNED = "已签收"
    DISPUTED = "签收有异议"
    PROBLEM = "异常"
    RETURNED = "退回"


class Problem(str, Enum):
    """A mark on a parcel that somebody has to look into."""

    NOT_RECEIVED = "显示签收未收到"
    LOST = "疑似丢失"
    ADDRESS = "地址不详"
    REFUSED = "拒收"
    UNREACHABLE = "联系不上"
    DAMAGED = "破损"
    OUT_OF_AREA = "超区"


@dataclass(eq=False)
class ScanEvent:
    at: datetime
    place: str
    text: str
    kind: ScanKind
    operator: str = ""


@dataclass(eq=False)
class Parcel:
    """`events` newest first."""

    waybill: str
    order_no: str
    courier: str
    """Code of `shop.couriers.COURIERS`."""
    sent_at: datetime
    goods: str = ""
    """What it holds, in words, where an order has several parcels."""
    events: list[ScanEvent] = field(default_factory=list)
    problem: Problem | None = None
    eta_at: datetime | None = None
    """What the courier last expected; None where it said nothing."""
