"""Addresses of the shop's own programs that hear what happens, and what is still to be told them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class EventArea(str, Enum):
    """What an address may ask for; its value is the first part of a kind: `message.sent`."""

    MESSAGE = "message"
    HANDOVER = "handover"
    APPROVAL = "approval"
    AFTERSALE = "aftersale"
    TASK = "task"


class WebhookState(str, Enum):
    ON = "推送中"
    OFF = "已停用"
    PAUSED = "已暂停"
    """It failed for hours: what happens is kept for it, until somebody looks after it."""
    GONE = "对方已关闭"
    """It said itself that it wants no more (410)."""


class DeliveryState(str, Enum):
    WAITING = "等待"
    SENT = "成功"
    GIVEN_UP = "放弃"


@dataclass(eq=False)
class Webhook:
    """The secret is not kept: it is made anew from `secret_no` and the desk's own."""

    id: str
    name: str
    url: str
    areas: list[str]
    """Of EventArea."""
    created_by: str
    created_at: datetime
    state: WebhookState = WebhookState.ON
    secret_no: int = 1
    overlap_until: datetime | None = None
    """Till then the secret before signs too."""
    failures: int = 0
    """Since the last success, one after the other."""
    failing_since: datetime | None = None
    rests_until: datetime | None = None
    last_sent_at: datetime | None = None
    last_error: str = ""


@dataclass(eq=False)
class Delivery:
    """One event for one address. Those of one `stream` go out one after the other, as numbered."""

    id: str
    webhook_id: str
    kind: str
    stream: str
    facts: dict[str, Any]
    at: datetime
    due_at: datetime
    ends_at: datetime
    """Then it is given up."""
    state: DeliveryState = DeliveryState.WAITING
    tries: int = 0
    code: int | None = None
    """HTTP status of the last try; None where there was no answer."""
    error: str = ""
    done_at: datetime | None = None
    lease: str = field(default="", repr=False)
    """Who sends it now, and until when nobody else does."""
    leased_until: datetime | None = None
    number: int | None = None


@dataclass(frozen=True)
class News:
    """Something of the model that a transaction adds, or changes."""

    item: Any
    changed: bool
