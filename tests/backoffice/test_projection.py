from __future__ import annotations

from backoffice.projection import daily_report_row, projection, receipt_row
from backoffice.store.tables import daily_report, receipt
from terminal.sync import wire


def test_receipts_and_reports_are_listed_and_nothing_else(books):
    sold, closed = books().receipt(), books().report()
    assert list(projection(3, sold)) == [(receipt, receipt_row(3, sold))]
    assert list(projection(4, closed)) == [(daily_report, daily_report_row(4, closed))]
    assert list(projection(6, None)) == []


def test_a_receipt_is_listed_by_number_time_and_payments(books):
    payments = [wire.PaymentDoc(n, n, "cash", 1) for n in ("Gotówka", "Karta", "Gotówka")]
    row = receipt_row(3, books().receipt(7, 1234, payments=payments))
    assert (row["seq"], row["receipt_no"], row["total_gr"]) == (3, 7, 1234)
    assert row["payments"] == "Gotówka, Karta"
    assert set(row) | {"company", "id", "terminal", "epoch"} == set(receipt.c.keys())


def test_long_words_fit_their_columns(books):
    names = [wire.PaymentDoc(str(n), f"sposób numer {n}", "cash", 1) for n in range(99)]
    long = {"operator": "x" * 99, "printer_no": "y" * 99, "closed_at": "z" * 99}
    row = receipt_row(1, books().receipt(payments=names, **long))
    for name, value in row.items():
        if isinstance(value, str) and name != "document":
            assert len(value) == receipt.c[name].type.length


def test_a_report_is_listed_with_both_totals(books):
    row = daily_report_row(9, books().report(4, 500, local_gr=[1, 2, 3, 0, 0, 0, 0]))
    assert (row["printer_total_gr"], row["local_total_gr"]) == (500, 6)
    assert set(row) | {"company", "id", "terminal", "epoch"} == set(daily_report.c.keys())


def test_invoices_and_bills_say_what_they_are(books):
    sold = books().receipt(document="invoice", invoice_no=7)
    row = receipt_row(1, sold)
    assert (row["document"], row["invoice_no"]) == ("invoice", 7)
    bill = wire.BillDoc(
        "b1", "K1", "lipa", sold.opened_at, sold.closed_at, "Anna", 4, sold.total_gr, sold.lines,
        sold.payments,
    )  # fmt: skip
    ((table, row),) = projection(2, bill)
    assert (table, row["document"], row["receipt_no"], row["printer_no"]) == (
        receipt,
        "bill",
        4,
        "",
    )
    assert set(row) | {"company", "id", "terminal", "epoch"} == set(receipt.c.keys())
