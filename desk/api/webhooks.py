"""Where events are pushed to: addresses, their secrets, what was delivered. docs/api.md."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from desk.access import CurrentDesk
from desk.api.rights import Manager
from desk.context import Desk
from desk.forms import Form, Name, Text
from desk.posting import check_address, make_secret
from desk.shown import Json, iso
from shop.model import Delivery, DeliveryState, EventArea, Webhook, WebhookState
from shop.ports import UnitOfWork
from shop.webhooks import endpoints
from shop.webhooks.addresses import URL_LENGTH
from shop.webhooks.deliveries import send_again

router = APIRouter(prefix="/webhooks", tags=["消息推送"])
AREAS = {
    EventArea.MESSAGE: "消息",
    EventArea.HANDOVER: "转接",
    EventArea.APPROVAL: "审批",
    EventArea.AFTERSALE: "售后申请",
    EventArea.TASK: "回电和待办",
}
"""What managers call them."""
LAST = 50
"""Deliveries shown of an address."""


class WebhookForm(Form):
    name: Annotated[Text, Field(max_length=64)]
    url: Annotated[Text, Field(max_length=URL_LENGTH)]
    areas: Annotated[list[Name], Field(max_length=len(EventArea))]

    def wish(self) -> endpoints.Wish:
        return endpoints.Wish(self.name, self.url, self.areas)


class Switch(Form):
    on: bool


@router.get("")
async def webhooks(desk: CurrentDesk, staff: Manager) -> Json:
    """`{webhooks, limit, areas: {area: name}}`; no secrets."""

    def use_case(uow: UnitOfWork) -> list[Json]:
        waiting = uow.deliveries.counts()
        return [_show(each, desk.now()) | {"waiting": waiting.get(each.id, 0)} for each in uow.webhooks.all()]

    areas = {area.value: name for area, name in AREAS.items()}
    return {"webhooks": await desk.look(use_case), "limit": endpoints.MOST, "areas": areas}


@router.post("")
async def add(response: Response, desk: CurrentDesk, staff: Manager, form: WebhookForm) -> Json:
    """`{webhook, secret}`: the secret this once. Raises FieldWrong, AddressRefused, TooMany."""
    own = desk.settings.own_hosts
    await check_address(form.url, own)
    response.headers["Cache-Control"] = "no-store"
    return await desk.change(
        lambda uow: _show_once(desk, endpoints.add_webhook(uow, staff, form.wish(), own, desk.now()))
    )


@router.put("/{webhook_id}")
async def edit(desk: CurrentDesk, staff: Manager, webhook_id: Name, form: WebhookForm) -> Json:
    """`{webhook}`. Raises FieldWrong, AddressRefused, NotFound."""
    own, now = desk.settings.own_hosts, desk.now()
    await check_address(form.url, own)
    return await desk.change(
        lambda uow: {"webhook": _show(endpoints.edit_webhook(uow, staff, webhook_id, form.wish(), own, now), now)}
    )


@router.patch("/{webhook_id}")
async def switch(desk: CurrentDesk, staff: Manager, webhook_id: Name, form: Switch) -> Json:
    """`{webhook}`. Raises NotFound."""
    now = desk.now()
    return await desk.change(
        lambda uow: {"webhook": _show(endpoints.switch_webhook(uow, staff, webhook_id, form.on, now), now)}
    )


@router.post("/{webhook_id}/secret")
async def change_secret(response: Response, desk: CurrentDesk, staff: Manager, webhook_id: Name) -> Json:
    """`{webhook, secret}`: the new one this once; the one before signs along for a day. Raises NotFound."""
    response.headers["Cache-Control"] = "no-store"
    return await desk.change(lambda uow: _show_once(desk, endpoints.change_secret(uow, staff, webhook_id, desk.now())))


@router.delete("/{webhook_id}")
async def remove(desk: CurrentDesk, staff: Manager, webhook_id: Name) -> Json:
    """Raises NotFound."""
    await desk.change(lambda uow: endpoints.remove_webhook(uow, staff, webhook_id, desk.now()))
    return {}


@router.post("/{webhook_id}/test")
async def try_out(desk: CurrentDesk, staff: Manager, webhook_id: Name) -> Json:
    """`{delivery}`, which waits. Raises NotFound, WrongState."""
    return await desk.change(lambda uow: {"delivery": _show_delivery(endpoints.put_test(uow, webhook_id, desk.now()))})


@router.get("/{webhook_id}/deliveries")
async def deliveries(desk: CurrentDesk, staff: Manager, webhook_id: Name) -> Json:
    """`{deliveries}`, the newest LAST, newest first. Raises NotFound."""

    def use_case(uow: UnitOfWork) -> list[Json]:
        return [_show_delivery(each) for each in uow.deliveries.last(endpoints.get_webhook(uow, webhook_id).id, LAST)]

    return {"deliveries": await desk.look(use_case)}


@router.post("/{webhook_id}/deliveries/{delivery_id}/again")
async def again(desk: CurrentDesk, staff: Manager, webhook_id: Name, delivery_id: Name) -> Json:
    """`{delivery}`, which waits again. Raises NotFound, WrongState."""
    return await desk.change(
        lambda uow: {"delivery": _show_delivery(send_again(uow, webhook_id, delivery_id, desk.now()))}
    )


def _show_once(desk: Desk, webhook: Webhook) -> Json:
    return {"webhook": _show(webhook, desk.now()), "secret": make_secret(desk.tokens, webhook.id, webhook.secret_no)}


def _show(webhook: Webhook, now: datetime) -> Json:
    """`overlap_until` only while two secrets sign."""
    overlaps = webhook.overlap_until is not None and now < webhook.overlap_until
    return {
        "id": webhook.id,
        "name": webhook.name,
        "url": webhook.url,
        "areas": list(webhook.areas),
        "state": webhook.state.value,
        "on": webhook.state is WebhookState.ON,
        "overlap_until": iso(webhook.overlap_until) if webhook.overlap_until and overlaps else None,
        "failing_since": webhook.failing_since and iso(webhook.failing_since),
        "last_sent_at": webhook.last_sent_at and iso(webhook.last_sent_at),
        "last_error": webhook.last_error,
    }


def _show_delivery(delivery: Delivery) -> Json:
    """Without what was said: that stands in the talk, for who may see it."""
    waiting = delivery.state is DeliveryState.WAITING
    return {
        "id": delivery.id,
        "kind": delivery.kind,
        "at": iso(delivery.at),
        "state": delivery.state.value,
        "tries": delivery.tries,
        "code": delivery.code,
        "error": delivery.error,
        "next_at": iso(delivery.due_at) if waiting else None,
        "done_at": delivery.done_at and iso(delivery.done_at),
    }
