from __future__ import annotations

from dataclasses import replace

from terminal.reports.closings import closing_list, preview
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
