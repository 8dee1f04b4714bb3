"""What talks lead to: after-sale requests, complaints, offers, approvals, tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Table, select

from shop.errors import RequestUnknown
from shop.model import (
    AfterSale,
    Approval,
    ApprovalState,
    BargainRound,
    Complaint,
    Offer,
    Payout,
    PayoutState,
    Task,
)
from shop.store import tables
from shop.store.repositories.base import Repository

T = TypeVar("T")


class Effects(Repository[T]):
    """Each row knows its conversation and the bot turn that caused it."""

    table: Table

    def find_by_turn(self, turn_id: str) -> T | None:
        """None for the empty id too: what staff did has no turn."""
        return self.one(select(self.cls).where(self.table.c.turn_id == turn_id)) if turn_id else None

    def of_conversation(self, conversation_id: str) -> Sequence[T]:
        return self.newest_first("conversation_id", conversation_id)

    def newest_first(self, column: str, value: Any) -> Sequence[T]:
        t = self.table.c
        return self.many(select(self.cls).where(t[column] == value).order_by(t.created_at.desc(), t.number.desc()))


class SqlAfterSales(Effects[AfterSale]):
    cls, unknown, table = AfterSale, RequestUnknown, tables.aftersales

    def of_order(self, order_no: str) -> Sequence[AfterSale]:
        return self.newest_first("order_no", order_no)

    def of_orders(self, order_nos: Sequence[str]) -> Sequence[AfterSale]:
        t = self.table.c
        some = select(AfterSale).where(t.order_no.in_(order_nos))
        return self.many(some.order_by(t.created_at.desc(), t.number.desc()))


class SqlComplaints(Effects[Complaint]):
    cls, table = Complaint, tables.complaints


class SqlOffers(Effects[Offer]):
    cls, unknown, table = Offer, RequestUnknown, tables.offers

    def of_buyer(self, buyer_id: str) -> Sequence[Offer]:
        return self.newest_first("buyer_id", buyer_id)

    def given(self, since: datetime, until: datetime) -> Sequence[Offer]:
        t = self.table.c
        query = select(Offer).where(t.created_at >= since, t.created_at < until)
        return self.many(query.order_by(t.created_at, t.number))


class SqlApprovals(Effects[Approval]):
    cls, unknown, table = Approval, RequestUnknown, tables.approvals

    def waiting(self) -> Sequence[Approval]:
        t = self.table.c
        query = select(Approval).where(t.state == ApprovalState.WAITING)
        return self.many(query.order_by(t.created_at, t.number))

    def decided(self, limit: int) -> Sequence[Approval]:
        t = self.table.c
        query = select(Approval).where(t.decided_at.is_not(None))
        return self.many(query.order_by(t.decided_at.desc(), t.number.desc()).limit(limit))


class SqlBargains(Effects[BargainRound]):
    cls, table = BargainRound, tables.bargain_rounds

    def of_conversation(self, conversation_id: str) -> Sequence[BargainRound]:
        t = self.table.c
        return self.many(select(BargainRound).where(t.conversation_id == conversation_id).order_by(t.number))


class SqlPayouts(Repository[Payout]):
    cls, unknown = Payout, RequestUnknown

    def find_by_client_id(self, client_id: str) -> Payout | None:
        return self.one(select(Payout).where(tables.payouts.c.client_id == client_id))

    def of_order(self, order_no: str) -> Sequence[Payout]:
        t = tables.payouts.c
        query = select(Payout).where(t.order_no == order_no)
        return self.many(query.order_by(t.created_at.desc(), t.number.desc()))

    def waiting(self) -> Sequence[Payout]:
        t = tables.payouts.c
        return self.many(select(Payout).where(t.state == PayoutState.WAITING).order_by(t.created_at, t.number))

    def decided(self, limit: int) -> Sequence[Payout]:
        t = tables.payouts.c
        query = select(Payout).where(t.decided_at.is_not(None), t.state != PayoutState.GIVEN)
        return self.many(query.order_by(t.decided_at.desc(), t.number.desc()).limit(limit))


class SqlTasks(Effects[Task]):
    cls, unknown, table = Task, RequestUnknown, tables.tasks

    def undone(self, owner: str | None = None) -> Sequence[Task]:
        t = self.table.c
        query = select(Task).where(t.done_at.is_(None)).order_by(t.due_at, t.number)
        return self.many(query if owner is None else query.where(t.owner == owner))
