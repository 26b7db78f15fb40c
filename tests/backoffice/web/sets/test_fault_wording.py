from __future__ import annotations

import pytest

from backoffice.reasons import Reason
from backoffice.rows import FieldFault, read_row
from backoffice.web import i18n
from backoffice.web.sets import declared
from backoffice.web.sets.fault_wording import RULES, field_of, said
from terminal.sync import wire
from terminal.sync.wire import rules

PRICE = {"id": "1", "price_list": "l", "product": "w", "price_gr": 100}


def wrong(data_set, row):
    fault = read_row(data_set.name, row)
    assert isinstance(fault, FieldFault)
    name = field_of(fault.path, fault.reason)
    with i18n.speaking("pl"):
        return name, said(fault.reason, data_set.field(name))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"price_gr": 0}, ("price_gr", "Co najmniej 0,01\u00a0zł")),
        ({"price_gr": 10**10}, ("price_gr", "Najwyżej 99\u00a0999\u00a0999,99\u00a0zł")),
        ({"price_gr": "1"}, ("price_gr", "Tak zapisanej wartości nie da się przyjąć")),
        ({"product": ""}, ("product", "Wypełnij to pole")),
        ({"product": "x" * 65}, ("product", "Najwyżej 64 znaków")),
    ],
)
def test_bounds_are_said_in_the_units_of_the_field(change, told):
    assert wrong(declared.PRICES, PRICE | change) == told


def test_a_missing_field_is_named():
    assert wrong(declared.UNITS, {"id": "kg"}) == ("name", "Wypełnij to pole")


def test_where_a_pattern_is_missed_the_help_says_what_is_wanted():
    name, told = wrong(declared.UNITS, {"id": "kg", "name": "kg7"})
    assert (name, told) == ("name", "Od 1 do 4 znaków bez cyfr, jak na paragonie.")


def test_every_rule_of_the_wire_can_be_said():
    """Whoever adds a rule there finds out here that the office cannot say it yet."""
    broken = [
        wire.Customer("1", "K", nip="5261001002"),
        wire.Discount("1", "D", "line"),
        wire.QuickKey("1", 1),
        wire.Stock("1", 1, "now"),
        wire.Settings("settings", parking_names=["a", "a"]),
        wire.Settings("settings", remind_every_min=30, remind_snooze_min=30),
        wire.Settings("settings", remind_from="20:00", remind_to="08:00"),
        wire.Currency("XXX", "X", 1),
        wire.Currency("EUR", "Euro", 1, rate_of="2026-02-30"),
        wire.PaymentMethod("1", "P", "transfer", account_no="1" * 26),
        wire.PaymentMethod("1", "P", "card", uses_terminal=True, is_fiscal=False),
        wire.PaymentMethod("1", "P", "card", gives_change=True),
        wire.PriceList("1", "L", "2026-02-02", "2026-02-01"),
    ]
    assert {rules.wrong_field(row)[1] for row in broken} == set(RULES)
    for language in ("pl", "fr", "es"):
        with i18n.speaking(language):
            assert all(said(Reason(rule)) != rule for rule in RULES)
