"""Brings a database to the newest schema, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import func, select, text

from backoffice.store.engine import writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

_LOCK = 0x6B61736F  # any number that only this program would think of
MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run every step that the database has not seen; nothing happens when there is none."""
    config = _config()
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            # A step reads whole journals: the patience of a request is not for it, nor for those
            # that wait for it.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            # Processes that start together would make the tables twice; on SQLite they wait anyway.
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def knows(schema: str) -> bool:
    """Whether this program has the step that made ``schema``: it is ours, or older."""
    try:
        ScriptDirectory.from_config(_config()).get_revision(schema)
    except CommandError:
        return False
    return True


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
