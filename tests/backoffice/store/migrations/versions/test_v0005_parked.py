from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from backoffice.store.engine import writing
from backoffice.store.upgrade import MIGRATIONS, upgrade


def test_the_step_goes_down_and_up(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with writing(engine) as database:
        config.attributes["connection"] = database
        command.downgrade(config, "0004")
        assert not inspect(database).has_table("parked_receipt")
        assert inspect(database).has_table("journal_entry")
    upgrade(engine)
    with writing(engine) as database:
        assert inspect(database).has_table("parked_receipt")
