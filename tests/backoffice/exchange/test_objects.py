from __future__ import annotations

from backoffice.exchange.objects import EXPORTS, IMPORTS
from terminal.sync import wire


def test_each_set_goes_in_one_export_and_after_those_it_names():
    sets = [name for names in EXPORTS.values() for name in names]
    assert len(sets) == len(set(sets))
    assert set(sets) <= set(wire.SETS)
    for first, second in (
        ("units", "products"),
        ("categories", "products"),
        ("products", "stock"),
        ("products", "prices"),
        ("customers", "sales_documents"),
    ):
        assert sets.index(first) < sets.index(second)


def test_there_are_nine_exports_and_four_imports():
    assert (len(EXPORTS), len(IMPORTS)) == (9, 4)
