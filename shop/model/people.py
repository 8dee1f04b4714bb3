"""Staff, and what they have been asked to do."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Role(str, Enum):
    MANAGER = "经理"
    SUPERVISOR = "主管"
    LEADER = "组长"
    PRESALE_AGENT = "售前客服"
    AFTERSALE_AGENT = "售后客服"
    AGENT = "综合客服"
    QUALITY = "质检"
    WAREHOUSE = "仓库"


@dataclass(eq=False)
class Staff:
    id: str
    name: str
    """花名, what buyers see."""
    role: Role
    active: bool = True
    groups: list[str] = field(default_factory=list)
    """Codes of the skill groups whose buyers come here."""
    password_hash: str = field(default="", repr=False)
    """Argon2; empty: cannot sign in."""
    last_sign_in_at: datetime | None = None


LEADERS = frozenset({Role.MANAGER, Role.SUPERVISOR, Role.LEADER})
"""May look on, whisper and step in."""
RECEIVING = frozenset({Role.PRESALE_AGENT, Role.AFTERSALE_AGENT, Role.AGENT, *LEADERS})
"""May talk with buyers."""


class TaskKind(str, Enum):
    CALL_BACK = "回复买家"
    LOOK_UP = "核实商品信息"
    URGE_SHIPMENT = "催发货"
    ASK_COURIER = "查件"
    CHANGE_ORDER = "改订单"
    INVOICE = "开票"
    PRICE_CHANGE = "改价"
    OTHER = "其他"


@dataclass(eq=False)
class Task:
    """`owner` empty: whoever of the queue takes it."""

    number: str
    kind: TaskKind
    title: str
    created_at: datetime
    due_at: datetime
    conversation_id: str = ""
    order_no: str = ""
    owner: str = ""
    done_at: datetime | None = None
    turn_id: str = ""
