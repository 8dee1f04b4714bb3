"""Using a personal price on an order, and whether the store's price was changed. BG-10, PY-01."""

from dataclasses import dataclass
from datetime import datetime

from shop.errors import NotEligible
from shop.model import Conversation, Offer, OfferState, Order, OrderLine
from shop.offers import check_unpaid, is_open, offers_to
from shop.ports import UnitOfWork

RULE_BUYER = "专属优惠仅限本人使用"
RULE_ONCE = "专属优惠只能使用一次"
RULE_EXPIRED = "专属优惠已过期"
RULE_GOODS = "专属优惠只适用于对应的商品或订单"
RULE_ONE = "一个订单只能使用一个专属优惠"
RULE_NO_GAIN = "订单价格已不高于优惠价"


@dataclass(frozen=True)
class PriceChange:
    """Only where `changed` may the buyer be told that the price was changed (PY-01)."""

    changed: bool
    total_fen: int


def find_offer_for(uow: UnitOfWork, conversation: Conversation, order: Order, now: datetime) -> Offer | None:
    """The open offer that would make this order cheaper; one for the order itself first."""
    usable = [o for o in offers_to(uow, conversation, order.buyer_id) if is_open(o, now) and saving_fen(o, order) > 0]
    return min(usable, key=lambda o: o.product_code is not None, default=None)


def saving_fen(offer: Offer, order: Order) -> int:
    """What the offer takes off this order: for every piece of the variant, or off the whole; never below its price."""
    if offer.product_code is None:
        return _clip(offer, order.total_fen) if offer.order_no == order.order_no else 0
    saved = sum(_clip(offer, line.price_fen) * line.quantity for line in order.lines if _is_for(offer, line))
    return min(saved, order.total_fen)


def _clip(offer: Offer, price_fen: int) -> int:
    return max(0, min(price_fen - offer.price_fen, offer.list_fen - offer.price_fen))


def _is_for(offer: Offer, line: OrderLine) -> bool:
    same_price = line.sku == offer.sku or line.price_fen == offer.list_fen
    return line.product_code == offer.product_code and same_price


def use_offer(uow: UnitOfWork, offer: Offer, order: Order, now: datetime) -> int:
    """Change the price of an unpaid order; returns its new total. The same offer on the same order twice is once.

    Raises NotEligible(rule, number), or WrongState where the order is not waiting to be paid.
    """
    offer, order = uow.offers.lock(offer.number), uow.orders.lock(order.order_no)
    if offer.state is OfferState.USED and offer.order_no == order.order_no:
        return order.total_fen
    check_unpaid(order)
    rule = _refusal(uow, offer, order, now)
    if rule:
        raise NotEligible(rule=rule, number=offer.number)
    saved = saving_fen(offer, order)
    order.discount_fen += saved
    order.total_fen -= saved
    order.changed_at = now
    offer.state, offer.order_no = OfferState.USED, order.order_no
    return order.total_fen


def _refusal(uow: UnitOfWork, offer: Offer, order: Order, now: datetime) -> str:
    conversation = uow.conversations.find(offer.conversation_id)
    verified = conversation.verified_orders if conversation else []
    own = order.buyer_id == offer.buyer_id if offer.buyer_id else order.order_no in verified
    for_order = offer.order_no == order.order_no if offer.product_code is None else _has_goods(offer, order)
    refusals = (
        (not own, RULE_BUYER),
        (offer.state is OfferState.USED, RULE_ONCE),
        (not is_open(offer, now), RULE_EXPIRED),
        (not for_order, RULE_GOODS),
        (_has_used_one(uow, order, offer), RULE_ONE),
        (saving_fen(offer, order) <= 0, RULE_NO_GAIN),
    )
    return next((rule for refused, rule in refusals if refused), "")


def _has_goods(offer: Offer, order: Order) -> bool:
    return any(_is_for(offer, line) for line in order.lines)


def _has_used_one(uow: UnitOfWork, order: Order, offer: Offer) -> bool:
    offers = [*uow.offers.of_buyer(order.buyer_id), *uow.offers.of_conversation(offer.conversation_id)]
    return any(o.state is OfferState.USED and o.order_no == order.order_no for o in offers)


def price_change_state(order: Order, offer: Offer | None) -> PriceChange:
    """Whether the store holds the agreed price, read from the order itself (PY-01)."""
    used = offer is not None and offer.state is OfferState.USED and offer.order_no == order.order_no
    return PriceChange(used and _is_applied(offer, order), order.total_fen)


def _is_applied(offer: Offer | None, order: Order) -> bool:
    if offer is None:
        return False
    if offer.product_code is None:
        return order.total_fen <= offer.price_fen
    return order.discount_fen >= saving_fen(offer, order)
