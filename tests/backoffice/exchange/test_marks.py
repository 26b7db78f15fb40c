from __future__ import annotations

from backoffice.exchange.marks import copy, mark, set_mark
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


def test_a_shop_gets_the_marks_of_another_one_of_one_way_and_object(engine):
    with writing(engine) as database:
        set_mark(database, "main", Way.IMPORT, "partners", "3", "lipa")
        set_mark(database, "field", Way.IMPORT, "partners", "4", "lipa")
        set_mark(database, "main", Way.IMPORT, "documents", "5", "lipa")
        copy(database, Way.IMPORT, "partners", "lipa", "nowy")
        assert mark(database, "main", Way.IMPORT, "partners", "nowy") == "3"
        assert mark(database, "field", Way.IMPORT, "partners", "nowy") == "4"
        assert mark(database, "main", Way.IMPORT, "documents", "nowy") == ""
