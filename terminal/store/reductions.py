"""What discounts took off the day's sales and mark-ups added, by VAT letter. Reads the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import NO_TOTALS, VAT_LETTERS
from terminal.sale.money import by_letter, minus, plus
from terminal.store.receipts import load

if TYPE_CHECKING:
    import sqlite3

    from drivers.fiscal import Seven
    from terminal.sale.receipt import Receipt


def day_reductions(db: sqlite3.Connection, report_no: int) -> tuple[Seven, Seven]:
    """Discounts and mark-ups of the receipts and invoices of a daily report, both positive."""
    asked = (
        "SELECT line.vat, sum(max(line.discount_gr, 0)), sum(max(-line.discount_gr, 0))"
        " FROM receipt_line AS line JOIN receipt USING (rid)"
        " WHERE report_no = ? AND NOT is_void GROUP BY line.vat"
    )
    lines = db.execute(asked, (report_no,)).fetchall()
    discounts = by_letter([(vat, off) for vat, off, _ in lines])
    markups = by_letter([(vat, more) for vat, _, more in lines])
    whole = "SELECT rid FROM receipt WHERE report_no = ? AND discount_gr != 0"
    for (rid,) in db.execute(whole, (report_no,)).fetchall():
        off = _of_the_whole(load(db, rid))
        discounts = plus(discounts, _positive(off))
        markups = plus(markups, _positive(minus(NO_TOTALS, off)))
    return discounts, markups


def _of_the_whole(receipt: Receipt) -> Seven:
    """What the discount on the receipt as a whole took off each letter."""
    lines = by_letter([(line.vat, line.gross_gr) for line in receipt.live_lines])
    return minus(lines, receipt.totals_gr)


def _positive(amounts: Seven) -> Seven:
    return by_letter(list(zip(VAT_LETTERS, (max(0, one) for one in amounts), strict=True)))
