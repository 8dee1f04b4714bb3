"""A leader's decision on money that an agent asked for, and what comes of it in the talk. HE-06."""

from dataclasses import dataclass

from shop.agents import Jotted, add_note
from shop.changes import note_change
from shop.conversations import Line, append_line, say_notice
from shop.errors import Decided, FieldWrong, RequestUnknown
from shop.model import (
    AgentDraft,
    Alert,
    AlertKind,
    ChangeKind,
    Conversation,
    Direction,
    Holder,
    Note,
    NoteKind,
    Payout,
    PayoutForm,
    PayoutKind,
    PayoutState,
    Staff,
)
from shop.moment import Moment
from shop.payouts import check_amount, settle
from shop.ports import UnitOfWork
from shop.takeover import name_of

DECISIONS = frozenset({PayoutState.GRANTED, PayoutState.CHANGED, PayoutState.REJECTED})


@dataclass(frozen=True)
class Verdict:
    """`amount_fen` only where the leader names another sum than was asked for. `words`: why, for the agent."""

    state: PayoutState
    amount_fen: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Told:
    """`draft`: put before the agent who holds the talk; None where there is one already, or nothing to say."""

    payout: Payout
    note: Note
    agent_id: str
    draft: str | None


def get_payout(uow: UnitOfWork, number: str) -> Payout:
    """Raises RequestUnknown."""
    payout = uow.payouts.find(number)
    if payout is None:
        raise RequestUnknown(number=number)
    return payout


def answer_payout(uow: UnitOfWork, number: str, leader: Staff, verdict: Verdict, at: Moment) -> Told:
    """Decides once, writes it down and passes it on: a note for colleagues, and for the buyer the words of the library.

    Raises RequestUnknown, Decided(agent, status) where somebody was first, FieldWrong, MoreThanPaid(left_fen),
    BeyondAuthority(role, most_fen), WrongState where the after-sale request has been closed meanwhile.
    """
    conversation = uow.conversations.lock(get_payout(uow, number).conversation_id)
    payout = uow.payouts.lock(number)
    if payout.state is not PayoutState.WAITING:
        agent = name_of(uow, payout.decided_by)
        raise Decided(number=number, status=payout.state.value, agent=agent, to=verdict.state.value)
    before = {"state": payout.state.value, "asked_fen": payout.asked_fen, "order_no": payout.order_no}
    amount = _agreed_fen(payout, verdict)
    order = uow.orders.lock(payout.order_no)
    if amount is not None:
        check_amount(uow, order, payout.kind, leader, amount, at)
    settle(uow, payout, leader, verdict.state, amount, at.now)
    after = {**before, "state": payout.state.value, "amount_fen": amount}
    note_change(uow, leader, ChangeKind.APPROVAL, number, payout.state.value, at.now, before=before, after=after)
    return _tell(uow, conversation, payout, leader, verdict, at)


def _agreed_fen(payout: Payout, verdict: Verdict) -> int | None:
    if verdict.state not in DECISIONS:
        raise FieldWrong(field="verdict", value=verdict.state.value)
    if verdict.state is PayoutState.REJECTED:
        return None
    amount = payout.asked_fen if verdict.state is PayoutState.GRANTED else verdict.amount_fen
    if amount is None or amount <= 0:
        raise FieldWrong(field="amount_fen", value=amount)
    return amount


def word_payout(payout: Payout, at: Moment) -> Line:
    """What the buyer is told of money that was given."""
    refund = payout.kind is PayoutKind.REFUND
    given = payout.kind.value if refund else payout.form.value
    sum_of = {"refund_fen": payout.amount_fen} if refund else {"compensation_fen": payout.amount_fen}
    asked = {} if payout.state is PayoutState.GIVEN else {"approved": True}
    return at.say("money_given", given=given, order_no=payout.order_no, **sum_of, **asked)


def _tell(  # noqa: PLR0917  # who is told what, when
    uow: UnitOfWork, conversation: Conversation, payout: Payout, leader: Staff, verdict: Verdict, at: Moment
) -> Told:
    """Who holds the talk says it; else the desk does. A refusal is for colleagues: the buyer was promised nothing."""
    words = _brief(payout, leader, verdict)
    note = add_note(uow, conversation.id, leader, Jotted(f"payout-{payout.number}", words, NoteKind.NOTE), at.now)
    agent_id = conversation.agent_id if conversation.holder is Holder.AGENT else None
    to_staff = agent_id or payout.asked_by
    uow.alerts.add(Alert(AlertKind.PAYOUT, at.now, conversation.id, to_staff=to_staff, note=words))
    if payout.amount_fen is None:
        return Told(payout, note, to_staff, None)
    line = word_payout(payout, at)
    if agent_id:
        written = uow.agent_drafts.find(conversation.id, agent_id)
        draft = None if written and written.text.strip() else line.text
        if draft:
            uow.agent_drafts.put(AgentDraft(conversation.id, agent_id, draft, at.now))
        return Told(payout, note, to_staff, draft or None)
    if conversation.holder is Holder.QUEUE:
        say_notice(uow, conversation, line, at.now)
    elif line.text:
        append_line(uow, conversation, Direction.BOT, line, at.now)
    return Told(payout, note, to_staff, None)


def _brief(payout: Payout, leader: Staff, verdict: Verdict) -> str:
    """For colleagues only."""
    asked = f"{payout.kind.value} {payout.asked_fen / 100:.2f} 元"
    head = f"{leader.name}{payout.state.value}退补申请 {payout.number}（订单 {payout.order_no}，{asked}）"
    form = "优惠券 " if payout.form is PayoutForm.COUPON else ""
    given = "" if payout.amount_fen is None else f"，给买家 {form}{payout.amount_fen / 100:.2f} 元"
    why = f"，{verdict.words.strip()}" if verdict.words.strip() else ""
    return f"{head}{given}{why}"
