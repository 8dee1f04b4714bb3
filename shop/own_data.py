"""What may be said to one buyer though it is somebody's data: it is this buyer's own, or public. PC-05, PC-14."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shop.approvals import AUTHORITY
from shop.masking import full_address
from shop.model import Conversation, Direction, Order, Product, Staff
from shop.offers import lowest_fen
from shop.orders import own_orders
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.talk_facts import find_order, find_product

HEARD = 30
"""So many of the newest messages are looked at."""


@dataclass(frozen=True)
class OwnData:
    """`texts` were before the buyer's eyes already. Empty: not known."""

    phones: frozenset[str]
    addresses: frozenset[str]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class GoodsData:
    """`texts` are the records of what the talk is about; `floor_fen` is the lowest price that the member of staff may
    give for it, `list_fen` its price. Empty or None: not known.
    """

    texts: tuple[str, ...]
    floor_fen: int | None
    list_fen: int | None


def goods_data(uow: UnitOfWork, conversation: Conversation, staff: Staff, policy: Policy) -> GoodsData:
    product = find_product(uow, conversation, find_order(uow, conversation))
    allowed = AUTHORITY.get(staff.role)
    price = product.price_fen if product else None
    return GoodsData(
        texts=tuple(_recorded(product)) if product else (),
        floor_fen=lowest_fen(price, allowed(policy.tier_for(price))) if price and allowed else None,
        list_fen=price,
    )


def own_data(uow: UnitOfWork, conversation: Conversation) -> OwnData:
    orders = own_orders(uow, conversation)
    buyer = uow.buyers.find(conversation.buyer_id) if conversation.buyer_id else None
    receivers = [order.receiver for order in orders]
    return OwnData(
        phones=frozenset({receiver.phone for receiver in receivers} | {buyer.phone if buyer else ""}) - {""},
        addresses=frozenset(full_address(receiver) for receiver in receivers) - {""},
        texts=(*_said(uow, conversation), *_scanned(uow, orders)),
    )


def _said(uow: UnitOfWork, conversation: Conversation) -> Iterator[str]:
    for message in uow.messages.before(conversation.id, conversation.last_seq + 1, HEARD):
        if message.direction in (Direction.BUYER, Direction.BOT):
            yield message.text


def _scanned(uow: UnitOfWork, orders: Sequence[Order]) -> Iterator[str]:
    for order in orders:
        yield order.order_no
        for parcel in uow.parcels.of_order(order.order_no):
            yield parcel.waybill
            yield from (event.text for event in parcel.events)


def _recorded(product: Product) -> Iterator[str]:
    yield from (product.title, product.kind, *product.aliases, *product.attributes.values())
