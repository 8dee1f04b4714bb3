"""The store twice: every contract test runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from shop.ports import Clock
from shop.settings import Settings
from shop.store.tables import metadata
from shop.wiring import Services, migrate, wire
from tests.shop.store.postgres import cluster, find_programs


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a database with empty tables; skips where there is no server."""
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server programs here (apt-get install postgresql)")
    with cluster(programs) as address:
        migrate(Settings(database_url=address))
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, empty_shop: Path) -> str:
    """A database with empty tables, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(empty_shop, tmp_path / 'shop.db')}"
    address: str = request.getfixturevalue("postgres")
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(metadata.tables)}"))
    engine.dispose()
    return address


@pytest.fixture
def store(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Services]:
    """An empty shop, once on each kind of database."""
    services = wire(Settings(database_url=database_url, var=tmp_path), clock)
    yield services
    services.close()
