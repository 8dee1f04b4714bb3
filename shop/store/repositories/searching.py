"""Finding a buyer's talk by whatever of it is at hand. TR-09."""

from typing import Any

from sqlalchemy import Select, and_, or_, select

from shop.model import Conversation
from shop.store import tables

SHORTEST_NUMBER = 4
"""Of an order, waybill or phone number this many signs must be given, from its beginning or its end."""


def find_talks(words: str) -> Select[Any]:
    """Last heard of first."""
    t, buyers, orders, parcels = tables.conversations.c, tables.buyers.c, tables.orders.c, tables.parcels.c
    told = words.strip()
    part, ends = f"%{_plain(told)}%", f"%{_plain(told)}"
    found = [t.nick.ilike(part, escape="\\"), buyers.name == told]
    if len(told) >= SHORTEST_NUMBER:
        begins = f"{_plain(told)}%"
        of_parcel = select(parcels.order_no).where(
            or_(parcels.waybill.ilike(begins, escape="\\"), parcels.waybill.ilike(ends, escape="\\"))
        )
        of_order = select(orders.buyer_id).where(
            or_(
                orders.order_no.ilike(begins, escape="\\"),
                orders.order_no.ilike(ends, escape="\\"),
                orders.order_no.in_(of_parcel),
            )
        )
        found += [t.buyer_id.in_(of_order), and_(buyers.phone != "", buyers.phone.like(ends, escape="\\"))]
    joined = tables.conversations.outerjoin(tables.buyers, t.buyer_id == buyers.id)
    return (
        select(Conversation)
        .select_from(joined)
        .where(or_(*found))
        .order_by(t.last_buyer_at.is_(None), t.last_buyer_at.desc(), t.id)
    )


def _plain(words: str) -> str:
    """What LIKE would read as a pattern is meant as it stands."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
