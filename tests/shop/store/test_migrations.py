import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from shop.settings import ROOT, Settings
from shop.store.engine import open_engine
from shop.store.migrate import downgrade, upgrade
from shop.store.tables import metadata
from shop.wiring import find_lexicon, migrate, wire


@pytest.fixture
def engine(database_url: str) -> Engine:
    return open_engine(database_url)


def test_the_migrations_make_exactly_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_check_constraints_are_those_of_the_tables(engine: Engine) -> None:
    """Alembic compares none."""
    found = {(t, c["name"]) for t in metadata.tables for c in inspect(engine).get_check_constraints(t)}
    engine.dispose()
    expected = {(t.name, c.name) for t in metadata.tables.values() for c in t.constraints if "ck_" in str(c.name)}
    assert len(found) == len(expected)
    assert {name for _, name in found} == {f"{name}" for _, name in expected}


def test_down_and_up_again(engine: Engine) -> None:
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    upgrade(engine)
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'new' / 'shop.db'}")
    migrate(settings)
    assert (tmp_path / "new" / "shop.db").is_file()


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT), "SHOP_DATABASE_URL": f"sqlite:///{tmp_path / 'shop.db'}"}
    command = [sys.executable, "-m", "shop", "migrate"]
    running = [subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]


def test_without_a_store_the_lexicon_is_empty_and_no_file_appears(tmp_path: Path) -> None:
    services = wire(Settings(database_url=f"sqlite:///{tmp_path / 'shop.db'}"))
    assert find_lexicon(services).version == ""
    assert not (tmp_path / "shop.db").exists()
    (tmp_path / "shop.db").touch()
    assert find_lexicon(services).products == {}
    nowhere = wire(Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/none"))
    assert find_lexicon(nowhere).version == ""


def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="SHOP_DATABASE_URL"):
        wire(Settings(database_url="mysql://x/y"))
