"""Addresses that hear of events, and the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select, update

from shop.model import Delivery, DeliveryState, Webhook, WebhookState
from shop.store import tables
from shop.store.engine import lock_schema
from shop.store.repositories.base import Repository

_w, _d = tables.webhooks.c, tables.deliveries.c
_WANTING = select(_w.id, _w.areas).where(_w.state.in_([WebhookState.ON, WebhookState.PAUSED])).order_by(_w.created_at)
_WAITING = _d.state == DeliveryState.WAITING
_FIRSTS = (
    select(func.min(_d.number)).where(_d.webhook_id == bindparam("webhook"), _WAITING).group_by(_d.stream).subquery()
)
_FREE = or_(_d.leased_until.is_(None), _d.leased_until <= bindparam("now"))
_HEADS = (
    select(Delivery)
    .where(_d.number.in_(select(_FIRSTS)), _d.due_at <= bindparam("now"), _FREE)
    .order_by(_d.number)
    .limit(bindparam("most"))
)


class SqlWebhooks(Repository[Webhook]):
    cls, key = Webhook, "webhook_id"

    def all(self) -> Sequence[Webhook]:
        return self.many(select(Webhook).order_by(_w.created_at, _w.id))

    def wanting(self) -> Sequence[tuple[str, Sequence[str]]]:
        return [(row[0], row[1]) for row in self.session.execute(_WANTING)]

    def hold(self) -> None:
        lock_schema(self.session.connection())

    def remove(self, webhook: Webhook) -> None:
        self.session.delete(webhook)


class SqlDeliveries(Repository[Delivery]):
    cls, key = Delivery, "delivery_id"

    def find(self, delivery_id: str) -> Delivery | None:
        return self.one(select(Delivery).where(_d.id == delivery_id))

    def heads(self, webhook_id: str, now: datetime, limit: int) -> Sequence[Delivery]:
        return self.many(_HEADS, webhook=webhook_id, now=now, most=limit)

    def count_leased(self, webhook_id: str, now: datetime) -> int:
        leased = select(func.count()).where(_d.webhook_id == webhook_id, _WAITING, _d.leased_until > now)
        return self.session.scalar(leased) or 0

    def waiting_of(self, stream: str) -> Sequence[Delivery]:
        return self.many(select(Delivery).where(_d.stream == stream, _WAITING).order_by(_d.number))

    def counts(self) -> Mapping[str, int]:
        rows = self.session.execute(select(_d.webhook_id, func.count()).where(_WAITING).group_by(_d.webhook_id))
        return {row[0]: row[1] for row in rows}

    def last(self, webhook_id: str, limit: int) -> Sequence[Delivery]:
        return self.many(select(Delivery).where(_d.webhook_id == webhook_id).order_by(_d.number.desc()).limit(limit))

    def wake(self, webhook_id: str, now: datetime) -> None:
        later = update(Delivery).where(_d.webhook_id == webhook_id, _WAITING, _d.due_at > now)
        self.session.execute(later.values(due_at=now))

    def give_up(self, now: datetime) -> None:
        over = update(Delivery).where(
            _WAITING, _d.ends_at <= now, or_(_d.leased_until.is_(None), _d.leased_until <= now)
        )
        self.session.execute(over.values(state=DeliveryState.GIVEN_UP, done_at=now))

    def clear(self, before: datetime) -> None:
        self.session.execute(delete(Delivery).where(_d.done_at < before))

    def remove_of(self, webhook_id: str) -> None:
        self.session.execute(delete(Delivery).where(_d.webhook_id == webhook_id))
