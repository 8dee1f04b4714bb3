"""The addresses themselves: made, changed, switched off, taken away; each change stands in the log, no secret does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from shop.changes import note_change
from shop.errors import FieldWrong, NotFound, TooMany, WrongState
from shop.model import Change, ChangeKind, Delivery, EventArea, Staff, Webhook, WebhookState
from shop.ports import UnitOfWork
from shop.webhooks.addresses import check_url

MOST = 10
NAME_LENGTH = 30
OVERLAP = timedelta(hours=24)
"""How long the secret before still signs, so that the receiving program can change over in peace."""
KEPT_TRYING = timedelta(hours=24)
"""Then a delivery is given up."""
TEST = "test"


@dataclass(frozen=True)
class Wish:
    """What a manager writes into the form."""

    name: str
    url: str
    areas: Sequence[str]

    def check(self, allowed: Collection[str]) -> "Wish":
        """As it is kept. Raises FieldWrong(field), AddressRefused(why)."""
        name, known = self.name.strip(), [area.value for area in EventArea]
        if not 0 < len(name) <= NAME_LENGTH or not name.isprintable():
            raise FieldWrong(field="name", label="名称", value=name)
        if not self.areas or not set(self.areas) <= set(known):
            raise FieldWrong(field="areas", label="推送内容", value=list(self.areas))
        return Wish(name, check_url(self.url, allowed), [area for area in known if area in self.areas])


def add_webhook(uow: UnitOfWork, by: Staff, wish: Wish, allowed: Collection[str], now: datetime) -> Webhook:
    """Raises FieldWrong, AddressRefused, TooMany(limit)."""
    wish = wish.check(allowed)
    uow.webhooks.hold()
    if len(uow.webhooks.all()) >= MOST:
        raise TooMany(limit=MOST)
    webhook = Webhook(uuid4().hex, wish.name, wish.url, list(wish.areas), by.id, now)
    uow.webhooks.add(webhook)
    note_change(uow, by, ChangeKind.WEBHOOK, webhook.name, "新增", now, after=_plain(webhook))
    return webhook


def edit_webhook(  # noqa: PLR0917  # who changes what, into what
    uow: UnitOfWork, by: Staff, webhook_id: str, wish: Wish, allowed: Collection[str], now: datetime
) -> Webhook:
    """Raises FieldWrong, AddressRefused, NotFound."""
    wish = wish.check(allowed)
    webhook = uow.webhooks.lock(webhook_id)
    before = _plain(webhook)
    webhook.name, webhook.url, webhook.areas = wish.name, wish.url, list(wish.areas)
    note_change(uow, by, ChangeKind.WEBHOOK, webhook.name, "修改", now, before=before, after=_plain(webhook))
    return webhook


def switch_webhook(uow: UnitOfWork, by: Staff, webhook_id: str, on: bool, now: datetime) -> Webhook:
    """On again, it begins without its past failures, and what waited is tried at once. Raises NotFound."""
    webhook = uow.webhooks.lock(webhook_id)
    before = _plain(webhook)
    webhook.state = WebhookState.ON if on else WebhookState.OFF
    if on:
        webhook.failures, webhook.failing_since, webhook.rests_until = 0, None, None
        uow.deliveries.wake(webhook_id, now)
    deed = "启用" if on else "停用"
    note_change(uow, by, ChangeKind.WEBHOOK, webhook.name, deed, now, before=before, after=_plain(webhook))
    return webhook


def change_secret(uow: UnitOfWork, by: Staff, webhook_id: str, now: datetime) -> Webhook:
    """The next secret signs from now on, and for OVERLAP the one before too. Raises NotFound."""
    webhook = uow.webhooks.lock(webhook_id)
    webhook.secret_no, webhook.overlap_until = webhook.secret_no + 1, now + OVERLAP
    note_change(uow, by, ChangeKind.WEBHOOK, webhook.name, "更换密钥", now)
    return webhook


def remove_webhook(uow: UnitOfWork, by: Staff, webhook_id: str, now: datetime) -> None:
    """With all that was to be told there. Raises NotFound."""
    webhook = uow.webhooks.lock(webhook_id)
    before = _plain(webhook)
    uow.deliveries.remove_of(webhook_id)
    uow.webhooks.remove(webhook)
    note_change(uow, by, ChangeKind.WEBHOOK, webhook.name, "删除", now, before=before)


def get_webhook(uow: UnitOfWork, webhook_id: str) -> Webhook:
    """Raises NotFound."""
    webhook = uow.webhooks.find(webhook_id)
    if webhook is None:
        raise NotFound(webhook_id=webhook_id)
    return webhook


def put_test(uow: UnitOfWork, webhook_id: str, now: datetime) -> Delivery:
    """An event in which nothing happened. Raises NotFound, WrongState where nothing is sent there."""
    webhook = uow.webhooks.lock(webhook_id)
    if webhook.state is not WebhookState.ON:
        raise WrongState(number=webhook.name, status=webhook.state.value, to="试推")
    number = uuid4().hex
    delivery = Delivery(number, webhook_id, TEST, number, {"text": "这是一条测试推送"}, now, now, now + KEPT_TRYING)
    uow.deliveries.add(delivery)
    return delivery


def note_by_itself(uow: UnitOfWork, webhook: Webhook, state: WebhookState, now: datetime) -> None:
    """What nobody did: the address closed itself, or failed for too long."""
    before = _plain(webhook)
    webhook.state = state
    uow.changes.add(
        Change(ChangeKind.WEBHOOK, webhook.name, state.value, "", "系统", now, before=before, after=_plain(webhook))
    )


def secret_numbers(webhook: Webhook, now: datetime) -> list[int]:
    """Of the secrets that sign now, the newest first."""
    overlaps = webhook.overlap_until is not None and now < webhook.overlap_until
    return [webhook.secret_no, webhook.secret_no - 1] if overlaps else [webhook.secret_no]


def _plain(webhook: Webhook) -> dict[str, object]:
    return {"url": webhook.url, "areas": list(webhook.areas), "state": webhook.state.value}
