"""Writes the demo shop's orders and parcels into the store."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from random import Random

from shop.demo.people import receiver_of
from shop.demo.promotions import REDUCTIONS
from shop.demo.scans import Journey, scans
from shop.demo.situations import SITUATIONS, Course, Hours, Situation
from shop.freight import find_region, freight_fen
from shop.model import (
    Buyer,
    FreightRegion,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    Product,
    Receiver,
    ScanEvent,
    ScanKind,
)
from shop.ports import UnitOfWork
from shop.times import local

_FORMS = {
    "zto": "78############",
    "sf": "SF1############",
    "yto": "YT8############",
    "yunda": "4312#########",
    "jt": "JT5############",
    "sto": "77#############",
    "ems": "98###########",
    "jd": "JDVA###########",
    "deppon": "DPK############",
}
"""How each courier's numbers look; # is a digit."""
_DAYTIME_FROM = 60
"""Hours: what was heard longer ago than this was heard by day; newer things keep their distance from now."""
_WEIGHTS = {"zto": 30, "sf": 16, "yto": 14, "yunda": 12, "jt": 10, "sto": 6, "ems": 5, "jd": 4, "deppon": 3}


class OrderBook:
    """`written`: situation → the orders written so far."""

    def __init__(
        self, uow: UnitOfWork, rng: Random, now: datetime, products: list[Product], regions: Sequence[FreightRegion]
    ) -> None:
        self.uow, self.rng, self.now, self.regions = uow, rng, now, regions
        self.products = [product for product in products if product.on_sale]
        self.written: dict[str, list[Order]] = {}
        self._numbers: set[str] = set()

    def write(self, buyer: Buyer, situation: str, serial: str = "") -> Order:
        """One order with its parcels, as far as it has come."""
        plan = SITUATIONS[situation]
        shift = timedelta(hours=self.rng.uniform(*plan.shift))
        ordered = self._before(plan.ordered) - shift
        receiver = receiver_of(self.rng, buyer)
        order = Order(
            self._number(ordered, serial),
            buyer.id,
            plan.status,
            ordered,
            receiver,
            self._lines(plan),
            delivery=plan.delivery,
        )
        self._add_up(order)
        order.paid_at = ordered + timedelta(minutes=self.rng.randrange(1, 30)) if plan.paid else None
        parcels = [self._parcel(order, plan, n, shift) for n in range(len(plan.courses))]
        self._finish(order, parcels)
        self.uow.orders.add(order)
        for parcel in parcels:
            self.uow.parcels.add(parcel)
        self.written.setdefault(situation, []).append(order)
        return order

    def _before(self, hours: Hours) -> datetime:
        return self.now - timedelta(seconds=round(self.rng.uniform(*hours) * 3600))

    def _number(self, ordered: datetime, serial: str) -> str:
        while True:
            digits = serial or str(self.rng.randrange(10_000, self.rng.choice((100_000, 1_000_000))))
            number = f"XS{local(ordered):%y%m%d}{digits}"
            if number not in self._numbers:
                self._numbers.add(number)
                return number
            serial = ""

    def _lines(self, plan: Situation) -> list[OrderLine]:
        goods = [product for product in self.products if not (plan.returnable and product.return_exception)]
        count = max(plan.goods, self.rng.choices((1, 2, 3), (70, 22, 8))[0])
        return [self._line(product) for product in self.rng.sample(goods, count)]

    def _line(self, product: Product) -> OrderLine:
        variant = self.rng.choice(product.variants)
        quantity = self.rng.choices((1, 2, 3), (85, 11, 4))[0] if variant.price_fen < 200_00 else 1
        return OrderLine(variant.sku, product.code, product.title, variant.label, quantity, variant.price_fen)

    def _add_up(self, order: Order) -> None:
        """Goods less the shop's 满减, and postage by the freight rule."""
        order.goods_fen = sum(line.price_fen * line.quantity for line in order.lines)
        order.discount_fen = max((t.off_fen for t in REDUCTIONS if order.goods_fen >= t.from_fen), default=0)
        region = find_region(self.regions, order.receiver.province)
        if region and order.delivery.value == "送货":
            order.freight_fen = freight_fen(region, order.goods_fen - order.discount_fen)
        order.total_fen = order.goods_fen - order.discount_fen + order.freight_fen

    def _parcel(self, order: Order, plan: Situation, n: int, shift: timedelta) -> Parcel:
        course = plan.courses[n]
        sent = self._before(course.sent) - shift
        courier = self.rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        waybill = "".join(str(self.rng.randrange(10)) if sign == "#" else sign for sign in _FORMS[courier])
        events = self._journey(course, order.receiver, sent, shift)
        lines = _share(order.lines, n, plan)
        for line in lines:
            line.sent_quantity = line.quantity
        several = len(lines) < len(order.lines)
        goods = "、".join(f"{line.title} ×{line.quantity}" for line in lines) if several else ""
        return Parcel(waybill, order.order_no, courier, sent, goods, events, course.problem)

    def _journey(self, course: Course, receiver: Receiver, sent: datetime, shift: timedelta) -> list[ScanEvent]:
        if course.last is None:
            return []
        heard = self._before(course.heard) - shift
        if course.heard[0] >= _DAYTIME_FROM:
            heard = local(heard).replace(hour=9 + local(heard).hour % 10).astimezone(timezone.utc)
        return scans(self.rng, Journey(course.last, sent + timedelta(hours=1), heard, receiver, course.problem))

    def _finish(self, order: Order, parcels: list[Parcel]) -> None:
        """The times that follow from the parcels."""
        order.changed_at = order.paid_at or order.created_at
        if parcels:
            order.dispatched_at = order.changed_at = min(parcel.sent_at for parcel in parcels)
            order.confirm_by = order.dispatched_at + timedelta(days=10)
        signed = [p.events[0].at for p in parcels if p.events and p.events[0].kind is ScanKind.SIGNED]
        if signed and len(signed) == len(parcels):
            order.signed_at = order.changed_at = max(signed)
        if order.status is OrderStatus.COMPLETED and order.confirm_by:
            order.changed_at = max(order.confirm_by, order.changed_at)
        if order.status is OrderStatus.CLOSED:
            heard = [parcel.events[0].at for parcel in parcels]
            order.closed_at = order.changed_at = max(heard, default=order.created_at) + timedelta(days=1)


def _share(lines: list[OrderLine], n: int, plan: Situation) -> list[OrderLine]:
    """What parcel `n` holds: all, or where the goods go apart the first line, then the rest."""
    if plan.goods == 1:
        return lines
    return lines[:1] if n == 0 else lines[1:]
