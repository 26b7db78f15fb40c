from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from backoffice.store.engine import writing
from backoffice.store.tables import contact, office_setting
from backoffice.store.upsert import count_up, insert_if_absent, upsert


def everything(database):
    return dict(database.execute(select(office_setting.c.name, office_setting.c.value)).all())


def test_upsert_adds_and_replaces(engine):
    with writing(engine) as database:
        upsert(database, office_setting, [])
        upsert(database, office_setting, [{"name": "a", "value": "1"}])
        upsert(database, office_setting, [{"name": "a", "value": "2"}, {"name": "b", "value": "3"}])
        assert everything(database) == {"a": "2", "b": "3"}


def test_insert_if_absent_leaves_what_is_there(engine):
    with writing(engine) as database:
        insert_if_absent(database, office_setting, {"name": "a", "value": "1"})
        insert_if_absent(database, office_setting, {"name": "a", "value": "2"})
        assert everything(database) == {"a": "1"}


def test_count_up_adds_and_keeps_the_newest(engine):
    key = {"terminal": "K1", "since": "s", "kind": "push", "what": ""}
    with writing(engine) as database:
        for rows, at in ((2, "a"), (5, "b")):
            count_up(database, contact, key, {"times": 1, "rows": rows}, {"last_at": at})
        (row,) = database.execute(select(contact)).all()
        assert (row.times, row.rows, row.last_at) == (2, 7, "b")


def test_postgresql_gets_its_own_statement():
    spoken = []

    class Connection:
        dialect = postgresql.dialect()

        def execute(self, statement, rows=None):
            spoken.append(str(statement.compile(dialect=self.dialect)))

    row = {"company": "main", "name": "a", "value": "1"}
    upsert(Connection(), office_setting, [row])
    insert_if_absent(Connection(), office_setting, row)
    assert "ON CONFLICT (company, name) DO UPDATE SET value = excluded.value" in spoken[0]
    assert spoken[1].endswith("ON CONFLICT DO NOTHING")
