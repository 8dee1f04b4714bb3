"""All that is known of the buyer of one talk: the purchases, the parcels, what was asked, promised and done. PC-01."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.contacts import History, find_history
from shop.logistics import Position, locate
from shop.model import (
    AfterSale,
    Buyer,
    Complaint,
    Conversation,
    Offer,
    Order,
    OrderStatus,
    Service,
    Task,
)
from shop.offers import offers_to
from shop.orders import own_orders
from shop.policy import Policy
from shop.ports import UnitOfWork

ORDERS = 20
"""The newest ones; more are found by their number."""
OFFERS = 20


@dataclass(frozen=True)
class OrderFile:
    """`pictures`: one a line of the order, empty where the product is gone or has none."""

    order: Order
    pictures: Sequence[str]
    parcels: Sequence[Position]


@dataclass(frozen=True)
class BuyerFile:
    """Everything newest first. `buyer` None: a guest, of whom only the orders that were opened to this talk count.

    `order_count` and `spent_fen` are over all those orders, `orders` holds the newest; of `tasks` those still to do,
    of `services` those that are over.
    """

    buyer: Buyer | None
    order_count: int
    spent_fen: int
    orders: Sequence[OrderFile]
    requests: Sequence[AfterSale]
    complaints: Sequence[Complaint]
    offers: Sequence[Offer]
    tasks: Sequence[Task]
    services: Sequence[Service]
    history: History | None


def read_buyer_file(uow: UnitOfWork, conversation: Conversation, policy: Policy, now: datetime) -> BuyerFile:
    """Nothing that belongs to another buyer is in it, whatever numbers were named in the talk."""
    orders = own_orders(uow, conversation)
    buyer_id = conversation.buyer_id
    return BuyerFile(
        buyer=uow.buyers.find(buyer_id) if buyer_id is not None else None,
        order_count=len(orders),
        spent_fen=sum(order.total_fen for order in orders if is_bought(order)),
        orders=_order_files(uow, orders[:ORDERS], policy, now),
        requests=uow.aftersales.of_orders([order.order_no for order in orders]),
        complaints=uow.complaints.of_conversation(conversation.id),
        offers=offers_to(uow, conversation)[:OFFERS],
        tasks=[task for task in uow.tasks.of_conversation(conversation.id) if task.done_at is None],
        services=[s for s in uow.services.of_conversation(conversation.id) if s.closed_at is not None],
        history=find_history(uow, conversation, now),
    )


def is_bought(order: Order) -> bool:
    """Paid, and not given back: an order that was closed after payment was refunded."""
    return order.paid_at is not None and order.status is not OrderStatus.CLOSED


def _order_files(uow: UnitOfWork, orders: Sequence[Order], policy: Policy, now: datetime) -> list[OrderFile]:
    parcels = uow.parcels.of_orders([order.order_no for order in orders])
    pictures = uow.products.pictures({line.product_code for order in orders for line in order.lines})
    return [
        OrderFile(
            order,
            [pictures.get(line.product_code, "") for line in order.lines],
            [locate(parcel, order, policy, now) for parcel in parcels if parcel.order_no == order.order_no],
        )
        for order in orders
    ]
