from __future__ import annotations

import pytest

from hw_emulator.novitus import layout


def test_lines_fit_the_paper():
    assert layout.pair("a", "9,99") == ["a" + " " * 37 + "9,99"]
    assert layout.pair("x" * 50, "9,99") == ["x" * 42, " " * 38 + "9,99"]
    assert layout.centred("ab") == " " * 20 + "ab"
    assert len(layout.centred("x" * 50)) == 42


@pytest.mark.parametrize(("gr", "text"), [(5, "0,05"), (12_345, "123,45"), (-98, "-0,98")])
def test_money(gr, text):
    assert layout.money(gr) == text


def test_taxes_are_contained_in_the_totals():
    rates = [2300, 800, 500, 0, 10_000, 10_100, 10_100]
    lines = layout.tax_lines([1230, 0, 0, 0, 500, 0, 0], rates)
    shown = [" ".join(line.split()) for line in lines]
    assert shown == [
        "Sprzedaż opod. PTU A 12,30",
        "Kwota A 23,00% 2,30",
        "Sprzedaż zwoln. PTU E 5,00",
        "Podatek PTU 2,30",
        "SUMA PLN 17,30",
    ]


def test_rates():
    shown = layout.rate_table([2300, 800, 500, 0, 10_000, 10_100, 10_100])
    assert [line.split()[-1] for line in shown] == ["%"] * 4 + ["zwolniona", "---", "---"]


def test_head_and_foot(novitus, make_novitus):
    books = novitus.device.books
    head = "\n".join(layout.head(books, "TYTUŁ", ""))
    assert "NIP 5222628262" in head
    assert "nr wydr. 1" in head
    assert "N I E F I S K A L N Y" not in head
    assert "N I E F I S K A L N Y" in "\n".join(
        layout.head(make_novitus(is_fiscal=False).device.books)
    )
    foot = layout.foot(books, "Ala", "2026-03-02T10:00:00+01:00", "SIGNED")
    assert "Ala" in foot[1]
    assert foot[1].endswith("2026-03-02 10:00")
    assert foot[2:4] == ["SIGNED", layout.centred("{PL} ZBN2101000001")]


def test_signatures_form_a_chain():
    first = layout.sign("", {"a": 1})
    assert len(first) == 40
    assert layout.sign(first, {"a": 1}) != first
    assert layout.sign("", {"a": 1}) == first
