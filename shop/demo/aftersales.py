"""After-sale requests of the demo shop, open and finished."""

from datetime import datetime, timedelta
from random import Random

from shop.demo.orders import OrderBook
from shop.model import AfterSale, AfterSaleKind, AfterSaleState, AfterSaleStep, Order, StepRecord
from shop.ports import UnitOfWork

K, ST = AfterSaleKind, AfterSaleState

_PLANS: tuple[tuple[str, AfterSaleKind, str, str, AfterSaleState, int], ...] = (
    ("refunding", K.REFUND, "不想要了", "退款", ST.OPEN, 1),
    ("exchanging", K.EXCHANGE, "尺码不合适", "换货", ST.OPEN, 2),
    ("refunded", K.RETURN, "七天无理由", "退款", ST.DONE, 4),
    ("returned", K.REFUND, "拒收退回", "退款", ST.DONE, 4),
    ("disputed", K.TRACE, "显示签收未收到", "查件", ST.OPEN, 1),
    ("still", K.TRACE, "物流长时间不更新", "查件", ST.OPEN, 1),
    ("lost", K.RESEND, "疑似丢失", "补发", ST.OPEN, 3),
    ("damaged", K.DAMAGE, "运输破损", "补发", ST.OPEN, 2),
    ("unreachable", K.EXTEND, "出差,晚几天收", "延长收货", ST.DONE, 4),
    ("signed_40_days", K.REPAIR, "使用一个月后出现故障", "维修", ST.OPEN, 3),
    ("completed", K.RETURN, "已使用,超过退货期", "退款", ST.REFUSED, 1),
    ("signed", K.RIGHTS, "少发配件,要求补发", "补发", ST.WITHDRAWN, 1),
)
"""Situation, kind, reason, remedy, state, steps reached."""
_AT_MOST = 4
_KEPT_FOR_PERSONA = ("signed_40_days", "still", "disputed", "signed_3_days")
_NOTES = ("已核对订单和原因", "等待买家寄回或提供照片", "已核实问题", "已按约定处理完毕")


def add_aftersales(uow: UnitOfWork, rng: Random, now: datetime, book: OrderBook) -> None:
    """A few of every kind; of the personas' orders only where the persona is about it."""
    for situation, kind, reason, wish, state, reached in _PLANS:
        orders = book.written.get(situation, [])
        skip = 1 if situation in _KEPT_FOR_PERSONA else 0
        for order in orders[skip : skip + _AT_MOST]:
            uow.aftersales.add(_request(uow, rng, now, order, (kind, reason, wish, state, reached)))


def _request(
    uow: UnitOfWork, rng: Random, now: datetime, order: Order, plan: tuple[AfterSaleKind, str, str, AfterSaleState, int]
) -> AfterSale:
    kind, reason, wish, state, reached = plan
    since = order.signed_at or order.dispatched_at or order.paid_at or order.created_at
    opened = since + (now - since) * rng.uniform(0.2, 0.5)
    gap = (now - opened) / (reached + 2)
    steps = [
        StepRecord(step, opened + gap * n, "小满" if n else "小二", _NOTES[n])
        for n, step in enumerate(list(AfterSaleStep)[:reached])
    ]
    closed = None if state is AfterSaleState.OPEN else steps[-1].at + timedelta(minutes=20)
    return AfterSale(
        number=uow.numbers.next("SH", opened),
        order_no=order.order_no,
        buyer_id=order.buyer_id,
        kind=kind,
        reason=reason,
        created_at=opened,
        sku=order.lines[0].sku,
        wish=wish,
        amount_fen=order.total_fen if wish == "退款" else None,
        state=state,
        steps=steps,
        closed_at=closed,
    )
