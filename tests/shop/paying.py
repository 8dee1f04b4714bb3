"""A paid order with a return asked for, and what an agent may wish to give of it."""

from itertools import count

from at_work import employ

from shop.conversations import Line
from shop.model import AfterSale, AfterSaleKind, Order, OrderStatus, PayoutCause, PayoutKind, PayoutState
from shop.moment import Moment
from shop.payout_answers import Verdict
from shop.payouts import Wish
from shop.ports import UnitOfWork
from shop.takeover import take
from tests.conftest import NOW, SettableClock
from tests.shop.asking import open_talk
from tests.shop.making import make_line, make_order

AGENT, SUPERVISOR, MANAGER = "331", "200", "100"
ORDER, REQUEST = "XS0001", "SH0001"
PAID = 200_00
GRANT, REJECT = Verdict(PayoutState.GRANTED), Verdict(PayoutState.REJECTED)
_numbers = count(1)


def moment(uow: UnitOfWork, clock: SettableClock) -> Moment:
    """What is said is the key with its facts."""
    return Moment(clock.now(), uow.policies.current(), lambda key, **facts: Line(f"{key} {facts}", key))


def put_order(uow: UnitOfWork, clock: SettableClock, staff_id: str = AGENT) -> str:
    """The talk of b1 in the agent's hands; an order of 200 yuan is paid, a return asked for."""
    talk = open_talk(uow, now=clock.now())
    uow.orders.add(make_order(ORDER, OrderStatus.SIGNED, [make_line(quantity=2)], signed_at=NOW))
    uow.aftersales.add(AfterSale(REQUEST, ORDER, "b1", AfterSaleKind.RETURN, "尺码不合适", NOW, amount_fen=PAID))
    take(uow, talk, employ(uow, staff_id), moment(uow, clock))
    return talk


def wish(amount_fen: int, kind: PayoutKind = PayoutKind.COMPENSATION, **more: object) -> Wish:
    request = REQUEST if kind is PayoutKind.REFUND else ""
    facts = {"client_id": f"w{next(_numbers)}", "request_no": request, "reason": "买家等了很久", **more}
    return Wish(ORDER, kind, amount_fen, PayoutCause.LATE, **facts)  # type: ignore[arg-type]


def order_of(uow: UnitOfWork) -> Order:
    order = uow.orders.find(ORDER)
    assert order is not None
    return order
