"""Engines, and every difference between SQLite and PostgreSQL.

Transactions behave alike on both: READ COMMITTED. A unit of work that only reads takes no lock and each of its
statements sees what is committed by then. What is read to be changed is read with a `lock()`.

SQLite has no such mode of its own: a transaction that has read and then wants to write fails at once with "database is
locked" if anybody wrote in between, however long the timeout. So no transaction is begun for reading, and the first
statement that writes (or `lock()`) begins one with BEGIN IMMEDIATE, which waits its turn up to `BUSY_MS`. There is one
writer at a time, so between the first write and `commit()` nothing slow may be done.
"""

import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

BUSY_MS = 5000
_READS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN")
_SCHEMA_LOCK = 0x5348_4F50
"""Any number, the same in every process: PostgreSQL's advisory lock while migrating."""


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; connects to nothing yet. ValueError for other kinds."""
    kind = make_url(url).get_backend_name()
    if kind == "sqlite":
        engine = create_engine(url, json_serializer=_dump, pool_size=20, max_overflow=40)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "before_cursor_execute", _begin_before_write)
        return engine
    if kind == "postgresql":
        return create_engine(
            url,
            json_serializer=_dump,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            isolation_level="READ COMMITTED",
        )
    raise ValueError(f"SHOP_DATABASE_URL: {kind} is neither sqlite nor postgresql")


def database_exists(engine: Engine) -> bool:
    """False where a SQLite file is missing (connecting would create an empty one). True says nothing of its tables."""
    path = engine.url.database
    return engine.dialect.name != "sqlite" or path in (None, "", ":memory:") or Path(str(path)).is_file()


def make_room(engine: Engine) -> None:
    """Creates the folder of a SQLite file."""
    if engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        Path(str(engine.url.database)).parent.mkdir(parents=True, exist_ok=True)


def begin_writing(connection: Connection) -> None:
    """From here to the end of the transaction SQLite lets nobody else write; PostgreSQL locks row by row instead."""
    if connection.dialect.name == "sqlite":
        _begin_immediate(connection.connection.dbapi_connection)


def lock_schema(connection: Connection) -> None:
    """Lets one process migrate at a time; given back with the transaction."""
    if connection.dialect.name == "sqlite":
        begin_writing(connection)
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SCHEMA_LOCK})


def keep_as_written(connection: Connection, table: str) -> None:
    """Rows of that table are only ever added: the database itself refuses to change or delete one."""
    if connection.dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{table} are kept as written'); END"
                )
            )
        return
    connection.execute(
        text(
            f"CREATE FUNCTION {table}_stay() RETURNS trigger AS $$"
            f" BEGIN RAISE EXCEPTION '{table} are kept as written'; END $$ LANGUAGE plpgsql"
        )
    )
    connection.execute(
        text(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_stay()"
        )
    )


def drop_keeping(connection: Connection, table: str) -> None:
    """Undoes `keep_as_written`."""
    if connection.dialect.name == "sqlite":
        for deed in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER {table}_no_{deed}"))
        return
    connection.execute(text(f"DROP TRIGGER {table}_stay ON {table}"))
    connection.execute(text(f"DROP FUNCTION {table}_stay()"))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # None: the driver begins nothing of its own; COMMIT and ROLLBACK still work and do nothing where nothing is open.
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {BUSY_MS}", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_immediate(connection: Any) -> None:
    if not connection.in_transaction:
        connection.execute("BEGIN IMMEDIATE").close()


def _begin_before_write(  # noqa: PLR0917  # as SQLAlchemy calls it
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    if not statement.lstrip().upper().startswith(_READS):
        _begin_immediate(connection.connection.dbapi_connection)


def is_duplicate(error: IntegrityError) -> bool:
    """Whether a unique key refused the row (and not a foreign key or a check)."""
    return "UNIQUE constraint failed" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "23505"
