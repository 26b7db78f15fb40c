from __future__ import annotations

from backoffice import publish
from backoffice.erp.connector import Record
from backoffice.exchange.unsent import unsent
from backoffice.jobs.work import Fate
from backoffice.receive import receive
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.exchange.programs import moved, product, reasons
from tests.backoffice.exchange.test_theirs import ORDER

DONE, REFUSED, WAITING = Fate.DONE, Fate.REFUSED, Fate.WAITING


def test_a_record_with_a_fault_is_refused_alone_and_says_where(runner, erp, rows):
    erp.extra = [
        Record("products", "p9", {"name": "x"}, "art.csv:7", "the price is no number"),
        Record("products", "", {}, "art.csv", "wrong checksum"),
        Record("customers", "k1", {}, "art.csv:9"),
    ]
    erp.put("products", "p1", **product(price_gr="dear"))
    erp.put("products", "p2", **product(colour="red"))
    erp.put("products", "p3", **product())
    outcomes = runner.run("articles")
    assert [it.fate for it in outcomes if it.id == "p3"] == [DONE]
    assert {it.id for it in outcomes if it.fate is REFUSED} == {"p9", "", "p1", "p2"}
    assert reasons(outcomes)["p9"] == "the price is no number"
    assert reasons(outcomes)["p1"].startswith("kino: price_gr: Expected")
    assert reasons(outcomes)["p2"].endswith("colour: products has no such field")
    assert {it.where for it in outcomes if it.id == "p9"} == {"art.csv:7"}
    assert set(rows("products")) == {"p3"}


def test_contradictions_are_refused_one_by_one(runner, erp, rows):
    erp.at_a_time = 10
    erp.put("categories", "a", name="A", parent="b")
    erp.put("categories", "b", name="B", parent="a")
    erp.put("categories", "c", name="C")
    erp.put("products", "p1", **product("Mleko", plu="7", barcodes=["5901234123457"]))
    erp.put("products", "p2", **product("Kefir", plu="7"))
    erp.put("products", "p3", **product("Ser", barcodes=["5901234123457"]))
    erp.put("products", "p4", **product("MLEKO", vat="B"))
    outcomes = runner.run("categories", "articles")
    assert {it.id for it in outcomes if it.fate is DONE} == {"c", "p1"}
    assert {it.id for it in outcomes if it.fate is REFUSED} == {"a", "b", "p2", "p3", "p4"}
    told = reasons(outcomes)
    assert "the category would lie in itself" in told["a"]
    assert "PLU 7: product p1 has it too" in told["p2"]
    assert "bar code 5901234123457: product p1 has it too" in told["p3"]
    assert "to the printer the same name as product p1" in told["p4"]


def test_two_records_of_one_id_in_a_batch(runner, erp, rows):
    erp.extra = [Record("customers", "k1", {"name": name}) for name in ("Anna", "Ewa")]
    outcomes = runner.run("partners")
    assert rows("customers")["k1"]["name"] == "Anna"
    assert "row 1 has the same id" in reasons(outcomes)["k1"]


def test_a_partner_that_changes_over_there_changes_in_each_shop(runner, erp, rows):
    erp.put("customers", "k1", name="Kowalski")
    runner.run("partners")
    erp.put("customers", "k1", name="Kowalska")
    assert moved(runner.run("partners")) == [("partners", "k1", DONE)]
    assert rows("customers", "kino") == rows("customers", "lipa")
    assert rows("customers")["k1"]["name"] == "Kowalska"


def test_a_partner_that_was_changed_here_waits_for_the_import(runner, erp, office, rows):
    erp.put("customers", "k1", name="Kowalski")
    runner.run("partners")
    with writing(office.engine) as database:
        publish.put(database, "customers", "lipa", [{"id": "k1", "name": "Kowalski i syn"}])
        publish.put(database, "customers", "lipa", [{"id": "new", "name": "Nowy"}])
    erp.put("customers", "k1", name="Kowalski sp. z o.o.")
    outcomes = runner.run("partners", is_whole=True)
    assert moved(outcomes) == [("partners", "k1", WAITING)]
    assert reasons(outcomes)["k1"].startswith("lipa: changed here")
    assert set(rows("customers")) == {"k1", "new"}
    assert rows("customers")["k1"]["name"] == "Kowalski i syn"


def test_an_order_that_comes_after_its_receipt_is_realised_once(
    runner, erp, office, rows, till, clock, books
):
    """An office that was put back hears of the receipt again before it has the order again."""
    journal = books()
    sold = journal.receipt(1, fulfils="d1")
    journal.add(sold)
    push = wire.JournalPush(1, list(journal.entries))
    receive(office.engine, till, push, clock())
    erp.put("sales_documents", "d1", **ORDER)
    runner.run("documents")
    order = rows("sales_documents")["d1"]
    assert (order["state"], order["receipt"]) == ("realised", sold.rid)
    with reading(office.engine) as database:
        assert unsent(database, "main", "sales_documents", "lipa", ["d1"]) == {"d1"}
