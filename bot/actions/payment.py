"""From the first question about paying to dispatch (requirements PY-01 to PY-04)."""

from bot.actions.aftersale import open_from_form
from bot.actions.base import ShopAction
from bot.actions.requests import find_open, tell_open_one
from bot.actions.talk import Settled, Talk, person_button
from bot.actions.tracking import redirect, tell_order, tell_unpaid, track
from shop.cards import order_card
from shop.logistics import planned_dispatch
from shop.model import AfterSaleKind, Order, OrderStatus, TaskKind
from shop.orders import NOT_SENT, ON_THE_WAY, close_unpaid
from shop.settings import TIMEZONE


class AskPaymentMethod(ShopAction):
    intent = "ask_payment_method"

    def answer(self, talk: Talk) -> None:
        talk.say("pay_methods")


class ReportPaymentProblem(ShopAction):
    """Help first; what the store says of the open orders beside it."""

    intent = "report_payment_problem"

    def answer(self, talk: Talk) -> None:
        talk.say("pay_problem", buttons=[person_button()])
        tell_unpaid(talk)


class AskInvoice(ShopAction):
    """An invoice is made by a person: put down with the order where it is clear."""

    intent = "ask_invoice"

    def answer(self, talk: Talk) -> None:
        chosen = talk.conversation.order_no
        order = talk.uow.orders.find(chosen) if chosen else None
        due = talk.put_task(TaskKind.INVOICE, f"开票咨询:{talk.text}"[:200], order)
        talk.say("invoice", due_at=due.isoformat())


def report_paid(talk: Talk, order: Order) -> None:
    """The store says whether it is paid, not the buyer (requirement PY-02)."""
    if order.status is OrderStatus.UNPAID:
        tell_unpaid(talk)
    elif order.status is OrderStatus.TO_SHIP:
        tell_paid(talk, order)
    else:
        track(talk, order)


def tell_paid(talk: Talk, order: Order) -> None:
    """Thanks, and by when it goes out; nothing beyond the shop's promise (requirement PY-03)."""
    planned = planned_dispatch(order, talk.template)
    today = talk.now.astimezone(TIMEZONE).date()
    if planned is None or planned < today:
        tell_order(talk, order)
        return
    talk.say(
        "paid",
        order_no=order.order_no,
        goods=order.goods,
        today=planned == today,
        ship_day=planned.isoformat(),
        cards=[order_card(order)],
    )


def cancel_order(talk: Talk, order: Order) -> None:
    """Unpaid: closed. Paid and not sent: a refund request. On its way: the truth about it."""
    if order.status is OrderStatus.UNPAID:
        close_unpaid(order, talk.now)
        talk.say("cancelled", order_no=order.order_no, goods=order.goods)
    elif order.status is OrderStatus.TO_SHIP:
        talk.remember(reason=talk.slot("reason") or "不想要了")
        talk.remember(goods="")
        open_from_form(talk, order, AfterSaleKind.REFUND)
    elif order.status is OrderStatus.CLOSED:
        tell_order(talk, order)
    elif order.status in ON_THE_WAY:
        talk.say("change_noted", sent=True, cancel=True, order_no=order.order_no, buttons=[person_button()])
    else:
        tell_order(talk, order)


def needs_cancel_confirm(order: Order) -> bool:
    return order.status in NOT_SENT


def check_cancel(talk: Talk, order: Order, topic: str) -> None:
    """A refund that is under way already needs no second yes. Raises Settled."""
    if order.status is OrderStatus.TO_SHIP and (under_way := find_open(talk, order, AfterSaleKind.REFUND)):
        tell_open_one(talk, under_way)
        raise Settled


def change_address(talk: Talk, order: Order) -> None:
    if order.status in ON_THE_WAY:
        redirect(talk, order)
    else:
        change_order(talk, order)


def change_order(talk: Talk, order: Order) -> None:
    """A person changes it while it is here; nothing is promised (requirement NL-21)."""
    if order.status in NOT_SENT:
        due = talk.put_task(TaskKind.CHANGE_ORDER, f"{order.order_no} {talk.text}"[:200], order)
        talk.say("change_noted", order_no=order.order_no, goods=order.goods, due_at=due.isoformat())
    elif order.status in ON_THE_WAY:
        talk.say("change_noted", sent=True, order_no=order.order_no, buttons=[person_button()])
    else:
        tell_order(talk, order)
