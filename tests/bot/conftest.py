"""One real agent for the session; every test puts a demo shop of its own behind it."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from chat import Chat, Counter, open_chat

from bot.actions.base import ShopAction
from bot.worker.agent import EmbeddedAgent
from shop.settings import load_settings
from shop.wiring import Services

OpenChat = Callable[..., Chat]


@pytest.fixture(scope="session")
def counter(demo_shop: Path) -> Iterator[Counter]:
    """The names that the agent recognises are those of the demo shop."""
    counter = Counter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOP_DATABASE_URL", f"sqlite:///{demo_shop}")
        load_settings.cache_clear()
        patch.setattr(ShopAction, "shop", staticmethod(counter.shop))
        yield counter
    load_settings.cache_clear()


@pytest.fixture(scope="session")
async def agent(model_path: Path, counter: Counter) -> AsyncIterator[EmbeddedAgent]:
    agent = EmbeddedAgent(model_path, unit_of_work=lambda: counter.shop().unit_of_work())
    yield agent
    agent.close()


@pytest.fixture
def chat(agent: EmbeddedAgent, counter: Counter, demo_services: Services) -> Iterator[OpenChat]:
    """`chat("爱囤货的阿梨")`, `chat(product="TSHIRT-01")` for a guest on a product's page."""
    counter.services = demo_services
    yield lambda nick="", product="": open_chat(agent, demo_services, nick, product)
    counter.services = None
