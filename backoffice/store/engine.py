"""Opens the database the one right way, SQLite or PostgreSQL. No schema, no queries.

On SQLite a writing transaction takes its lock at the start: one that reads first and writes later
is refused at once by SQLite, whatever the timeout, when another has written in between.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url

from backoffice.errors import BadSetting
from backoffice.store.company import guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

BUSY_TIMEOUT_S = 10
# A server that froze must not hold a request for ever: the till asks again with the same documents.
_PATIENCE = f"-c lock_timeout={BUSY_TIMEOUT_S}s -c statement_timeout=30s"
_READING = "office_reading"


def open_engine(url: str) -> Engine:
    """Engine for ``sqlite:///path`` or ``postgresql+psycopg://…``; bound to no company yet.

    Raises ``BadSetting`` for a database in memory (the worker threads would each see their own),
    ``OSError`` where no file can be made.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_pre_ping=True, connect_args={"options": _PATIENCE})
        guard(engine)
        return engine
    if not parsed.database or parsed.database == ":memory:":
        raise BadSetting(detail="the database must be a file: sqlite:///path")
    # It holds the hashes of PINs; SQLite gives its side files the mode of the database.
    Path(parsed.database).touch(mode=0o600)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    guard(engine)
    return engine


def _prepare(dbapi_connection: Any, _record: Any) -> None:  # noqa: ANN401 (sqlite3 behind SQLAlchemy)
    # None: the sqlite3 module opens no transactions of its own, `_begin` does.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look at the database, whatever is written meanwhile; no writer waits for it.

    On PostgreSQL each statement would else see a database of its own.
    """
    options: dict[str, Any] = {_READING: True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed at the end, rolled back by any error."""
    with engine.begin() as connection:
        yield connection
