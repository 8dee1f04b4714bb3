"""What each role may do at the desk: one table. HE-07."""

from collections.abc import Mapping
from typing import Literal

from shop.errors import NotAllowed
from shop.model import LEADERS, RECEIVING, Role, Staff

Action = Literal["look", "receive", "lead", "manage"]

RIGHTS: Mapping[Action, frozenset[Role]] = {
    "look": RECEIVING | {Role.QUALITY},  # the console, every conversation
    "receive": RECEIVING,  # talk with buyers
    "lead": LEADERS,  # whisper, step in, be told of alarms
    "manage": frozenset({Role.MANAGER}),  # phrase library, limits, rules, staff
}

SAYING: Mapping[Action, str] = {
    "look": "打开工作台，查看全部会话",
    "receive": "接待买家",
    "lead": "悄悄话、介入会话、接收提醒、审批",
    "manage": "管理话术、店铺规则和员工",
}
"""The same for people."""


class RightMissing(NotAllowed):
    """`action`, `role`."""


class ScopeMissing(NotAllowed):
    """`scope`: the one that an API token would need."""


class ForeignPage(NotAllowed):
    """A page of another origin, or no page at all, asks for a change. `origin`."""


def may(staff: Staff, action: Action) -> bool:
    return staff.role in RIGHTS[action]


def check_right(staff: Staff, action: Action) -> None:
    """Raises RightMissing."""
    if not may(staff, action):
        raise RightMissing(action=action, role=staff.role.value)
