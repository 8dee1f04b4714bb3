"""A record of what was changed, for people: what it was about, and what differs. Personal data is masked. PC-04."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desk.shown import Json, iso
from shop.masking import mask_identity, mask_mobile
from shop.model import Change, ChangeKind
from shop.policy import Policy
from shop.policy_parts import part_of_rule
from shop.ports import UnitOfWork
from shop.rules.shapes import say_rule

NOTHING = "无"
LABELS: Mapping[str, str] = {
    "scene": "使用场景",
    "wordings": "说法",
    "enabled": "启用",
    "to_person": "说完转人工",
    "keywords": "关键词",
    "priority": "优先级",
    "removed": "已删除",
    "code": "快捷编码",
    "codes": "顺序",
    "was": "原来的编码",
    "text": "内容",
    "group": "分组",
    "groups": "技能组",
    "position": "位置",
    "place": "位置",
    "names": "顺序",
    "name": "名称",
    "role": "角色",
    "active": "在职",
    "password": "密码",
    "state": "状态",
    "max_buyers": "同时接待上限",
    "value": "数值",
    "price_fen": "价格",
    "asked_fen": "买家想要",
    "product_code": "商品",
    "order_no": "订单号",
    "reason": "理由",
    "seen": "看到的内容",
    "count": "条数",
    "examples": "例句",
    "form": "文件格式",
    "kind": "类别",
    "by": "工号",
    "words": "关键词",
    "first": "从",
    "last": "到",
    "when": "条件",
    "starts": "几点起",
    "ends": "几点止",
    "picture": "图片",
    "scopes": "可用范围",
    "families": "接待的问题",
    "url": "网址",
    "areas": "推送内容",
}
HIDDEN = frozenset({"talk"})
"""Says nothing to a reader; the page makes a link of it."""


@dataclass
class Titles:
    """What each record is about, in words; asked once a page for each thing."""

    uow: UnitOfWork
    _known: dict[tuple[ChangeKind, str], str] = field(default_factory=dict)

    def of(self, change: Change) -> str:
        known = self._known.get((change.kind, change.key))
        if known is None:
            known = self._known[change.kind, change.key] = self._find(change)
        return known

    def _find(self, change: Change) -> str:
        match change.kind:
            case ChangeKind.RULE:
                return part_of_rule(change.key).label if change.key in Policy.__dataclass_fields__ else change.key
            case ChangeKind.STAFF:
                staff = self.uow.people.find(change.key)
                return f"{change.key} {staff.name}" if staff else change.key
            case ChangeKind.PERSONAL_DATA:
                buyer = self.uow.buyers.find(change.key)
                talk = None if buyer else self.uow.conversations.find(change.key)
                return f"买家 {buyer.nick}" if buyer else f"访客 {talk.nick}" if talk else change.key
            case ChangeKind.AUTO_REPLY:
                scene = (change.after or change.before or {}).get("scene")
                return f"{scene}({change.key})" if scene else change.key
            case _:
                return change.key


def show_change(change: Change, titles: Titles) -> Json:
    """`differences`: [{label, before, after}], each a text; empty where a thing was not there."""
    return {
        "id": change.id,
        "at": iso(change.at),
        "by": change.by,
        "name": change.name,
        "kind": change.kind.value,
        "title": mask(titles.of(change)),
        "action": mask(change.action),
        "batch": change.batch,
        "talk": (change.after or {}).get("talk", ""),
        "differences": find_differences(change),
    }


def find_differences(change: Change) -> list[Json]:
    before, after = change.before or {}, change.after or {}
    names = [name for name in {**before, **after} if name not in HIDDEN]
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return [_difference(change, name, old, new) for name, old, new in pairs if old != new]


def _difference(change: Change, name: str, old: Any, new: Any) -> Json:
    if isinstance(old, list) and isinstance(new, list):
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        old, new = (gone, come) if gone or come else (old, new)
    return {"label": LABELS.get(name, name), "before": _say(change, name, old), "after": _say(change, name, new)}


def _say(change: Change, name: str, value: Any) -> str:
    if change.kind is ChangeKind.RULE and name == "value" and value is not None:
        try:
            return mask(say_rule(change.key, value))
        except (KeyError, TypeError, ValueError):
            pass  # a rule of another time, whose value has another shape
    return mask(say_value(name, value))


def say_value(name: str, value: Any) -> str:
    """Plain data as a reader says it, whatever it is."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and name.endswith("_fen"):
        return f"{value / 100:.2f} 元"
    if isinstance(value, Mapping):
        return _say_parts(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        long = any(isinstance(each, Mapping) for each in value)
        return ("\n" if long else "、").join(say_value(name, each) for each in value)
    return str(value)


def _say_parts(value: Mapping[str, Any]) -> str:
    """A wording is its text, and what else is set of it."""
    text = str(value.get("text") or "")
    others = [f"{LABELS.get(k, k)}:{said}" for k, each in value.items() if k != "text" and (said := say_value(k, each))]
    return f"{text}({';'.join(others)})" if text and others else text or ";".join(others)


def mask(text: str) -> str:
    return mask_mobile(mask_identity(text))
