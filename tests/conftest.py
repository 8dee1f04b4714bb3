"""The shop for tests: a real store in a file, a clock that stands still until it is moved."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from shop.settings import Settings
from shop.wiring import Services, migrate, wire

hypothesis_settings.register_profile("shop", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("shop")  # how long something takes is the benchmarks' business

NOW = datetime(2026, 11, 20, 6, 3, tzinfo=timezone.utc)
"""A Friday, 14:03 in Shanghai."""


class SettableClock:
    """A `shop.ports.Clock` that tests move."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at

    def advance(self, **span: float) -> datetime:
        """`clock.advance(hours=3)`; returns the new time."""
        self.at += timedelta(**span)
        return self.at


def settings_for(file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{file}", var=file.parent)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture(scope="session")
def empty_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows; copied, never written."""
    file = tmp_path_factory.mktemp("empty") / "shop.db"
    migrate(settings_for(file))
    return file


@pytest.fixture(scope="session")
def demo_shop(empty_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop as of NOW; copied, never written."""
    from shop.demo import seed

    file = Path(shutil.copy(empty_shop, tmp_path_factory.mktemp("demo") / "demo.db"))
    services = wire(settings_for(file), SettableClock())
    with services.unit_of_work() as uow:
        seed(uow, NOW)
        uow.commit()
    services.close()
    return file


def _open_copy(template: Path, folder: Path, clock: SettableClock) -> Iterator[Services]:
    copy = shutil.copy(template, folder / template.name)
    services = wire(settings_for(Path(copy)), clock)
    yield services
    services.close()


@pytest.fixture
def services(empty_shop: Path, tmp_path: Path, clock: SettableClock) -> Iterator[Services]:
    """An empty, migrated shop of its own."""
    yield from _open_copy(empty_shop, tmp_path, clock)


@pytest.fixture
def demo_services(demo_shop: Path, tmp_path: Path, clock: SettableClock) -> Iterator[Services]:
    """The demo shop, a copy of its own (see `shop.demo.PERSONAS`)."""
    yield from _open_copy(demo_shop, tmp_path, clock)


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The trained model of the present data; trained now where there is none, which takes two minutes."""
    from bot.train import train

    return train()
