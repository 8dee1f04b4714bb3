"""Chromium on a real desk. No page of ours may break, load anything from elsewhere, or hurt its own CSP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chat_page import NICK, ChatPage
from chromium import DESK_SIZE, PHONE_SIZE, launched
from console_page import ConsolePage, hire, listen
from playwright.async_api import Browser, BrowserContext, Page
from wire import SECRET, Client, RunningDesk, Worker, free_port

from shop.model import Buyer, Order, OrderLine, OrderStatus, Product, Receiver, Role, Variant
from shop.settings import DeskSettings
from shop.wiring import Services

BUYER_ID = "b-fish"
CONSOLE_SIZE = {"width": 1440, "height": 900}

Enter = Callable[..., Awaitable[ChatPage]]
Sit = Callable[..., Awaitable[ConsolePage]]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as running:
        yield running


@pytest.fixture
def desk_settings(stocked: Services, worker: Worker, tmp_path: Path) -> DeskSettings:
    return DeskSettings(
        secret=SECRET, worker_url=worker.url, desk_port=free_port(), var=tmp_path, name="云栖小铺", demo=True
    )


@pytest.fixture
def stocked(services: Services) -> Services:
    """Three products, and a buyer with one order."""
    with services.unit_of_work() as uow:
        for code, title, kind, fen in (
            ("TSHIRT-01", "云朵棉短袖T恤", "服饰", 5900),
            ("SCARF-01", "羊绒混纺围巾", "服饰", 12900),
            ("HONEY-01", "百花土蜂蜜", "食品", 4580),
        ):
            picture = f"/static/pictures/{code.lower()}.svg"
            variant = Variant(f"{code}-1", "", "", fen, 9)
            uow.products.add(Product(code, title, kind, variants=[variant], picture=picture))
        uow.buyers.add(Buyer(BUYER_ID, NICK))
        receiver = Receiver("李晴", "13800138000", "浙江", "杭州", "西湖区", "文三路1号")
        line = OrderLine("TSHIRT-01-1", "TSHIRT-01", "云朵棉短袖T恤", "", 1, 5900)
        ordered = services.clock.now() - timedelta(days=1)
        uow.orders.add(
            Order("XS261120000123", BUYER_ID, OrderStatus.TO_SHIP, ordered, receiver, [line], 5900, total_fen=5900)
        )
        uow.commit()
    return services


@pytest.fixture
def token(desk: RunningDesk) -> str:
    return desk.tokens.for_buyer(BUYER_ID, NICK, timedelta(hours=1))


@pytest.fixture
async def context(browser: Browser, desk: RunningDesk) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=DESK_SIZE, locale="zh-CN", timezone_id="Asia/Shanghai")
    complaints = listen(context, desk.url)
    yield context
    await context.close()
    assert complaints == []


@pytest.fixture
async def phone(browser: Browser, desk: RunningDesk) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=PHONE_SIZE, has_touch=True, is_mobile=True, locale="zh-CN")
    complaints = listen(context, desk.url)
    yield await context.new_page()
    await context.close()
    assert complaints == []


@pytest.fixture
async def page(context: BrowserContext) -> Page:
    return await context.new_page()


@pytest.fixture
def enter(context: BrowserContext, desk: RunningDesk) -> Enter:
    """`await enter(token=…, product=…)`: a window, opened and welcomed, in a tab of its own unless one is given."""

    async def open_window(page: Page | None = None, **given: Any) -> ChatPage:
        chat = ChatPage(page or await context.new_page(), desk.url)
        await chat.open(**given)
        return chat

    return open_window


@pytest.fixture
async def sit(browser: Browser, desk: RunningDesk, services: Services) -> AsyncIterator[Sit]:
    """`await sit()`: an agent at a console of their own, 在线; `staff_id`, `name`, `role`, `online` for another one."""
    contexts: list[BrowserContext] = []
    complaints: list[list[str]] = []

    async def sit_down(
        staff_id: str = "901", name: str = "小安", role: Role = Role.AGENT, online: bool = True
    ) -> ConsolePage:
        hire(services, staff_id, name, role)
        context = await browser.new_context(viewport=CONSOLE_SIZE, locale="zh-CN", timezone_id="Asia/Shanghai")
        contexts.append(context)
        complaints.append(listen(context, desk.url))
        return await ConsolePage.enter(context, desk.url, staff_id, online)

    yield sit_down
    for context in contexts:
        await context.close()
    assert [each for each in complaints if each] == []


@pytest.fixture
async def buyer(desk: RunningDesk, token: str) -> AsyncIterator[Client]:
    """The window of NICK, opened; the bot has it."""
    client = await Client().connect(desk.url, token=token)
    await client.open()
    yield client
    await client.sio.disconnect()


@pytest.fixture
async def console(sit: Sit, buyer: Client) -> ConsolePage:
    """An agent who has just taken over NICK, who asked when things are sent."""
    await buyer.say("你好，今天能发货吗")
    console = await sit()
    await console.take(NICK, "bot")
    return console
