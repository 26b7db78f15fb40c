from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from backoffice.exchange import unsent
from backoffice.store.engine import writing
from backoffice.store.migrations.versions import v0019_unsent
from backoffice.store.upgrade import MIGRATIONS, upgrade


def test_the_table_comes_and_goes(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as database:
        config.attributes["connection"] = database
        command.downgrade(config, v0019_unsent.down_revision)
        assert not inspect(database).has_table("exchange_unsent")
    upgrade(engine)
    with writing(engine) as database:
        note = {"k1": unsent.Note(unsent.State.WAITING, "0" * 64)}
        unsent.note(database, "main", "customers", "lipa", note)
        assert unsent.notes(database, "main", "customers", "lipa", ["k1"]) == note
