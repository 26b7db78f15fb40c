"""Rows of the data sets as lists show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store.browse import rows
from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import Currency, Customer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

LIPA = Customer("c2", "Lipa sp. z o.o.", "5260250274", city="Łódź")
DAB = Customer("c1", "Jan Dąb", phone="601 202 303")
GONE = Customer("c3", "Ada Lipka", is_active=False)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    one = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(one, "customers", 1, [LIPA, DAB, GONE])
    apply(one, "currencies", 1, [Currency(name, name, 1) for name in ("AAA", "BBB", "CCC")])
    yield one
    close_writer(one)


def test_rows_come_in_pages_in_the_order_of_their_ids(db: sqlite3.Connection) -> None:
    assert [row.id for row in rows(db, "currencies", "", 2)] == ["AAA", "BBB"]
    assert [row.id for row in rows(db, "currencies", "BBB", 2)] == ["CCC"]
    apply(db, "currencies", 2, [], ["AAA"])
    assert [row.id for row in rows(db, "currencies", "", 2)] == ["BBB", "CCC"]
    assert rows(db, "customers", "", 9) == [DAB, LIPA, GONE]
