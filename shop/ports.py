"""What use cases need from outside. `find_` answers None where there is nothing, `get_` raises NotFound."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from shop.lexicon import Lexicon
from shop.model import (
    AfterSale,
    Approval,
    BargainRound,
    Buyer,
    Complaint,
    Conversation,
    FreightTemplate,
    Message,
    Offer,
    Order,
    Parcel,
    Product,
    Promotion,
    Staff,
    Task,
    Turn,
)
from shop.policy import Policy


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""


class Courier(Protocol):
    """One courier company: how its waybills look and what it says of a parcel."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def phone(self) -> str:
        """The public hotline."""

    def knows(self, waybill: str) -> bool:
        """Whether the number has this company's form."""


class Products(Protocol):
    def find(self, code: str) -> Product | None: ...
    def get(self, code: str) -> Product: ...
    def find_by_sku(self, sku: str) -> Product | None: ...
    def on_sale(self, kind: str | None = None) -> Sequence[Product]:
        """Main products first, then best-sellers, then by code."""

    def add(self, product: Product) -> None: ...


class Promotions(Protocol):
    def running(self, at: datetime) -> Sequence[Promotion]: ...
    def find(self, code: str) -> Promotion | None: ...
    def lock(self, code: str) -> Promotion:
        """For writing (gift stock). Raises NotFound."""

    def add(self, promotion: Promotion) -> None: ...


class Freight(Protocol):
    def template(self) -> FreightTemplate | None:
        """The shop's (first) template."""

    def add(self, template: FreightTemplate) -> None: ...


class Buyers(Protocol):
    def find(self, buyer_id: str) -> Buyer | None: ...
    def find_by_nick(self, nick: str) -> Buyer | None: ...
    def listed(self, limit: int) -> Sequence[Buyer]: ...
    def add(self, buyer: Buyer) -> None: ...


class Orders(Protocol):
    def find(self, order_no: str) -> Order | None: ...
    def lock(self, order_no: str) -> Order:
        """For writing, like Conversations.lock. Raises OrderUnknown."""

    def of_buyer(self, buyer_id: str) -> Sequence[Order]:
        """Newest first."""

    def of_tail(self, tail: str) -> Sequence[Order]:
        """Every buyer's orders whose number ends in these four signs, newest first. Only for staff."""

    def add(self, order: Order) -> None: ...


class Parcels(Protocol):
    def find(self, waybill: str) -> Parcel | None: ...
    def of_order(self, order_no: str) -> Sequence[Parcel]:
        """In the order sent."""

    def add(self, parcel: Parcel) -> None: ...


class AfterSales(Protocol):
    def find(self, number: str) -> AfterSale | None: ...
    def find_by_turn(self, turn_id: str) -> AfterSale | None: ...
    def of_order(self, order_no: str) -> Sequence[AfterSale]:
        """Newest first."""

    def add(self, request: AfterSale) -> None: ...


class Complaints(Protocol):
    def find_by_turn(self, turn_id: str) -> Complaint | None: ...
    def of_conversation(self, conversation_id: str) -> Sequence[Complaint]:
        """Newest first."""

    def add(self, complaint: Complaint) -> None: ...


class Offers(Protocol):
    def find(self, number: str) -> Offer | None: ...
    def lock(self, number: str) -> Offer:
        """For writing, like Conversations.lock. Raises RequestUnknown."""

    def of_conversation(self, conversation_id: str) -> Sequence[Offer]:
        """Newest first."""

    def of_buyer(self, buyer_id: str) -> Sequence[Offer]:
        """Newest first, over all conversations of the buyer."""

    def add(self, offer: Offer) -> None: ...


class Bargains(Protocol):
    def find_by_turn(self, turn_id: str) -> BargainRound | None: ...
    def of_conversation(self, conversation_id: str) -> Sequence[BargainRound]:
        """Oldest first, about whatever was bargained."""

    def add(self, bargain_round: BargainRound) -> None: ...


class Approvals(Protocol):
    def find(self, number: str) -> Approval | None: ...
    def lock(self, number: str) -> Approval:
        """For writing, like Conversations.lock. Raises RequestUnknown."""

    def of_conversation(self, conversation_id: str) -> Sequence[Approval]:
        """Newest first."""

    def waiting(self) -> Sequence[Approval]:
        """Oldest first."""

    def add(self, approval: Approval) -> None: ...


class Tasks(Protocol):
    def find_by_turn(self, turn_id: str) -> Task | None: ...
    def of_conversation(self, conversation_id: str) -> Sequence[Task]:
        """Newest first."""

    def add(self, task: Task) -> None: ...


class Conversations(Protocol):
    def find(self, conversation_id: str) -> Conversation | None: ...
    def find_by_buyer(self, buyer_id: str) -> Conversation | None:
        """The buyer's one conversation."""

    def waiting(self) -> Sequence[Conversation]:
        """Those in the queue, longest first."""

    def lock(self, conversation_id: str) -> Conversation:
        """For writing: no other transaction changes it until this one ends. Raises ConversationUnknown."""

    def add(self, conversation: Conversation) -> None: ...


class Messages(Protocol):
    def after(self, conversation_id: str, seq: int, limit: int | None = None) -> Sequence[Message]:
        """Those with a higher number, in order."""

    def before(self, conversation_id: str, seq: int, limit: int) -> Sequence[Message]:
        """The last `limit` with a lower number, in order."""

    def find(self, conversation_id: str, seq: int) -> Message | None: ...
    def find_by_client_id(self, conversation_id: str, client_msg_id: str) -> Message | None: ...
    def add(self, message: Message) -> None: ...


class Turns(Protocol):
    def find(self, turn_id: str) -> Turn | None: ...
    def pending(self, conversation_id: str | None = None) -> Sequence[Turn]:
        """Oldest first."""

    def add(self, turn: Turn) -> None: ...


class People(Protocol):
    def find(self, staff_id: str) -> Staff | None: ...
    def add(self, staff: Staff) -> None: ...


class Policies(Protocol):
    def current(self) -> Policy:
        """The defaults with the manager's values over them."""

    def set(self, name: str, value: object, by: str, at: datetime) -> None:
        """Raises FieldWrong."""


class DialogueStates(Protocol):
    """What the bot remembers of a talk, as an opaque text; `version` grows with every save."""

    def find(self, conversation_id: str) -> tuple[str, int] | None: ...
    def version(self, conversation_id: str) -> int: ...
    def save(self, conversation_id: str, state: str) -> int:
        """Returns the new version."""


class Numbers(Protocol):
    def next(self, prefix: str, at: datetime) -> str:
        """A number not given before: prefix + yymmdd (Asia/Shanghai) + a growing serial of at least 4 digits."""


class UnitOfWork(Protocol):
    """One transaction. Leaving the `with` block without `commit()` undoes everything."""

    products: Products
    promotions: Promotions
    freight: Freight
    buyers: Buyers
    orders: Orders
    parcels: Parcels
    aftersales: AfterSales
    complaints: Complaints
    offers: Offers
    approvals: Approvals
    bargains: Bargains
    tasks: Tasks
    conversations: Conversations
    messages: Messages
    turns: Turns
    people: People
    policies: Policies
    dialogue_states: DialogueStates
    numbers: Numbers

    def lexicon(self) -> Lexicon: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def __enter__(self) -> "UnitOfWork": ...
    def __exit__(self, *exc: object) -> None: ...
