from __future__ import annotations

from dataclasses import replace

from terminal.reports.closings import closing_list, preview
from terminal.sync.wire import ReportDoc
from tests.terminal.fake_printer import FRESH


def test_no_report_yet():
    found = closing_list([])
    assert found.rows == ()
    assert found.total == (None, "Total", 0, 0, 0, 0, 0, 0)


def test_a_difference_stands_at_its_letter():
    printer = replace(FRESH, totals_gr=(100, 0, 50, 0, 0, 0, 0), receipts=3, cancelled=1)
    printer = replace(printer, cancelled_gr=705, invoices=1, invoice_totals_gr=(0, 7) + (0,) * 5)
    own, invoiced = (2, (99, 0, 50, 0, 0, 0, 0)), (1, (0, 7, 0, 0, 0, 0, 0))
    found = preview(printer, own, invoiced, "now")
    assert found.rows == (
        ("VAT rate A", 100, 99, -1),
        ("VAT rate C", 50, 50, 0),
        ("Invoices B", 7, 7, 0),
    )
    assert found.total == ("Total", 157, 156, -1)
    told = "now: receipts 3 (till 2), invoices 1 (till 1), cancelled 1 for 7,05 zł"
    assert found.about == told


def test_invoices_are_in_the_sums_of_a_daily_report_and_counted_apart():
    sevens = {"printer_gr": [100] + [0] * 6, "local_gr": [101] + [0] * 6}
    sevens |= {"printer_invoice_gr": [0, 20] + [0] * 5, "local_invoice_gr": [0, 23] + [0] * 5}
    report = ReportDoc(
        *("r1", "T1", "lipa", "2026-11-26T20:00:00+01:00", "Anna", "ABC", 7, 3, 1),
        route="terminal",
        first_seq=1,
        last_seq=9,
        invoices=2,
        **sevens,
    )
    found = closing_list([report])
    assert list(found.heads())[2:6] == [
        "Receipts",
        "Invoices",
        "Printer",
        "Difference",
    ]
    assert found.rows == ((7, "2026-11-26 20:00", 3, 2, 120, 4, 1, 124),)
    assert found.total == (None, "Total", 3, 2, 120, 4, 1, 124)
