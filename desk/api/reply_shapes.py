"""Auto-replies as the page of 自动回复设置 gets them. PH-03, PH-33."""

from collections.abc import Mapping, Sequence
from typing import Any

from desk.shown import Json
from phrases import AutoReply, PhraseBook
from phrases.reply_checks import speaks_of_product
from phrases.saved import read_saved, write_wordings
from phrases.scenes import (
    NEEDED,
    OWN,
    TOPIC_NAMES,
    conditions_of,
    describe_off,
    describe_when,
    group_of,
    sayer_of,
    title_of,
    variables_of,
)
from phrases.variables import VARIABLES
from shop.model import Change, OrderStatus, SavedReply
from shop.ports import UnitOfWork
from shop.replies import MOST

Names = Mapping[str, str]
"""Staff id → 花名."""


def show_all(uow: UnitOfWork, shipped: PhraseBook) -> Json:
    """`groups` in the order of the page; `count` of `limit` are taken."""
    rows = {row.key: row for row in uow.saved_replies.all()}
    names = {staff.id: staff.name for staff in uow.people.all()}
    own = [key for key, row in rows.items() if key not in shipped.auto and not row.removed]
    return {
        "count": len(shipped.auto) + len(own),
        "limit": MOST,
        "groups": list(TOPIC_NAMES.values()),
        "replies": [show(key, shipped, rows.get(key), names) for key in (*own, *shipped.auto)],
        "variables": [{"name": v.name, "sample": v.result, "help": v.help} for v in VARIABLES.values()],
        "products": [product.title for product in uow.products.on_sale()],
        "own": _offers(None),
    }


def show_one(uow: UnitOfWork, key: str, shipped: PhraseBook) -> Json:
    names = {staff.id: staff.name for staff in uow.people.all()}
    return show(key, shipped, uow.saved_replies.find(key), names)


def show(key: str, book: PhraseBook, row: SavedReply | None, names: Names) -> Json:
    """`problem`: why it is not said as it was saved; the shipped one stands then."""
    shipped = book.auto.get(key)
    stands = row is not None and not row.removed
    reply, problem = read_saved(row, shipped) if row is not None and stands else (shipped, "")
    if reply is None:
        reply = AutoReply(key, OWN, row.scene if row else "", ())
    return {
        "key": key,
        "group": group_of(reply),
        "scene": title_of(reply),
        "sayer": sayer_of(reply),
        "off": describe_off(reply),
        "may_be_off": key not in NEEDED,
        "may_call_person": sayer_of(reply) != "desk",
        "state": _state(row, shipped),
        "enabled": row.enabled if row is not None and stands and key not in NEEDED else reply.enabled,
        "to_person": reply.to_person,
        "wordings": show_wordings(write_wordings(reply.wordings)),
        "keywords": list(reply.keywords),
        "priority": reply.priority,
        "version": row.version if row else 0,
        "changed_by": names.get(row.changed_by, row.changed_by) if row else "",
        "changed_at": row.changed_at.isoformat() if row else "",
        "problem": problem,
        **_offers(shipped),
    }


def show_wordings(plain: Sequence[Mapping[str, Any]]) -> list[Json]:
    return [{**wording, "condition": describe_when(wording.get("when") or {})} for wording in plain]


def show_change(change: Change) -> Json:
    """`text`: how the reply stood afterwards; None where it was as shipped or is gone."""
    return {
        "id": change.id,
        "action": change.action,
        "name": change.name,
        "at": change.at.isoformat(),
        "before": _show_state(change.before),
        "after": _show_state(change.after),
    }


def _show_state(plain: Mapping[str, Any] | None) -> Json | None:
    return {**plain, "wordings": show_wordings(plain["wordings"])} if plain is not None else None


def _state(row: SavedReply | None, shipped: AutoReply | None) -> str:
    if shipped is None:
        return "own"
    if row is None or row.removed:
        return "shipped"
    changed = row.wordings or row.enabled != shipped.enabled or row.to_person
    return "changed" if changed else "shipped"


def _offers(shipped: AutoReply | None) -> Json:
    """What an editor of it may choose from; None: of one of the shop's own."""
    whens = conditions_of(shipped) if shipped else [{"status": status.value} for status in OrderStatus]
    return {
        "conditions": [{"label": describe_when(when), "when": when} for when in whens],
        "of_product": speaks_of_product(shipped),
        "fills": variables_of(shipped) if shipped else list(VARIABLES),
    }
