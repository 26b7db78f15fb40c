"""Each kind of printer that the emulator can be, down to the older generation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.errors import Refused, Why
from drivers.fiscal import Attention, Buyer, FiscalReceipt, Invoice, Item, Tender, TenderKind
from drivers.posnet.commands import COMMANDS, Call
from drivers.posnet.frame import Frame
from drivers.posnet.generation import Generation
from hw_emulator.host import start_posnet
from hw_emulator.posnet.profile import PROFILES
from tests.drivers.posnet.emulated import NOW, reach

CLOSING = 77
COFFEE = Item("Kawa", "A", 1000, 1000, 1000)


@pytest.fixture
def emulator():
    running = start_posnet(tcp=0, now=lambda: NOW)
    yield running
    running.stop()


@pytest.mark.parametrize("name", PROFILES)
def test_every_kind_is_recognised_and_sells(emulator, name):
    emulator.device.profile = PROFILES[name]
    printer = reach(emulator)
    is_old = name == "old"
    assert printer._session.generation is (Generation.OLD if is_old else Generation.ONLINE)
    assert (printer.online is None) is is_old
    printer.print_receipt(FiscalReceipt((COFFEE,), (), 1000), CLOSING)
    assert printer.counters().receipts == 1
    assert printer.clock() == NOW
    printer.daily_report(NOW.date(), 4321)
    assert printer.report(1).receipts == 1
    printer.close()


@pytest.fixture
def old(emulator):
    emulator.device.profile = PROFILES["old"]
    return emulator


def test_an_old_printer_takes_shorter_texts_and_names_a_transfer(old):
    printer = reach(old)
    long = replace(COFFEE, name="M" * 60, description="x" * 60)
    receipt = FiscalReceipt((long,), (Tender(TenderKind.TRANSFER, 1000),), 1000)
    printer.print_receipt(receipt, CLOSING)
    assert printer.goods("M" * 40).rate_bp == 2300
    assert printer.transaction().payments_gr == 1000
    printer.close()


def test_a_receipt_longer_than_an_old_block(old):
    printer = reach(old)
    printer.print_receipt(FiscalReceipt((COFFEE,) * 120, (), 120_000), CLOSING)
    assert printer.counters().totals_gr[0] == 120_000
    printer.close()


def test_an_old_invoice_waits_for_its_key(old):
    heard: list[Attention] = []

    def press(status) -> None:
        heard.append(status.attention)
        if len(heard) == 2:
            old.station.press("ok")

    printer = reach(old, on_wait=press)
    invoice = Invoice("FV 7/2026", Buyer("Jan Kowalski", "1234563218", "Warszawa"))
    tenders = (Tender(TenderKind.CARD, 1000),)
    printer.print_receipt(FiscalReceipt((COFFEE,), tenders, 1000, invoice=invoice), CLOSING)
    assert heard[:2] == [Attention.WAITING_KEY] * 2
    assert printer.counters().invoices == 1
    printer.close()


def test_cancelled_at_the_keys_of_an_old_printer(old):
    def press(_) -> None:
        old.station.press("cancel")

    printer = reach(old, on_wait=press)
    printer.print_receipt(FiscalReceipt((COFFEE,), (), 1000), CLOSING)
    # Without its date the report asks somebody at the printer; the driver never sends it so.
    undated = Call(COMMANDS["dailyrep"], Frame("dailyrep"))
    with pytest.raises(Refused) as caught:
        printer._session.ask(undated)
    assert (caught.value.code, caught.value.why) == (30, Why.CANCELLED)
    assert printer.counters().reports == 0
    printer.close()
