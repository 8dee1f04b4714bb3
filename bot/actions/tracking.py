"""From dispatch to receipt: where it is, what comes next, about when (requirements TR-01 to TR-10)."""

from bot.actions.requests import find_open, request_card, tell_open_one, tell_requests
from bot.actions.talk import Talk, order_button, person_button
from shop.aftersales.requests import open_request
from shop.cards import Card, order_card
from shop.errors import WrongState
from shop.logistics import Position, is_late, locate, promised_dispatch
from shop.model import (
    AfterSaleKind,
    DeliveryMethod,
    Order,
    OrderStatus,
    Parcel,
    ParcelState,
    Problem,
    ScanKind,
    TaskKind,
)
from shop.orders import NOT_SENT, ON_THE_WAY, RECEIVED, extend_receipt, own_orders, unpaid
from shop.wiring import find_courier

TROUBLED = frozenset({ParcelState.STILL, ParcelState.PROBLEM, ParcelState.DISPUTED, ParcelState.RETURNED})
UNDER_WAY = frozenset({ParcelState.NO_SCAN, ParcelState.MOVING})


def track(talk: Talk, order: Order) -> None:
    """State and next step of an order; of every parcel where it has several."""
    parcels = talk.uow.parcels.of_order(order.order_no)
    if order.status in NOT_SENT or order.status is OrderStatus.CLOSED or not parcels:
        tell_order(talk, order)
        tell_requests(talk, order)
        return
    if order.status is OrderStatus.PARTLY_SHIPPED:
        tell_order(talk, order)
    if len(parcels) > 1:
        talk.say("parcel", several=True, parcels=len(parcels), order_no=order.order_no)
    for parcel in parcels:
        tell_parcel(talk, parcel, order)


def tell_order(talk: Talk, order: Order) -> None:
    """What its status means for the buyer; where goods are fetched stands in no record (requirement PS-04)."""
    template = talk.template
    if order.delivery is DeliveryMethod.PICKUP and order.status is OrderStatus.TO_SHIP:
        talk.say("order_state", status=order.status.value, order_no=order.order_no, goods=order.goods)
        talk.look_up("自提的时间和地点", order)
        return
    late = is_late(order, template, talk.now)
    promised = promised_dispatch(order, template)
    if order.status is OrderStatus.TO_SHIP and promised:
        talk.say(
            "not_sent",
            late=late,
            order_no=order.order_no,
            goods=order.goods,
            promised_at=promised.isoformat(),
            cards=[order_card(order)],
        )
        if late:
            _pass_on(talk, order, TaskKind.URGE_SHIPMENT, "超过承诺时间未发货")
        return
    talk.say(
        "order_state",
        status=order.status.value,
        order_no=order.order_no,
        goods=order.goods,
        total_fen=order.total_fen,
        signed_at=order.signed_at.isoformat() if order.signed_at else None,
        confirm_by=order.confirm_by.isoformat() if order.confirm_by else None,
        cut_off=f"{template.cut_off:%H:%M}" if template else None,
        cards=[order_card(order)],
    )


def tell_parcel(talk: Talk, parcel: Parcel, order: Order, *, pass_on: bool = True) -> Position:
    """One plain sentence from the scans, the courier by its name (CW-06); trouble is passed on at once."""
    found = locate(parcel, order, talk.policy, talk.now)
    courier = find_courier(parcel.courier)
    latest = found.latest
    talk.say(
        "parcel",
        state=found.state.value,
        courier=courier.name if courier else None,
        courier_phone=courier.phone if courier else None,
        waybill=parcel.waybill,
        goods=parcel.goods or order.goods,
        event_at=latest.at.isoformat() if latest else None,
        event_place=latest.place if latest else None,
        event_text=latest.text if latest else None,
        problem=parcel.problem.value if parcel.problem else None,
        eta=found.eta.isoformat() if found.eta else None,
        cards=[parcel_card(found, courier.name if courier else "")],
    )
    if pass_on and _needs_help(found):
        _pass_on(talk, order, TaskKind.ASK_COURIER, f"{parcel.waybill} {found.state.value}", about="核实")
    return found


def parcel_card(found: Position, courier: str) -> Card:
    events = [
        {"at": e.at.isoformat(), "place": e.place, "text": e.text, "kind": e.kind.value}
        for e in found.parcel.events[:8]
    ]
    return {
        "kind": "parcel",
        "waybill": found.parcel.waybill,
        "courier": courier,
        "state": found.state.value,
        "events": events,
    }


def urge_shipment(talk: Talk, order: Order) -> None:
    """Passed on without a promise; what is sent already is shown instead (requirement PS-22)."""
    if order.status is OrderStatus.TO_SHIP:
        if is_late(order, talk.template, talk.now):
            talk.soothe("延迟")
            tell_order(talk, order)
            return
        tell_order(talk, order)
        _pass_on(talk, order, TaskKind.URGE_SHIPMENT, "买家催发货")
        return
    track(talk, order)


def urge_delivery(talk: Talk, order: Order) -> None:
    """Soothe, state, and a question to the courier (requirements NL-06, TR-20)."""
    if any(_is_slow(talk, parcel, order) for parcel in talk.uow.parcels.of_order(order.order_no)):
        talk.soothe("延迟")
    track(talk, order)
    if order.status in ON_THE_WAY:
        _pass_on(talk, order, TaskKind.ASK_COURIER, "买家催快递")


