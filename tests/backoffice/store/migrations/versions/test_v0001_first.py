from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from backoffice.store.engine import writing
from backoffice.store.tables import metadata
from backoffice.store.upgrade import MIGRATIONS, upgrade


def tables(engine):
    with writing(engine) as database:
        return set(inspect(database).get_table_names()) - {"alembic_version"}


def test_the_step_goes_down_and_up(engine):
    assert tables(engine) == set(metadata.tables)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with writing(engine) as database:
        config.attributes["connection"] = database
        command.downgrade(config, "base")
    assert tables(engine) == set()
    upgrade(engine)
    assert tables(engine) == set(metadata.tables)
