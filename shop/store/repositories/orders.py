"""Buyers, orders, parcels."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, select

from shop.errors import OrderUnknown, WaybillUnknown
from shop.model import Buyer, Order, Parcel, Receiver
from shop.store import tables
from shop.store.repositories.base import Repository


class SqlBuyers(Repository[Buyer]):
    cls, key = Buyer, "buyer_id"

    def find_by_nick(self, nick: str) -> Buyer | None:
        return self.one(select(Buyer).where(tables.buyers.c.nick == nick))

    def listed(self, limit: int) -> Sequence[Buyer]:
        return self.many(select(Buyer).order_by(tables.buyers.c.id).limit(limit))


_ORDERS = (
    select(Order)
    .where(tables.orders.c.buyer_id == bindparam("buyer_id"))
    .order_by(tables.orders.c.created_at.desc(), tables.orders.c.order_no.desc())
)


class SqlOrders(Repository[Order]):
    cls, unknown, key = Order, OrderUnknown, "order_no"

    def of_buyer(self, buyer_id: str) -> Sequence[Order]:
        return self.many(_ORDERS, buyer_id=buyer_id)

    def of_tail(self, tail: str) -> Sequence[Order]:
        t = tables.orders.c
        return self.many(select(Order).where(t.tail == tail).order_by(t.created_at.desc(), t.order_no.desc()))

    def receivers_of(self, buyer_ids: Collection[str]) -> Mapping[str, Sequence[Receiver]]:
        t, found = tables.orders.c, defaultdict[str, list[Receiver]](list)
        for row in self.session.execute(select(t.buyer_id, t.receiver).where(t.buyer_id.in_(buyer_ids))):
            found[row.buyer_id].append(row.receiver)
        return found


class SqlParcels(Repository[Parcel]):
    cls, unknown, key = Parcel, WaybillUnknown, "waybill"

    def of_order(self, order_no: str) -> Sequence[Parcel]:
        return self.of_orders([order_no])

    def of_orders(self, order_nos: Sequence[str]) -> Sequence[Parcel]:
        t = tables.parcels.c
        return self.many(select(Parcel).where(t.order_no.in_(order_nos)).order_by(t.sent_at, t.waybill))
