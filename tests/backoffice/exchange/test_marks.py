from __future__ import annotations

from backoffice.exchange.marks import mark, set_mark
from backoffice.jobs.work import Way
from backoffice.store.engine import reading, writing


def test_a_mark_is_of_one_object_way_channel_and_shop(engine):
    with writing(engine) as database:
        assert mark(database, "main", Way.EXPORT, "articles") == ""
        set_mark(database, "main", Way.EXPORT, "articles", "1")
        set_mark(database, "main", Way.EXPORT, "articles", "2")
        set_mark(database, "main", Way.IMPORT, "articles", "3")
        set_mark(database, "field", Way.EXPORT, "articles", "4")
        set_mark(database, "main", Way.EXPORT, "partners", "5")
        set_mark(database, "main", Way.EXPORT, "articles", "x" * 20_000, shop="lipa")
    with reading(engine) as database:
        assert mark(database, "main", Way.EXPORT, "articles") == "2"
        assert mark(database, "main", Way.EXPORT, "articles", "lipa") == "x" * 20_000
        assert mark(database, "main", Way.EXPORT, "articles", "kino") == ""
