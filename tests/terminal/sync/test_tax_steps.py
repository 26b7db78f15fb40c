"""Products that the printer may refuse for their rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer
from terminal.sync import tax_steps
from terminal.sync.wire import Product, VatRate

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


def product(row_id: str, name: str, vat: str = "B", **more) -> Product:
    return Product(row_id, name, vat, 100, "szt", **more)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(catalogue, "vat_rates", 1, [VatRate("A", 2300), VatRate("B", 800), VatRate("E", 10_000)])
    apply(
        catalogue, "products", 1,
        [
            product("p1", "Mleko"), product("p2", "MLEKO!"), product("p3", "Chleb", "E"),
            product("p4", "Ser", "G"), product("p5", "Kefir", is_active=False),
        ],
    )  # fmt: skip
    yield catalogue
    close_writer(catalogue)


def test_a_rate_that_goes_up_is_told(db: sqlite3.Connection) -> None:
    found = tax_steps.find(db, {"mleko": 500, "chleb": 500, "ser": 0, "kefir": 0})
    assert [row_id for row_id, _ in found] == ["p2", "p1"]
    assert found[1][1].startswith("E-03 ")
    assert "Mleko" in found[1][1]


def test_a_rate_that_stays_or_goes_down_is_no_news(db: sqlite3.Connection) -> None:
    assert tax_steps.find(db, {"mleko": 800, "chleb": 800}) == ()
    assert tax_steps.find(db, {}) == ()
