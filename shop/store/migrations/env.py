"""What Alembic runs: with the program's connection, or (for the alembic command) with the one in the settings."""

from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from shop.settings import load_settings
from shop.store.engine import lock_schema, open_engine
from shop.store.tables import metadata


def plain(kind: str, item: Any, autogen: Any) -> Any:
    """Writes our column types as what they are in the database, so that a migration needs no code that may change."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if "connection" in context.config.attributes:
    run(context.config.attributes["connection"])
else:
    with open_engine(load_settings().database_url).begin() as own:
        lock_schema(own)
        run(own)
