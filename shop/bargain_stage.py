"""Where a bargain stands, and which answer is next. BG-01 to BG-09."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shop.model import Approval, ApprovalState, BargainMove, BargainRound, Offer

Rung = tuple[BargainMove, Callable[["Stage"], bool]]
ATTEMPTS = 2
"""Requests to the leader in one talk: the first, and one more after a refusal (BG-06)."""
INSISTING = frozenset({BargainMove.STANDING, BargainMove.ASK_LEADER, BargainMove.COUNTER})
"""Rounds that count towards `policy.bargain_rounds`."""


@dataclass(frozen=True)
class Ask:
    """What the buyer named, at most one of them: a price, an amount off, or what is left per mille (九五折 = 950)."""

    price_fen: int | None = None
    off_fen: int | None = None
    discount: int | None = None

    def target_fen(self, list_fen: int) -> int | None:
        """The price that is asked for; None where no figure was named."""
        if self.price_fen is not None:
            return max(0, self.price_fen)
        if self.off_fen is not None:
            return max(0, list_fen - max(0, self.off_fen))
        return None if self.discount is None else max(0, -(-list_fen * self.discount // 1000))


@dataclass(frozen=True)
class Stage:
    """Where the talk about one thing stands when a message comes. `rounds` oldest first, of this talk only."""

    rounds: Sequence[BargainRound]
    list_fen: int
    asked_fen: int | None
    offer: Offer | None
    approval: Approval | None
    settled: bool
    """The order has its special price: no second one."""
    lowest_fen: int
    price_fen: int | None
    """What the bot may give now; None: nothing."""
    patience: int

    def said(self, move: BargainMove) -> bool:
        return any(r.move is move for r in self.rounds)

    @property
    def accepts(self) -> bool:
        return self.offer is not None and self.asked_fen is not None and self.asked_fen >= self.offer.price_fen

    @property
    def asks_nothing(self) -> bool:
        return self.asked_fen is not None and self.asked_fen >= self.list_fen

    @property
    def waits(self) -> bool:
        return self.approval is not None and self.approval.state is ApprovalState.WAITING

    @property
    def rejected(self) -> bool:
        return self.approval is not None and self.approval.state is ApprovalState.REJECTED

    @property
    def countered(self) -> bool:
        number = self.approval.number if self.approval else ""
        return any(r.move is BargainMove.COUNTER and r.approval_number == number for r in self.rounds)

    @property
    def may_counter(self) -> bool:
        first = self.approval is not None and self.approval.attempt < ATTEMPTS
        return first and not self.countered and (self.offer is not None or self.price_fen is not None)

    @property
    def may_ask(self) -> bool:
        return not self.settled and (self.approval is None or (self.rejected and self.countered))

    @property
    def beyond(self) -> bool:
        """Wants more than the bot may ever give."""
        if self.asked_fen is not None:
            return self.asked_fen < self.lowest_fen
        return self.offer is None or self.price_fen is None or self.offer.price_fen <= self.price_fen

    @property
    def tired(self) -> bool:
        return sum(r.move in INSISTING for r in self.rounds) >= self.patience


LADDER: tuple[Rung, ...] = (
    (BargainMove.STANDING, lambda s: s.accepts),
    (BargainMove.STAND, lambda s: s.offer is None and not s.said(BargainMove.STAND)),
    (BargainMove.VALUE, lambda s: s.offer is None and (s.asks_nothing or not s.said(BargainMove.VALUE))),
    (BargainMove.COUNTER, lambda s: s.rejected and s.may_counter),
    (BargainMove.TO_PERSON, lambda s: s.rejected and not s.countered),
    (BargainMove.TO_PERSON, lambda s: s.tired),
    (BargainMove.ASK_LEADER, lambda s: s.waits),
    (BargainMove.OFFER, lambda s: s.offer is None and s.price_fen is not None),
    (BargainMove.ASK_LEADER, lambda s: s.beyond and s.may_ask),
    (BargainMove.STANDING, lambda s: s.offer is not None),
    (BargainMove.TO_PERSON, lambda s: True),
)
"""The first whose condition holds is answered."""

DECIDED: tuple[Rung, ...] = (
    (BargainMove.COUNTER, lambda s: s.rejected and s.may_counter),
    (BargainMove.STANDING, lambda s: not s.rejected and s.offer is not None),
    (BargainMove.TO_PERSON, lambda s: True),
)
"""The same once the leader has decided, before the buyer says anything."""


def climb(ladder: Sequence[Rung], stage: Stage) -> BargainMove:
    return next(move for move, holds in ladder if holds(stage))
