from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store import sales_documents
from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import SalesDoc, SalesDocument, SalesLine

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

LINE = SalesLine("p", "Mleko", "szt.", "C", 1000, 349, 349)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield catalogue, journal
    close_writer(catalogue)
    close_writer(journal)


def row(no: int, kind: str = "ZS", customer: str = "c1") -> SalesDocument:
    at = f"2026-11-{no:02}T10:00:00+01:00"
    return SalesDocument(f"d{no}", kind, f"{kind}/E/{no:06}", customer, at, 349, [LINE])


def document(no: int) -> SalesDoc:
    at, number = f"2026-11-{no:02}T10:00:00+01:00", f"ZS/T1/{no:06}"
    return SalesDoc(f"d{no}", "T1", "lipa", at, "Ewa", "3", "ZS", number, "c1", 349, [LINE])


def test_pages_go_through_all_of_them_newest_first(db) -> None:
    catalogue, journal = db
    apply(catalogue, "sales_documents", 1, [row(no) for no in (1, 3, 5, 7)])
    with write(journal):
        for no in (2, 6):
            sales_documents.put(journal, document(no))
    pages, last = [], None
    while page := sales_documents.page(catalogue, journal, "", "", last, 2, {}):
        pages += page
        last = page[-1]
    assert [one.id for one in pages] == ["d7", "d6", "d5", "d3", "d2", "d1"]
    assert pages[3].lines == [LINE]


def test_they_are_found_by_number_customer_and_kind(db) -> None:
    catalogue, journal = db
    apply(catalogue, "sales_documents", 1, [row(1), row(2, "OS"), row(3, customer="c2")])

    def found(text: str, kind: str = "") -> list[str]:
        names = {"c1": "Żabka Łódź", "c2": "Kawiarnia"}
        return [
            it.id for it in sales_documents.page(catalogue, journal, text, kind, None, 9, names)
        ]

    assert found("zabka") == ["d2", "d1"]
    assert found("lodz", "OS") == ["d2"]
    assert found("e/000003") == ["d3"]
    assert found("kawiarnia os") == []


def test_the_first_word_about_one_stands_and_goes_before_the_offices_open_row(db) -> None:
    catalogue, journal = db
    apply(catalogue, "sales_documents", 1, [row(1)])
    with write(journal):
        sales_documents.settle(journal, "d1", "realised", "r1")
        sales_documents.settle(journal, "d1", "cancelled")
    found = sales_documents.find(catalogue, journal, "d1")
    assert (found.state, found.receipt) == ("realised", "r1")
    assert sales_documents.page(catalogue, journal, "", "", None, 9, {}) == [found]
    assert sales_documents.find(catalogue, journal, "nothing") is None


def test_numbers_go_on_after_those_of_copies(db) -> None:
    _catalogue, journal = db
    with write(journal):
        assert sales_documents.next_number(journal, "ZS", "T1") == "ZS/T1/000001"
        for no in (7, 3):
            sales_documents.restore(journal, document(no))
        assert sales_documents.next_number(journal, "ZS", "T1") == "ZS/T1/000008"
        assert sales_documents.next_number(journal, "OS", "T1") == "OS/T1/000001"