def _is_slow(talk: Talk, parcel: Parcel, order: Order) -> bool:
    return _needs_help(locate(parcel, order, talk.policy, talk.now))


def _needs_help(found: Position) -> bool:
    return found.state in TROUBLED or (found.late and found.state in UNDER_WAY)


def report_not_received(talk: Talk, order: Order) -> None:
    """Signed by the courier, not in the buyer's hands: a trace is opened at once."""
    signed = [p for p in talk.uow.parcels.of_order(order.order_no) if p.events and p.events[0].kind is ScanKind.SIGNED]
    if not signed:
        track(talk, order)
        return
    talk.soothe("丢失")
    under_way = find_open(talk, order, AfterSaleKind.TRACE)
    if under_way is not None:
        tell_open_one(talk, under_way)
        return
    for parcel in signed:
        parcel.problem = parcel.problem or Problem.NOT_RECEIVED
        tell_parcel(talk, parcel, order, pass_on=False)
    _open_trace(talk, order)


def _open_trace(talk: Talk, order: Order) -> None:
    request = open_request(
        talk.uow,
        talk.conversation,
        order,
        AfterSaleKind.TRACE,
        reason="显示签收未收到",
        description=talk.text[:500],
        policy=talk.policy,
        now=talk.now,
        turn_id=talk.turn_id,
    )
    due = talk.put_task(TaskKind.ASK_COURIER, f"核实签收 {request.number}", order)
    talk.say(
        "request_opened",
        request_no=request.number,
        request_kind=request.kind.value,
        order_no=order.order_no,
        due_at=due.isoformat(),
        cards=[request_card(request)],
        buttons=[person_button()],
    )


def redirect(talk: Talk, order: Order) -> None:
    """改地址 while it is under way: the courier is asked, where it is told; nothing is promised (NL-21)."""
    for parcel in talk.uow.parcels.of_order(order.order_no):
        tell_parcel(talk, parcel, order, pass_on=False)
    _pass_on(talk, order, TaskKind.ASK_COURIER, f"改派:{talk.text}", about="派送")


def is_half_here(talk: Talk, order: Order) -> bool:
    """Some parcels are signed for and others still on their way: what is missing is coming."""
    kinds = [p.events[0].kind if p.events else None for p in talk.uow.parcels.of_order(order.order_no)]
    return order.status is OrderStatus.PARTLY_SHIPPED or (
        ScanKind.SIGNED in kinds and any(kind is not ScanKind.SIGNED for kind in kinds)
    )


def arrange_delivery(talk: Talk, order: Order) -> None:
    """A wish for the courier: passed on, with where the parcel is."""
    if order.status in RECEIVED or order.status is OrderStatus.CLOSED:
        tell_order(talk, order)
        return
    for parcel in talk.uow.parcels.of_order(order.order_no):
        tell_parcel(talk, parcel, order)
    _pass_on(talk, order, TaskKind.ASK_COURIER, f"派送要求:{talk.text}", about="派送")


def extend(talk: Talk, order: Order) -> None:
    """The confirmation deadline is moved once an order (requirement TR-18)."""
    try:
        until = extend_receipt(order, talk.policy, talk.now)
    except WrongState:
        if order.status in ON_THE_WAY:
            talk.say("not_eligible", rule="每笔订单可以延长一次收货时间", buttons=[person_button()])
        else:
            tell_order(talk, order)
        return
    talk.say("extended", confirm_by=until.isoformat(), order_no=order.order_no)


def tell_waybill(talk: Talk, waybill: str) -> None:
    """A number of one's own parcel; anyone else's is as unknown as one that nobody has (TR-03, TR-08, PC-01)."""
    parcel = talk.uow.parcels.find(waybill)
    own = {order.order_no: order for order in own_orders(talk.uow, talk.conversation)}
    if parcel is None or parcel.order_no not in own:
        talk.say("waybill_unknown", waybill=waybill)
        return
    talk.conversation.order_no = parcel.order_no
    tell_parcel(talk, parcel, own[parcel.order_no])


def _pass_on(talk: Talk, order: Order, kind: TaskKind, why: str, about: str | None = None) -> None:
    """A colleague sees to it; one that does already is named with the time promised first."""
    if talk.said("passed_on"):
        return
    title = f"{order.order_no} {why}"[:200]
    earlier = talk.find_task(kind, order) if about != "派送" else None
    due = earlier.due_at if earlier else talk.put_task(kind, title, order)
    talk.say("passed_on", order_no=order.order_no, due_at=due.isoformat(), about=about, again=earlier is not None)


def tell_unpaid(talk: Talk) -> bool:
    """Open sums: one order with its state, several with their total. False where nothing is open."""
    waiting = unpaid(own_orders(talk.uow, talk.conversation))
    if len(waiting) == 1:
        tell_order(talk, waiting[0])
    elif waiting:
        total = sum(order.total_fen for order in waiting)
        talk.say(
            "order_state",
            several=True,
            count=len(waiting),
            total_fen=total,
            buttons=[order_button(order) for order in waiting[:5]],
            cards=[order_card(order) for order in waiting[:3]],
        )
    return bool(waiting)
