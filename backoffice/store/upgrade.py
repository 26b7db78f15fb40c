"""Brings a database to the newest schema, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import func, select

from backoffice.store.engine import writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

_LOCK = 0x6B61736F  # any number that only this program would think of
MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run every step that the database has not seen; nothing happens when there is none."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            # Processes that start together would make the tables twice; on SQLite they wait anyway.
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
