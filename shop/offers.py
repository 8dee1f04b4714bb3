"""Personal prices: how low one may go, which one stands. BG-03, BG-04, BG-10.

A price is for one buyer and one variant (or one unpaid order), stands until it expires, and is used once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.errors import WrongState
from shop.model import Conversation, Offer, OfferState, Order, OrderStatus, Product, Variant
from shop.policy import Policy
from shop.ports import UnitOfWork

JIAO = 10


@dataclass(frozen=True)
class Subject:
    """What is bargained about, at its price in the store. `order_no` set: an order; else a variant of a product."""

    list_fen: int
    product_code: str | None = None
    sku: str = ""
    order_no: str | None = None
    buyer_id: str | None = None
    """Whose order it is; None: whoever talks."""


def about_product(product: Product, variant: Variant | None = None) -> Subject:
    """The variant, or the cheapest one where none was named."""
    chosen = variant or min(product.variants, key=lambda v: v.price_fen, default=None)
    return Subject(chosen.price_fen if chosen else 0, product.code, chosen.sku if chosen else "")


def about_order(order: Order) -> Subject:
    """Raises WrongState where it is not waiting to be paid."""
    check_unpaid(order)
    return Subject(order.total_fen, order_no=order.order_no, buyer_id=order.buyer_id)


def check_unpaid(order: Order) -> None:
    if order.status is not OrderStatus.UNPAID:
        raise WrongState(order_no=order.order_no, status=order.status.value, to="改价")


def lowest_fen(list_fen: int, per_mille: int) -> int:
    """The least that may be asked where `per_mille` of the price may come off, to the fen, rounded up."""
    return -(-list_fen * (1000 - per_mille) // 1000)


def bot_price(list_fen: int, asked_fen: int | None, policy: Policy) -> int | None:
    """What the bot may offer: what was asked if it is within its limit, else the limit, in whole jiao.

    None where the limit leaves nothing to give.
    """
    lowest = lowest_fen(list_fen, policy.tier_for(list_fen).bot)
    if lowest >= list_fen:
        return None
    if asked_fen is not None and lowest <= asked_fen < list_fen:
        return asked_fen
    round_price = -(-lowest // JIAO) * JIAO
    return round_price if round_price < list_fen else lowest


def offers_to(uow: UnitOfWork, conversation: Conversation, buyer_id: str | None = None) -> Sequence[Offer]:
    """The buyer's offers from every talk, a guest's from this one; newest first."""
    buyer_id = buyer_id or conversation.buyer_id
    return uow.offers.of_buyer(buyer_id) if buyer_id else uow.offers.of_conversation(conversation.id)


def fits(offer: Offer, subject: Subject) -> bool:
    """Variants at the same price share an offer."""
    if subject.order_no is not None:
        return offer.product_code is None and offer.order_no == subject.order_no
    same_price = offer.sku == subject.sku or offer.list_fen == subject.list_fen
    return offer.product_code == subject.product_code and same_price


def is_open(offer: Offer, now: datetime) -> bool:
    return offer.state is OfferState.OPEN and now < offer.expires_at


def find_standing(uow: UnitOfWork, conversation: Conversation, subject: Subject, now: datetime) -> Offer | None:
    """The offer that holds for it now. One that the price has fallen to in the meantime is none any more."""
    fitting = (o for o in offers_to(uow, conversation, subject.buyer_id) if fits(o, subject))
    return next((o for o in fitting if is_open(o, now) and o.price_fen < subject.list_fen), None)


def give_offer(
    uow: UnitOfWork,
    conversation: Conversation,
    subject: Subject,
    price_fen: int,
    *,
    policy: Policy,
    now: datetime,
    by: str = "bot",
    round: int = 0,
    turn_id: str = "",
) -> Offer:
    """Put down a price; any earlier one for the same thing ends, so that there are never two."""
    buyer_id = subject.buyer_id or conversation.buyer_id
    for earlier in offers_to(uow, conversation, buyer_id):
        if earlier.state is OfferState.OPEN and fits(earlier, subject):
            earlier.state = OfferState.EXPIRED
    offer = Offer(
        number=uow.numbers.next("YH", now),
        conversation_id=conversation.id,
        buyer_id=buyer_id,
        product_code=subject.product_code,
        order_no=subject.order_no,
        list_fen=subject.list_fen,
        price_fen=price_fen,
        round=round,
        created_at=now,
        expires_at=now + timedelta(hours=policy.offer_hours),
        granted_by=by,
        turn_id=turn_id,
        sku=subject.sku,
    )
    uow.offers.add(offer)
    return offer


def used_on(uow: UnitOfWork, conversation: Conversation, order_no: str, buyer_id: str | None) -> Offer | None:
    """The offer that made this order cheaper."""
    offers = offers_to(uow, conversation, buyer_id)
    return next((o for o in offers if o.state is OfferState.USED and o.order_no == order_no), None)
