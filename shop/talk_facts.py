"""What the stores know of a conversation, under the names that phrases use. PH-15, PH-19, PC-01.

Facts that are not known are not there: what a phrase then lacks, a person fills in. Times are ISO, money is fen.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from shop.errors import OrderUnknown
from shop.freight import find_region
from shop.hours import opening
from shop.logistics import locate, planned_dispatch, promised_dispatch
from shop.model import (
    AfterSaleState,
    Conversation,
    FreightTemplate,
    Order,
    OrderStatus,
    Parcel,
    ParcelState,
    Product,
    ScanKind,
    Staff,
)
from shop.offers import is_open, offers_to
from shop.orders import RECEIVED, access_order, own_orders
from shop.policy import Policy
from shop.ports import Courier, UnitOfWork
from shop.times import local

Facts = dict[str, Any]
CourierOf = Callable[[str], Courier | None]
"""A courier by its code; None for one that the shop does not know."""


def gather_facts(
    uow: UnitOfWork,
    conversation: Conversation,
    agent: Staff | None,
    *,
    shop_name: str,
    now: datetime,
    policy: Policy,
    courier_of: CourierOf,
) -> Facts:
    """Everything that can be said to this buyer; of the order that is meant, and of no other buyer's."""
    order, template = find_order(uow, conversation), uow.freight.template()
    product = find_product(uow, conversation, order)
    facts: Facts = {
        "shop_name": shop_name,
        "service_name": agent.name if agent else None,
        "nick": conversation.nick if conversation.buyer_id else None,
        "due_at": _iso(_next_due(uow, conversation, now)),
        "opens_at": _iso(opening(policy, now).opens_at),
        **_of_sending(uow, conversation, order, policy),
        **(_of_product(product) if product else {}),
        **_of_offer(uow, conversation, product, order, now),
        **_of_complaint(uow, conversation),
    }
    if order is not None:
        facts |= _of_order(order, template) | _of_request(uow, order)
        parcels = uow.parcels.of_order(order.order_no)
        facts |= _of_parcels(parcels, order, policy=policy, now=now, courier_of=courier_of)
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def find_order(uow: UnitOfWork, conversation: Conversation) -> Order | None:
    """The one chosen in the talk; else the only one that is under way, else the only one received and not finished."""
    if conversation.order_no:
        try:
            return access_order(uow, conversation, conversation.order_no)
        except OrderUnknown:
            pass  # chosen before somebody else signed in here
    unfinished = [
        o for o in own_orders(uow, conversation) if o.status not in (OrderStatus.COMPLETED, OrderStatus.CLOSED)
    ]
    choices = [order for order in unfinished if order.status not in RECEIVED] or unfinished
    return choices[0] if len(choices) == 1 else None


def find_product(uow: UnitOfWork, conversation: Conversation, order: Order | None) -> Product | None:
    """The one in view, else the only one of the order."""
    ordered = {line.product_code for line in order.lines} if order else set()
    code = conversation.product_code or (ordered.pop() if len(ordered) == 1 else None)
    return uow.products.find(code) if code else None


def _next_due(uow: UnitOfWork, conversation: Conversation, now: datetime) -> datetime | None:
    """When a colleague's answer was promised for, where one is."""
    open_tasks = (t for t in uow.tasks.of_conversation(conversation.id) if t.done_at is None and t.due_at > now)
    return min((task.due_at for task in open_tasks), default=None)


def _of_product(product: Product) -> Facts:
    in_stock = [v for v in product.variants if v.stock > 0]
    coming = [v.restock_on for v in product.variants if v.restock_on]
    return {
        "product": product.title,
        "price_fen": product.price_fen,
        "choices": [v.label for v in in_stock if v.label],
        "restock_on": min(coming).isoformat() if coming and not in_stock else None,
    }


