"""From the outbox to the address: who sends what next, what came of it, when it is tried again.

The schedule lies in the store, so it outlives a restart, and several desks share it: who sends takes a lease first,
under the lock of the address. Should the sender die, the lease runs out and another sends the same again, with the
same id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from shop.errors import NotFound, WrongState
from shop.model import Delivery, DeliveryState, Webhook, WebhookState
from shop.ports import UnitOfWork
from shop.webhooks.endpoints import KEPT_TRYING, note_by_itself, secret_numbers

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 60, 300, 900, 1800, 3600, 7200, 14400, 21600))
"""After the first failure, the second …; the last one stays."""
AT_ONCE = 4
"""Deliveries to one address at the same moment, each of another stream."""
SHAKY = 5
"""Failures in a row, after which the whole address rests and is then tried with one delivery at a time."""
PAUSED_AFTER = timedelta(hours=12)
"""Of nothing but failures."""
LEASE = timedelta(seconds=60)
"""Longer than sending may take."""
KEPT = timedelta(days=7)
"""Deliveries that are over are shown for so long."""
GONE = 410
ERROR_LENGTH = 200


@dataclass(frozen=True)
class Parcel:
    """What a sender has to send. `secret_numbers`: of the secrets to sign with."""

    id: str
    lease: str
    webhook_id: str
    url: str
    secret_numbers: Sequence[int]
    kind: str
    at: datetime
    facts: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """`code` None: there was no answer, and `error` says why."""

    code: int | None
    error: str = ""

    @property
    def arrived(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


def find_due(uow: UnitOfWork, now: datetime) -> list[str]:
    """The addresses that something can be sent to now."""
    ready = (webhook for webhook in uow.webhooks.all() if _is_ready(webhook, now))
    return [webhook.id for webhook in ready if uow.deliveries.heads(webhook.id, now, 1)]


def _is_ready(webhook: Webhook, now: datetime) -> bool:
    return webhook.state is WebhookState.ON and (webhook.rests_until is None or webhook.rests_until <= now)


def claim(uow: UnitOfWork, webhook_id: str, now: datetime) -> list[Parcel]:
    """The next ones for this address, the sender's own until the lease ends. Empty where it was removed meanwhile."""
    webhook = _lock(uow, webhook_id)
    if webhook is None or not _is_ready(webhook, now):
        return []
    room = (1 if webhook.failures >= SHAKY else AT_ONCE) - uow.deliveries.count_leased(webhook_id, now)
    heads = uow.deliveries.heads(webhook_id, now, room) if room > 0 else []
    return [_lease(webhook, delivery, now) for delivery in heads]


def _lease(webhook: Webhook, delivery: Delivery, now: datetime) -> Parcel:
    delivery.lease, delivery.leased_until = uuid4().hex, now + LEASE
    delivery.tries += 1
    numbers = secret_numbers(webhook, now)
    return Parcel(
        delivery.id, delivery.lease, webhook.id, webhook.url, numbers, delivery.kind, delivery.at, dict(delivery.facts)
    )


def note_outcome(uow: UnitOfWork, parcel: Parcel, outcome: Outcome, now: datetime) -> None:
    """What has arrived is done, whoever noted it; a failure counts only while the lease is the sender's own."""
    webhook = _lock(uow, parcel.webhook_id)
    delivery = uow.deliveries.find(parcel.id) if webhook else None
    if webhook is None or delivery is None or delivery.state is DeliveryState.SENT:
        return
    if outcome.arrived:
        _close(delivery, DeliveryState.SENT, outcome, now)
        _recover(uow, webhook, now)
    elif delivery.lease == parcel.lease and delivery.state is DeliveryState.WAITING:
        _put_off(delivery, outcome, now)
        _weaken(uow, webhook, outcome, now)


def _lock(uow: UnitOfWork, webhook_id: str) -> Webhook | None:
    try:
        return uow.webhooks.lock(webhook_id)
    except NotFound:
        return None


def _close(delivery: Delivery, state: DeliveryState, outcome: Outcome, now: datetime) -> None:
    delivery.state, delivery.done_at = state, now
    delivery.code, delivery.error = outcome.code, outcome.error[:ERROR_LENGTH]
    delivery.lease, delivery.leased_until = "", None


def _put_off(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    delivery.due_at = now + PAUSES[min(delivery.tries, len(PAUSES)) - 1]
    if delivery.due_at >= delivery.ends_at:
        _close(delivery, DeliveryState.GIVEN_UP, outcome, now)
    else:
        _close(delivery, DeliveryState.WAITING, outcome, now)
        delivery.done_at = None


def _recover(uow: UnitOfWork, webhook: Webhook, now: datetime) -> None:
    """What was put off because the address did not answer is tried now."""
    if webhook.failures >= SHAKY:
        uow.deliveries.wake(webhook.id, now)
    webhook.failures, webhook.failing_since, webhook.rests_until = 0, None, None
    webhook.last_sent_at, webhook.last_error = now, ""


def _weaken(uow: UnitOfWork, webhook: Webhook, outcome: Outcome, now: datetime) -> None:
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or now
    webhook.last_error = outcome.error[:ERROR_LENGTH]
    if webhook.failures >= SHAKY:
        webhook.rests_until = now + PAUSES[min(webhook.failures - SHAKY, len(PAUSES) - 1)]
    if webhook.state is not WebhookState.ON:
        return
    if outcome.code == GONE:
        note_by_itself(uow, webhook, WebhookState.GONE, now)
    elif now - webhook.failing_since >= PAUSED_AFTER:
        note_by_itself(uow, webhook, WebhookState.PAUSED, now)


def send_again(uow: UnitOfWork, webhook_id: str, delivery_id: str, now: datetime) -> Delivery:
    """By hand: with the same id, at the next look, for another day. Raises NotFound, WrongState while it is sent."""
    uow.webhooks.lock(webhook_id)
    delivery = uow.deliveries.find(delivery_id)
    if delivery is None or delivery.webhook_id != webhook_id:
        raise NotFound(delivery_id=delivery_id)
    if delivery.leased_until is not None and now < delivery.leased_until:
        raise WrongState(number=delivery_id, status="推送中", to="重发")
    delivery.state, delivery.done_at = DeliveryState.WAITING, None
    delivery.tries, delivery.due_at, delivery.ends_at = 0, now, now + KEPT_TRYING
    return delivery


def tidy(uow: UnitOfWork, now: datetime) -> None:
    """Gives up what nobody could send for a day, clears away what is long over."""
    uow.deliveries.give_up(now)
    uow.deliveries.clear(now - KEPT)
