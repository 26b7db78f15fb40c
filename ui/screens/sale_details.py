"""One printed receipt with all that is on it, what became of it, and what may be done now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.paper.receipts import title_of
from terminal.sale.documents import receipt_of
from terminal.sync.wire import rid_start
from ui.amounts import rate, zloty
from ui.exchanging import PUSH
from ui.keypad import Accept, Cycle, Move
from ui.screens.correcting import correct
from ui.screens.discounts import reduction_words
from ui.screens.exchange import Exchange
from ui.screens.lines import line_rows
from ui.screens.page import Page
from ui.screens.question import Choices
from ui.screens.returning import Returning
from ui.screens.slip_view import SlipView
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.paper.shown import Shown
    from terminal.sale.entries import Case
    from terminal.store.sales import Sale
    from terminal.sync.wire import EntryKind, ReturnDoc
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

CLOUD = "☁"


def sign(sale: Sale) -> str:
    """A cloud and a word for what the office rejected or does not have yet, else nothing."""
    if sale.is_rejected:
        return f"{CLOUD} {translate('rejected')}"
    return "" if sale.is_sent else f"{CLOUD} {translate('unsent')}"


def open_code(desk: Desk, code: str) -> bool:
    """Open the sale whose bar code this is, of whatever till; False for what is no such code."""
    if not rid_start(code):
        return False
    desk.order(desk.till.returns.find(code), lambda case: desk.open(SaleDetails(desk, case)))
    return True


class SaleDetails(Page):
    """``sale`` is the row of the list that it was opened from; a scanned receipt has none."""

    acts_at_once = True

    def __init__(self, desk: Desk, case: Case | None, sale: Sale | None = None) -> None:
        super().__init__(desk)
        self._sale = sale
        self._case = case
        self._first = 0

    @property
    def title(self) -> str:
        """The heading."""
        no, total = 0, 0
        if self._sale:
            no, total = self._sale.receipt_no, self._sale.total_gr
        elif self._case:
            no, total = self._case.receipt.receipt_no, self._case.receipt.total_gr
        return translate("Receipt no. {no}, total {total} zł", no=no, total=zloty(total))

    def legend(self) -> Legend:
        """What may be done with it."""
        return (
            ("1", translate("return")),
            ("2", translate("payment")),
            ("4", translate("copy")),
            ("5", translate("send")),
            ("6", translate("complaint, mistake")),
            ("Esc", translate("back")),
        )

    def opened(self) -> None:
        """Fetch what is on it."""
        if self._sale:
            call = self.desk.till.lookup.call(self.desk.till.shelf.case, self._sale.rid)
            self.desk.order(call, self._arrived)

    def body(self, width: int, height: int) -> list[Row]:
        """Head, lines, tax, payments, and what came after."""
        rows = [
            *self._head_rows(width),
            *(self._case_rows(width, self._case) if self._case else ()),
        ]
        self._first = max(0, min(self._first, len(rows) - height))
        return rows[self._first :][:height]

    def press(self, key: str) -> None:
        """A digit does what the legend says; anything that is no digit moves."""
        doing = {
            "1": lambda: self._begin("return"),
            "2": self._correct,
            "4": self._copy,
            "5": self._send,
            "6": self._complain,
        }
        if key in doing:
            doing[key]()
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:
        """Scroll a long receipt; Enter begins a return."""
        match intent:
            case Move(steps):
                self._first = max(0, self._first + steps)
            case Accept():
                self._begin("return")
            case Cycle():
                return
            case _:
                super().on(intent)

    # --- what it shows -------------------------------------------------------------------------

    def _head_rows(self, width: int) -> list[Row]:
        sale = self._sale
        if sale is None:
            if self._case is None:
                return []
            sold = self._case.receipt
            when = sold.closed_at[:16].replace("T", " ")
            return [row.ends(width, f" {when}   {sold.operator}", f"{sold.terminal} ")]
        state = sign(sale) or translate("sent to the back office")
        when = sale.closed_at[:16].replace("T", " ")
        return [
            row.ends(width, f" {when}   {sale.operator}", f"{state} "),
            *(row.wrapped(width, sale.reason, row.WARN) if sale.reason else []),
        ]

    def _case_rows(self, width: int, case: Case) -> list[Row]:
        sold, receipt = case.receipt, receipt_of(case.receipt)
        rows: list[Row] = []
        if sold.nip:
            rows.append(row.row(width, (f" NIP {sold.nip}", row.TEXT)))
        rows += line_rows(width, 2 * len(receipt.lines), receipt, -1)
        if sold.discount_gr:
            rows.append(
                row.ends(width, f" {reduction_words(receipt)}", f"{zloty(-sold.discount_gr)} ")
            )
        for part in sold.split:
            tax = translate("of which tax {tax}", tax=zloty(part.tax_gr))
            text = f" {part.vat} {rate(part.rate_bp)}  {tax}"
            rows.append(row.ends(width, text, f"{zloty(part.gross_gr)} "))
        rows += [row.ends(width, f" {p.name}", f"{zloty(p.amount_gr)} ") for p in sold.payments]
        if change := sum(payment.change_gr for payment in sold.payments):
            rows.append(row.ends(width, f" {translate('Change')}", f"{zloty(change)} "))
        if case.correction:
            text = f" {title_of(case.correction)}: {case.correction.after.name}"
            rows.append(row.ends(width, text, f"{case.correction.at[:10]} ", row.NOTE))
        for entry in case.entries:
            text = f" {title_of(entry)}  {entry.at[:10]}"
            rows.append(row.ends(width, text, f"{zloty(-entry.total_gr)} ", row.NOTE))
        return rows

    # --- what it does --------------------------------------------------------------------------

    def _begin(self, entry: EntryKind) -> None:
        """A sale of this till: the office is asked first what other tills gave back of it."""
        if self._sale:
            call = self.desk.till.returns.seek(self._sale.rid)
            self.desk.order(call, lambda case: self._take_back(case, entry))
        elif self._case:
            self._take_back(self._case, entry)

    def _take_back(self, case: Case, entry: EntryKind) -> None:
        self._case = case
        self.desk.open(Returning(self.desk, case, entry, self._took))

    def _took(self, made: ReturnDoc) -> None:
        if self._case:
            self._case = replace(self._case, entries=(*self._case.entries, made))

    def _correct(self) -> None:
        if self._case:
            correct(self.desk, self._case, self.opened)

    def _copy(self) -> None:
        rid = self._case.receipt.rid if self._case else ""
        self.desk.order(self.desk.till.engine.call(self.desk.till.returns.copy, rid), self._copied)

    def _copied(self, slip: Shown) -> None:
        """It is on its way to the receipt printer; without one it is read here."""
        self.desk.open(SlipView(self.desk, slip))

    def _send(self) -> None:
        self.desk.open(Exchange(self.desk, translate("Synchronise transactions"), (PUSH,)))

    def _complain(self) -> None:
        answers = (
            (
                translate("Complaint: money for goods that are not as they should be"),
                partial(self._begin, "complaint"),
            ),
            (
                translate("Obvious mistake: the sale was entered wrongly"),
                partial(self._begin, "mistake"),
            ),
        )
        self.desk.open(Choices(self.desk, translate("What happened?"), answers))

    def _arrived(self, case: Case) -> None:
        self._case = case
