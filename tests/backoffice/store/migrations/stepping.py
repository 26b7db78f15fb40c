"""Goes back to before a step, so that it can be taken again."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from backoffice.store.engine import writing
from backoffice.store.upgrade import MIGRATIONS


def step_back(engine, revision):
    """Undo step ``revision`` and whatever followed it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    before = ScriptDirectory.from_config(config).get_revision(revision).down_revision
    with writing(engine) as database:
        config.attributes["connection"] = database
        command.downgrade(config, before)
