"""Runs the migrations from the program, without an alembic.ini."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from shop.store.engine import lock_schema, make_room

FOLDER = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """To the newest revision. Several processes may call it at once: one works, the others wait and find it done."""
    make_room(engine)
    _run(engine, command.upgrade, "head")


def downgrade(engine: Engine, revision: str) -> None:
    """Back to `revision`, or `base` for nothing at all."""
    _run(engine, command.downgrade, revision)


def _run(engine: Engine, change: object, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        lock_schema(connection)
        config.attributes["connection"] = connection
        change(config, revision)  # type: ignore[operator]
