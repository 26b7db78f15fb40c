from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import insert, inspect

from backoffice import sign_ins
from backoffice.store.engine import reading, writing
from backoffice.store.migrations.versions import v0015_shops
from backoffice.store.tables import journal_entry
from backoffice.store.upgrade import MIGRATIONS, upgrade
from terminal.sync import wire

LOGIN = {"rid": "1", "terminal": "K1", "shop": "lipa", "operator": "Anna", "name": "login"}


def test_who_signed_in_last_is_read_from_the_journals(engine):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    told = [
        ("2026-03-01T09:00:00+01:00", {"user": "1"}),
        ("2026-03-01T08:00:00+01:00", {"user": "1"}),
        ("in May", {"user": "2"}),
        ("2999-01-01T08:00:00+01:00", {"user": "3"}),
        ("2026-03-01T08:00:00+01:00", {}),
    ]
    bodies = [wire.canonical(wire.EventDoc(**LOGIN, at=at, detail=it)) for at, it in told]
    bodies += ['["name":"login"', '[{"name":"login"}]']
    with writing(engine) as database:
        config.attributes["connection"] = database
        command.downgrade(config, v0015_shops.down_revision)
        assert not inspect(database).has_table("sign_in")
        place = {"terminal": "K1", "epoch": 1, "prev": "", "hash": "", "kind": "event"}
        received = {**place, "received_at": "2026-03-02T00:00:00.000+00:00"}
        rows = [
            {**received, "seq": seq, "rid": str(seq), "body": body}
            for seq, body in enumerate(bodies, start=1)
        ]
        database.execute(insert(journal_entry), rows)
    upgrade(engine)
    with reading(engine) as database:
        assert sign_ins.last(database) == {
            ("lipa", "1"): "2026-03-01T08:00:00.000+00:00",
            ("lipa", "2"): "2026-03-02T00:00:00.000+00:00",
            ("lipa", "3"): "2026-03-02T00:00:00.000+00:00",
        }
