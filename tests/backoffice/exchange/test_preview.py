from __future__ import annotations

from dataclasses import replace

from backoffice.erp.connector import Record
from backoffice.exchange import preview
from backoffice.jobs.work import Count, NotNowError
from backoffice.store import data_rows
from backoffice.store.engine import reading
from tests.backoffice.exchange.programs import fill, product


def counts(runner, *what, **options):
    return runner.work.preview(runner.office, runner.job(*what, **options))


def test_what_would_move_is_counted_and_nothing_is_written(runner, erp, rows, office):
    fill(erp)
    erp.extra = [Record("products", "p9", {}, "", "no price"), Record("units", "", {}, "", "?")]
    before = counts(runner, "articles", "basic_data")
    assert before == [
        Count("articles", new=2, refused=1), Count("basic_data", new=1, refused=1)
    ]  # fmt: skip
    assert rows("products") == {}
    erp.extra = []
    runner.run()
    assert {(it.new, it.changed, it.removed, it.refused) for it in counts(runner)} == {(0, 0, 0, 0)}
    erp.put("products", "p1", **product("Kefir"))
    erp.remove("barcodes", "5901234123457")
    with reading(office.engine) as database:
        revision = data_rows.revision_of(database, "products", "lipa")
    assert counts(runner, "articles") == [Count("articles", changed=1, removed=1)]
    with reading(office.engine) as database:
        assert data_rows.revision_of(database, "products", "lipa") == revision


def test_a_whole_list_is_compared_unless_it_is_empty(runner, erp):
    fill(erp)
    erp.put("products", "p2", **product("Kefir"))
    runner.run()
    del erp.rows["products", "p2"]
    assert counts(runner, "articles", is_whole=True) == [Count("articles", removed=1)]
    erp.rows = {}
    assert counts(runner, "articles", is_whole=True) == [Count("articles")]


def test_of_what_cannot_be_listed_now_nothing_is_known(runner, erp, monkeypatch):
    def read(*_told):
        raise NotNowError

    monkeypatch.setattr(erp, "read", read)
    assert counts(runner, "articles") == [Count("articles", is_known=False)]


def test_a_program_without_end_is_not_read_when_nobody_waits_any_more(runner, erp, monkeypatch):
    monkeypatch.setattr(preview, "MAX_S", 0.1)
    read, asked = erp.read, []

    def on(name, since, cursor):
        asked.append(name)
        assert len(asked) < 1_000_000
        return replace(read(name, since, ""), next="on")

    monkeypatch.setattr(erp, "read", on)
    assert counts(runner, "articles", "partners") == [
        Count("articles", is_known=False),
        Count("partners", is_known=False),
    ]
    assert "partners" not in asked
