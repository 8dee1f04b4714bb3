"""A real desk on a loopback port, real Socket.IO clients, and a bot worker over real HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from at_work import busy_person
from consoles import ConsoleClient, sign_in
from pushed import make_desk
from receiving import Receiver
from wire import SECRET, Client, RunningDesk, Worker, free_port

from desk.context import Desk
from desk.posting import make_secret
from desk.pushing import Pusher
from phrases import PhraseBook
from shop.model import Buyer, Order, OrderLine, OrderStatus, Webhook
from shop.model import Receiver as Addressee
from shop.settings import DeskSettings
from shop.wiring import Services
from tests.shop.heard import put_webhook

Api = Callable[..., Awaitable[tuple[int, Any]]]
Join = Callable[..., Awaitable[Client]]


@pytest.fixture
def worker() -> Iterator[Worker]:
    running = Worker()
    yield running
    running.stop()


@pytest.fixture
def desk_settings(worker: Worker, tmp_path: Path) -> DeskSettings:
    return DeskSettings(
        secret=SECRET, worker_url=worker.url, desk_port=free_port(), var=tmp_path, name="云栖小铺", demo=False
    )


@pytest.fixture(scope="session")
def book() -> PhraseBook:
    return PhraseBook.load()


@pytest.fixture
def desk(services: Services, desk_settings: DeskSettings, book: PhraseBook) -> Iterator[RunningDesk]:
    """Somebody is at work, and takes nobody for now: who asks for a person waits."""
    busy_person(services, stays_till=services.clock.now() + timedelta(days=30))
    running = RunningDesk(services, desk_settings, book)
    yield running
    running.stop()


@pytest.fixture
def api(desk: RunningDesk, services: Services) -> Api:
    """`await api("200", "GET", "approvals")`: status and body, as that member of staff."""

    async def ask(staff_id: str, method: str, path: str, **body: Any) -> tuple[int, Any]:
        headers = {"Cookie": sign_in(services, staff_id), "Origin": desk.url}
        async with httpx.AsyncClient(base_url=desk.url, trust_env=False, timeout=60) as http:
            answer = await http.request(method, f"/api/v1/{path}", headers=headers, json=body or None)
        return answer.status_code, answer.json()

    return ask


@pytest.fixture
def demo_desk(demo_services: Services, desk_settings: DeskSettings, book: PhraseBook) -> Iterator[RunningDesk]:
    """A desk with the demo shop, where visitors pick who they are."""
    settings = desk_settings.model_copy(update={"demo": True, "desk_port": free_port()})
    running = RunningDesk(demo_services, settings, book)
    yield running
    running.stop()


@pytest.fixture
async def join(desk: RunningDesk) -> AsyncIterator[Join]:
    """`await join(token=…, open=False)`: a connected client, its conversation opened unless told otherwise."""
    clients: list[Client] = []

    async def connect(open: bool = True, since: int = 0, **auth: Any) -> Client:
        client = await Client().connect(desk.url, **auth)
        clients.append(client)
        if open:
            await client.open(since=since)
        return client

    yield connect
    for client in clients:
        await client.sio.disconnect()


@pytest.fixture
def order_of(services: Services, clock: Any) -> Callable[..., Order]:
    """Stores an order of the buyer, and the buyer."""

    def add(buyer_id: str, nick: str = "晴天", order_no: str = "XS261120000123") -> Order:
        receiver = Addressee("李晴", "13800138000", "浙江", "杭州", "西湖区", "文三路1号")
        line = OrderLine("S1", "T1", "云朵棉T恤", "藏青 L", 1, 5900)
        order = Order(order_no, buyer_id, OrderStatus.TO_SHIP, clock.now(), receiver, [line], 5900, total_fen=5900)
        with services.unit_of_work() as uow:
            if uow.buyers.find(buyer_id) is None:
                uow.buyers.add(Buyer(buyer_id, nick))
            uow.orders.add(order)
            uow.commit()
        return order

    return add


@pytest.fixture
async def console(desk: RunningDesk, services: Services) -> AsyncIterator[Callable[..., Awaitable[ConsoleClient]]]:
    """`await console("321")`: that member of staff at an open console, 在线 unless told `at_work=False`."""
    clients: list[ConsoleClient] = []

    async def open_console(staff_id: str = "321", at_work: bool = True) -> ConsoleClient:
        client = ConsoleClient()
        clients.append(client)
        await client.connect_as(desk.url, sign_in(services, staff_id), staff_id)
        return await client.at_work() if at_work else client

    yield open_console
    for client in clients:
        await client.sio.disconnect()


@pytest.fixture
def receiver(services: Services) -> Iterator[Receiver]:
    """A program of the shop that hears events; its clock is the shop's."""
    running = Receiver()
    running.at(services.clock.now().timestamp())
    yield running
    running.stop()


@pytest.fixture
def pushing(services: Services, book: PhraseBook) -> Desk:
    """A desk that does nothing by itself."""
    return make_desk(services, book)


@pytest.fixture
async def pusher(pushing: Desk) -> AsyncIterator[Pusher]:
    pusher = Pusher(pushing)
    yield pusher
    await pusher.close()


@pytest.fixture
def webhook(services: Services, receiver: Receiver, pushing: Desk) -> Webhook:
    """The receiver's address, which wants everything."""
    webhook = put_webhook(services, receiver.url)
    receiver.use(make_secret(pushing.tokens, webhook.id, 1))
    return webhook
