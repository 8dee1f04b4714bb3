"""Refunds and compensations as agents and leaders see them, and the way a decision takes to the talk. HE-06."""

from datetime import timedelta

from desk.approving import tell_count
from desk.console.shapes import Shapes, show_note
from desk.context import Desk
from desk.shown import Json, iso
from desk.telling import Teller
from shop.model import Payout, PayoutCause, Staff
from shop.payout_answers import Told, Verdict, answer_payout, get_payout, word_payout
from shop.payout_choices import find_choices
from shop.payout_limits import find_left
from shop.payouts import Wish, ask_for_payout, give_payout
from shop.ports import UnitOfWork

DECIDED = 50
"""So many of the last decided are listed."""


def list_payouts(uow: UnitOfWork, desk: Desk, staff: Staff) -> Json:
    """`late`: it waits longer than the rule says; `most_fen`: what this person may give of it."""
    shapes = Shapes(uow, desk.showing)
    waiting = [_show(shapes, payout, desk, staff) for payout in uow.payouts.waiting()]
    decided = [_show(shapes, payout, desk, staff) for payout in uow.payouts.decided(DECIDED)]
    return {"waiting": waiting, "decided": decided}


def _show(shapes: Shapes, payout: Payout, desk: Desk, staff: Staff) -> Json:
    uow, policy = shapes.uow, shapes.uow.policies.current()
    talk, order = uow.conversations.find(payout.conversation_id), uow.orders.find(payout.order_no)
    left = find_left(uow, order, payout.kind, staff.role, policy) if order else None
    waited = desk.now() - payout.created_at
    return {
        "number": payout.number,
        "talk": payout.conversation_id,
        "nick": talk.nick if talk else "",
        "holder": talk.holder.value if talk else "bot",
        "agent": shapes.name(talk.agent_id or "") if talk else "",
        "kind": payout.kind.value,
        "form": payout.form.value,
        "cause": payout.cause.value,
        "item": order.goods if order else "",
        "order_no": payout.order_no,
        "request_no": payout.request_no,
        "paid_fen": order.total_fen if order else 0,
        "left_fen": left.in_all if left else 0,
        "most_fen": left.by_role if left else 0,
        "asked_fen": payout.asked_fen,
        "asked_by": shapes.name(payout.asked_by),
        "reason": payout.reason,
        "created_at": iso(payout.created_at),
        "minutes": max(0, waited // timedelta(minutes=1)),
        "late": waited >= timedelta(minutes=policy.approval_minutes),
        "state": payout.state.value,
        "amount_fen": payout.amount_fen,
        "decided_by": shapes.name(payout.decided_by),
        "decided_at": payout.decided_at and iso(payout.decided_at),
    }


async def show_choices(desk: Desk, talk: str, staff: Staff) -> Json:
    """What may be given in this talk. Raises NotYourTalk, ConversationUnknown."""

    def use_case(uow: UnitOfWork) -> Json:
        causes = [cause.value for cause in PayoutCause]
        return {"causes": causes, "orders": find_choices(uow, talk, staff, uow.policies.current())}

    return await desk.look(use_case)


async def give(desk: Desk, teller: Teller, talk: str, staff: Staff, wish: Wish) -> Json:
    """The payout, and words by which the agent may tell the buyer."""

    def use_case(uow: UnitOfWork) -> Json:
        at = desk.moment(uow)
        payout = give_payout(uow, talk, staff, wish, at)
        words = "" if payout.amount_fen is None else word_payout(payout, at).text
        return {"number": payout.number, "amount_fen": payout.amount_fen, "state": payout.state.value, "text": words}

    return (await teller.change(talk, use_case)).result


async def ask_leaders(desk: Desk, teller: Teller, talk: str, staff: Staff, wish: Wish) -> Json:
    def use_case(uow: UnitOfWork) -> Json:
        payout = ask_for_payout(uow, talk, staff, wish, desk.moment(uow))
        return {"number": payout.number, "state": payout.state.value}

    asked = (await teller.change(talk, use_case)).result
    await tell_count(desk)
    return asked


async def decide(desk: Desk, teller: Teller, number: str, staff: Staff, verdict: Verdict) -> Json:
    """The payout as it then stands. Raises what `answer_payout` raises."""

    def use_case(uow: UnitOfWork) -> tuple[Json, Told]:
        told = answer_payout(uow, number, staff, verdict, desk.moment(uow))
        return _show(Shapes(uow, desk.showing), told.payout, desk, staff), told

    talk = await desk.look(lambda uow: get_payout(uow, number).conversation_id)
    shown, told = (await teller.change(talk, use_case)).result
    await desk.rooms.inside("note", show_note(told.note), talk)
    if told.draft is not None:
        await desk.rooms.person("draft", {"talk": talk, "text": told.draft}, told.agent_id)
    await tell_count(desk)
    return shown
