"""One event on its way: signed, posted to an address that is looked at once more just before."""

import asyncio
import json
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from desk.context import Desk
from desk.shown import iso
from desk.tokens import Tokens
from shop.webhooks.addresses import AddressRefused, check_found, check_url, host_of
from shop.webhooks.deliveries import Outcome, Parcel
from shop.webhooks.signing import SECRET_BEGINS, sign

SIGNATURE, DELIVERY, EVENT = "X-Shop-Signature", "X-Shop-Delivery", "X-Shop-Event"
TIMEOUT_SECONDS = 10
"""Of one try, from the look-up of the name to the status."""


def make_secret(tokens: Tokens, webhook_id: str, number: int) -> str:
    """What the receiver checks with; it follows from the shop's own secret and is kept nowhere."""
    return SECRET_BEGINS + tokens.key(f"webhook:{webhook_id}:{number}")


class PublicResolver(AbstractResolver):
    """Names that lead inside lead nowhere: looked at when the connection is made, so that no name can turn later."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed, self._found = allowed, DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._found.resolve(host, port, family)
        check_found(host, [each["host"] for each in found], self._allowed)
        return found

    async def close(self) -> None:
        await self._found.close()


class Post:
    """Made inside the running event loop; `close` it there."""

    def __init__(self, desk: Desk, seconds: float) -> None:
        self._desk, self._allowed = desk, desk.settings.own_hosts
        # A connection for each event: none that was closed while it rested fails a try, and each is looked at anew.
        connector = aiohttp.TCPConnector(
            limit=0, resolver=PublicResolver(self._allowed), use_dns_cache=False, force_close=True
        )
        self._http = aiohttp.ClientSession(
            connector=connector, timeout=aiohttp.ClientTimeout(total=seconds), cookie_jar=aiohttp.DummyCookieJar()
        )

    async def close(self) -> None:
        await self._http.close()

    async def send(self, parcel: Parcel) -> Outcome:
        """Never raises because of the other side."""
        try:
            check_url(parcel.url, self._allowed)
            return await self._post(parcel)
        except AddressRefused as error:
            return Outcome(None, error.facts["why"])
        except asyncio.TimeoutError:
            return Outcome(None, "对方没有及时回应")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Outcome(None, _say(error))

    async def _post(self, parcel: Parcel) -> Outcome:
        body, now = self._body(parcel), int(self._desk.now().timestamp())
        secrets = [make_secret(self._desk.tokens, parcel.webhook_id, number) for number in parcel.secret_numbers]
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "shop-webhooks/1",
            DELIVERY: parcel.id,
            EVENT: parcel.kind,
            SIGNATURE: sign(secrets, now, body),
        }
        async with self._http.post(parcel.url, data=body, headers=headers, allow_redirects=False) as answer:
            arrived = 200 <= answer.status < 300
            return Outcome(answer.status, "" if arrived else f"对方返回 {answer.status}")

    def _body(self, parcel: Parcel) -> bytes:
        """The same at every try, but for what was taken back meanwhile."""
        whole = {
            "id": parcel.id,
            "kind": parcel.kind,
            "time": iso(parcel.at),
            "shop": self._desk.settings.name,
            "facts": parcel.facts,
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


async def check_address(url: str, allowed: Collection[str]) -> None:
    """By what its name leads to now; a name that leads nowhere yet is let through. Raises AddressRefused."""
    try:
        host = host_of(urlsplit(check_url(url, allowed)))
        found = await asyncio.wait_for(asyncio.get_running_loop().getaddrinfo(host, None), 3)
    except (OSError, UnicodeError, asyncio.TimeoutError):
        return
    check_found(host, [str(each[4][0]) for each in found], allowed)


def _say(error: BaseException) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return "对方的证书有问题"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "找不到这个网址"
    return "没有连上对方" if isinstance(error, aiohttp.ClientConnectorError) else "连接中断"
