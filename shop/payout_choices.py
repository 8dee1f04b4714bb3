"""What an agent may choose from who wants to give money back: orders, their requests, what the rules propose."""

from typing import Any

from shop.compensation import propose
from shop.model import AfterSaleState, Order, PayoutCause, PayoutKind, Staff
from shop.orders import own_orders
from shop.payout_limits import find_left, payable_fen, proposed_refund
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.takeover import check_holds

Json = dict[str, Any]


def find_choices(uow: UnitOfWork, conversation_id: str, staff: Staff, policy: Policy) -> list[Json]:
    """Of the buyer's orders with anything left: `{order_no, goods, paid_fen, left_fen, most: {kind: fen}, requests:
    [{number, kind, reason, proposed_fen}], offers: {cause: {form, amount_fen}}}`; `most` is what this person may still
    give, `offers` what the table has for a cause. Raises NotYourTalk, ConversationUnknown.
    """
    check_holds(uow, conversation_id, staff)
    conversation = uow.conversations.find(conversation_id)
    orders = own_orders(uow, conversation) if conversation else []
    return [_choice(uow, order, staff, policy) for order in orders if payable_fen(uow, order)]


def _choice(uow: UnitOfWork, order: Order, staff: Staff, policy: Policy) -> Json:
    left = {kind: find_left(uow, order, kind, staff.role, policy) for kind in PayoutKind}
    offers = {cause.value: propose(policy, cause, order.total_fen) for cause in PayoutCause}
    open_ones = [r for r in uow.aftersales.of_order(order.order_no) if r.state is AfterSaleState.OPEN]
    return {
        "order_no": order.order_no,
        "goods": order.goods,
        "paid_fen": order.total_fen,
        "left_fen": left[PayoutKind.REFUND].in_all,
        "most": {kind.value: each.by_role for kind, each in left.items()},
        "offers": {
            cause: {"form": offer.form.value, "amount_fen": min(offer.amount_fen, left[PayoutKind.COMPENSATION].in_all)}
            for cause, offer in offers.items()
            if offer
        },
        "requests": [
            {
                "number": request.number,
                "kind": request.kind.value,
                "reason": request.reason,
                "proposed_fen": proposed_refund(uow, order, request),
            }
            for request in open_ones
        ],
    }
