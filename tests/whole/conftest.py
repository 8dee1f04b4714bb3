"""The whole shop, once for all tests of this folder: real model, worker, desk, database, browser."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from chromium import launched
from playwright.async_api import Browser
from running import RunningShop, run_shop

from bot.train import train


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with run_shop(tmp_path_factory.mktemp("whole"), train()) as running:
        yield running


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as running:
        yield running


@pytest.fixture
def pictures() -> Path:
    """Where screenshots for the README go; not kept under version control until somebody wants them."""
    folder = Path(__file__).resolve().parents[2] / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
