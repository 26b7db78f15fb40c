"""The total below the sale, and the change of the last one."""

from __future__ import annotations

from terminal.events import ReceiptPrinted
from terminal.sale.line import Line
from terminal.sale.receipt import DocumentKind, Payment, Receipt
from ui.screens.totals import last_sale_rows, total_rows
from ui.widgets import big
from ui.widgets.row import plain

LINE = Line("p1", "1", "", "Mleko", "szt", 0, "A", 2300, 349, 349, 2000)


def test_the_total_is_three_rows_high_and_tells_items_and_discount():
    rows = total_rows(80, Receipt("r1", "", "u1", "Anna", lines=(LINE,), discount_gr=98))
    assert len(rows) == big.HEIGHT >= 3
    words = [plain(one)[:30] for one in rows]
    assert "TOTAL" in words[0]
    assert "1 item" in words[1]
    assert "0,98" in words[2]
    assert {len(plain(one)) for one in rows} == {80}


def test_change_is_shown_only_when_there_is_some():
    exact = Receipt(
        "r1", "", "u1", "Anna", lines=(LINE,), payments=(Payment("c", "", "cash", 698),)
    )
    more = Receipt("r1", "", "u1", "Anna", lines=(LINE,), payments=(Payment("c", "", "cash", 700),))
    texts = [
        "\n".join(map(plain, last_sale_rows(80, ReceiptPrinted(one, 7, one.change_gr))))
        for one in (exact, more)
    ]
    assert all("no. 7" in text for text in texts)
    assert ["Change due" in text for text in texts] == [False, True]


def test_an_invoice_has_its_own_number():
    sold = Receipt(
        "r1", "", "u1", "Anna", lines=(LINE,), document=DocumentKind.INVOICE, invoice_no=12
    )
    (first,) = [
        plain(one) for one in last_sale_rows(80, ReceiptPrinted(sold, 1, 0)) if "no." in plain(one)
    ]
    assert "invoice: no. 12" in first
