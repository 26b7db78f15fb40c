from __future__ import annotations

import pytest

from hw_emulator.posnet import report_layout
from hw_emulator.posnet.day import Day

RATES = [2300, 800, 0, 10_000, 10_100, 10_100, 10_100]


def report(number: int = 1, *, rates: list[int] | None = None, **values) -> dict:
    day = {name: getattr(Day(), name) for name in Day.__slots__}
    at = f"2026-03-0{number}T10:00:00+01:00"
    return {"number": number, "at": at, "rates_bp": rates or RATES, **day, **values}


def test_a_whole_daily_report():
    record = report(
        totals_gr=[1000, 999, 100, 50, 0, 0, 0],
        invoice_totals_gr=[1000, 0, 0, 0, 0, 0, 0],
        receipts=3,
        invoices=1,
        cancelled=2,
        cancelled_gr=700,
        emergencies=1,
        local_events=2,
        goods_changes=4,
        nonfiscal=5,
        first_sale="2026-03-01T08:00:00+01:00",
        last_sale="2026-03-01T17:59:00+01:00",
    )
    assert (
        "\n".join(report_layout.day(record, 1829))
        == """\
OD:2026-03-01 08:00  DO:2026-03-01 17:59
- - - - - - - - - - - - - - - - - - - -
PTU A 23%    PTU B 8%     PTU C 0%
D Zwolniona
- - - - - - - - - - - - - - - - - - - -
SPRZEDAŻ OPODATKOWANA PTU A         8,13
SPRZEDAŻ OPODATKOWANA PTU B         9,25
SPRZEDAŻ OPODATKOWANA PTU C         1,00
SPRZEDAŻ OPODATKOWANA PTU AFV       8,13
SPRZEDAŻ OPODATKOWANA PTU BFV       0,00
SPRZEDAŻ OPODATKOWANA PTU CFV       0,00
SPRZEDAŻ ZWOLNIONA D                0,50
SPRZEDAŻ ZWOLNIONA DFV              0,00
KWOTA PTU A                         1,87
KWOTA PTU B                         0,74
KWOTA PTU C                         0,00
KWOTA PTU AFV                       1,87
KWOTA PTU BFV                       0,00
KWOTA PTU CFV                       0,00
ŁĄCZNA KWOTA PTU                    4,48
ŁĄCZNA SPRZEDAŻ BRUTTO             31,49
- - - - - - - - - - - - - - - - - - - -
WALUTA EWIDENCYJNA                   PLN
- - - - - - - - - - - - - - - - - - - -
ZDARZENIA
 SYTUACJE AWARYJNE                     1
 PROGRAMOWANIE                 L-2 / O-0
 ZMIANY W BAZIE                        4
- - - - - - - - - - - - - - - - - - - -
PARAGONY 3                     FAKTURY 1
PARAGONY ANULOWANE              2 / 7,00
FAKTURY ANULOWANE               0 / 0,00
DOKUMENTY NIEFISKALNE                  5
- - - - - - - - - - - - - - - - - - - -"""
    )


@pytest.mark.parametrize(("left", "is_told"), [(61, False), (60, True), (10, True), (0, True)])
def test_a_memory_that_is_nearly_full_is_told(left, is_told):
    assert (f"POZOSTAŁO RAPORTÓW DOBOWYCH: {left}" in report_layout.day(report(), left)) is is_told


def test_a_day_without_a_sale():
    assert report_layout.day(report(), 99)[0] == "OD:----------------  DO:----------------"


def test_a_period_adds_days_up_and_marks_a_rate_that_changed():
    one = report(1, totals_gr=[7, 0, 0, 0, 0, 0, 0])
    two = report(2, rates=[2200, *RATES[1:]], totals_gr=[7, 0, 0, 0, 0, 0, 0])
    three = report(3, totals_gr=[0, 0, 0, 100, 0, 0, 0])
    text = "\n".join(report_layout.summary([one, two, three]))
    assert "SPRZEDAŻ OPODATKOWANA PTU A         0,12" in text
    assert "KWOTA PTU A +                       0,02" in text
    assert "KWOTA PTU B                         0,00" in text
    assert "SPRZEDAŻ ZWOLNIONA D                1,00" in text
    days = "\n".join(report_layout.days([one, two, three]))
    assert days.count("PTU B 8%") == 3
    assert days.count("PTU A 22%") == 1


def test_reports_of_older_memories_have_no_invoices():
    old = report(totals_gr=[100, 0, 0, 0, 0, 0, 0])
    del old["invoice_totals_gr"], old["invoices"], old["cancelled_invoices"]
    assert report_layout.period_of([old]).gross_gr == 100