def _of_offer(
    uow: UnitOfWork, conversation: Conversation, product: Product | None, order: Order | None, now: datetime
) -> Facts:
    """A price that stands for this buyer, for what is talked about."""
    subjects = {product.code if product else None, order.order_no if order else None} - {None}
    standing = (o for o in offers_to(uow, conversation) if is_open(o, now))
    offer = next((o for o in standing if {o.product_code, o.order_no} & subjects), None)
    if offer is None:
        return {}
    return {
        "offer_fen": offer.price_fen,
        "list_fen": offer.list_fen,
        "saved_fen": offer.list_fen - offer.price_fen,
        "expires_at": _iso(offer.expires_at),
    }


def _of_complaint(uow: UnitOfWork, conversation: Conversation) -> Facts:
    newest = next(iter(uow.complaints.of_conversation(conversation.id)), None)
    return {"complaint_no": newest.number} if newest else {}


def _of_sending(uow: UnitOfWork, conversation: Conversation, order: Order | None, policy: Policy) -> Facts:
    """What the shop promises, and what holds for where the buyer lives."""
    template = uow.freight.template()
    buyer = uow.buyers.find(conversation.buyer_id) if conversation.buyer_id else None
    province = order.receiver.province if order else buyer.province if buyer else ""
    region = find_region(policy.freight_regions, province) if province else None
    covered = region if region and region.covered else None
    return {
        "cut_off": f"{template.cut_off:%H:%M}" if template else None,
        "dispatch_hours": template.dispatch_hours if template else None,
        "ships_from": template.ships_from if template else None,
        "province": province,
        "days": list(covered.days) if covered else None,
        "free_from_fen": covered.free_at_fen if covered else None,
    }


def _of_order(order: Order, template: FreightTemplate | None) -> Facts:
    planned = planned_dispatch(order, template)
    return {
        "order_no": order.order_no,
        "goods": order.goods,
        "variant": order.lines[0].variant if len(order.lines) == 1 else None,
        "status": order.status.value,
        "total_fen": order.total_fen,
        "freight_fen": order.freight_fen,
        "paid_at": _iso(order.paid_at),
        "promised_at": _iso(promised_dispatch(order, template)),
        "ship_day": planned.isoformat() if planned else None,
        "dispatched_at": _iso(order.dispatched_at),
        "signed_at": _iso(order.signed_at),
        "confirm_by": _iso(order.confirm_by),
    }


def _of_request(uow: UnitOfWork, order: Order) -> Facts:
    """The newest after-sale request that is under way."""
    requests = uow.aftersales.of_order(order.order_no)
    request = next((r for r in requests if r.state is AfterSaleState.OPEN), None)
    if request is None:
        return {}
    return {
        "request_no": request.number,
        "request_kind": request.kind.value.removeprefix("申请"),
        "reason": request.reason,
        "step": request.step.value,
        "refund_fen": request.amount_fen,
    }


def _of_parcels(
    parcels: Sequence[Parcel],
    order: Order,
    *,
    policy: Policy,
    now: datetime,
    courier_of: CourierOf,
) -> Facts:
    """Of the only parcel, or the only one still under way; of several at once nothing can be said in one breath."""
    found = [locate(parcel, order, policy, now) for parcel in parcels]
    coming = [position for position in found if position.state is not ParcelState.SIGNED]
    meant = (coming if len(found) > 1 else found)[:2]
    facts: Facts = {"parcels": len(found) or None}
    if len(meant) != 1:
        return facts
    position = meant[0]
    parcel, latest = position.parcel, position.latest
    courier = courier_of(parcel.courier)
    return facts | {
        "courier": courier.name if courier else None,
        "courier_phone": courier.phone if courier else None,
        "waybill": parcel.waybill,
        "event_at": _iso(latest.at) if latest else None,
        "event_place": latest.place if latest else None,
        "event_text": latest.text if latest else None,
        "pickup_place": latest.place if latest and latest.kind is ScanKind.AT_PICKUP_POINT else None,
        "problem": parcel.problem.value if parcel.problem else None,
        "eta": position.eta.isoformat() if position.eta else None,
        "days_left": (position.eta - local(now).date()).days or None if position.eta else None,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
