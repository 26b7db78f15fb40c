"""What is special about this printer; what it shares with others is in the contract's tests."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime

import pytest

from drivers.errors import DeviceError, InDoubt, NotReady, Refused, Unreachable, Why
from drivers.fiscal import (
    NO_TOTALS,
    Advance,
    Attention,
    Buyer,
    Drawer,
    FiscalReceipt,
    Invoice,
    Item,
    Mechanism,
    Packaging,
    PercentMode,
    Tender,
    TenderKind,
)
from drivers.link import open_link
from drivers.novitus.notebook import Notebook
from drivers.novitus.printer import NovitusPrinter
from drivers.novitus.watch import Timings
from hw_emulator.host import start_novitus
from hw_emulator.novitus.device import Mechanism as Device

NOW = datetime(2026, 10, 9, 11, 48)
COFFEE = Item("Kawa", "A", 1000, 1000, 1000)
RECEIPT = FiscalReceipt((COFFEE,), (Tender(TenderKind.CASH, 1000),), 1000)
PATIENT = Timings(poll_s=0.05)


@pytest.fixture
def make():
    """Start emulators and reach them; everything is given back."""
    given_back = []

    def start(**options):
        running = start_novitus(**{"now": lambda: NOW} | options)
        given_back.append(running.stop)
        return running

    def reach(running, notebook=None, timings=PATIENT, **options):
        printer = NovitusPrinter(
            lambda: open_link(running.url), notebook=notebook, timings=timings, **options
        )
        given_back.insert(0, printer.close)
        reconnect(printer)
        return printer

    start.reach = reach
    yield start
    for give_back in given_back:
        give_back()


@pytest.fixture
def emulator(make):
    return make()


@pytest.fixture
def printer(make, emulator):
    return make.reach(emulator)


def test_what_it_has_not(printer):
    for name in ("reporting", "rate_schedule", "archive", "e_documents", "online", "display"):
        assert getattr(printer, name) is None
    assert printer.forms is printer.stationery is printer.returnables is None
    assert printer.drawer() is Drawer.UNKNOWN
    assert printer.goods("Kawa") is None
    assert printer.percent_mode() is PercentMode.VALUE_FIRST


@pytest.mark.parametrize(
    "receipt",
    [
        replace(RECEIPT, invoice=Invoice("1", Buyer("x", "1"))),
        replace(RECEIPT, items=(COFFEE, Packaging(100, 1))),
        replace(RECEIPT, items=(COFFEE, Advance("A", 1, 1))),
    ],
    ids=["invoice", "packaging", "advance"],
)
def test_what_it_cannot_print_is_refused_before_anything_is_sent(emulator, printer, receipt):
    known = len(emulator.jobs())
    with pytest.raises(Refused) as caught:
        printer.print_receipt(receipt, 5)
    assert (caught.value.code, caught.value.mnemonic) == (0, "NOT_SENT")
    assert len(emulator.jobs()) == known


@pytest.mark.parametrize("counts_cancelled", [True, False])
def test_cancelled_receipts_may_take_a_number_or_not(make, counts_cancelled):
    emulator = make(counts_cancelled=counts_cancelled)
    printer = make.reach(emulator)
    printer.print_receipt(RECEIPT, 1)
    base = printer.counters()
    with pytest.raises(Refused):
        printer.print_receipt(replace(RECEIPT, items=(replace(COFFEE, vat="G"),)), 2)
    counters = printer.counters()
    assert counters.cancelled == (1 if counts_cancelled else 0)
    assert (counters.receipts, counters.totals_gr) == (base.receipts, base.totals_gr)
    assert len(emulator.memory().cancelled) == 1
    printer.print_receipt(RECEIPT, 3)
    assert printer.counters().receipts == base.receipts + 1


def test_numbers_that_go_on_through_the_report(make, emulator, printer):
    printer.print_receipt(RECEIPT, 1)
    printer.daily_report(NOW.date(), 2)
    printer.print_receipt(RECEIPT, 3)
    counters = printer.counters()
    assert (counters.receipts, counters.last_receipt_no) == (1, 2)


def test_a_report_right_after_a_receipt_is_known(printer):
    printer.print_receipt(RECEIPT, 1)
    printer.daily_report(NOW.date(), 2)
    assert (printer.report(1).receipts, printer.report(1).totals_gr[0]) == (1, 1000)


def test_a_report_is_not_held_up_by_what_was_never_confirmed(emulator, printer):
    emulator.station.jobs.store("status", {"status": {"type": "device"}}, 1)
    printer.daily_report(NOW.date(), 2)
    assert printer.counters().reports == 1


def test_a_report_that_was_not_watched_is_refused(make, emulator, printer):
    printer.print_receipt(RECEIPT, 1)
    emulator.station.midnight()
    with pytest.raises(Refused, match="was not watched") as caught:
        printer.report(1)
    assert (caught.value.code, caught.value.why) == (0, Why.NOT_FOUND)


def test_a_report_at_night_is_known_by_the_pictures_around_it(make, emulator, printer):
    printer.print_receipt(RECEIPT, 1)
    printer.counters()
    emulator.station.midnight()
    report = printer.report(1)
    assert (report.receipts, report.totals_gr[0], report.made_at) == (1, 1000, NOW)


def test_the_next_run_of_the_till_goes_on_counting(make, emulator, tmp_path):
    first = make.reach(emulator, Notebook(tmp_path / "n.json"))
    first.print_receipt(RECEIPT, 7)
    first.counters()
    first.close()
    second = make.reach(emulator, Notebook(tmp_path / "n.json"))
    assert second.counters().receipts == 1
    assert second.was_answered(7)
    assert not second.was_answered(8)


def test_without_its_notebook_it_begins_anew(make, emulator, printer):
    printer.print_receipt(RECEIPT, 7)
    printer.counters()
    other = make.reach(emulator)
    counters = other.counters()
    assert (counters.receipts, counters.totals_gr[0]) == (0, 1000)
    assert not other.was_answered(7)


def test_only_the_last_document_is_asked_about(printer):
    printer.print_receipt(RECEIPT, 7)
    assert printer.was_answered(7)
    printer.cash(100)
    assert not printer.was_answered(7), "not known any more: the counters decide"


def test_a_document_that_waits_is_an_open_transaction(make, emulator, printer):
    assert not printer.transaction().is_open
    emulator.station.jobs.store("status", {"status": {"type": "device"}}, 1)
    assert printer.transaction().is_open
    printer.cancel()
    assert not printer.transaction().is_open


def test_before_the_first_picture_no_receipt_is_known(make):
    emulator = make()
    printer = make.reach(emulator)
    transaction = printer.transaction()
    assert (transaction.totals_gr, transaction.payments_gr) == (NO_TOTALS, 0)


def test_before_it_is_fiscal(make):
    printer = make.reach(make(is_fiscal=False))
    assert not printer.mode().is_fiscal


def test_full_memory(make):
    printer = make.reach(make(reports_max=1))
    assert not printer.mode().is_read_only
    printer.daily_report(NOW.date(), 1)
    assert printer.mode().is_read_only


def test_cash_that_is_not_there(printer):
    with pytest.raises(Refused) as caught:
        printer.cash(-1)
    assert (caught.value.code, caught.value.why) == (32, Why.NO_CASH)


def test_how_it_is_while_it_prints(make, emulator, printer):
    emulator.set_mechanism(Device.COVER)
    status = printer.status()
    assert (status.mechanism, status.attention) == (Mechanism.NO_ACCESS, Attention.READY)
    assert [job for job in emulator.jobs() if job.state == "STORED"] == []


def test_two_programs_on_one_printer_get_in_each_others_way_and_say_so(make, emulator, printer):
    """Not supported; but nothing is printed twice, and nobody is told a lie."""
    other = make.reach(emulator)
    emulator.set_mechanism(Device.NO_PAPER)
    jobs = emulator.station.jobs
    jobs.change(jobs.store("nf_printout", {"printout": {"lines": []}}, 1), state="QUEUED")
    with pytest.raises((NotReady, DeviceError)):
        other.print_receipt(RECEIPT, 9)
    assert emulator.memory().receipts == ()


def test_silence_has_its_limit(make):
    emulator = make()
    notebook = Notebook()
    hasty = make.reach(emulator, notebook, Timings(reply_s=0.5, poll_s=0.05, silence_s=2.0))
    hasty.counters()
    emulator.faults.add("lose:receipt-put:1")
    for nth in range(1, 30):
        emulator.faults.add(f"drop:receipt-get:{nth}")
    with pytest.raises(InDoubt, match="silent"):
        hasty.print_receipt(RECEIPT, 1)
    emulator.faults.rules.clear()
    assert make.reach(emulator, notebook).counters().receipts == 1


def reconnect(printer) -> None:
    """Patience here is so short that a busy machine may use it up."""
    until_s = time.monotonic() + 30
    while True:
        try:
            printer.connect()
        except DeviceError:
            assert time.monotonic() < until_s
        else:
            return


def test_nobody_there(make, emulator, printer):
    emulator.stop()
    with pytest.raises(Unreachable):
        printer.status()
    with pytest.raises(Unreachable):
        printer.print_receipt(RECEIPT, 1)


# Every request of every method, each of its answers lost once

METHODS = {
    "connect": lambda printer: printer.connect(),
    "counters": lambda printer: printer.counters(),
    "mode": lambda printer: printer.mode(),
    "transaction": lambda printer: printer.transaction(),
    "print_receipt": lambda printer: printer.print_receipt(RECEIPT, 5),
    "cash": lambda printer: printer.cash(100),
    "daily_report": lambda printer: printer.daily_report(NOW.date(), 6),
    "print_form": lambda printer: printer.print_form(("x",)),
    "header": lambda printer: printer.header(),
    "cancel": lambda printer: printer.cancel(),
}


@pytest.mark.parametrize("kind", ["drop", "lose", "garble", "double", "noise"])
@pytest.mark.parametrize("name", METHODS)
def test_any_answer_may_be_lost(make, name, kind):
    """Whatever goes wrong with one request, the method ends, and what it did was done once."""
    emulator = make()
    printer = make.reach(emulator, timings=Timings(reply_s=0.15, poll_s=0.02, silence_s=0.6))
    for nth in range(1, 40):
        before = emulator.memory().books.header_no
        emulator.faults.add(f"{kind}:*:{nth}")
        try:
            METHODS[name](printer)
        except DeviceError:
            reconnect(printer)
        assert emulator.memory().books.header_no - before <= 1, f"twice at request {nth}"
        if not emulator.faults.rules:
            continue
        emulator.faults.rules.clear()
        break
    else:
        pytest.fail("more than forty requests")
    books = emulator.memory().books
    counters = make.reach(emulator).counters()
    assert (counters.reports, list(counters.totals_gr)) == (len(books.reports), books.day.totals_gr)
