"""Menu 5: printed receipts, newest first, with what the back office has of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import translate
from ui.amounts import zloty
from ui.exchanging import PUSH
from ui.keypad import Accept, Move
from ui.screens.lines import line_rows
from ui.screens.listing import Listing, window
from ui.screens.page import Page
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.sale.receipt import Receipt
    from terminal.shelf import Sale
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

PAGE_SALES = 50


CLOUD = "☁"


def sign(sale: Sale) -> str:
    """A cloud and a word for what the office rejected or does not have yet, else nothing."""
    if sale.is_rejected:
        return f"{CLOUD} {translate('rejected')}"
    return "" if sale.is_sent else f"{CLOUD} {translate('unsent')}"


class Sales(Listing):
    """More rows are fetched when the mark comes near the last one; F5 sends what is unsent."""

    refreshes = PUSH

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sales: list[Sale] = []
        self._is_whole = False
        self._is_loading = True

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Transactions")

    @property
    def count(self) -> int:
        """Rows fetched so far."""
        return len(self._sales)

    def opened(self) -> None:
        """Fetch the newest."""
        self._sales, self._is_whole, self.marked = [], False, 0
        self._fetch(None)

    def refreshed(self) -> None:
        """From the newest on."""
        self.opened()

    def told(self, event: object) -> bool:
        """A cloud goes when its receipt has arrived, as long as the top of the list is shown."""
        if isinstance(event, events.UnsentChanged) and not self.marked and not self._is_loading:
            self._fetch(None)
        return False

    def body(self, width: int, height: int) -> list[Row]:
        """Number, time, cashier, total, method, sign."""
        if not self._sales:
            text = (
                translate("Please wait…") if self._is_loading else translate("No transactions yet")
            )
            return row.wrapped(width, text)
        rows = []
        for no in window(len(self._sales), self.marked, height):
            sale, is_marked = self._sales[no], no == self.marked
            room = width - 62
            text = (
                f"{'>' if is_marked else ' '}{sale.receipt_no:>6}  {sale.closed_at[5:16]}  "
                f"{row.fit(sale.operator, 12)} {zloty(sale.total_gr):>12}  "
                f"{row.fit(sale.method, max(4, room))} "
            ).replace("T", " ", 1)
            style = row.MARK if is_marked else row.WARN if sale.is_rejected else row.TEXT
            cloud = row.TOTAL if style is row.TEXT else style
            rows.append(row.row(width, (text, style), (sign(sale), cloud)))
        return rows

    def on(self, intent: Intent) -> None:
        """Details, more."""
        match intent:
            case Accept() if self._sales:
                self.desk.open(Details(self.desk, self._sales[self.marked]))
            case Move():
                super().on(intent)
                is_near = self.marked >= self.count - 10
                if is_near and not self._is_whole and not self._is_loading and self._sales:
                    self._fetch(self._sales[-1].closed_at)
            case _:
                super().on(intent)

    def _fetch(self, before: str | None) -> None:
        self._is_loading = True
        call = self.desk.till.lookup.call(self.desk.till.shelf.sales, before, PAGE_SALES)
        self.desk.order(call, partial(self._arrived, before))

    def _arrived(self, before: str | None, sales: list[Sale]) -> None:
        self._is_loading = False
        self._sales = [*self._sales, *sales] if before else sales
        self._is_whole = len(sales) < PAGE_SALES


class Details(Page):
    """One printed receipt."""

    def __init__(self, desk: Desk, sale: Sale) -> None:
        super().__init__(desk)
        self._sale = sale
        self._receipt: Receipt | None = None
        self._first = 0

    @property
    def title(self) -> str:
        """The heading."""
        no, total = self._sale.receipt_no, zloty(self._sale.total_gr)
        return translate("Receipt no. {no}, total {total} zł", no=no, total=total)

    def legend(self) -> Legend:
        """Look and leave."""
        return (("↑ ↓", translate("scroll")), ("Esc", translate("back")))

    def opened(self) -> None:
        """Fetch its lines."""
        call = self.desk.till.lookup.call(self.desk.till.shelf.sale_lines, self._sale.rid)
        self.desk.order(call, self._arrived)

    def body(self, width: int, height: int) -> list[Row]:
        """Head, lines, payments."""
        sale, receipt = self._sale, self._receipt
        state = sign(sale) or translate("sent to the back office")
        when = sale.closed_at[:16].replace("T", " ")
        rows = [
            row.ends(width, f" {when}   {sale.operator}", f"{state} "),
            *(row.wrapped(width, sale.reason, row.WARN) if sale.reason else []),
        ]
        if receipt is None:
            return rows
        if receipt.nip:
            rows.append(row.row(width, (f" NIP {receipt.nip}", row.TEXT)))
        rows += line_rows(width, 2 * len(receipt.lines), receipt, -1)
        if receipt.discount_gr:
            rows.append(row.ends(width, f" {translate('Discount')}", zloty(-receipt.discount_gr)))
        rows += [row.ends(width, f" {p.name}", f"{zloty(p.amount_gr)} ") for p in receipt.payments]
        if receipt.change_gr:
            change = f"{zloty(receipt.change_gr)} "
            rows.append(row.ends(width, f" {translate('Change')}", change))
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first :]

    def on(self, intent: Intent) -> None:
        """Scroll a long receipt; Enter has nothing to do here but leave."""
        match intent:
            case Move(steps):
                self._first = max(0, self._first + steps)
            case Accept():
                self.desk.close(self)
            case _:
                super().on(intent)

    def _arrived(self, receipt: Receipt) -> None:
        self._receipt = receipt
