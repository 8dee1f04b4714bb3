"""Nobody else can push, nothing is pushed where it may not go, and no secret is left lying about."""

import json
from pathlib import Path
from typing import Any

import pytest
from pushed import make_desk, speak
from receiving import Receiver, say, shown_receiver

from desk import posting
from desk.context import Desk
from desk.posting import make_secret
from desk.pushing import Pusher
from phrases import PhraseBook
from shop.model import DeliveryState, Webhook
from shop.webhooks.endpoints import change_secret
from shop.webhooks.signing import sign
from shop.wiring import Services
from tests.shop.heard import outbox

BODY, NOW = b'{"id":"d1","kind":"test","facts":{}}', 1_763_618_580
SIGNED = sign(["whsec_a"], NOW, BODY)


def receives(header: str, body: bytes = BODY, now: float = NOW) -> bool:
    try:
        assert shown_receiver("whsec_a")["check"](header, body, now)["id"] == "d1"
    except ValueError:
        return False
    return True


def test_the_receiver_takes_what_the_shop_signed_and_nothing_else() -> None:
    assert receives(SIGNED)
    assert receives(sign(["whsec_b", "whsec_a"], NOW, BODY)), "while two secrets sign"
    assert not receives(sign(["whsec_b"], NOW, BODY)), "forged"
    assert not receives(SIGNED, BODY.replace(b"test", b"text")), "changed"
    assert not receives(SIGNED.replace(f"t={NOW}", f"t={NOW + 60}")), "made younger"
    assert receives(SIGNED, now=NOW + 300)
    assert not receives(SIGNED, now=NOW + 301), "old"
    assert not receives(SIGNED, now=NOW - 301), "from the future"


@pytest.mark.parametrize(
    "header",
    ["", "t=", "v1=", f"t={NOW}", f"t={NOW},v1=", f"t={NOW},t={NOW},{SIGNED}", "t=x,v1=y", "t=²,v1=y", "键=值", "=,"],
)
def test_the_receiver_refuses_whatever_is_no_signature(header: str) -> None:
    assert not receives(header)


async def test_an_event_arrives_signed_at_the_receiver_of_the_document(
    services: Services, receiver: Receiver, webhook: Webhook, pusher: Pusher
) -> None:
    speak(services, "什么时候发货 📦")
    await pusher.settle()
    [heard] = receiver.heard
    assert receiver.answers == [204]
    body = json.loads(heard.body)
    [kept] = outbox(services, webhook)
    assert (body["id"], body["kind"], body["facts"]) == (kept.id, "message.sent", kept.facts)
    assert (body["time"], body["shop"]) == ("2026-11-20T06:03:00.000Z", "云栖小铺")
    assert (heard.headers["X-Shop-Delivery"], heard.headers["X-Shop-Event"]) == (kept.id, "message.sent")
    assert (kept.state, kept.code, kept.tries) == (DeliveryState.SENT, 204, 1)
    assert receiver.names["known"] == {kept.id}


async def test_a_wrong_secret_is_refused_and_tried_again(
    services: Services, receiver: Receiver, webhook: Webhook, pusher: Pusher, clock: Any
) -> None:
    right = receiver.names["SECRET"]
    receiver.use("whsec_wrong")
    speak(services, "在吗")
    await pusher.settle()
    assert receiver.answers == [401]
    assert (outbox(services, webhook)[0].code, outbox(services, webhook)[0].error) == (401, "对方返回 401")
    receiver.use(right)
    clock.advance(seconds=10)
    await pusher.settle()
    assert receiver.answers == [401, 204]
    assert receiver.ids[0] == receiver.ids[1]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(
    services: Services, receiver: Receiver, webhook: Webhook, pusher: Pusher, status: int
) -> None:
    elsewhere = Receiver()
    receiver.misbehave = say(status, Location=elsewhere.url)
    speak(services, "在吗")
    await pusher.settle()
    elsewhere.stop()
    assert elsewhere.heard == []
    assert (outbox(services, webhook)[0].state, outbox(services, webhook)[0].code) == (DeliveryState.WAITING, status)


@pytest.mark.parametrize("name", ["127.0.0.1", "erp.example.com"])
async def test_an_address_inside_is_refused_when_it_is_called_too(  # noqa: PLR0917
    services: Services,
    receiver: Receiver,
    webhook: Webhook,
    book: PhraseBook,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """As after the owner took a host off the list, or where a name was turned after it was saved."""
    port = receiver.server.server_port
    with services.unit_of_work() as uow:
        uow.webhooks.lock(webhook.id).url = f"https://{name}:{port}/hook"
        uow.commit()
    found: list[str] = []

    async def lead_inside(self: Any, host: str, *args: Any) -> list[dict[str, Any]]:
        found.append(host)
        where = {"hostname": host, "host": "127.0.0.1", "port": port, "family": 2, "proto": 0, "flags": 0}
        return [where]

    monkeypatch.setattr(posting.DefaultResolver, "resolve", lead_inside)
    pusher = Pusher(make_desk(services, book, hosts=""))
    speak(services, "在吗")
    await pusher.settle()
    await pusher.close()
    assert receiver.heard == []
    [kept] = outbox(services, webhook)
    assert kept.code is None
    assert "内部网络" in kept.error
    assert found == ([] if name == "127.0.0.1" else [name])


async def test_during_an_overlap_the_old_and_the_new_secret_both_hold(  # noqa: PLR0917
    services: Services, receiver: Receiver, webhook: Webhook, pushing: Desk, pusher: Pusher, clock: Any
) -> None:
    with services.unit_of_work() as uow:
        staff = uow.people.find("100")
        assert staff is not None
        change_secret(uow, staff, webhook.id, clock.now())
        uow.commit()
    old, new = (make_secret(pushing.tokens, webhook.id, number) for number in (1, 2))

    async def hears(secret: str, buyer: str) -> bool:
        receiver.use(secret)
        receiver.at(clock.now().timestamp())
        speak(services, "在吗", buyer=buyer)
        await pusher.settle()
        return receiver.answers[-1] == 204

    assert await hears(old, "g1")
    assert await hears(new, "g2")
    clock.advance(hours=24)
    assert not await hears(old, "g3")
    assert await hears(new, "g4")


async def test_no_secret_stands_in_a_log_or_in_the_store(  # noqa: PLR0917
    services: Services,
    receiver: Receiver,
    webhook: Webhook,
    pusher: Pusher,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    receiver.misbehave = say(500)
    speak(services, "电话13800138000")
    await pusher.settle()
    secret, said = receiver.names["SECRET"], capfd.readouterr()
    logged = said.out + said.err + caplog.text
    assert "event_pushed" in logged
    path = Path(services.settings.database_url.removeprefix("sqlite:///"))
    key = secret.removeprefix("whsec_")
    assert all(key.encode() not in path.with_name(path.name + end).read_bytes() for end in ("", "-wal"))
    assert key not in logged
    assert "13800138000" not in logged
