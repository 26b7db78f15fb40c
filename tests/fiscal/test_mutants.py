"""Does the fiscal programme bite? Known mistakes are built in; each must be found by its own hunt.

A hunt is a short scene; it gives every sentence in which somebody was wronged. Without a mistake no
hunt finds anything.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.errors import DeviceError, InDoubt, Refused, Why
from drivers.fiscal import Buyer, Invoice, PercentMode
from drivers.posnet.printer import PosnetPrinter
from terminal import events
from terminal.sale import counting, fiscalise, line, money, reconcile, settle
from terminal.sale import receipt as receipts
from terminal.sale.checkout import Checkout
from terminal.sale.fiscalise import Outcome
from terminal.sale.picture import Ruling, Verdict
from tests.crash.power import METHODS, WAIT_S
from tests.fiscal.rig import open_shop, somebody_else_prints

# --- the mistakes --------------------------------------------------------------------------------


def retry_on_timeout(monkeypatch):
    """No answer, so once more."""
    really_print = PosnetPrinter.print_receipt

    def twice(self, receipt, token):
        try:
            really_print(self, receipt, token)
        except DeviceError:
            self.connect()
            self.cancel()
            really_print(self, receipt, token)

    monkeypatch.setattr(PosnetPrinter, "print_receipt", twice)


def no_baseline(monkeypatch):
    """The counters are compared with themselves: what was before is not kept."""
    really_settle = fiscalise.settle

    def settle_anew(printer, attempt, *rest, **how):
        printer.connect()
        return really_settle(printer, replace(attempt, base=printer.counters()), *rest, **how)

    monkeypatch.setattr(fiscalise, "settle", settle_anew)


def match_by_amount(monkeypatch):
    """The last receipt has our amount, so it is ours."""
    really_rule = fiscalise.rule

    def rule(base, sent, picture):
        if picture.transaction.totals_gr == sent.totals_gr:
            now = picture.counters
            return Ruling(Verdict.SOLD, 6, now.last_receipt_no, now.reports + 1, now)
        return really_rule(base, sent, picture)

    monkeypatch.setattr(fiscalise, "rule", rule)


def cancel_without_check(monkeypatch):
    """Whatever went wrong is cancelled, and then it is not sold."""

    def settle_by_cancelling(self, attempt, error, **how):
        printer = self._context.printer
        printer.connect()
        if error is not None:
            printer.cancel()
        now = printer.counters()
        verdict = Verdict.SOLD if error is None else Verdict.CANCELLED
        ruling = Ruling(verdict, 8, now.last_receipt_no, now.reports + 1, now)
        self._finish(attempt, Outcome(ruling, now), error)
        return True

    monkeypatch.setattr(Checkout, "_settle", settle_by_cancelling)


def no_query_after_doubt(monkeypatch):
    """It will have printed."""
    really_settle = Checkout._settle

    def settle_by_hope(self, attempt, error, **how):
        if not isinstance(error, InDoubt):
            return really_settle(self, attempt, error, **how)
        base = attempt.base
        number = base.last_receipt_no + 1
        hoped = replace(base, receipts=base.receipts + 1, last_receipt_no=number)
        ruling = Ruling(Verdict.SOLD, 6, number, base.reports + 1, hoped)
        self._finish(attempt, Outcome(ruling, hoped), error)
        return True

    monkeypatch.setattr(Checkout, "_settle", settle_by_hope)


def trust_refused(monkeypatch):
    """A refusal means that nothing was done."""
    really_settle = Checkout._settle

    def settle_by_refusal(self, attempt, error, **how):
        if not isinstance(error, Refused):
            return really_settle(self, attempt, error, **how)
        ruling = Ruling(Verdict.NEVER_SOLD, 7, 0, attempt.base.reports + 1, attempt.base)
        self._finish(attempt, Outcome(ruling, attempt.base), error)
        return True

    monkeypatch.setattr(Checkout, "_settle", settle_by_refusal)


def ignore_invoices(monkeypatch):
    """Only receipts are counted."""
    really_moved = counting.moved

    def moved(base, now):
        change = really_moved(base, now)
        return replace(
            change, invoices=0, invoices_cancelled=0, invoice_totals_gr=counting.NO_TOTALS
        )

    for module in (counting, settle, reconcile):
        monkeypatch.setattr(module, "moved", moved)


def ignore_the_percent_mode(monkeypatch):
    """Percents are percents."""
    really_off = money.percent_off

    def off(amount_gr, percent_bp, _mode):
        return really_off(amount_gr, percent_bp, PercentMode.VALUE_FIRST)

    def letters(totals_gr, percent_bp, _mode):
        return tuple(total - off(total, percent_bp, None) for total in totals_gr)

    monkeypatch.setattr(line, "percent_off", off)
    monkeypatch.setattr(receipts, "percent_off_letters", letters)


def cash_once_more(monkeypatch):
    """No answer to the cash, so once more."""
    really_book = PosnetPrinter.cash

    def twice(self, amount_gr):
        try:
            really_book(self, amount_gr)
        except DeviceError:
            self.connect()
            really_book(self, amount_gr)

    monkeypatch.setattr(PosnetPrinter, "cash", twice)


# --- the hunts -----------------------------------------------------------------------------------


def sell(alive, code="9"):
    """Sell and wait until the till has nothing more to do, whatever it believes then."""
    alive.do(alive.till.sell, code)
    alive.do(alive.till.pay, METHODS["cash"])
    alive.running.context.devices.call(int).result(WAIT_S)


def by_dying_early(stand, monkeypatch):
    """F-3: an equal receipt before, then the printer dies before the end of the second."""
    alive = open_shop(stand)
    sell(alive)
    stand.let_printer_die("die-before:trend:1")
    sell(alive)
    yield from stand.wrong()


def by_a_lost_end(stand, monkeypatch):
    """F-3: an equal receipt before, then the answer to the end is lost, and every repetition."""
    alive = open_shop(stand)
    sell(alive)
    yield from stand.wrong()
    if alive.view().receipt.rid:
        return
    stand.printer.faults.add("lose:trend:1")
    for nth in range(1, 9):
        stand.printer.faults.add(f"lose:rpt:{nth}")
    sell(alive)
    yield from stand.wrong()


def by_a_refusal_that_comes_too_late(stand, monkeypatch):
    """The printer carried it out, and its refusal belonged to something older."""
    alive = open_shop(stand)
    really_print = PosnetPrinter.print_receipt

    def refuse_too_late(self, receipt, token):
        really_print(self, receipt, token)
        raise Refused(2005, "ERR_NO_TRNS_MODE", "no transaction", "trline", Why.DOCUMENT_OPEN)

    monkeypatch.setattr(PosnetPrinter, "print_receipt", refuse_too_late)
    sell(alive)
    yield from stand.wrong()


def by_a_foreign_invoice(stand, monkeypatch):
    """Another program writes an invoice; the till must not sell on as if nothing had been."""
    alive = open_shop(stand)
    sell(alive)
    buyer = Buyer("Lipa sp. z o.o.", "5260001246", "Polna 1, 00-001 Łódź")
    somebody_else_prints(stand, 100, invoice=Invoice("1/2026", buyer))
    sell(alive)
    if alive.view().blocked is None:
        yield "an invoice of somebody else went unnoticed"


def by_fifteen_percent(stand, monkeypatch):
    """15 % off 13,50 on a printer that rounds the discount."""
    stand.printer.device.keep({"discount_first": True})
    alive = open_shop(stand)
    alive.do(alive.till.sell_article, "g12", 1000, 1350)
    alive.do(alive.till.discount_line, 0, percent_bp=1500)
    since = alive.heard.mark()
    alive.do(alive.till.pay, METHODS["cash"])
    told = alive.await_one((events.ReceiptPrinted, events.ReceiptNotPrinted), since)
    if isinstance(told, events.ReceiptNotPrinted):
        yield f"not printed: {told.reason}"
    yield from stand.wrong()


def by_lost_cash(stand, monkeypatch):
    """The answer to a movement is lost, and every repetition of it."""
    alive = open_shop(stand)
    stand.printer.faults.add("lose:cash:1")
    for nth in range(1, 9):
        stand.printer.faults.add(f"lose:rpt:{nth}")
    since = alive.heard.mark()
    alive.do(alive.till.move_cash, 5_000, "drobne")
    alive.await_one((events.CashMoved, events.Failed), since)
    held_gr = stand.printer.device.books.cash_gr
    if held_gr != 5_000:
        yield f"booked twice: {held_gr}"


MUTANTS = [
    (retry_on_timeout, by_a_lost_end, "printed 2 times"),
    (no_baseline, by_a_lost_end, "lost: "),
    (match_by_amount, by_dying_early, "invented: "),
    (cancel_without_check, by_a_lost_end, "lost: "),
    (no_query_after_doubt, by_dying_early, "invented: "),
    (trust_refused, by_a_refusal_that_comes_too_late, "lost: "),
    (ignore_invoices, by_a_foreign_invoice, "went unnoticed"),
    (cash_once_more, by_lost_cash, "booked twice"),
    (ignore_the_percent_mode, by_fifteen_percent, "not printed: E-15"),
]
HUNTS = {hunt.__name__: hunt for _, hunt, _ in MUTANTS}


@pytest.mark.parametrize(
    ("mutate", "hunt", "word"), MUTANTS, ids=[mutant[0].__name__ for mutant in MUTANTS]
)
def test_the_mistake_is_found(stand, monkeypatch, mutate, hunt, word):
    mutate(monkeypatch)
    found = list(hunt(stand, monkeypatch))
    assert any(word in sentence for sentence in found), found


@pytest.mark.parametrize("name", sorted(HUNTS))
def test_without_a_mistake_nothing_is_found(stand, monkeypatch, name):
    assert list(HUNTS[name](stand, monkeypatch)) == []
