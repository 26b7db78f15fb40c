"""One non-fiscal bill: what is on it, and the receipt that makes it good or has done so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.amounts import zloty
from ui.keypad import Move
from ui.screens.discounts import reduction_words
from ui.screens.lines import line_rows
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.sale.receipt import Receipt
    from terminal.store.sales import Sale
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


def word(sale: Sale) -> str:
    """What a bill is in the list, in a word or two."""
    if sale.is_waiting:
        return translate("bill, no receipt")
    return translate("bill, receipt {no}", no=sale.made_good)


class BillDetails(Page):
    """``sale`` is its row of the list."""

    acts_at_once = True

    def __init__(self, desk: Desk, sale: Sale) -> None:
        super().__init__(desk)
        self._sale = sale
        self._bill: Receipt | None = None
        self._first = 0

    @property
    def title(self) -> str:
        """The heading."""
        total = zloty(self._sale.total_gr)
        return translate("Bill no. {no}, total {total} zł", no=self._sale.bill_no, total=total)

    def legend(self) -> Legend:
        """What may be done with it."""
        back = (("Esc", translate("back")),)
        return (("3", translate("make a receipt")), *back) if self._sale.is_waiting else back

    def opened(self) -> None:
        """Fetch what is on it."""
        self.desk.look_up(self._arrived, self.desk.till.shelf.bill, self._sale.rid)

    def body(self, width: int, height: int) -> list[Row]:
        """Head, what becomes of it, lines, payments."""
        sale = self._sale
        when = sale.closed_at[:16].replace("T", " ")
        if sale.is_waiting:
            text, style = translate("Not fiscal: waits for its receipt (3)"), row.WARN
        else:
            text, style = translate("Made good by receipt no. {no}", no=sale.made_good), row.TEXT
        rows = [
            row.row(width, (f" {when}   {sale.operator}", row.TEXT)),
            row.row(width, (f" {text}", style)),
            *(row.wrapped(width, sale.reason, row.WARN) if sale.reason else []),
        ]
        if bill := self._bill:
            rows += line_rows(width, 2 * len(bill.lines), bill, -1)
            if bill.discount_gr:
                off = zloty(-bill.discount_gr)
                rows.append(row.ends(width, f" {reduction_words(bill)}", f"{off} "))
            rows += [row.ends(width, f" {p.name}", f"{zloty(p.amount_gr)} ") for p in bill.payments]
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first :][:height]

    def press(self, key: str) -> None:
        """3 puts the bill on the selling screen as a receipt; anything that is no digit moves."""
        if key == "3" and self._sale.is_waiting:
            till = self.desk.till
            made = till.engine.call(till.receipt_from_bill, self._sale.rid)
            self.desk.order(made, lambda _: self.desk.home())
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:
        """Scroll a long bill."""
        match intent:
            case Move(steps):
                self._first = max(0, self._first + steps)
            case _:
                super().on(intent)

    def _arrived(self, bill: Receipt) -> None:
        self._bill = bill
