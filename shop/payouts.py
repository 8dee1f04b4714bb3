"""Money that an agent gives back: within the own rights at once, beyond them as a request to the leader. HE-06, AS-12.

The talk is locked first, then the order: of all who decide at once, each sees what the others have given.
"""

from dataclasses import dataclass
from datetime import datetime

from shop.aftersales.requests import close
from shop.changes import note_change
from shop.errors import AlreadyOpen, BeyondAuthority, FieldWrong, MoreThanPaid, WrongState
from shop.model import (
    PAID_OUT,
    AfterSale,
    AfterSaleState,
    Alert,
    AlertKind,
    ChangeKind,
    Conversation,
    Order,
    Payout,
    PayoutCause,
    PayoutForm,
    PayoutKind,
    PayoutState,
    Staff,
)
from shop.moment import Moment
from shop.orders import access_order
from shop.payout_limits import find_left, payable_fen
from shop.ports import UnitOfWork
from shop.takeover import check_note, get_own

GIVEN, ASKED = "客服退补", "提交退补申请"


@dataclass(frozen=True)
class Wish:
    """`request_no`: the open after-sale request that a refund settles. `client_id`: sent again, it is the same wish."""

    order_no: str
    kind: PayoutKind
    amount_fen: int
    cause: PayoutCause
    client_id: str
    form: PayoutForm = PayoutForm.CASH
    request_no: str = ""
    reason: str = ""


def give_payout(uow: UnitOfWork, conversation_id: str, staff: Staff, wish: Wish, at: Moment) -> Payout:
    """The buyer has it from now on.

    Raises NotYourTalk, OrderUnknown, FieldWrong, TooLong, AlreadyOpen(number) while a leader has the same before him,
    WrongState for an after-sale request that is closed, MoreThanPaid(left_fen), BeyondAuthority(role, most_fen).
    """
    payout = _find_sent(uow, conversation_id, staff, wish)
    if payout is not None:
        return payout
    payout, order = _begin(uow, conversation_id, staff, wish, at)
    check_amount(uow, order, payout.kind, staff, wish.amount_fen, at)
    uow.payouts.add(payout)
    settle(uow, payout, staff, PayoutState.GIVEN, wish.amount_fen, at.now)
    _note(uow, payout, staff, GIVEN, at)
    return payout


def ask_for_payout(uow: UnitOfWork, conversation_id: str, staff: Staff, wish: Wish, at: Moment) -> Payout:
    """Before the leaders, with the reason. Raises the same but for the authority, and FieldWrong without a reason."""
    payout = _find_sent(uow, conversation_id, staff, wish)
    if payout is not None:
        return payout
    if not wish.reason.strip():
        raise FieldWrong(field="reason", value="")
    payout, order = _begin(uow, conversation_id, staff, wish, at)
    left = payable_fen(uow, order)
    if wish.amount_fen > left:
        raise MoreThanPaid(left_fen=left)
    uow.payouts.add(payout)
    note = f"{payout.number} {payout.kind.value} {payout.asked_fen / 100:.2f} 元，{staff.name}：{payout.reason}"
    uow.alerts.add(Alert(AlertKind.PAYOUT, at.now, conversation_id, note=note))
    _note(uow, payout, staff, ASKED, at)
    return payout


def check_amount(  # noqa: PLR0917  # who gives how much of what, when
    uow: UnitOfWork, order: Order, kind: PayoutKind, staff: Staff, amount_fen: int, at: Moment
) -> None:
    """Raises MoreThanPaid(left_fen), BeyondAuthority(role, most_fen)."""
    left = find_left(uow, order, kind, staff.role, at.policy)
    if amount_fen > left.in_all:
        raise MoreThanPaid(left_fen=left.in_all)
    if amount_fen > left.by_role:
        raise BeyondAuthority(role=staff.role.value, most_fen=left.by_role)


def settle(  # noqa: PLR0917  # the parts of a decision
    uow: UnitOfWork, payout: Payout, by: Staff, state: PayoutState, amount_fen: int | None, now: datetime
) -> None:
    """Write the decision down, and close the after-sale request that it settles with what was given."""
    payout.state, payout.amount_fen = state, amount_fen
    payout.decided_by, payout.decided_at = by.id, now
    if state in PAID_OUT and payout.request_no:
        request = get_open_request(uow, payout.order_no, payout.request_no)
        request.amount_fen = amount_fen
        close(request, AfterSaleState.DONE, by.id, f"{payout.kind.value} {payout.number}", now)


def get_open_request(uow: UnitOfWork, order_no: str, request_no: str) -> AfterSale:
    """Raises FieldWrong for one that is not of this order, WrongState."""
    request = uow.aftersales.find(request_no)
    if request is None or request.order_no != order_no:
        raise FieldWrong(field="request_no", value=request_no)
    if request.state is not AfterSaleState.OPEN:
        raise WrongState(number=request.number, status=request.state.value, to=PayoutKind.REFUND.value)
    return request


def _find_sent(uow: UnitOfWork, conversation_id: str, staff: Staff, wish: Wish) -> Payout | None:
    """The same wish, where the same person has sent it before. Nobody else sends one at the same time."""
    uow.conversations.lock(conversation_id)
    payout = uow.payouts.find_by_client_id(wish.client_id)
    if payout is not None and payout.asked_by != staff.id:
        raise FieldWrong(field="client_id", value=wish.client_id)
    return payout


def _begin(uow: UnitOfWork, conversation_id: str, staff: Staff, wish: Wish, at: Moment) -> tuple[Payout, Order]:
    conversation = get_own(uow, conversation_id, staff)
    access_order(uow, conversation, wish.order_no)
    order = uow.orders.lock(wish.order_no)
    if wish.amount_fen <= 0 or bool(wish.request_no) != (wish.kind is PayoutKind.REFUND):
        raise FieldWrong(field="amount_fen" if wish.amount_fen <= 0 else "request_no", value=wish.amount_fen)
    if wish.kind is PayoutKind.REFUND and wish.form is not PayoutForm.CASH:
        raise FieldWrong(field="form", value=wish.form.value)
    if wish.request_no:
        get_open_request(uow, wish.order_no, wish.request_no)
    for other in uow.payouts.of_order(wish.order_no):
        if other.state is PayoutState.WAITING and other.kind is wish.kind:
            raise AlreadyOpen(number=other.number)
    return _payout(uow, conversation, staff, wish, at.now), order


def _payout(uow: UnitOfWork, conversation: Conversation, staff: Staff, wish: Wish, now: datetime) -> Payout:
    return Payout(
        number=uow.numbers.next("TB", now),
        conversation_id=conversation.id,
        order_no=wish.order_no,
        kind=wish.kind,
        form=wish.form,
        cause=wish.cause,
        asked_fen=wish.amount_fen,
        asked_by=staff.id,
        created_at=now,
        client_id=wish.client_id,
        reason=check_note(wish.reason),
        request_no=wish.request_no,
    )


def _note(uow: UnitOfWork, payout: Payout, staff: Staff, action: str, at: Moment) -> None:
    after = {
        "kind": payout.kind.value,
        "form": payout.form.value,
        "cause": payout.cause.value,
        "order_no": payout.order_no,
        "asked_fen": payout.asked_fen,
        "amount_fen": payout.amount_fen,
        "state": payout.state.value,
        "reason": payout.reason,
    }
    note_change(uow, staff, ChangeKind.APPROVAL, payout.number, action, at.now, after=after)
