from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from backoffice import publish
from backoffice.exchange import channels
from backoffice.store.engine import reading, writing
from backoffice.store.migrations.versions import v0017_exchange
from backoffice.store.upgrade import MIGRATIONS, upgrade


def test_shops_that_were_there_before_are_of_the_main_channel(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as database:
        publish.put(database, "units", "lipa", [{"id": "szt", "name": "szt."}])
        config.attributes["connection"] = database
        command.downgrade(config, v0017_exchange.down_revision)
        assert not inspect(database).has_table("shop_channel")
    upgrade(engine)
    with reading(engine) as database:
        assert channels.shops_of(database, channels.MAIN) == ["lipa"]
