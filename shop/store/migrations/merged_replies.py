"""Shipped auto-replies that became conditions of others: what managers wrote for them goes along."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

Plain = dict[str, Any]
MERGED: Mapping[str, tuple[str, Plain, Sequence[str]]] = {
    "picture_received": (
        "noted",
        {"picture": True},
        ("图片收到了，谢谢您。请再说一句想了解什么，我好帮您对上。",),
    ),
    "product_summary": (
        "product_fact",
        {"whole": True},
        ("给您介绍一下{商品}：{商品介绍}", "给您介绍一下{商品}，现在{价格}。{商品介绍}"),
    ),
    "size_question": (
        "size_advice",
        {"measured": False},
        ("方便说一下您的身高和体重吗？我对照尺码表帮您看。",),
    ),
    "unpaid_total": (
        "order_state",
        {"several": True},
        ("您有{数量}笔订单还没付款，合计{应付金额}，方便时付款就可以了{笑脸}",),
    ),
    "parcels_split": (
        "parcel",
        {"several": True},
        ("您这笔订单分成了{包裹数}个包裹，会分别送到，一个一个看给您：",),
    ),
    "request_open_already": (
        "request_opened",
        {"already": True},
        ("您的申请{申请编号}已经在处理了，不用重复提交。",),
    ),
    "cancel_confirm": ("confirm_request", {"cancel": True}, ("跟您确认一下，要取消订单{单号}吗？",)),
}
"""Key as it was → key now, the condition there, and what was shipped for it."""

_TABLE = sa.table(
    "saved_replies",
    sa.column("key", sa.String),
    sa.column("wordings", sa.JSON),
    sa.column("enabled", sa.Boolean),
    sa.column("removed", sa.Boolean),
    sa.column("version", sa.Integer),
)


def merge_saved_replies(connection: sa.engine.Connection) -> None:
    """A switch that stood off alone is on again: the scene it goes into has one of its own."""
    rows = {row.key: row for row in connection.execute(sa.select(_TABLE))}
    for old, (new, when, shipped) in MERGED.items():
        was, now = rows.get(old), rows.get(new)
        moved = [{**w, "when": {**w.get("when", {}), **when}} for w in was.wordings] if was and not was.removed else []
        if now is not None and not now.removed and now.wordings:
            kept = moved or [{"text": text, "when": when} for text in shipped]
            _write(connection, new, [*now.wordings, *kept], now.version, removed=False)
        elif now is not None and moved:
            _write(connection, new, moved, now.version, removed=False, **({"enabled": True} if now.removed else {}))
        elif was is not None and moved:
            connection.execute(_TABLE.update().where(_TABLE.c.key == old).values(key=new, wordings=moved, enabled=True))
        connection.execute(_TABLE.delete().where(_TABLE.c.key == old))


def _write(connection: sa.engine.Connection, key: str, wordings: list[Plain], version: int, **more: bool) -> None:
    values = {"wordings": wordings, "version": version + 1, **more}
    connection.execute(_TABLE.update().where(_TABLE.c.key == key).values(values))
