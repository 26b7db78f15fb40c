from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from terminal.store.tables import TABLES
from terminal.sync import datasets
from terminal.sync.datasets import DATA_SETS
from terminal.sync.wire import SETS, Barcode, PaymentMethod, Price, Product

if TYPE_CHECKING:
    from msgspec import Struct

KNOWN = {
    "units": {"szt"},
    "vat_rates": {"A", "B"},
    "categories": set(),
    "roles": {"cashier"},
    "products": {"p1"},
    "price_lists": {"l1"},
}
CHLEB = {"id": "p1", "name": "Chleb", "vat": "A", "price_gr": 499, "unit": "szt"}
PRICE = {"id": "c1", "price_list": "l1", "product": "p1", "price_gr": 399}
ALA = {"id": "u1", "identifier": "7", "name": "Ala", "role": "cashier"}


def read(name: str, row: object) -> Struct | tuple[str, str]:
    return datasets.read(DATA_SETS[name], msgspec.Raw(msgspec.json.encode(row)), KNOWN)


def test_the_table_holds_every_set_of_the_contract_in_its_order() -> None:
    assert [(one.name, one.row) for one in DATA_SETS.values()] == list(SETS.items())
    assert list(DATA_SETS) == list(TABLES)


def test_every_set_is_below_one_entry_and_comes_after_what_it_needs() -> None:
    entries = ("configuration", "users", "products", "customers")
    below = [name for entry in entries for name in datasets.sets_of(entry)]
    assert below == list(DATA_SETS)
    places = list(DATA_SETS)
    for one in DATA_SETS.values():
        assert one.name in datasets.sets_of(one.entry)
        assert all(places.index(need) < places.index(one.name) for need in one.needs)


def test_needs_are_pulled_only_while_the_till_has_nothing_of_them() -> None:
    first = datasets.in_order(["products"], lambda _: False)
    assert [one.name for one in first] == ["vat_rates", "units", "categories", "products"]
    later = datasets.in_order(["products", "units"], lambda _: True)
    assert [one.name for one in later] == ["units", "products"]


def test_what_a_needed_set_needs_is_pulled_too() -> None:
    first = datasets.in_order(["stock"], lambda _: False)
    assert [one.name for one in first] == ["vat_rates", "units", "categories", "products", "stock"]


def test_the_choices_of_the_data_update_bring_every_set() -> None:
    assert datasets.sets_of("units") == ("units",)
    choices = {choice: datasets.sets_of(choice) for choice in datasets.CHOICES}
    assert len(choices) == 7
    assert choices["articles"] == (
        *("units", "categories", "products", "barcodes"),
        *("quick_keys", "stock"),
    )
    assert choices["all"] == tuple(SETS)
    places = list(SETS)
    for names in choices.values():
        assert names == tuple(sorted(names, key=places.index))
    one_by_one = [name for choice in choices if choice != "all" for name in choices[choice]]
    assert set(one_by_one) == set(SETS)


def test_good_records_are_read() -> None:
    assert read("products", CHLEB) == Product("p1", "Chleb", "A", 499, "szt")
    assert read("users", ALA).role == "cashier"
    assert read("prices", PRICE) == Price("c1", "l1", "p1", 399)
    assert read("barcodes", {"id": "590123", "product": "p1"}) == Barcode("590123", "p1")
    assert read("products", {**CHLEB, "invented_later": 1}) == read("products", CHLEB)


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("products", {**CHLEB, "unit": "kg"}, "Unknown unit: kg"),
        ("products", {**CHLEB, "vat": "G"}, "VAT letter G has no rate"),
        (
            "products",
            {**CHLEB, "name": "?? !!"},
            "The printer would take the name for empty: ?? !!",
        ),
        ("products", {**CHLEB, "price_gr": 0}, "No price"),
        ("products", {**CHLEB, "price_gr": "5"}, "Expected `int`, got `str` - at `$.price_gr`"),
        ("products", {"id": "p1"}, "Object missing required field `name`"),
        ("users", {**ALA, "role": "king"}, "Unknown role: king"),
        ("users", {**ALA, "identifier": "ala"}, "Expected `str` matching regex"),
        ("units", {"id": "u", "name": "m2"}, "Expected `str` matching regex"),
        ("barcodes", {"id": "590123", "product": "p2"}, "Unknown product: p2"),
        ("prices", {**PRICE, "product": "p2"}, "Unknown product: p2"),
        ("prices", {**PRICE, "price_list": "l2"}, "Unknown price list: l2"),
        ("quick_keys", {"id": "1", "position": 1}, "Needs either a product or a category"),
        ("quick_keys", {"id": "1", "position": 1, "product": "p2"}, "Unknown product: p2"),
        ("quick_keys", {"id": "1", "position": 1, "category": "c"}, "Unknown category: c"),
        ("stock", {"id": "p2", "qty_milli": 1, "as_of": "2026-01-01T00:00Z"}, "Unknown product"),
        ("discounts", {"id": "d", "name": "Rabat", "scope": "line"}, "Needs either an amount or"),
        ("currencies", {"id": "EUO", "name": "Euro", "rate_e4": 1}, "Not a currency of ISO 4217"),
    ],
)
def test_a_bad_record_is_refused_with_its_reason(
    name: str, row: dict[str, Any], reason: str
) -> None:
    found = read(name, row)
    assert isinstance(found, tuple)
    assert found[0] == row["id"]
    assert found[1].startswith(reason)


def test_an_open_price_may_be_zero_and_what_is_not_sold_needs_no_rate() -> None:
    assert read("products", {**CHLEB, "price_gr": 0, "is_open_price": True}).is_open_price
    assert not read("products", {**CHLEB, "vat": "G", "is_active": False}).is_active


@pytest.mark.parametrize("row", [{"name": "x"}, [1], "x", 7])
def test_a_record_without_an_id_is_refused_without_one(row: object) -> None:
    assert read("units", row)[0] == datasets.NO_ID


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        *(("Chleb", True), ("żółć", True), ("7", True), ("%", True), (",", True)),
        *(("", False), ("---", False), ("*&^$#@!", False), ("  ", False)),
    ],
)
def test_what_the_printer_tells_apart(name: str, is_good: bool) -> None:
    assert datasets.is_told_apart(name) is is_good


def test_takes_cash() -> None:
    cash = PaymentMethod("1", "Gotówka", "cash")
    card = PaymentMethod("2", "Karta", "card")
    asleep = PaymentMethod("3", "Gotówka", "cash", is_active=False)
    assert datasets.takes_cash([card, cash])
    assert not datasets.takes_cash([card, asleep])
