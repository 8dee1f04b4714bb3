"""What was changed by whom: the shop's memory of itself, and what undoing goes by."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class ChangeKind(str, Enum):
    AUTO_REPLY = "自动回复"
    QUICK_PHRASE = "快捷短语"
    PHRASE_GROUP = "短语分组"
    RULE = "店铺规则"
    STAFF = "员工"
    APPROVAL = "审批"
    PERSONAL_DATA = "查看个人资料"
    EXPORT = "导出"
    PROGRAM_ACCESS = "接口令牌"
    WEBHOOK = "消息推送"
    TEACHING = "教机器人"


@dataclass(eq=False)
class Change:
    """Written once, never changed. `key` names the thing within its kind (a reply's key, a 快捷编码, a rule, a 工号).

    `before` and `after` are the thing as plain data; None: it was not there. What belongs to one deed (an import) has
    one `batch`. No passwords, nor personal data: where those were looked at, `key` says whose.
    """

    kind: ChangeKind
    key: str
    action: str
    by: str
    """Staff id."""
    name: str
    """花名 of then."""
    at: datetime
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    batch: str = ""
    id: int | None = None


@dataclass(eq=False)
class SavedReply:
    """An auto-reply as the shop has it: over the shipped one of the same key, or its own.

    `wordings` are plain data, read by `phrases`. `keywords`: an own one is said where the buyer's words hold one of
    them, the highest `priority` first. `version` grows with every change.
    """

    key: str
    scene: str
    wordings: list[dict[str, Any]]
    changed_by: str
    changed_at: datetime
    enabled: bool = True
    to_person: bool = False
    """Where it is said, a person takes over."""
    keywords: list[str] | None = None
    priority: int = 0
    version: int = 1
    removed: bool = False


@dataclass(eq=False)
class PhraseGroup:
    """A 分组 of the team's quick phrases."""

    name: str
    position: int


@dataclass(eq=False)
class PhrasePlace:
    """Where a quick phrase of the team stands within its group; those without one follow as shipped."""

    code: str
    position: int
