"""Does the checker bite? Known mistakes are built in; each must be found, for the right reason."""

from __future__ import annotations

import itertools
from contextlib import suppress
from dataclasses import replace

import pytest

from drivers.errors import DeviceError
from drivers.posnet.printer import PosnetPrinter
from terminal import events, post
from terminal.errors import Code, SyncError
from terminal.sale import fiscalise, ledger
from terminal.sale.checkout import Checkout
from terminal.sale.documents import receipt_document
from terminal.sale.fiscalise import Outcome
from terminal.sale.ledger import Ledger
from terminal.sale.picture import Ruling, Verdict
from terminal.sale.receipt import State
from terminal.store import outbox, receipts, settings
from terminal.store.db import write
from terminal.sync.http import Office
from tests.crash.power import METHODS, WAIT_S, PowerCut
from tests.shop import wait_until

# A hundred tills and printers, one after the other: on a busy machine that takes its time.
SLOW = pytest.mark.timeout(300)


def no_intent(monkeypatch):
    """Nothing on disk before the first byte, and a paid receipt is believed to be unsent."""

    def begin(self, receipt, base):
        return replace(receipt, state=State.PRINTING), 1

    monkeypatch.setattr(Ledger, "begin", begin)
    monkeypatch.setattr(Checkout, "_adopt", lambda *_: None)


def retry_on_timeout(monkeypatch):
    """No answer, so once more."""
    really_print = PosnetPrinter.print_receipt

    def twice(self, receipt, token):
        try:
            really_print(self, receipt, token)
        except DeviceError:
            wait_until(lambda: _is_back(self), "the printer", timeout_s=WAIT_S)
            self.cancel()
            really_print(self, receipt, token)

    monkeypatch.setattr(PosnetPrinter, "print_receipt", twice)


def _is_back(printer):
    try:
        printer.connect()
    except DeviceError:
        return False
    return True


def match_by_amount(monkeypatch):
    """The last receipt has our amount, so it is ours."""
    really_rule = fiscalise.rule

    def rule(base, sent, picture):
        if picture.transaction.totals_gr == sent.totals_gr:
            now = picture.counters
            return Ruling(Verdict.SOLD, 6, now.last_receipt_no, now.reports + 1, now)
        return really_rule(base, sent, picture)

    monkeypatch.setattr(fiscalise, "rule", rule)


def two_transactions(monkeypatch):
    """The receipt first, its document right after."""

    def sold(self, receipt, ruling):
        counters, at = ruling.after, self._context.stamp()
        document = receipt_document(self._context, receipt, ruling, counters.unique_no, at)
        seq = outbox.last_seq(self._db) + 1
        facts = receipts.Sold(at, ruling.receipt_no, ruling.report_no, counters.unique_no, seq)
        with write(self._db):
            receipts.finish(self._db, receipt, facts)
            receipts.end_attempt(self._db, receipt.rid, "SOLD")
            settings.expect_counters(self._db, counters)
        with write(self._db):
            outbox.append(self._db, document, at)
        return replace(receipt, state=State.FISCAL)

    monkeypatch.setattr(ledger.Ledger, "sold", sold)


def believe_the_driver(monkeypatch):
    """An error of the driver means not sold."""
    really_settle = Checkout._settle

    def settle(self, attempt, error, **how):
        if error is None:
            return really_settle(self, attempt, error, **how)
        self._context.printer.connect()
        counters = self._context.printer.counters()
        ruling = Ruling(Verdict.NEVER_SOLD, 7, report_no=counters.reports + 1, after=counters)
        self._finish(attempt, Outcome(ruling, counters), error)
        return True

    monkeypatch.setattr(Checkout, "_settle", settle)


def tell_before_commit(monkeypatch):
    """The cashier is told when the receipt goes out."""
    really_begin = Checkout._begin

    def begin(self, receipt, base):
        self._context.tell(events.ReceiptPrinted(receipt, base.last_receipt_no + 1, 0))
        return really_begin(self, receipt, base)

    monkeypatch.setattr(Checkout, "_begin", begin)


def cursor_before_answer(monkeypatch):
    """What was read for sending counts as sent."""
    really_read = outbox.pending

    def pending(db, *limits):
        batch = really_read(db, *limits)
        for entry in batch.entries[-1:]:
            db.execute("UPDATE delivered SET hw = ?, head = ?", (entry.seq, entry.hash))
        return batch

    def push(self, sent):
        raise SyncError(Code.NO_NETWORK)

    monkeypatch.setattr(post.outbox, "pending", pending)
    monkeypatch.setattr(Office, "push", push)


def chain_without_body(monkeypatch):
    """Hashes that prove nothing."""
    monkeypatch.setattr(outbox, "chain_hash", lambda prev, body: "ab" * 32)


# --- how to hunt ---------------------------------------------------------------------------------


def sale(alive):
    """Sell and wait until the till has nothing more to do, whatever it believes then."""
    alive.do(alive.till.sell, "1")
    alive.do(alive.till.pay, METHODS["cash"])
    alive.running.context.devices.call(int).result(WAIT_S)


def by_cuts(make_stand):
    """Every point of a sale, and none; the thread that dies is not always the one that is asked."""
    for cut_at in itertools.count(1):
        stand = make_stand()
        alive = stand.switch_on(cut_at)
        alive.start()
        alive.login()
        alive.mains.arm()
        with suppress(PowerCut):
            sale(alive)
        alive.mains.disarm()
        is_cut = alive.mains.is_out.is_set()
        if is_cut:
            stand.restart()
        yield stand.wrong()
        stand.clear()
        if not is_cut:
            return


def by_dying_printer(make_stand):
    """An equal receipt before, then a printer that dies early and late."""
    for fault in ("die-before:trinit", "die-after:trline", "die-before:trend", "die-after:trend"):
        stand = make_stand()
        alive = stand.switch_on()
        alive.start()
        alive.login()
        sale(alive)
        stand.let_printer_die(f"{fault}:1")
        sale(alive)
        yield stand.wrong()
        stand.clear()


def by_office(make_stand):
    """Sell, then send."""
    stand = make_stand()
    alive = stand.switch_on()
    alive.start()
    alive.login()
    sale(alive)
    alive.till.push().exception(WAIT_S)
    yield stand.wrong(with_office=True)


MUTANTS = [
    (no_intent, by_cuts, "lost: "),
    (two_transactions, by_cuts, "sold, but no document"),
    (retry_on_timeout, by_dying_printer, "printed 2 times"),
    (match_by_amount, by_dying_printer, "invented: "),
    (believe_the_driver, by_dying_printer, "lost: "),
    (tell_before_commit, by_dying_printer, "told: "),
    (cursor_before_answer, by_office, "believed delivered"),
    (chain_without_body, by_office, "hash is not that of its body"),
]


HUNTS = 3


@SLOW
@pytest.mark.parametrize(
    ("mutate", "hunt", "word"), MUTANTS, ids=[mutant[0].__name__ for mutant in MUTANTS]
)
def test_the_mistake_is_found(make_stand, monkeypatch, mutate, hunt, word):
    mutate(monkeypatch)
    found = []
    # Where a cut falls among the threads is chance: what one hunt misses, another finds.
    for wrong in itertools.chain.from_iterable(hunt(make_stand) for _ in range(HUNTS)):
        found += wrong
        if any(word in sentence for sentence in found):
            break
    assert any(word in sentence for sentence in found), found


@SLOW
@pytest.mark.parametrize("hunt", [by_cuts, by_dying_printer, by_office])
def test_without_a_mistake_nothing_is_found(make_stand, hunt):
    for wrong in hunt(make_stand):
        assert wrong == []
