from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer
from terminal.sync.known import known
from terminal.sync.wire import Unit, VatRate

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(catalogue, "units", 1, [Unit("a", "szt"), Unit("b", "kg")])
    apply(catalogue, "vat_rates", 1, [VatRate("A", 2300), VatRate("E", 10_100)])
    yield catalogue
    close_writer(catalogue)


def test_what_lives_may_be_referred_to(db: sqlite3.Connection) -> None:
    units = known(db, "units")
    assert "a" in units
    assert "c" not in units
    apply(db, "units", 2, [Unit("c", "l")], ["a"])
    assert "a" not in units
    assert "c" in units


def test_a_letter_must_have_a_rate(db: sqlite3.Connection) -> None:
    rates = known(db, "vat_rates")
    assert "A" in rates
    assert "E" not in rates
    assert "B" not in rates
