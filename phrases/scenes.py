"""When each shipped auto-reply is said and what switching it off does, for the manager's page. PH-03, PH-06."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from phrases.library import AutoReply
from phrases.variables import VARIABLES

Sayer = Literal["bot", "desk", "keyword"]

OWN = "own"
"""The topic of what the shop adds itself."""
TOPIC_NAMES = {
    OWN: "关键词",
    "welcome": "进店",
    "presale": "售前",
    "bargain": "议价",
    "payment": "付款",
    "tracking": "物流",
    "aftersale": "售后",
    "handover": "转人工",
    "general": "通用",
}
"""In the order of the page."""
_AT_THE_DOOR = frozenset(
    {"welcome", "first_today", "proactive", "greeting", "goodbye", "thanks", "about_me", "sorry_wait"}
)

SILENT = frozenset(
    {
        "welcome",
        "first_today",
        "proactive",
        "agent_away",
        "agent_busy",
        "agent_slow",
        "buyer_silent",
        "goodbye_idle",
        "goodbye_closed",
        "thank_rating",
        "back_to_bot",
        "transferred",
        "money_given",
    }
)
"""Said by the desk of its own accord: switched off, nothing is said."""
NEEDED = frozenset(
    {
        "safe",
        "slow_down",
        "handover_queue",
        "handover_failed",
        "agent_hello",
        "too_many",
        "message_taken",
        "still_noted",
        "ask_rating",
        "recalled",
    }
)
"""Without them a buyer would be left without a word: may be reworded, not switched off."""

_OFF = {
    "bot": "停用后，机器人遇到这个场景会直接转人工",
    "silent": "停用后，这时不再自动发消息",
    "needed": "买家等着这句答复，可以改写，不能停用",
    "keyword": "停用后，买家说到关键词时由机器人照常回答",
}

_YES_NO = {
    "done": ("已经处理完", "还在处理"),
    "none": ("没有查到", "查到了"),
    "several": ("有好几项", "只有一项"),
    "covered": ("在范围内", "不在范围内"),
    "fallen": ("降过价", "没有降价"),
    "standing": ("之前的优惠还有效", "新给的优惠"),
    "to_order": ("还没下单", "已经下单"),
    "back": ("来过的买家", "新买家"),
    "open": ("人工上班时", "人工下班后"),
    "after_bot": ("之前由机器人接待", "之前没有机器人接待"),
    "closes": ("再不说话就结束", "不会自动结束"),
    "low": ("打了低分", "打了好评"),
    "person": ("已知道接手的客服", "还不知道由谁接手"),
    "late": ("已超过约定时间", "没有超过约定时间"),
    "in_stock": ("有货", "缺货"),
    "made": ("有这个规格", "没有这个规格"),
    "main": ("顺带提主打款", "一般推荐"),
    "varies": ("不同规格价格不同", "价格都一样"),
    "offered": ("店里有这家快递", "店里没有这家快递"),
    "free": ("包邮", "不包邮"),
    "today": ("今天能发出", "今天发不出"),
    "sent": ("已经发出", "还没发出"),
    "cancel": ("买家要取消", "买家没有要取消"),
    "approved": ("主管同意了", "主管没有同意"),
    "changed": ("主管改了价", "按买家说的价"),
    "again": ("已经催过", "第一次催"),
    "asked_before": ("已经问过一遍", "第一次问"),
    "picture": ("只发了图片", "有文字"),
    "whole": ("介绍整件商品", "只问一点"),
    "measured": ("知道身高体重", "还不知道身高体重"),
    "already": ("同样的申请已在处理", "新的申请"),
    "disputed": ("买家不认可", "买家没有不认可"),
}
_NAMED = {
    "status": "状态",
    "state": "物流",
    "cause": "原因",
    "about": "关于",
    "request_kind": "申请类型",
    "postage": "运费",
    "given": "给的是",
    "product": "商品",
}
_WORDED = {
    ("field", "goods"): "问哪件商品",
    ("field", "reason"): "问原因",
    ("field", "photo"): "问照片",
    ("field", "remedy"): "问处理方式",
    ("step", "order"): "问订单号",
    ("step", "phone"): "问手机后四位",
    ("step", "mismatch"): "没有对上",
}
_EVERYWHERE = ("店铺名", "客服花名", "笑脸")


def sayer_of(reply: AutoReply) -> Sayer:
    if reply.topic == OWN:
        return "keyword"
    return "desk" if reply.key in SILENT or reply.key in NEEDED - {"safe"} else "bot"


def group_of(reply: AutoReply) -> str:
    return TOPIC_NAMES["welcome" if reply.key in _AT_THE_DOOR else reply.topic]


def describe_off(reply: AutoReply) -> str:
    """What switching it off does, for the manager."""
    if reply.key in NEEDED:
        return _OFF["needed"]
    return _OFF["silent" if reply.key in SILENT else sayer_of(reply)]


def describe_when(when: Mapping[str, Any]) -> str:
    """As 已发货、已超过约定时间; empty for no condition."""
    return "、".join(_describe_fact(name, value) for name, value in when.items())


def _describe_fact(name: str, value: Any) -> str:
    if isinstance(value, bool) and name in _YES_NO:
        return _YES_NO[name][0 if value else 1]
    return _WORDED.get((name, value)) or f"{_NAMED.get(name, name)}：{value}"


def title_of(reply: AutoReply) -> str:
    """The scene without what is meant for who writes conditions in the library's files."""
    parts = [part for part in reply.scene.split("；") if not re.search("[a-z]", part)]
    return "；".join(parts) or reply.scene


def conditions_of(shipped: AutoReply) -> list[dict[str, Any]]:
    """What the scene tells apart: each `when` of its shipped wordings once."""
    found: list[dict[str, Any]] = []
    for wording in shipped.wordings:
        if wording.when and dict(wording.when) not in found:
            found.append(dict(wording.when))
    return found


def variables_of(shipped: AutoReply) -> list[str]:
    """Names of those that the scene can fill."""
    known = {variable.name for wording in shipped.wordings for variable in wording.variables}
    said_by_bot = ("买家昵称",) if sayer_of(shipped) == "bot" else ()
    return [name for name in VARIABLES if name in known or name in (*_EVERYWHERE, *said_by_bot)]
