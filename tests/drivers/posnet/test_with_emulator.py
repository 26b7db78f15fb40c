"""The driver against the emulator, which was written from the same text by somebody else."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from drivers.errors import DeviceError, InDoubt, Refused, Unreachable, Why
from drivers.fiscal import (
    Discount,
    FiscalReceipt,
    Header,
    Item,
    Mechanism,
    Status,
    Tender,
    TenderKind,
)
from drivers.link import open_link
from drivers.posnet.dialogue import Timings
from drivers.posnet.printer import PosnetPrinter
from hw_emulator.host import start_posnet
from hw_emulator.posnet.memory import MemoryBusy

NOW = datetime(2026, 10, 9, 11, 48)
CLOSING = 77
TIMINGS = Timings(reply_s=0.25, report_s=0.5, first_poll_s=0.05, poll_s=0.05)
RECEIPT = FiscalReceipt(
    items=(
        Item("Mleko 2 %\t1 l", "A", 349, 2500, 873, unit="szt"),
        Item("Chleb żytni", "B", 500, 1000, 500, discount=Discount(50, "rabat")),
        Item("Piwo", "A", 800, 1000, 800),
        Item("Piwo", "A", 800, 1000, 800, is_storno=True),
        Item("Woda", "A", 200, 1000, 200),
    ),
    tenders=(
        Tender(TenderKind.CARD, 500, "Visa"),
        Tender(TenderKind.CASH, 1000),
        Tender(TenderKind.CASH, 77, is_change=True),
    ),
    total_gr=1423,
    discount=Discount(100, "stały klient"),
    nip="1234563218",
    cashier="Ala",
    desk="1",
    reference="K1-17",
)


@pytest.fixture(params=["pty", "tcp"])
def running(request):
    lines = {"pty": True} if request.param == "pty" else {"tcp": 0}
    emulator = start_posnet(**lines, now=lambda: NOW)
    yield emulator
    emulator.stop()


def reach(emulator, **options) -> PosnetPrinter:
    printer = PosnetPrinter(
        lambda: open_link(emulator.url), **{"timings": TIMINGS, "first_token": 1000} | options
    )
    printer.connect()
    return printer


def test_a_day(running):
    printer = reach(running)
    assert printer.mode().is_fiscal
    assert printer.mode().totals_zero
    assert printer.clock() == NOW
    before = printer.counters()
    printer.print_receipt(RECEIPT, CLOSING)
    after = printer.counters()
    assert (after.receipts, after.last_receipt_no) == (1, 1)
    assert sum(after.totals_gr) == RECEIPT.total_gr
    assert after.header_no == before.header_no + 1
    last = printer.transaction()
    assert (last.is_open, last.payments_gr, last.change_gr) == (False, 1500, 77)
    assert last.totals_gr == after.totals_gr
    assert printer.was_answered(CLOSING)
    assert not printer.was_answered(CLOSING + 1)
    printer.cash(5000)
    printer.cash(-1000)
    printer.open_drawer()
    printer.print_form(("Zmiana", "Kasjer: Łucja", "", "x" * 60))
    printer.daily_report(NOW.date(), 4321)
    assert printer.was_answered(4321)
    report = printer.report(printer.counters().reports)
    assert (report.number, report.receipts, report.made_at) == (1, 1, NOW)
    assert report.totals_gr == after.totals_gr
    assert printer.mode().totals_zero
    printer.close()


def test_settings(running):
    printer = reach(running)
    printer.set_header(Header("Lipa & Syn", "Sklep Pod Lipą", "Polna 1", "00-001", "Łódź"))
    assert printer.header() == "&1Lipa && Syn&1\nSklep Pod Lipą\n&5Polna 1&5\n&200-001&2 &3Łódź&3"
    rates = list(printer.rates())
    rates[2] = 750
    printer.set_rates(tuple(rates), NOW.date())
    assert printer.rates() == tuple(rates)
    printer.set_clock(NOW + timedelta(minutes=5))
    printer.close()


def test_refusals_leave_the_receipt_to_recovery(running):
    printer = reach(running)
    with pytest.raises(Refused) as caught:
        printer.print_receipt(replace(RECEIPT, total_gr=1), CLOSING)
    assert caught.value.code == 2805
    assert printer.transaction().is_open
    printer.cancel()
    assert printer.counters().cancelled == 1
    printer.cancel()
    assert printer.counters().cancelled == 1
    inactive = replace(RECEIPT, items=(replace(RECEIPT.items[0], vat="F"),))
    with pytest.raises(Refused):
        printer.print_receipt(inactive, CLOSING)
    printer.close()


@pytest.mark.parametrize("kind", ["drop", "lose", "garble", "noise", "double", "shift"])
@pytest.mark.parametrize("command", ["trinit", "trline", "trpayment", "trend"])
def test_faults_that_the_dialogue_settles(running, kind, command):
    printer = reach(running)
    running.faults.add(f"{kind}:{command}:1")
    printer.print_receipt(RECEIPT, CLOSING)
    counters = printer.counters()
    assert (counters.receipts, sum(counters.totals_gr)) == (1, RECEIPT.total_gr)
    printer.close()


@pytest.mark.parametrize("command", ["trline", "trend"])
def test_a_cut_answer(running, command):
    printer = reach(running)
    running.faults.add(f"cut:{command}:1:5")
    running.faults.add(f"late:{command}:2:0.4")
    printer.print_receipt(RECEIPT, CLOSING)
    assert printer.counters().receipts == 1
    printer.close()


def test_no_paper(running):
    heard: list[Status] = []

    def bring_paper(status: Status) -> None:
        heard.append(status)
        if len(heard) == 3:
            running.set_mechanism()

    printer = reach(running, on_wait=bring_paper)
    running.faults.add("no-paper:trend:1")
    printer.print_receipt(RECEIPT, CLOSING)
    assert {status.mechanism for status in heard} == {Mechanism.NO_PAPER}
    assert printer.counters().receipts == 1
    assert printer.status().is_ready
    printer.close()


def test_a_second_process_asks_what_became_of_it(running):
    printer = reach(running)
    running.faults.add("lose:trend:1")
    running.faults.add("lose:rpt:1")
    running.faults.add("lose:rpt:2")
    running.faults.add("lose:rpt:3")
    running.faults.add("lose:rpt:4")
    with pytest.raises(InDoubt):
        printer.print_receipt(RECEIPT, CLOSING)
    printer.close()
    other = reach(running, first_token=2000)
    assert other.was_answered(CLOSING)
    assert other.counters().receipts == 1
    other.close()


def switch_on(memory, pty):
    """Start a printer on the fiscal memory of one that has just died and may still hold it."""
    until_s = time.monotonic() + 5
    while True:
        try:
            return start_posnet(memory, pty=pty, now=lambda: NOW)
        except MemoryBusy:
            assert time.monotonic() < until_s
            time.sleep(0.01)


def test_the_printer_dies_and_comes_back(tmp_path):
    memory = tmp_path / "fiscal.mem"
    emulator = start_posnet(memory, pty=tmp_path / "printer", now=lambda: NOW)
    printer = PosnetPrinter(lambda: open_link(str(tmp_path / "printer")), timings=TIMINGS)
    printer.connect()
    emulator.faults.add("die-after:trend:1")
    with pytest.raises(InDoubt):
        printer.print_receipt(RECEIPT, CLOSING)
    assert emulator.died.wait(5)
    with pytest.raises(Unreachable):
        printer.counters()
    emulator = switch_on(memory, tmp_path / "printer")
    assert printer.counters().receipts <= 1  # the same printer: the line was opened anew
    printer.close()
    emulator.stop()


@pytest.mark.parametrize("seed", range(8))
def test_a_bad_line_never_prints_twice(seed):
    emulator = start_posnet(tcp=0, now=lambda: NOW, seed=seed, loss=0.1)
    printer = PosnetPrinter(lambda: open_link(emulator.url), timings=TIMINGS)
    small = FiscalReceipt(RECEIPT.items[:1], (), 873)
    try:
        printer.print_receipt(small, CLOSING)
    except DeviceError:
        assert len(emulator.memory().receipts) <= 1
    else:
        assert len(emulator.memory().receipts) == 1
    printer.close()
    emulator.stop()


def test_the_refused_line_is_named(running):
    printer = reach(running)
    running.faults.add("refuse:trline:2:2106")
    with pytest.raises(Refused) as caught:
        printer.print_receipt(RECEIPT, CLOSING)
    assert (caught.value.why, caught.value.item) == (Why.TAX_STEP, "Chleb żytni")
    printer.cancel()
    printer.close()
