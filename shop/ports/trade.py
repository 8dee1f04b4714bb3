"""Goods, orders and what is agreed about them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from shop.model import (
    AfterSale,
    Approval,
    BargainRound,
    Buyer,
    Complaint,
    FreightTemplate,
    Offer,
    Order,
    Parcel,
    Payout,
    Product,
    Promotion,
    Receiver,
)


class Products(Protocol):
    def find(self, code: str) -> Product | None: ...
    def get(self, code: str) -> Product: ...
    def find_by_sku(self, sku: str) -> Product | None: ...
    def pictures(self, codes: Collection[str]) -> Mapping[str, str]:
        """Code → picture, of the products that have one."""

    def on_sale(self, kind: str | None = None) -> Sequence[Product]:
        """Main products first, then best-sellers, then by code."""

    def withdrawn(self) -> Sequence[str]:
        """Titles of what is not sold any more."""

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

    def receivers_of(self, buyer_ids: Collection[str]) -> Mapping[str, Sequence[Receiver]]:
        """To whom their orders go; who has none is not in it."""

    def add(self, order: Order) -> None: ...


class Parcels(Protocol):
    def find(self, waybill: str) -> Parcel | None: ...
    def of_order(self, order_no: str) -> Sequence[Parcel]:
        """In the order sent."""

    def of_orders(self, order_nos: Sequence[str]) -> Sequence[Parcel]:
        """Of all of them, in the order sent."""

    def add(self, parcel: Parcel) -> None: ...


class AfterSales(Protocol):
    def find(self, number: str) -> AfterSale | None: ...
    def find_by_turn(self, turn_id: str) -> AfterSale | None: ...
    def of_order(self, order_no: str) -> Sequence[AfterSale]:
        """Newest first."""

    def of_orders(self, order_nos: Sequence[str]) -> Sequence[AfterSale]:
        """Of all of them, newest first."""

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

    def given(self, since: datetime, until: datetime) -> Sequence[Offer]:
        """From `since` on and before `until`, oldest first."""

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

    def decided(self, limit: int) -> Sequence[Approval]:
        """The last decided first."""

    def add(self, approval: Approval) -> None: ...


class Payouts(Protocol):
    def find(self, number: str) -> Payout | None: ...
    def find_by_client_id(self, client_id: str) -> Payout | None: ...
    def lock(self, number: str) -> Payout:
        """For writing, like Conversations.lock. Raises RequestUnknown."""

    def of_order(self, order_no: str) -> Sequence[Payout]:
        """Newest first."""

    def waiting(self) -> Sequence[Payout]:
        """Oldest first."""

    def decided(self, limit: int) -> Sequence[Payout]:
        """Of those that were asked for, the last decided first."""

    def add(self, payout: Payout) -> None: ...
