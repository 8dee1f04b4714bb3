"""The console's side panel: the buyer of a talk, personal data as far as the role may see it. PC-01, PC-04, CW-17."""

from datetime import datetime
from typing import NamedTuple

from desk.console.shapes import Shapes
from desk.shown import Json, iso
from shop.buyer_file import BuyerFile, OrderFile, read_buyer_file
from shop.cards import order_card
from shop.contacts import History
from shop.logistics import Position
from shop.masking import Personal, Sight, sight_of
from shop.model import AfterSale, Complaint, Conversation, Offer, OfferState, Order, Service, Staff
from shop.offers import is_open
from shop.policy import Policy
from shop.wiring import find_courier


class Side(NamedTuple):
    """What `side` answers, and which kinds of personal data stand in it in full."""

    shown: Json
    seen: frozenset[Personal]


def look_beside(shapes: Shapes, conversation: Conversation, staff: Staff, policy: Policy, now: datetime) -> Side:
    """The panel of docs/console.md; `history` is null for a buyer who does not come again and again."""
    known = read_buyer_file(shapes.uow, conversation, policy, now)
    with sight_of(staff, conversation) as sight:
        shown = {
            "buyer": _buyer(known, conversation, sight),
            "orders": [_order(order, sight) for order in known.orders],
            "requests": [_request(request) for request in known.requests],
            "complaints": [_complaint(complaint, sight) for complaint in known.complaints],
            "offers": [_offer(offer, now) for offer in known.offers],
            "tasks": [{**shown, "title": sight.text(shown["title"])} for shown in map(shapes.task, known.tasks)],
            "services": [_service(service, shapes, sight) for service in known.services],
            "history": known.history and _history(known.history),
        }
    return Side(shown, frozenset(sight.shown))


def _buyer(known: BuyerFile, conversation: Conversation, sight: Sight) -> Json:
    buyer = known.buyer
    return {
        "nick": buyer.nick if buyer else conversation.nick,
        "name": sight.name(buyer.name) if buyer else "",
        "phone": sight.phone(buyer.phone) if buyer else "",
        "province": buyer.province if buyer else "",
        "level": buyer.level if buyer else 0,
        "registered_at": _at(buyer.registered_at) if buyer else None,
        "orders": known.order_count,
        "spent_fen": known.spent_fen,
        "guest": buyer is None,
    }


def _order(known: OrderFile, sight: Sight) -> Json:
    """The card that the buyer sees, and more."""
    order, card = known.order, order_card(known.order)
    lines = [
        {
            "title": line.title,
            "variant": line.variant,
            "quantity": line.quantity,
            "price_fen": line.price_fen,
            "picture": picture,
        }
        for line, picture in zip(order.lines, known.pictures, strict=True)
    ]
    receiver = {
        "name": sight.name(order.receiver.name),
        "phone": sight.phone(order.receiver.phone),
        "address": sight.address(order.receiver),
    }
    return {
        **{name: card[name] for name in ("order_no", "status", "created", "total_fen", "goods")},
        "paid": _at(order.paid_at),
        "lines": lines,
        "receiver": receiver,
        "remark": sight.text(order.memo),
        "parcels": [_parcel(position, order, sight) for position in known.parcels],
    }


def _parcel(position: Position, order: Order, sight: Sight) -> Json:
    """The timeline newest first."""
    parcel = position.parcel
    courier = find_courier(parcel.courier)
    events = [
        {"at": iso(event.at), "place": event.place, "text": sight.scan(event.text, order.receiver)}
        for event in parcel.events
    ]
    return {
        "waybill": parcel.waybill,
        "courier": courier.name if courier else parcel.courier,
        "state": position.state.value,
        "events": events,
    }


def _request(request: AfterSale) -> Json:
    return {
        "number": request.number,
        "kind": request.kind.value,
        "state": request.state.value,
        "step": request.step.value,
        "order_no": request.order_no,
        "amount_fen": request.amount_fen,
        "created_at": iso(request.created_at),
    }


def _complaint(complaint: Complaint, sight: Sight) -> Json:
    return {
        "number": complaint.number,
        "cause": complaint.cause,
        "text": sight.text(complaint.text),
        "created_at": iso(complaint.created_at),
        "reply_by": iso(complaint.reply_by),
    }


def _offer(offer: Offer, now: datetime) -> Json:
    """One whose time is over is expired, whether or not somebody has put it down."""
    over = offer.state is OfferState.OPEN and not is_open(offer, now)
    return {
        "number": offer.number,
        "price_fen": offer.price_fen,
        "list_fen": offer.list_fen,
        "expires_at": iso(offer.expires_at),
        "state": (OfferState.EXPIRED if over else offer.state).value,
    }


def _service(service: Service, shapes: Shapes, sight: Sight) -> Json:
    return {
        "number": service.number,
        "agent": shapes.name(service.agent_id),
        "started_at": iso(service.started_at),
        "closed_at": _at(service.closed_at),
        "kind": service.kind.value if service.kind else "",
        "cause": service.cause,
        "result": service.result.value if service.result else "",
        "rating": service.rating,
        "comment": sight.text(service.comment),
    }


def _history(history: History) -> Json:
    return {"contacts": history.contacts, "old_problem": history.old_problem}


def _at(at: datetime | None) -> str | None:
    return iso(at) if at else None
