"""What words and records together make plain, whatever the classifier says."""

import re
from collections.abc import Callable

from bot.actions.requests import withdraw_request
from bot.actions.talk import Talk
from bot.actions.tracking import arrange_delivery, track
from shop.model import DeliveryMethod, Order, OrderStatus
from shop.orders import ON_THE_WAY, own_orders


def _one(talk: Talk, fits: Callable[[Order], bool], answer: Callable[[Talk, Order], None]) -> bool:
    """Answer for the only order that fits; False where there is none or more than one."""
    found = [order for order in own_orders(talk.uow, talk.conversation) if fits(order)]
    if len(found) == 1:
        answer(talk, found[0])
    return len(found) == 1


def _under_way(order: Order) -> bool:
    return order.status in ON_THE_WAY


def _waits_for_pickup(order: Order) -> bool:
    return order.delivery is DeliveryMethod.PICKUP and order.status is OrderStatus.TO_SHIP


SHORTCUTS: tuple[tuple[re.Pattern[str], Callable[[Talk], bool]], ...] = (
    (
        re.compile(
            r"(撤销|撤回|撤掉|取消)(一下|掉)?(我的|这个|刚才的)?(退|换|售后|维修|申请|补发)|^我?先?不(想|用)?(退|换)了"
        ),
        withdraw_request,
    ),
    (re.compile(r"自提|取货|提货"), lambda talk: _one(talk, _waits_for_pickup, track)),
    (re.compile(r"送.{0,4}(上门|到家|上楼)|放.{0,3}门口"), lambda talk: _one(talk, _under_way, arrange_delivery)),
    (
        re.compile(r"快递.{0,6}(取|拿)(?!消)|(在哪|哪里|去哪)儿?(能|可以)?(取|拿)(快递|件|包裹)|取件码"),
        lambda talk: _one(talk, _under_way, track),
    ),
)
"""The first whose pattern is in the text and whose records fit answers."""


def take_shortcut(talk: Talk) -> bool:
    """False where nothing was answered."""
    return any(answer(talk) for pattern, answer in SHORTCUTS if pattern.search(talk.text))
