from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import func, select

from backoffice import publish
from backoffice.sample import load_sample
from backoffice.store import goods_rows
from backoffice.store.engine import reading, writing
from backoffice.store.migrations.versions import v0011_goods
from backoffice.store.tables import goods
from backoffice.store.upgrade import MIGRATIONS, upgrade


def test_goods_of_an_older_office_are_found(engine):
    load_sample(engine)
    with writing(engine) as database:
        publish.remove(database, "products", "lipa", "40")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with writing(engine) as database:
        config.attributes["connection"] = database
        before = database.scalar(select(func.count()).select_from(goods))
        command.downgrade(config, v0011_goods.down_revision)
    upgrade(engine)
    with reading(engine) as database:
        assert database.scalar(select(func.count()).select_from(goods)) == before > 10
        assert goods_rows.differing(database, "lipa") == []
