"""Commits the fate of a receipt to the journal; runs on the engine's thread.

Each verb is one transaction: the receipt's state, the attempt's outcome, the document for the back
office and the counters we expect from the printer move together or not at all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from terminal.context import new_rid
from terminal.sale.documents import (
    bill_document,
    dropped_document,
    event_document,
    receipt_document,
)
from terminal.sale.names import identity
from terminal.sale.picture import Verdict
from terminal.sale.receipt import State, step
from terminal.store import bills, goods, outbox, parked, receipts, sales_documents, settings, shifts
from terminal.store.db import write

if TYPE_CHECKING:
    from drivers.fiscal import Counters, PercentMode, Seven
    from terminal.context import Context
    from terminal.sale.line import Line
    from terminal.sale.picture import Ruling
    from terminal.sale.receipt import Receipt


_STOPPED = "printer.stopped"


class Ledger:
    """Writes receipts and their documents."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._db = context.journal

    def store(self, old: Receipt | None, new: Receipt) -> None:
        """One change of the receipt on the screen."""
        with write(self._db):
            receipts.save(self._db, old, new)

    def void(self, operator: str, old: Receipt, new: Receipt, line: Line, reason: str = "") -> None:
        """A line is struck through; who did it is told, whatever becomes of the receipt."""
        detail = {"name": line.name, "qty_milli": line.qty_milli, "gross_gr": line.gross_gr}
        detail |= {"product": line.product, "reason": reason}
        self.told_change(operator, old, new, "line_voided", **detail)

    def told_change(
        self, operator: str, old: Receipt | None, new: Receipt, name: str, /, **detail: object
    ) -> None:
        """A change of the receipt on the screen that the office hears of at once."""
        with write(self._db):
            receipts.save(self._db, old, new)
            self._event(operator, name, receipt=new.rid, **detail)

    def change(
        self, operator: str, old: Receipt, new: Receipt, name: str, **detail: object
    ) -> None:
        """A change that an auditor may ask about: the event ``name`` tells of it."""
        with write(self._db):
            receipts.save(self._db, old, new)
            self._event(operator, name, receipt=new.rid, **detail)

    def begin(self, receipt: Receipt, base: Counters) -> tuple[Receipt, int]:
        """Write-ahead intent: the receipt is PRINTING; gives it and the token of its end.

        An invoice gets its number here, and keeps it whatever becomes of it.
        """
        printing = replace(receipt, state=step(receipt.state, "send"))
        with write(self._db):
            if receipt.is_invoice and not receipt.invoice_no:
                printing = replace(printing, invoice_no=receipts.next_invoice_no(self._db))
            token = settings.next_token(self._db)
            receipts.save(self._db, receipt, printing)
            receipts.begin_attempt(self._db, receipt.rid, self._context.stamp(), base, token)
        return printing, token

    def sold(self, receipt: Receipt, ruling: Ruling) -> Receipt:
        """The receipt is in the fiscal memory: number, document and popularity in one commit."""
        counters, at = ruled(ruling), self._context.stamp()
        parts = shifts.shift_of(self._db, receipt.rid), parked.name_of(self._db, receipt.rid)
        document = receipt_document(self._context, receipt, ruling, counters.unique_no, at, *parts)
        with write(self._db):
            seq = outbox.append(self._db, document, at)
            sold = receipts.Sold(at, ruling.receipt_no, ruling.report_no, counters.unique_no, seq)
            receipts.finish(self._db, receipt, sold)
            receipts.end_attempt(self._db, receipt.rid, "SOLD")
            rates = {identity(line.name): line.rate_bp for line in receipt.live_lines}
            goods.remember(self._db, counters.unique_no, rates)
            if receipt.makes_good:
                bills.make_good(self._db, receipt.makes_good, receipt.rid)
            if receipt.fulfils:
                sales_documents.settle(self._db, receipt.fulfils, "realised", receipt.rid)
            settings.expect_counters(self._db, counters)
        return replace(receipt, state=State.FISCAL)

    def bill(self, receipt: Receipt, paid: Receipt) -> tuple[Receipt, int]:
        """The receipt ends in a non-fiscal bill; gives it and its number."""
        with write(self._db):
            number = bills.next_no(self._db)
            shift = shifts.shift_of(self._db, paid.rid)
            document = bill_document(self._context, paid, number, shift)
            seq = outbox.append(self._db, document, document.at)
            receipts.save(self._db, receipt, replace(paid, state=receipt.state))
            receipts.drop(self._db, paid.rid, at=document.at, seq=seq)
            bills.add(self._db, paid.rid, number, document.at)
        return replace(paid, state=step(receipt.state, "bill")), number

    def not_sold(self, receipt: Receipt, ruling: Ruling, reason: str) -> Receipt:
        """The attempt left nothing sold; the receipt is PAID again and may be printed anew."""
        back = replace(receipt, state=step(receipt.state, "not_printed"))
        is_cancelled = ruling.verdict is Verdict.CANCELLED
        counters = ruled(ruling)
        with write(self._db):
            receipts.save(self._db, receipt, back)
            receipts.end_attempt(self._db, receipt.rid, "CANCELLED" if is_cancelled else "NOT_SOLD")
            if is_cancelled:
                document = dropped_document(
                    self._context,
                    receipt,
                    reason,
                    rid=new_rid(),
                    is_cancelled=True,
                    counters=counters,
                )
                outbox.append(self._db, document, document.at)
            else:
                detail = {"receipt": receipt.rid, "why": reason}
                self._event(receipt.operator, "attempt_not_sold", counters, **detail)
            settings.expect_counters(self._db, counters)
        return back

    def drop(self, receipt: Receipt, reason: str, by: str) -> None:
        """Somebody gives the receipt up; it stays in the journal."""
        dropped = replace(receipt, state=step(receipt.state, "drop"))
        with write(self._db):
            document = dropped_document(
                self._context,
                receipt,
                reason,
                rid=receipt.rid,
                is_cancelled=False,
                by=by,
                shift=shifts.shift_of(self._db, receipt.rid),
            )
            seq = outbox.append(self._db, document, document.at)
            receipts.save(self._db, receipt, replace(dropped, state=receipt.state))
            receipts.drop(self._db, receipt.rid, at=document.at, seq=seq)

    def expect(self, counters: Counters, *, cancelled: int = 0, power_cuts: int = 0) -> None:
        """Believe the printer from here on; what it did by itself is written down."""
        with write(self._db):
            if cancelled:
                self._event("", "printer_cancelled", counters, count=cancelled)
            if power_cuts:
                self._event("", "printer_power_failed", counters, count=power_cuts)
            settings.expect_counters(self._db, counters)

    def stopped(self, name: str, expected: Counters, found: Counters, rid: str) -> None:
        """Selling stops: both pictures for the office, once and not with every look."""
        pictures = settings.counters_text(expected), settings.counters_text(found)
        mark = " ".join((name, rid, *pictures))
        if settings.get(self._db, _STOPPED) == mark:
            return
        with write(self._db):
            settings.put(self._db, _STOPPED, mark)
            self._event("", name, receipt=rid, expected=pictures[0], found=pictures[1])

    def go_on(self) -> None:
        """What stopped selling is over."""
        if settings.get(self._db, _STOPPED):
            with write(self._db):
                settings.put(self._db, _STOPPED, "")
                self._event("", "selling_goes_on")

    def learn(self, rates: Seven, percent_mode: PercentMode | None) -> None:
        """How the printer counts, as it said when it was met; None leaves the way as it was."""
        known = settings.percent_mode(self._db)
        mode = percent_mode or known
        if (settings.printer_rates(self._db), known) != (rates, mode):
            with write(self._db):
                settings.remember_rates(self._db, rates)
                settings.remember_percent_mode(self._db, mode)

    def accept(self, receipt: Receipt | None, counters: Counters, operator: str) -> None:
        """A technician takes the printer's figures; a receipt in dispute is given up, not sold."""
        expected = settings.expected_counters(self._db)
        with write(self._db):
            if receipt and receipt.state is State.PRINTING:
                document = dropped_document(
                    self._context,
                    receipt,
                    "disputed",
                    rid=receipt.rid,
                    is_cancelled=False,
                    by=operator,
                    shift=shifts.shift_of(self._db, receipt.rid),
                )
                seq = outbox.append(self._db, document, document.at)
                receipts.end_attempt(self._db, receipt.rid, "DISPUTED")
                receipts.drop(self._db, receipt.rid, at=document.at, seq=seq)
            self._event(
                operator,
                "printer_accepted",
                counters,
                expected=settings.counters_text(expected) if expected else "",
                found=settings.counters_text(counters),
            )
            settings.expect_counters(self._db, counters)

    def event(self, operator: str, name: str, **detail: object) -> None:
        """Write down something an auditor may ask about, in a commit of its own."""
        with write(self._db):
            self._event(operator, name, **detail)

    def _event(
        self, operator: str, name: str, counters: Counters | None = None, /, **detail: object
    ) -> None:
        document = event_document(self._context, operator, name, counters, **detail)
        outbox.append(self._db, document, document.at)


def ruled(ruling: Ruling) -> Counters:
    """The counters right after an attempt that is settled."""
    if ruling.after is None:
        msg = f"nothing can be booked on {ruling.verdict}"
        raise AssertionError(msg)
    return ruling.after
