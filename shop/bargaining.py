"""What the shop answers to bargaining: stand, value, one offer, the leader, a counter-offer, a person. BG-01 to BG-09.

Every answer is stored as a round; where the talk stands follows from the rounds, the offers and the approvals.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shop.approvals import decide_approval, subject_of
from shop.bargain_moves import Move, Play, recall
from shop.bargain_stage import DECIDED, LADDER, Ask, Stage, climb
from shop.errors import WrongState
from shop.model import Approval, ApprovalState, BargainMove, BargainRound, Conversation, Offer, OfferState
from shop.offers import (
    Subject,
    about_order,
    about_product,
    bot_price,
    find_standing,
    fits,
    lowest_fen,
    offers_to,
    used_on,
)
from shop.policy import Policy
from shop.ports import UnitOfWork
from shop.price_changes import find_offer_for, price_change_state, use_offer

__all__ = [
    "Ask",
    "Move",
    "Subject",
    "about_order",
    "about_product",
    "announce_decision",
    "answer_bargain",
    "decide_approval",
    "find_offer_for",
    "find_standing",
    "price_change_state",
    "use_offer",
]


def answer_bargain(
    uow: UnitOfWork,
    conversation: Conversation,
    subject: Subject,
    ask: Ask,
    *,
    policy: Policy,
    now: datetime,
    turn_id: str,
) -> Move:
    """The next move, stored. The same turn again gets the same move and changes nothing."""
    conversation = uow.conversations.lock(conversation.id)
    known = uow.bargains.find_by_turn(turn_id)
    if known is not None:
        return recall(uow, known)
    stage = _stage(uow, conversation, subject, ask.target_fen(subject.list_fen), policy=policy, now=now)
    return Play(uow, conversation, subject, policy, now, turn_id).make(climb(LADDER, stage), stage)


def announce_decision(uow: UnitOfWork, number: str, policy: Policy, now: datetime) -> Move:
    """What the buyer is told unasked once the leader has decided (BG-07); twice is once.

    Raises RequestUnknown, and WrongState while nothing is decided.
    """
    approval = uow.approvals.lock(number)
    if approval.decided_at is None:
        raise WrongState(number=number, status=approval.state.value, to="告知买家")
    conversation = uow.conversations.lock(approval.conversation_id)
    told = next((r for r in uow.bargains.of_conversation(conversation.id) if _tells(r, approval)), None)
    if told is not None:
        return recall(uow, told)
    subject = subject_of(approval)
    stage = _stage(uow, conversation, subject, approval.asked_fen, policy=policy, now=now)
    stage = replace(stage, approval=approval)
    return Play(uow, conversation, subject, policy, now, "").make(climb(DECIDED, stage), stage)


def _tells(past: BargainRound, approval: Approval) -> bool:
    """Whether the buyer learned the decision in this round."""
    decided = approval.decided_at is not None and past.at >= approval.decided_at
    return decided and past.approval_number == approval.number and past.move is not BargainMove.ASK_LEADER


def _stage(
    uow: UnitOfWork,
    conversation: Conversation,
    subject: Subject,
    asked_fen: int | None,
    *,
    policy: Policy,
    now: datetime,
) -> Stage:
    offers = [o for o in offers_to(uow, conversation, subject.buyer_id) if fits(o, subject)]
    _expire(offers, now)
    rounds = _talk(uow.bargains.of_conversation(conversation.id), subject, offers, policy, now)
    used = used_on(uow, conversation, subject.order_no, subject.buyer_id) if subject.order_no else None
    return Stage(
        rounds=rounds,
        list_fen=subject.list_fen,
        asked_fen=asked_fen,
        offer=used if used in offers else find_standing(uow, conversation, subject, now),
        approval=_approval(uow.approvals.of_conversation(conversation.id), subject, rounds),
        settled=used is not None,
        lowest_fen=lowest_fen(subject.list_fen, policy.tier_for(subject.list_fen).bot),
        price_fen=None if used else bot_price(subject.list_fen, asked_fen, policy),
        patience=policy.bargain_rounds,
    )


def _expire(offers: Sequence[Offer], now: datetime) -> None:
    for offer in offers:
        if offer.state is OfferState.OPEN and now >= offer.expires_at:
            offer.state = OfferState.EXPIRED


def _talk(
    rounds: Sequence[BargainRound], subject: Subject, offers: Sequence[Offer], policy: Policy, now: datetime
) -> list[BargainRound]:
    """The rounds about it since the price was last used, or since nobody spoke of it for as long as an offer lasts.

    A buyer has one conversation for life: without this, next year's purchase would begin with a person.
    """
    spent = {o.number for o in offers if o.state is OfferState.USED and o.product_code is not None}
    talk: list[BargainRound] = []
    later = now
    for past in reversed([r for r in rounds if _concerns(r, subject)]):
        if later - past.at > timedelta(hours=policy.offer_hours) or past.offer_number in spent:
            break
        talk.insert(0, past)
        later = past.at
    return talk


def _concerns(past: BargainRound | Approval, subject: Subject) -> bool:
    return (past.product_code, past.order_no) == (subject.product_code, subject.order_no)


def _approval(approvals: Sequence[Approval], subject: Subject, talk: Sequence[BargainRound]) -> Approval | None:
    """The newest request of this talk, or one that still waits."""
    for approval in approvals:
        recent = bool(talk) and approval.created_at >= talk[0].at
        if _concerns(approval, subject) and (recent or approval.state is ApprovalState.WAITING):
            return approval
    return None
