from __future__ import annotations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from backoffice.store.engine import writing
from backoffice.store.tables import journal_entry, metadata

ENTRY = {
    "terminal": "K1", "epoch": 1, "seq": 1, "rid": "r1", "prev": "0", "hash": "1",
    "body": "{}", "kind": "", "received_at": "",
}  # fmt: skip


@pytest.mark.parametrize("other", [{"rid": "r2"}, {"seq": 2}, {"epoch": 2}])
def test_the_database_itself_keeps_places_and_rids_unique(engine, other):
    with writing(engine) as database:
        database.execute(insert(journal_entry).values(ENTRY))
    with pytest.raises(IntegrityError), writing(engine) as database:
        database.execute(insert(journal_entry).values(ENTRY | other))


def test_every_key_has_a_name_that_a_migration_can_call():
    for table in metadata.tables.values():
        assert all(it.name for it in table.constraints), table.name


def test_what_postgresql_cannot_store_is_replaced_in_words_and_not_in_documents(engine):
    words = {"kind": "a\0b"}
    with writing(engine) as database:
        database.execute(insert(journal_entry).values(ENTRY | words))
        assert database.scalar(select(journal_entry.c.kind)) == "a\N{REPLACEMENT CHARACTER}b"
