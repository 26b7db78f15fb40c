"""Names under which receipts lie; what is seen and refused is tried with the verbs beside."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code, Rejected
from terminal.i18n import use_language
from terminal.parked.bills import NAME_MAX, Bill, Bills
from terminal.people.rights import Operator
from terminal.sale.receipt import Receipt
from terminal.store import parked
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import Settings

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

ANNA = Operator("u1", "1", "Anna", "kasjer", frozenset(), "")
OFFERED = Settings("settings", parking=True, parking_names=["Telefon"])


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    use_language("pl")
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield journal
    close_writer(journal)
    use_language("en")


@pytest.fixture
def bills(db: sqlite3.Connection) -> Bills:
    return Bills(db, SimpleNamespace(settings=lambda: OFFERED))


def test_the_list(db: sqlite3.Connection, bills: Bills) -> None:
    parked.add_name(db, "Jan", "2026-11-23")
    # Its name was the office's once.
    parked.add_receipt(db, Receipt("r1", "2026", "u1", "Anna"), "Stolik 9")
    bills.on_screen = "Jan"
    lying = parked.under(db, "Stolik 9")
    assert bills.everything(ANNA) == [
        Bill("Telefon", is_added=False),
        Bill("Jan", is_added=True, is_on_screen=True),
        Bill("Stolik 9", is_added=True, lying=lying),
    ]


def test_a_name_as_it_is_kept(db: sqlite3.Connection, bills: Bills) -> None:
    assert bills.new("") == "Sprzedaż 1"
    bills.on_screen = "Sprzedaż 1"
    parked.add_name(db, "Sprzedaż 2", "2026-11-23")
    assert bills.new("  ") == "Sprzedaż 3"
    assert bills.new("  pan   Jan ") == "pan Jan"
    assert len(bills.new("x" * 99)) == NAME_MAX
    with pytest.raises(Rejected) as caught:
        bills.new(" Telefon")
    assert caught.value.code is Code.BILL_EXISTS


def test_a_free_name_is_near_the_one_that_is_taken(db: sqlite3.Connection, bills: Bills) -> None:
    assert bills.free("pan Jan") == "pan Jan"
    assert bills.free("Telefon") == "Telefon 2"
    parked.add_name(db, "Telefon 2", "2026-11-23")
    assert bills.free("Telefon") == "Telefon 3"


def test_a_name_that_is_not_in_the_list(bills: Bills) -> None:
    assert bills.lying(ANNA, "Telefon") is None
    with pytest.raises(Rejected) as caught:
        bills.lying(ANNA, "Jan")
    assert caught.value.code is Code.BILL_GONE
