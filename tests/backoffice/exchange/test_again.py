from __future__ import annotations

from backoffice.exchange import again
from backoffice.jobs.work import Fate
from tests.backoffice.exchange.programs import fill, moved, product, reasons

DONE, REFUSED, WAITING = Fate.DONE, Fate.REFUSED, Fate.WAITING


def test_what_comes_before_what_it_names_fits_at_the_end(runner, erp, rows):
    erp.at_a_time = 1
    erp.put("categories", "milk", name="Mleczne", parent="food")
    erp.put("categories", "food", name="Spożywcze")
    outcomes = runner.run("categories")
    assert sorted(moved(outcomes)) == [("categories", "food", DONE), ("categories", "milk", DONE)]
    assert rows("categories", "kino")["milk"]["parent"] == "food"


def test_a_product_waits_for_its_category_until_an_export_brings_it(runner, erp, rows):
    erp.put("products", "p1", **product(category="food"))
    (waiting,) = runner.run("articles")
    assert (waiting.fate, waiting.reason) == (WAITING, "category: no category 'food'")
    assert waiting.where == "products.csv:1"
    assert rows("products") == {}
    assert moved(runner.run("articles")) == [("articles", "p1", WAITING)]
    erp.put("categories", "food", name="Spożywcze")
    runner.run("categories")
    assert moved(runner.run("articles")) == [("articles", "p1", DONE)]
    assert rows("products", "lipa") == rows("products", "kino") != {}
    assert runner.run("articles") == []


def test_a_code_that_two_products_exchange_between_batches_ends_with_both(runner, erp, rows):
    erp.at_a_time = 1
    erp.put("products", "p1", **product("Mleko", plu="1"))
    erp.put("products", "p2", **product("Kefir", plu="2"))
    runner.run("articles")
    erp.put("products", "p1", **product("Mleko", plu="2"))
    erp.put("products", "p2", **product("Kefir", plu="1"))
    assert {fate for _, _, fate in moved(runner.run("articles"))} == {DONE}
    assert (rows("products")["p1"]["plu"], rows("products")["p2"]["plu"]) == ("2", "1")


def test_what_is_removed_goes_when_nothing_needs_it_any_more(runner, erp, rows):
    fill(erp)
    runner.run()
    for name, row_id in (("products", "p1"), ("stock", "p1"), ("barcodes", "5901234123457")):
        erp.remove(name, row_id)
    outcomes = runner.run()
    assert ("articles", "p1", WAITING) in moved(outcomes)
    assert "price c1 belongs to it" in reasons(outcomes)["p1"]
    assert rows("products") != {}
    erp.remove("prices", "c1")
    assert ("articles", "p1", DONE) in moved(runner.run())
    assert rows("products") == rows("stock", "kino") == rows("barcodes") == {}


def test_what_makes_room_may_go_only_after_what_wants_it_was_tried(runner, erp, rows):
    erp.put("products", "p1", **product("Mleko", plu="1"))
    erp.put("price_lists", "l1", name="Hurt")
    erp.put("prices", "c1", price_list="l1", product="p1", price_gr=90)
    runner.run()
    erp.put("products", "p2", **product("Kefir", plu="1"))
    erp.remove("products", "p1")
    erp.remove("prices", "c1")
    assert {it.fate for it in runner.run()} == {DONE}
    assert set(rows("products")) == set(rows("products", "kino")) == {"p2"}


def test_codes_that_are_handed_on_in_a_row_take_as_many_passes(runner, erp, rows, monkeypatch):
    monkeypatch.setattr(again, "AT_A_TIME", 1)
    erp.at_a_time = 1
    for plu, row_id in enumerate("abcd", start=1):
        erp.put("products", row_id, **product(f"Towar {row_id}", plu=str(plu)))
    runner.run("articles")
    for plu, row_id in enumerate("abcd", start=2):
        erp.put("products", row_id, **product(f"Towar {row_id}", plu=str(plu)))
    outcomes = runner.run("articles")
    assert sorted(moved(outcomes)) == [("articles", row_id, DONE) for row_id in "abcd"]
    assert [rows("products")[row_id]["plu"] for row_id in "abcd"] == ["2", "3", "4", "5"]
