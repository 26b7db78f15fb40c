from __future__ import annotations

import msgspec
import pytest

from terminal.sync.wire import SETS, Currency, Discount, Price, Role, Stock, User, VatRate
from ui.facts import FIELDS, HIDDEN, facts, headline, in_words


@pytest.mark.parametrize("name", SETS)
def test_every_field_of_every_set_has_a_word_or_is_hidden(name):
    fields = {field.name for field in msgspec.structs.fields(SETS[name])}
    assert fields <= FIELDS.keys() | HIDDEN


def test_no_word_is_left_over():
    assert FIELDS.keys() <= {
        field.name for row in SETS.values() for field in msgspec.structs.fields(row)
    }


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("price_gr", 549, "5,49 zł"),
        ("qty_milli", 1500, "1,5"),
        ("rate_bp", 2300, "23,00 %"),
        ("rate_bp", 10_000, "exempt"),
        ("rate_bp", 10_100, "not in use"),
        ("rate_e4", 42_507, "4,2507 zł"),
        ("position", 3, "3"),
        ("is_active", True, "yes"),
        ("is_active", False, "no"),
        ("name", "", "-"),
        ("rights", ["sell", "cash"], "sell, cash"),
        ("rights", [], "-"),
    ],
)
def test_the_name_of_a_field_says_how_it_reads(name, value, shown):
    assert in_words(name, value) == shown


def test_a_pin_is_shown_to_nobody():
    user = User("u1", "1", "Anna", "cashier", "$scrypt$secret")
    assert "secret" not in str(facts(user)) + headline(user)
    assert ("Name", "Anna") in facts(user)


def test_a_line_leaves_out_what_says_nothing():
    assert headline(Price("p1", "happy", "milk", 299)) == "p1  happy  milk  2,99 zł"
    assert headline(Role("r", "kasjer", ["sell"])) == "r  kasjer  sell"
    assert headline(Currency("EUR", "euro", 42_587)) == "EUR  euro  4,2587 zł"
    assert headline(VatRate("A", 2300)) == "A  23,00 %"
    assert headline(VatRate("D", 0)) == "D  0,00 %"
    assert headline(Stock("milk", 12_000, "2026-11-22")) == "milk  12  2026-11-22"
    assert headline(Discount("d", "Stały klient", "line", percent_bp=500)) == (
        "d  Stały klient  line  0,00 zł  5,00 %"
    )
