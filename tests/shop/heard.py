"""Addresses that hear of events, and what there is for them in the outbox."""

from collections.abc import Sequence

from at_work import employ

from shop.model import Delivery, EventArea, Webhook
from shop.webhooks.endpoints import Wish, add_webhook
from shop.wiring import Services

EVERYTHING = [area.value for area in EventArea]
HOST = "127.0.0.1"


def put_webhook(
    services: Services,
    url: str = "https://erp.example.com/hook",
    areas: Sequence[str] = EVERYTHING,
    name: str = "进销存",
) -> Webhook:
    with services.unit_of_work() as uow:
        webhook = add_webhook(uow, employ(uow, "100"), Wish(name, url, areas), {HOST}, services.clock.now())
        uow.commit()
    return webhook


def outbox(services: Services, webhook: Webhook) -> list[Delivery]:
    """Oldest first."""
    with services.unit_of_work() as uow:
        return [*uow.deliveries.last(webhook.id, 1000)][::-1]


def find(services: Services, webhook: Webhook) -> Webhook:
    with services.unit_of_work() as uow:
        found = uow.webhooks.find(webhook.id)
    assert found is not None
    return found
