"""Running promotions and personal offers."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class PromotionKind(str, Enum):
    FULL_REDUCTION = "满减"
    COUPON = "优惠券"
    GIFT = "满赠"


@dataclass(frozen=True)
class Tier:
    """From `from_fen` on (inclusive, to the cent): `off_fen` less, or the gift."""

    from_fen: int
    off_fen: int = 0
    gift: str = ""
    gift_stock: int = 0


@dataclass(eq=False)
class Promotion:
    """`product_codes` empty: the whole shop. Holds from `starts_at` (inclusive) to `ends_at` (exclusive)."""

    code: str
    title: str
    kind: PromotionKind
    tiers: list[Tier]
    starts_at: datetime
    ends_at: datetime
    product_codes: list[str] = field(default_factory=list)
    how: str = ""
    """How a buyer gets it, in the words shown (领券中心领取 …)."""

    def runs_at(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at

    def covers(self, product_code: str | None) -> bool:
        return not self.product_codes or product_code in self.product_codes

    def tier_for(self, amount_fen: int) -> Tier | None:
        """The best tier that `amount_fen` reaches; a gift that is used up is no tier."""
        reached = [t for t in self.tiers if amount_fen >= t.from_fen and (not t.gift or t.gift_stock > 0)]
        return max(reached, key=lambda t: t.from_fen, default=None)

    def next_tier(self, amount_fen: int) -> Tier | None:
        """The nearest tier that `amount_fen` does not reach yet."""
        ahead = [t for t in self.tiers if amount_fen < t.from_fen and (not t.gift or t.gift_stock > 0)]
        return min(ahead, key=lambda t: t.from_fen, default=None)


class OfferState(str, Enum):
    OPEN = "有效"
    USED = "已使用"
    EXPIRED = "已过期"


@dataclass(eq=False)
class Offer:
    """A price for one buyer and one product (or one unpaid order), good until `expires_at`."""

    number: str
    conversation_id: str
    buyer_id: str | None
    product_code: str | None
    order_no: str | None
    list_fen: int
    price_fen: int
    round: int
    created_at: datetime
    expires_at: datetime
    granted_by: str = "bot"
    state: OfferState = OfferState.OPEN
    turn_id: str = ""
    sku: str = ""
    """The variant whose price was bargained about; empty for an order."""


class ApprovalState(str, Enum):
    WAITING = "待审批"
    GRANTED = "已同意"
    REJECTED = "已拒绝"
    CHANGED = "已改价"


@dataclass(eq=False)
class Approval:
    """An asked price beyond the bot's own limit, before a manager. `asked_fen` None: no figure was named."""

    number: str
    conversation_id: str
    buyer_id: str | None
    product_code: str | None
    order_no: str | None
    list_fen: int
    asked_fen: int | None
    created_at: datetime
    attempt: int = 1
    state: ApprovalState = ApprovalState.WAITING
    decided_fen: int | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    turn_id: str = ""
    sku: str = ""


class BargainMove(str, Enum):
    """What the shop answers to bargaining, in the order in which it comes (requirements BG-01 to BG-09)."""

    STAND = "店铺立场"
    VALUE = "价值说明"
    OFFER = "给出优惠"
    STANDING = "优惠有效"
    ASK_LEADER = "请示领导"
    COUNTER = "还价"
    TO_PERSON = "转人工"


@dataclass(eq=False)
class BargainRound:
    """One answer given: what was asked (None: no figure) and what was said. `number` counts within the conversation."""

    conversation_id: str
    number: int
    move: BargainMove
    at: datetime
    list_fen: int
    product_code: str | None = None
    order_no: str | None = None
    asked_fen: int | None = None
    offer_number: str = ""
    approval_number: str = ""
    turn_id: str = ""
