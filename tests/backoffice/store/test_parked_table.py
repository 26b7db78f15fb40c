from __future__ import annotations

from backoffice.store import tables
from backoffice.store.parked_table import parked_receipt


def test_whoever_asks_for_the_tables_has_it_too():
    assert tables.company.metadata.tables["parked_receipt"] is parked_receipt
    assert [column.name for column in parked_receipt.primary_key] == ["company", "share"]
