from __future__ import annotations

import pytest

from backoffice import publish
from backoffice.erp.connector import Record
from backoffice.exchange import links, theirs
from backoffice.exchange.links import Link
from backoffice.jobs.work import Fate
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing

LINE = {
    "product": "p1", "name": "Mleko", "unit": "szt.", "vat": "A",
    "qty_milli": 1000, "price_gr": 500, "gross_gr": 500,
}  # fmt: skip
ORDER = {
    "type": "ZS", "number": "ZS/1", "customer": "K-77", "total_gr": 500, "lines": [LINE],
    "issued_at": "2026-03-01T12:00:00+01:00",
}  # fmt: skip


@pytest.fixture
def partner(office):
    """Made at a till of one shop, brought to the program, and called K-77 there."""
    with writing(office.engine) as database:
        publish.put(database, "customers", "lipa", [{"id": "ours", "name": "Nowy"}])
        body = data_rows.body_of(database, "customers", "lipa", "ours")
        links.link(database, "main", "customers", {"ours": Link(links.digest(body), "K-77")})


def test_a_partner_made_here_keeps_its_id_whatever_it_is_called_there(partner, runner, erp, rows):
    erp.put("customers", "K-77", name="Nowy")
    erp.put("sales_documents", "d1", **ORDER)
    outcomes = runner.run("partners", "documents")
    assert {it.fate for it in outcomes} == {Fate.DONE}  # the other shop gets it
    assert set(rows("customers", "kino")) == set(rows("customers")) == {"ours"}
    assert rows("sales_documents")["d1"]["customer"] == "ours"
    whole = runner.run("partners", "documents", is_whole=True)
    assert {it.fate for it in whole} == {Fate.SAME}


def test_what_a_row_was_called_there_is_kept_when_it_changes(partner, runner, erp, office, rows):
    erp.put("customers", "K-77", name="Nowy i syn")
    runner.run("partners")
    with reading(office.engine) as database:
        assert links.links(database, "main", "customers", ["ours"])["ours"].their_id == "K-77"
    erp.remove("customers", "K-77")
    runner.run("partners")
    assert rows("customers") == {}
    with reading(office.engine) as database:
        assert links.links(database, "main", "customers", ["ours"]) == {}


def test_an_attachment_is_about_our_record(partner, engine):
    about = {"about": "customer", "of": "K-77", "kind": "note"}
    other = {"about": "product", "of": "K-77", "kind": "note"}
    records = [
        Record("attachments", "a1", about),
        Record("attachments", "a2", other),
        Record("attachments", "a3", {"about": 7, "of": None}),
        Record("products", "K-77", {}),
    ]
    with reading(engine) as database:
        found = theirs.renamed(database, "main", records)
    assert [it.body.get("of") for it in found] == ["ours", "K-77", None, None]
    assert found[3] is records[3]
