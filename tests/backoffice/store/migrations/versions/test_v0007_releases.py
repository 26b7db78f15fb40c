from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from backoffice import rollouts, settings
from backoffice.store.engine import reading, writing
from backoffice.store.upgrade import MIGRATIONS, upgrade


def test_what_was_wished_of_all_tills_is_a_roll_out_to_all(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with writing(engine) as database:
        config.attributes["connection"] = database
        command.downgrade(config, "0006")
        settings.set_to(database, "release", "0.2.0")
    upgrade(engine)
    with reading(engine) as database:
        (only,) = rollouts.all_rollouts(database)
        assert (only.group, only.version, only.percent) == ("", "0.2.0", 100)
        assert database.scalar(text("SELECT count(*) FROM update_state")) == 0
