from __future__ import annotations

import pytest

from backoffice.errors import NotFound
from backoffice.rows import FieldFault, read_row, row_type
from terminal.sync import wire

GOOD = {"id": "1", "name": "Mleko", "vat": "C", "price_gr": 429, "unit": "szt"}


def test_a_good_row_is_read():
    row = read_row("products", GOOD)
    assert row == wire.Product("1", "Mleko", "C", 429, "szt")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"price_gr": "429"}, "$.price_gr"),
        ({"price_gr": 4.5}, "$.price_gr"),
        ({"price_gr": -1}, "$.price_gr"),
        ({"vat": "H"}, "$.vat"),
        ({"name": ""}, "$.name"),
        ({"name": "x" * 41}, "$.name"),
        ({"barcodes": ["5901234123457", "59x"]}, "$.barcodes[1]"),
        ({"plu": "0"}, "$.plu"),
        ({"nmae": "Mleko"}, "$.nmae"),
        ({"id": None}, "$.id"),
    ],
)
def test_a_bad_field_is_named(change, path):
    fault = read_row("products", GOOD | change)
    assert isinstance(fault, FieldFault)
    assert fault.path == path
    assert fault.reason


@pytest.mark.parametrize(
    ("name", "row", "path"),
    [
        ("currencies", {"id": "EUO", "name": "Euro", "rate_e4": 1}, "$.id"),
        ("customers", {"id": "1", "name": "Kawiarnia", "nip": "5261001002"}, "$.nip"),
        ("discounts", {"id": "1", "name": "Nic", "scope": "line"}, "$.percent_bp"),
        ("quick_keys", {"id": "1", "position": 1}, "$.product"),
        ("price_lists", {"id": "1", "name": "Lato", "valid_to": "2026-06-31"}, "$.valid_to"),
        ("stock", {"id": "1", "qty_milli": 1, "as_of": "today"}, "$.as_of"),
    ],
)
def test_a_rule_of_the_contract_names_its_field(name, row, path):
    fault = read_row(name, row)
    assert isinstance(fault, FieldFault)
    assert fault.path == path


@pytest.mark.parametrize("raw", [None, [], "x", 5])
def test_only_objects_are_rows(raw):
    assert read_row("products", raw) == FieldFault("$", "expected an object")


def test_a_missing_field_is_named():
    fault = read_row("units", {"id": "kg"})
    assert "name" in fault.reason


def test_an_unknown_set_is_answered_with_those_there_are():
    with pytest.raises(NotFound, match="vat_rates"):
        row_type("vat")
