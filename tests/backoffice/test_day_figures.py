from __future__ import annotations

from backoffice.day_figures import Letter, letters

RATES = [2300, 800, 500, 0, 10_000, 10_100, 10_100]


def test_only_letters_with_money_are_shown():
    told = [100, 0, 0, 0, 0, 0, 0], [100, 5, 0, 0, 0, 0, 0], [19, 0, 0, 0, 0, 0, 0]
    assert letters(told, RATES, {"A": 100, "C": 7}) == [
        Letter("A", 2300, 100, 100, 100, 19),
        Letter("B", 800, 0, 5, 0, 0),
        Letter("C", 500, 0, 0, 7, 0),
    ]


def test_an_older_till_leaves_rates_taxes_and_invoices_out():
    assert letters(([], [], []), [], {}) == []
    assert letters(([], [], []), [], {"A": 3}) == [Letter("A", None, 0, 0, 3, None)]
