from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store import own_rows
from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import Customer, Visit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

EWA = Customer("1", "Ewa")
NEW = Customer("1", "Ewa Nowa")
AT = "2026-11-26T10:00:00+01:00"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield catalogue, journal
    close_writer(catalogue)
    close_writer(journal)


def test_a_row_is_ahead_until_the_catalogue_has_another_one_than_it_was_written_over(db) -> None:
    catalogue, journal = db
    apply(catalogue, "customers", 1, [EWA])
    with write(journal):
        own_rows.put(journal, "customers", NEW, EWA, "d1")
        own_rows.put(journal, "customers", Customer("2", "Ola"), None, "d2")
    assert own_rows.find(catalogue, journal, "customers", "1") == NEW
    assert own_rows.settle(catalogue, journal) == []
    apply(catalogue, "customers", 2, [Customer("1", "Inna"), Customer("2", "Ola")])
    assert own_rows.find(catalogue, journal, "customers", "1") == Customer("1", "Inna")
    assert own_rows.settle(catalogue, journal) == [("customers", "1"), ("customers", "2")]
    with write(journal):
        own_rows.drop(journal, own_rows.settle(catalogue, journal))
    assert own_rows.of(journal, "customers") == []


def test_a_row_that_the_office_removed_is_gone(db) -> None:
    catalogue, journal = db
    apply(catalogue, "customers", 1, [EWA])
    with write(journal):
        own_rows.put(journal, "customers", NEW, EWA, "d1")
    apply(catalogue, "customers", 2, [], ["1"])
    assert own_rows.find(catalogue, journal, "customers", "1") is None


def test_a_visit_that_was_made_is_ahead_of_any_that_is_planned(db) -> None:
    catalogue, journal = db
    done = Visit("v", "1", AT, state="done", ended_at=AT)
    with write(journal):
        own_rows.put(journal, "visits", done, None, "d1")
    apply(catalogue, "visits", 1, [Visit("v", "1", AT, "Inny temat")])
    assert own_rows.find(catalogue, journal, "visits", "v") == done
    apply(catalogue, "visits", 2, [Visit("v", "1", AT, state="cancelled")])
    assert own_rows.find(catalogue, journal, "visits", "v").state == "cancelled"


def test_what_a_document_told_is_forgotten_with_it(db) -> None:
    catalogue, journal = db
    with write(journal):
        own_rows.put(journal, "customers", EWA, None, "d1")
        own_rows.put(journal, "customers", NEW, None, "d2")
        own_rows.forget(journal, "d1")
    assert own_rows.find(catalogue, journal, "customers", "1") == NEW
    with write(journal):
        own_rows.forget(journal, "d2")
    assert own_rows.find(catalogue, journal, "customers", "1") is None
