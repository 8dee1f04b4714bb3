"""Making a move in a bargain: what it puts down, and what the buyer can be told of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shop.approvals import ask_leader
from shop.bargain_stage import Stage
from shop.model import Approval, BargainMove, BargainRound, Conversation, Offer
from shop.offers import Subject, give_offer
from shop.policy import Policy
from shop.ports import UnitOfWork


@dataclass(frozen=True)
class Move:
    """What to say. `offer` is set where a price is named, `approval` where the leader is or was asked."""

    kind: BargainMove
    round: int
    list_fen: int
    asked_fen: int | None = None
    offer: Offer | None = None
    approval: Approval | None = None
    waiting: bool = False
    """The leader was asked in an earlier round and has not answered yet (BG-08)."""

    @property
    def offer_fen(self) -> int | None:
        return self.offer.price_fen if self.offer else None

    @property
    def saved_fen(self) -> int | None:
        return self.offer.list_fen - self.offer.price_fen if self.offer else None

    @property
    def discount(self) -> int | None:
        """What is left, per mille, rounded up so that it never promises more than the price does."""
        return -(-self.offer.price_fen * 1000 // self.offer.list_fen) if self.offer else None

    @property
    def expires_at(self) -> datetime | None:
        return self.offer.expires_at if self.offer else None


@dataclass(frozen=True)
class Play:
    """Makes one move: what it puts down, then the round itself."""

    uow: UnitOfWork
    conversation: Conversation
    subject: Subject
    policy: Policy
    now: datetime
    turn_id: str

    def make(self, kind: BargainMove, stage: Stage) -> Move:
        effect = _EFFECTS.get(kind)
        stage = effect(self, stage) if effect else stage
        named = stage.offer if kind in _NAMES_PRICE else None
        past = self.uow.bargains.of_conversation(self.conversation.id)
        made = BargainRound(
            conversation_id=self.conversation.id,
            number=past[-1].number + 1 if past else 1,
            move=kind,
            at=self.now,
            list_fen=stage.list_fen,
            product_code=self.subject.product_code,
            order_no=self.subject.order_no,
            asked_fen=stage.asked_fen,
            offer_number=named.number if named else "",
            approval_number=stage.approval.number if stage.approval else "",
            turn_id=self.turn_id,
        )
        self.uow.bargains.add(made)
        return recall(self.uow, made)

    def offer(self, stage: Stage) -> Stage:
        """The bot's price, unless one stands that is as good."""
        price = stage.price_fen
        if price is None or (stage.offer is not None and stage.offer.price_fen <= price):
            return stage
        round = len(stage.rounds) + 1
        given = give_offer(
            self.uow,
            self.conversation,
            self.subject,
            price,
            policy=self.policy,
            now=self.now,
            round=round,
            turn_id=self.turn_id,
        )
        return replace(stage, offer=given)

    def ask(self, stage: Stage) -> Stage:
        if stage.waits:
            return stage
        attempt = stage.approval.attempt + 1 if stage.approval else 1
        made = ask_leader(
            self.uow,
            self.conversation,
            self.subject,
            stage.asked_fen,
            attempt=attempt,
            now=self.now,
            turn_id=self.turn_id,
        )
        return replace(stage, approval=made)


_EFFECTS: dict[BargainMove, Callable[[Play, Stage], Stage]] = {
    BargainMove.OFFER: Play.offer,
    BargainMove.COUNTER: Play.offer,
    BargainMove.ASK_LEADER: Play.ask,
}
_NAMES_PRICE = frozenset({BargainMove.OFFER, BargainMove.STANDING, BargainMove.COUNTER})


def recall(uow: UnitOfWork, made: BargainRound) -> Move:
    earlier = (r for r in uow.bargains.of_conversation(made.conversation_id) if r.number < made.number)
    asked_before = any(_asks(r, made.approval_number) for r in earlier)
    return Move(
        kind=made.move,
        round=made.number,
        list_fen=made.list_fen,
        asked_fen=made.asked_fen,
        offer=uow.offers.find(made.offer_number) if made.offer_number else None,
        approval=uow.approvals.find(made.approval_number) if made.approval_number else None,
        waiting=asked_before and _asks(made, made.approval_number),
    )


def _asks(past: BargainRound, approval_number: str) -> bool:
    return past.move is BargainMove.ASK_LEADER and past.approval_number == approval_number
