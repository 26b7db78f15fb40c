from __future__ import annotations

import pytest

from backoffice.copies.faults import BadCopy
from backoffice.copies.held import held
from backoffice.store.company import of_all
from backoffice.store.engine import open_engine, reading, writing


def look(url, *spoilt):
    engine = of_all(open_engine(url))
    try:
        with writing(engine) as database:
            for sql in spoilt:
                database.exec_driver_sql(sql)
        with reading(engine) as database:
            return held(database)
    finally:
        engine.dispose()


def test_it_counts_what_is_there(db_url, fill):
    assert look(db_url).documents == look(db_url).rows == 0
    fill(db_url)
    found = look(db_url)
    assert found.documents == 3
    assert found.rows > 250
    assert found.last_at == "2026-03-01T12:00:03.000Z"


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ("DELETE FROM journal_entry WHERE seq = 2", "the journal of K1 breaks at 1/3"),
        ("UPDATE journal_entry SET body = '{}' WHERE seq = 1", "breaks at 1/1"),
        ("DELETE FROM data_row WHERE set_name = 'products' AND id = '7'", "rows of products"),
        ("UPDATE data_row SET body = '{}' WHERE set_name = 'units' AND id = 'kg'", "rows of units"),
        ("DELETE FROM data_row WHERE set_name = 'roles'", "rows of roles of lipa are missing"),
        ("DROP TABLE alembic_version", "it is no database of an office"),
    ],
)
def test_what_is_missing_or_changed_is_told(db_url, fill, spoilt, told):
    fill(db_url)
    with pytest.raises(BadCopy, match=told):
        look(db_url, spoilt)
