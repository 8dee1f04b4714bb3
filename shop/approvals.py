"""A price beyond the bot's limit goes before a person, who decides within the role's limit. BG-03, BG-05, BG-07."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shop.errors import BeyondAuthority, Decided, FieldWrong
from shop.model import Approval, ApprovalState, Conversation, Offer, Role
from shop.offers import Subject, find_standing, give_offer, lowest_fen
from shop.policy import DiscountTier, Policy
from shop.ports import UnitOfWork
from shop.takeover import name_of

AUTHORITY: dict[Role, Callable[[DiscountTier], int]] = {
    Role.MANAGER: lambda tier: 1000,
    Role.SUPERVISOR: lambda tier: tier.supervisor,
    Role.LEADER: lambda tier: tier.agent,
    Role.PRESALE_AGENT: lambda tier: tier.agent,
    Role.AFTERSALE_AGENT: lambda tier: tier.agent,
    Role.AGENT: lambda tier: tier.agent,
}
"""How much each role may take off, per mille. Who is not here decides on no price."""


@dataclass(frozen=True)
class Decision:
    """`offer`: what the buyer has now because of it; None after a refusal."""

    approval: Approval
    offer: Offer | None


def ask_leader(
    uow: UnitOfWork,
    conversation: Conversation,
    subject: Subject,
    asked_fen: int | None,
    *,
    attempt: int,
    now: datetime,
    turn_id: str,
) -> Approval:
    """Put the request before the people who may decide."""
    approval = Approval(
        number=uow.numbers.next("SP", now),
        conversation_id=conversation.id,
        buyer_id=subject.buyer_id or conversation.buyer_id,
        product_code=subject.product_code,
        order_no=subject.order_no,
        list_fen=subject.list_fen,
        asked_fen=asked_fen,
        created_at=now,
        attempt=attempt,
        turn_id=turn_id,
        sku=subject.sku,
    )
    uow.approvals.add(approval)
    return approval


def decide_approval(
    uow: UnitOfWork,
    number: str,
    *,
    by: str,
    role: Role,
    verdict: ApprovalState,
    price_fen: int | None,
    policy: Policy,
    now: datetime,
) -> Decision:
    """Grant what was asked, change it to `price_fen`, or reject. A price that is agreed becomes the buyer's offer.

    Raises RequestUnknown, Decided(agent, status) where somebody was first, FieldWrong for a price that makes no sense,
    BeyondAuthority(role, lowest_fen).
    """
    approval = uow.approvals.lock(number)
    if approval.state is not ApprovalState.WAITING:
        agent = name_of(uow, approval.decided_by or "")
        raise Decided(number=number, status=approval.state.value, agent=agent, to=verdict.value)
    agreed = _agreed_fen(approval, verdict, price_fen)
    _check_authority(approval, role, agreed, policy)
    approval.state, approval.decided_fen = verdict, agreed
    approval.decided_by, approval.decided_at = by, now
    return Decision(approval, None if agreed is None else _give(uow, approval, agreed, policy, now))


def _agreed_fen(approval: Approval, verdict: ApprovalState, price_fen: int | None) -> int | None:
    prices = {ApprovalState.GRANTED: approval.asked_fen, ApprovalState.CHANGED: price_fen}
    if verdict is ApprovalState.REJECTED:
        return None
    price = prices.get(verdict)
    if price is None or not 0 < price < approval.list_fen:
        raise FieldWrong(field="price_fen", value=price, low=1, high=approval.list_fen - 1)
    return price


def lowest_of(role: Role, list_fen: int, policy: Policy) -> int | None:
    """The least that this role may let it go for; None for who decides on no price."""
    allowed = AUTHORITY.get(role)
    return lowest_fen(list_fen, allowed(policy.tier_for(list_fen))) if allowed else None


def _check_authority(approval: Approval, role: Role, agreed_fen: int | None, policy: Policy) -> None:
    lowest = lowest_of(role, approval.list_fen, policy)
    if lowest is None or (agreed_fen is not None and agreed_fen < lowest):
        raise BeyondAuthority(role=role.value, lowest_fen=lowest)


def subject_of(approval: Approval) -> Subject:
    """What it was asked for, at the price of then."""
    return Subject(approval.list_fen, approval.product_code, approval.sku, approval.order_no, approval.buyer_id)


def _give(uow: UnitOfWork, approval: Approval, price_fen: int, policy: Policy, now: datetime) -> Offer:
    """A better price that the buyer was promised before is not taken back."""
    conversation = uow.conversations.lock(approval.conversation_id)
    standing = find_standing(uow, conversation, subject_of(approval), now)
    if standing is not None and standing.price_fen <= price_fen:
        return standing
    return give_offer(
        uow, conversation, subject_of(approval), price_fen, policy=policy, now=now, by=approval.decided_by or ""
    )
