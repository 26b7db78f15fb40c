"""Menu 5: printed receipts and bills, newest first, with what the back office has of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store.sales import Filter, Wanted
from terminal.sync.wire import Right
from ui.amounts import zloty
from ui.exchanging import PUSH
from ui.keypad import Accept, Cycle, Mode, Move, Other, Text
from ui.screens.bill_details import BillDetails, word
from ui.screens.listing import Listing, window
from ui.screens.register import Register
from ui.screens.sale_details import SaleDetails, sign
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.sale.entries import Case
    from terminal.store.sales import Sale
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

PAGE_SALES = 50
_CODE_DIGITS_MIN = 15

_FILTERS = {
    Filter.ALL: _("all"),
    Filter.TODAY: _("today"),
    Filter.UNSENT: _("not sent"),
    Filter.REJECTED: _("rejected"),
    Filter.CASHIER: _("cashier {name}"),
    Filter.BILLS: _("bills without a receipt"),
    Filter.NUMBER: _("number {number}"),
}
# What ``#`` goes through; a number is typed.
_CYCLE = (Filter.ALL, Filter.TODAY, Filter.UNSENT, Filter.REJECTED, Filter.CASHIER, Filter.BILLS)


class Sales(Listing):
    """More rows are fetched when the mark comes near the last one; F5 sends what is unsent.

    A number that is typed finds receipts, a whole bar code the sale of any till.
    """

    refreshes = PUSH

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.DIGITS)
        self._sales: list[Sale] = []
        self._is_whole = False
        self._is_loading = True
        self._wanted = Wanted()
        self._cashier = ""

    @property
    def title(self) -> str:
        """The heading, and what is filtered."""
        name, number = self._cashier, self._wanted.value
        told = translate(_FILTERS[self._wanted.filter], name=name, number=number)
        return f"{translate('Transactions')}: {told}"

    @property
    def prompt(self) -> str:
        """What may be typed."""
        return translate("Receipt number or bar code")

    @property
    def count(self) -> int:
        """Rows fetched so far."""
        return len(self._sales)

    def legend(self) -> Legend:
        """What a list has, the next filter, and the registers."""
        more = (("#", translate("filter")), ("*", translate("register of returns")))
        return (*super().legend()[:2], *more, *super().legend()[2:])

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
            back = "←" if sale.has_entries else " "
            text = (
                f"{'>' if is_marked else ' '}{sale.bill_no or sale.receipt_no:>6}{back}"
                f" {sale.closed_at[5:16]}  "
                f"{row.fit(sale.operator, 12)} {zloty(sale.total_gr):>12}  "
                f"{row.fit(word(sale) if sale.bill_no else sale.method, max(4, room))} "
            ).replace("T", " ", 1)
            is_bad = sale.is_rejected or sale.is_waiting
            style = row.MARK if is_marked else row.WARN if is_bad else row.TEXT
            cloud = row.TOTAL if style is row.TEXT else style
            rows.append(row.row(width, (text, style), (sign(sale), cloud)))
        return rows

    def on(self, intent: Intent) -> None:
        """Details, more, another filter, a number."""
        match intent:
            case Accept() if self._sales:
                self._open(self._sales[self.marked])
            case Text(_, text):
                self._seek(text)
            case Cycle():
                self._cycle()
            case Other():
                self.desk.open(Register(self.desk))
            case Move():
                super().on(intent)
                is_near = self.marked >= self.count - 10
                if is_near and not self._is_whole and not self._is_loading and self._sales:
                    self._fetch(self._sales[-1])
            case _:
                super().on(intent)

    def _open(self, sale: Sale) -> None:
        is_bill = bool(sale.bill_no)
        self.desk.open(
            BillDetails(self.desk, sale) if is_bill else SaleDetails(self.desk, None, sale)
        )

    def _seek(self, text: str) -> None:
        if len(text) < _CODE_DIGITS_MIN:
            self._show(Wanted(Filter.NUMBER, str(int(text))))
            return
        self.desk.order(self.desk.till.returns.find(text), self._found)

    def _found(self, case: Case) -> None:
        self.desk.open(SaleDetails(self.desk, case))

    def _cycle(self) -> None:
        """After the last filter, and after a number, comes the first."""
        now = self._wanted.filter
        at = _CYCLE.index(now) + 1 if now in _CYCLE else 0
        wanted = _CYCLE[at % len(_CYCLE)]
        value = ""
        if wanted is Filter.TODAY:
            value = self.desk.till.now().date().isoformat()
        elif wanted is Filter.CASHIER:
            if not self._sales:
                # There is nobody to filter by: an empty list names no cashier.
                wanted = Filter.ALL
            else:
                sale = self._sales[self.marked]
                value, self._cashier = sale.operator_id, sale.operator
        self._show(Wanted(wanted, value))

    def _show(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.opened()

    def _fetch(self, after: Sale | None) -> None:
        self._is_loading = True
        till, operator = self.desk.till, self.desk.known.operator
        sees_all = operator is None or Right.OTHERS_RECEIPTS in operator.rights
        viewer = "" if sees_all or operator is None else operator.id
        call = till.lookup.call(till.shelf.sales, self._wanted, viewer, after, PAGE_SALES)
        self.desk.order(call, partial(self._arrived, self._wanted, after))

    def _arrived(self, wanted: Wanted, after: Sale | None, sales: list[Sale]) -> None:
        if wanted != self._wanted:
            return
        self._is_loading = False
        self._sales = [*self._sales, *sales] if after else sales
        self.marked = min(self.marked, max(0, len(self._sales) - 1))
        self._is_whole = len(sales) < PAGE_SALES
