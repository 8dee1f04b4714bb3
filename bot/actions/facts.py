"""A bare fact from the buyer: show what the stores have on it."""

from bot.actions.bargain import haggle
from bot.actions.presale import tell_product, tell_size, tell_stock
from bot.actions.shipping import tell_coverage
from bot.actions.talk import Talk
from bot.actions.tracking import tell_waybill, track
from shop.orders import access_order, orders_by_tail, own_orders


def take_facts(talk: Talk) -> bool:
    """Answer the first fact in the message that something can be said about; False where there is none."""
    if number := talk.entity("order_no"):
        return _tell_number(talk, str(number))
    if waybill := talk.entity("waybill"):
        tell_waybill(talk, str(waybill))
        return True
    if tail := talk.entity("order_tail"):
        return _tell_tail(talk, str(tail))
    if talk.slot("pending") == "bargain" and (talk.entity("money") or talk.entity("discount")):
        haggle(talk)
        return True
    return _tell_goods(talk)


def _tell_number(talk: Talk, number: str) -> bool:
    """Some couriers' waybills have as many digits as a platform's order numbers: the store tells them apart."""
    if talk.uow.parcels.find(number) is not None:
        tell_waybill(talk, number)
        return True
    if talk.conversation.buyer_id is None and number not in talk.conversation.verified_orders:
        talk.remember(topic="track_order", guest_order=number, order_no=None)
        talk.follow_up = "service_form"
        return True
    order = access_order(talk.uow, talk.conversation, number)
    talk.conversation.order_no = order.order_no
    talk.remember(topic="track_order", order_no=order.order_no)
    track(talk, order)
    return True


def _tell_tail(talk: Talk, tail: str) -> bool:
    found = orders_by_tail(own_orders(talk.uow, talk.conversation), tail)
    if len(found) == 1:
        return _tell_number(talk, found[0].order_no)
    talk.remember(topic="track_order", order_no=None)
    talk.follow_up = "service_form"
    return True


def _tell_goods(talk: Talk) -> bool:
    if talk.entity("product") and (product := talk.product()):
        tell_product(talk, product)
    elif (talk.entity("height_cm") or talk.entity("weight_kg")) and talk.product():
        tell_size(talk)
    elif (talk.entity("colour") or talk.entity("size")) and talk.product():
        tell_stock(talk)
    elif talk.entity("place"):
        tell_coverage(talk)
    else:
        return False
    return True
