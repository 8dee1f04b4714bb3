"""Requests for a price as the leaders see them, and the way their decision takes to the buyer or the agent. BG-07."""

from datetime import timedelta

from desk.console.shapes import Shapes, show_note
from desk.context import Desk
from desk.shown import Json, iso
from desk.telling import Teller
from phrases.labels import ACCEPT_OFFER, STILL_DEAR
from shop.agent_prices import ASKED, Wish, ask_for_price, give_price
from shop.approval_answers import Verdict, answer_request, find_item, get_approval
from shop.approvals import lowest_of
from shop.model import Approval, ChangeKind, Staff
from shop.policy import Policy
from shop.ports import UnitOfWork

CHOICES = (
    {"title": ACCEPT_OFFER, "payload": "/request_price_change"},
    {"title": STILL_DEAR, "payload": "/bargain"},
)
"""What the buyer may answer to a price."""
DECIDED = 50
"""So many of the last decided are listed."""


def list_requests(uow: UnitOfWork, desk: Desk, staff: Staff) -> Json:
    """`late`: it waits longer than the rule says; `lowest_fen`: what this person may go down to."""
    shapes, policy = Shapes(uow, desk.showing), uow.policies.current()
    waiting = [_show(shapes, approval, desk, staff, policy) for approval in uow.approvals.waiting()]
    decided = [_show(shapes, approval, desk, staff, policy) for approval in uow.approvals.decided(DECIDED)]
    return {"waiting": waiting, "decided": decided, "role": staff.role.value, "minutes": policy.approval_minutes}


def _show(shapes: Shapes, approval: Approval, desk: Desk, staff: Staff, policy: Policy) -> Json:
    uow = shapes.uow
    talk = uow.conversations.find(approval.conversation_id)
    product = uow.products.find(approval.product_code) if approval.product_code else None
    asked = next((c for c in uow.changes.of(ChangeKind.APPROVAL, approval.number, 5) if c.action == ASKED), None)
    due = approval.created_at + timedelta(minutes=policy.approval_minutes)
    return {
        "number": approval.number,
        "talk": approval.conversation_id,
        "nick": talk.nick if talk else "",
        "holder": talk.holder.value if talk else "bot",
        "agent": shapes.name(talk.agent_id or "") if talk else "",
        "item": find_item(uow, approval),
        "picture": product.picture if product else "",
        "order_no": approval.order_no or "",
        "list_fen": approval.list_fen,
        "asked_fen": approval.asked_fen,
        "lowest_fen": lowest_of(staff.role, approval.list_fen, policy),
        "attempt": approval.attempt,
        "asked_by": asked.name if asked else "",
        "reason": str((asked.after or {}).get("reason", "")) if asked else "",
        "created_at": iso(approval.created_at),
        "minutes": max(0, (desk.now() - approval.created_at) // timedelta(minutes=1)),
        "late": desk.now() >= due,
        "state": approval.state.value,
        "decided_fen": approval.decided_fen,
        "decided_by": shapes.name(approval.decided_by or ""),
        "decided_at": approval.decided_at and iso(approval.decided_at),
    }


async def decide(desk: Desk, teller: Teller, number: str, staff: Staff, verdict: Verdict) -> Json:
    """The request as it then stands. Raises what `answer_request` raises."""

    def use_case(uow: UnitOfWork) -> tuple[Json, Json | None]:
        handed = answer_request(uow, number, staff, verdict, desk.moment(uow), CHOICES)
        shown = _show(Shapes(uow, desk.showing), get_approval(uow, number), desk, staff, uow.policies.current())
        if handed is None:
            return shown, None
        return shown, {"agent": handed.agent_id, "note": show_note(handed.note), "draft": handed.draft}

    conversation_id = await desk.look(lambda uow: get_approval(uow, number).conversation_id)
    shown, news = (await teller.change(conversation_id, use_case)).result
    if news is not None:
        await desk.rooms.inside("note", news["note"], conversation_id)
    if news is not None and news["draft"] is not None:
        await desk.rooms.person("draft", {"talk": conversation_id, "text": news["draft"]}, news["agent"])
    await tell_count(desk)
    return shown


async def give(desk: Desk, teller: Teller, talk: str, staff: Staff, wish: Wish) -> Json:
    """The offer, and words by which the agent may tell the buyer."""

    def use_case(uow: UnitOfWork) -> Json:
        at = desk.moment(uow)
        offer = give_price(uow, talk, staff, wish, at)
        facts = {"offer_fen": offer.price_fen, "expires_at": offer.expires_at.isoformat()}
        return {
            "number": offer.number,
            "price_fen": offer.price_fen,
            "expires_at": iso(offer.expires_at),
            "text": at.say("bargain_offer", **facts).text,
        }

    return (await teller.change(talk, use_case)).result


async def ask_leaders(desk: Desk, teller: Teller, talk: str, staff: Staff, wish: Wish) -> Json:
    """They hear of it with the next look around."""

    def use_case(uow: UnitOfWork) -> Json:
        return {"number": ask_for_price(uow, talk, staff, wish, desk.moment(uow)).number}

    asked = (await teller.change(talk, use_case)).result
    await tell_count(desk)
    return asked


async def count_waiting(desk: Desk) -> int:
    """Prices, refunds and compensations."""
    return await desk.look(lambda uow: len(uow.approvals.waiting()) + len(uow.payouts.waiting()))


async def tell_count(desk: Desk) -> None:
    await desk.rooms.leaders("approvals", {"waiting": await count_waiting(desk)})
