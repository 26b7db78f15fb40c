from __future__ import annotations

from backoffice.erp.connector import Record
from backoffice.jobs.work import Fate
from tests.backoffice.exchange.programs import moved, product

DONE, REFUSED, WAITING = Fate.DONE, Fate.REFUSED, Fate.WAITING


def test_a_whole_list_takes_away_what_it_lacks(runner, erp, rows):
    for no in range(7):
        erp.put("customers", f"k{no}", name=f"Klient {no}")
        erp.put("products", f"p{no}", **product(f"Towar {no}"))
    runner.run()
    for key in (("customers", "k3"), ("customers", "k6"), ("products", "p1")):
        del erp.rows[key]
    assert runner.run() == []
    gone = [it for it in runner.run(is_whole=True) if it.fate is DONE]
    assert {it.id for it in gone} == {"k3", "k6", "p1"}
    assert set(rows("customers", "kino")) == {"k0", "k1", "k2", "k4", "k5"}
    assert moved(runner.run(is_whole=True)) == []


def test_an_empty_list_or_one_that_cannot_be_read_takes_nothing_away(runner, erp, rows):
    erp.put("products", "p1", **product())
    erp.put("products", "p2", **product("Kefir"))
    runner.run()
    kept, erp.rows = erp.rows, {}
    assert runner.run(is_whole=True) == []
    assert "products: the list is empty: nothing is removed" in runner.said
    erp.rows = {key: value for key, value in kept.items() if key[1] == "p1"}
    erp.extra = [Record("products", "", {}, "art.csv", "cut off in the middle")]
    runner.run(is_whole=True)
    assert "products: a part of the list could not be read: nothing is removed" in runner.said
    assert set(rows("products")) == {"p1", "p2"}


def test_a_record_that_cannot_be_read_is_not_taken_for_one_that_is_gone(runner, erp, rows):
    erp.put("products", "p1", **product())
    erp.put("products", "p2", **product("Kefir"))
    runner.run()
    erp.put("products", "p1", **product(price_gr=-1))
    runner.run(is_whole=True)
    assert set(rows("products")) == {"p1", "p2"}


def test_a_list_that_lacks_more_than_half_must_be_confirmed(runner, erp, rows):
    for no in range(24):
        erp.put("customers", f"k{no:02}", name=f"Klient {no}")
    runner.run()
    for no in range(13):
        del erp.rows["customers", f"k{no:02}"]
    assert moved(runner.run("partners", is_whole=True)) == []
    assert any("confirm that" in line for line in runner.said)
    assert len(runner.run("partners", is_whole=True, confirm=True)) == 24
    assert len(rows("customers")) == 11


def test_a_source_that_gives_changes_only_takes_nothing_away(runner, erp, rows):
    erp.put("products", "p1", **product())
    erp.put("products", "p2", **product("Kefir"))
    runner.run("articles")
    erp.is_changes = True
    del erp.rows["products", "p2"]
    runner.run("articles", is_whole=True)
    assert set(rows("products")) == {"p1", "p2"}
    (count,) = runner.work.preview(runner.office, runner.job("articles", is_whole=True))
    assert count.removed == 0
