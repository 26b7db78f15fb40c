"""Receipts with everything a shop needs, invoices, packaging: the driver against the emulator."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.errors import DeviceError, Refused, Why
from drivers.fiscal import (
    Advance,
    Buyer,
    CurrencyTender,
    Discount,
    FiscalReceipt,
    FooterLine,
    Holder,
    Invoice,
    Item,
    LineDiscount,
    Note,
    Packaging,
    PercentMode,
    Promotion,
    RateDiscount,
    Subtotal,
    Tender,
    TenderKind,
)
from drivers.link import open_link
from drivers.posnet.generation import Generation
from drivers.posnet.printer import PosnetPrinter
from drivers.posnet.watch import Timings
from hw_emulator.host import start_posnet
from tests.drivers.posnet.emulated import NOW, TIMINGS, reach

CLOSING = 77
COFFEE = Item("Kawa", "A", 1000, 1000, 1000)
CHEESE = Item("Ser", "B", 4000, 1000, 4000)


@pytest.fixture
def emulator():
    running = start_posnet(tcp=0, now=lambda: NOW)
    yield running
    running.stop()


@pytest.fixture
def printer(emulator):
    made = reach(emulator)
    yield made
    made.close()


def sold(printer, *items, total_gr: int, **more) -> tuple[int, ...]:
    """Print a receipt; give the totals per letter that the printer counted for it."""
    before = printer.counters()
    printer.print_receipt(FiscalReceipt(items, more.pop("tenders", ()), total_gr, **more), 77)
    after = printer.counters()
    assert after.receipts == before.receipts + 1
    found = zip(after.totals_gr, before.totals_gr, strict=True)
    totals = tuple(now - then for now, then in found)
    assert sum(totals) == total_gr
    assert not printer.transaction().is_open
    return totals


@pytest.mark.parametrize(("mode", "left_gr"), [("value_first", 1148), ("discount_first", 1147)])
def test_a_percent_is_checked_against_its_amount(printer, mode, left_gr):
    printer.set_percent_mode(PercentMode(mode))
    off = Discount(1350 - left_gr, "rabat", percent_bp=1500)
    pen = Item("Długopis", "C", 1350, 1000, 1350, discount=off)
    assert sold(printer, pen, total_gr=left_gr)[2] == left_gr
    wrong = replace(pen, discount=replace(off, amount_gr=off.amount_gr + 1))
    with pytest.raises(Refused) as caught:
        printer.print_receipt(FiscalReceipt((wrong,), (), left_gr - 1), CLOSING)
    assert (caught.value.code, caught.value.why) == (2801, Why.TOTALS)
    printer.cancel()


def test_discounts_on_line_rate_subtotal_and_bill(printer):
    line = LineDiscount("Ser", "B", 4000, Discount(400, percent_bp=1000))
    assert sold(printer, COFFEE, CHEESE, line, total_gr=4600)[:2] == (1000, 3600)
    back = replace(line, is_storno=True)
    assert sold(printer, COFFEE, CHEESE, line, back, total_gr=5000)[:2] == (1000, 4000)
    rate = RateDiscount("B", Discount(100))
    assert sold(printer, COFFEE, CHEESE, rate, total_gr=4900)[:2] == (1000, 3900)
    on_part = RateDiscount("B", Discount(200, percent_bp=1000), base_gr=2000)
    assert sold(printer, COFFEE, CHEESE, on_part, total_gr=4800)[:2] == (1000, 3800)
    promotion = Promotion("A", 20, "2 w cenie 1")
    assert sold(printer, COFFEE, promotion, CHEESE, total_gr=4980)[:2] == (980, 4000)
    dearer = Subtotal(Discount(500, is_markup=True))
    assert sold(printer, COFFEE, CHEESE, Subtotal(), dearer, total_gr=5500)[:2] == (1100, 4400)
    assert sold(printer, COFFEE, CHEESE, total_gr=4500, discount=Discount(500))[:2] == (900, 3600)


def test_stornos(printer):
    cheap = replace(COFFEE, discount=Discount(200))
    assert sold(printer, cheap, CHEESE, replace(cheap, is_storno=True), total_gr=4000)[0] == 0
    three = Item("Woda", "A", 200, 3000, 600)
    part = Item("Woda", "A", 200, 1000, 200, is_storno=True)
    assert sold(printer, three, part, total_gr=400)[0] == 400
    with pytest.raises(Refused) as caught:
        sold(printer, part, total_gr=0)
    assert caught.value.why in {Why.TOTALS, Why.DISCOUNT, Why.DOCUMENT_OPEN}
    printer.cancel()


def test_an_advance(printer):
    goods = Item("Towar A", "A", 1000, 1000, 1000)
    advance, back = Advance("A", 500, 1000), Advance("A", 300, 500, is_storno=True)
    assert sold(printer, goods, advance, back, total_gr=800)[0] == 800
    # An advance may take all there is.
    assert sold(printer, goods, Advance("A", 1000, 1000), total_gr=0) == (0,) * 7


def test_packaging_goes_with_the_goods_and_outside_the_total(printer):
    crate = (Packaging(50, 6, "3", "butelka"), Packaging(100, 1, is_return=True))
    tenders = (Tender(TenderKind.CASH, 1200),)
    assert sold(printer, COFFEE, *crate, total_gr=1000, tenders=tenders)[0] == 1000
    last = printer.transaction()
    assert (last.packaging_gr, last.packaging_back_gr) == (300, 100)
    short = (Tender(TenderKind.CASH, 1199),)
    with pytest.raises(Refused) as caught:
        sold(printer, COFFEE, *crate, total_gr=1000, tenders=short)
    assert caught.value.why is Why.PAYMENT
    printer.cancel()


def test_packaging_alone_moves_no_fiscal_total(printer):
    before = printer.counters()
    printer.returnables.settle((Packaging(50, 6),), (Tender(TenderKind.CARD, 300),))
    printer.returnables.settle((Packaging(50, 2, is_return=True),))
    after = printer.counters()
    assert (after.receipts, after.totals_gr) == (before.receipts, before.totals_gr)
    assert not printer.transaction().is_open


@pytest.mark.parametrize("kind", TenderKind)
def test_every_kind_of_payment(printer, kind):
    tenders = (Tender(kind, 600, "x"), Tender(TenderKind.CASH, 400))
    sold(printer, COFFEE, total_gr=1000, tenders=tenders)


def test_foreign_money_and_change(printer):
    tenders = (
        CurrencyTender("EUR", 500, 42_000, 2100),
        Tender(TenderKind.CASH, 1100, is_change=True),
    )
    sold(printer, COFFEE, total_gr=1000, tenders=tenders)
    last = printer.transaction()
    assert (last.payments_gr, last.change_gr) == (2100, 1100)


def test_lines_below_and_codes(printer):
    footer = tuple(FooterLine(number, f"tekst {number}") for number in (25, 2, 41, 42))
    sold(
        printer, COFFEE, total_gr=1000, footer=footer, barcode="K1000017", qr="https://a.example/17"
    )
    assert not printer.transaction().fiscal_part_done


@pytest.mark.parametrize("kind", ["drop", "lose", "garble"])
def test_lines_below_are_printed_once_or_the_footer_is_finished(emulator, printer, kind):
    emulator.faults.add(f"{kind}:trftrln:1")
    receipt = FiscalReceipt((COFFEE,), (), 1000, footer=(FooterLine(25, "x"), FooterLine(25, "y")))
    try:
        printer.print_receipt(receipt, CLOSING)
    except DeviceError:
        assert printer.transaction().fiscal_part_done
        printer.finish_footer()
    assert printer.counters().receipts == 1
    assert not printer.transaction().is_open


INVOICE = Invoice(
    "FV 7/2026",
    Buyer("Jan Kowalski\nSklep & Syn", "1234563218", "Śliwkowa 12\nWarszawa"),
    title="FAKTURA",
    copies=1,
    notes=((Note.CASH_METHOD, ()), (Note.EXEMPT, ("art. 43 ust. 1",))),
    lines=("Zamówienie A&B",),
)


def test_an_invoice(printer):
    before = printer.counters()
    items = (replace(COFFEE, discount=Discount(100), pkwiu="10.83", code="5901"), CHEESE)
    printer.print_receipt(FiscalReceipt(items, (), 4900, invoice=INVOICE), CLOSING)
    after = printer.counters()
    assert (after.invoices, after.receipts) == (before.invoices + 1, before.receipts)
    assert after.invoice_totals_gr[:2] == (900, 4000)
    assert after.totals_gr == before.totals_gr
    last = printer.transaction()
    assert (last.is_invoice, last.is_open) == (True, False)
    assert printer.was_answered(CLOSING)
    printer.daily_report(NOW.date(), 4321)
    report = printer.report(printer.counters().reports)
    assert (report.invoices, report.invoice_totals_gr[:2]) == (1, (900, 4000))


@pytest.mark.parametrize("note", Note)
def test_every_remark_of_an_invoice(printer, note):
    details = {
        Note.ENFORCEMENT: ("Komornik", "Dłużnik"),
        Note.TRANSPORT: ("2026-01-02", "123,5", "7"),
        Note.OTHER_MARGIN: ("Procedura marży - dzieła sztuki",),
    }.get(note, ("art. 43",))
    invoice = replace(INVOICE, notes=((note, details),))
    printer.print_receipt(FiscalReceipt((COFFEE,), (), 1000, invoice=invoice), CLOSING)
    assert printer.counters().invoices == 1


def test_a_buyer_of_an_electronic_receipt(printer):
    printer.e_documents.use_server("eparagon.example.pl")
    printer.e_documents.switch(is_on=True)
    sold(printer, COFFEE, total_gr=1000, buyer_id="123456789012345")
    with pytest.raises(Refused):
        sold(printer, COFFEE, total_gr=1, buyer_id="999")
    printer.cancel()
    # Nobody is left over for the next customer.
    handle = printer.e_documents.for_next("555")
    assert printer.e_documents.document(handle).handle == handle
    printer.e_documents.forget()


def test_a_printer_of_the_older_generation(emulator):
    printer = reach(emulator, generation=Generation.OLD)
    long = replace(COFFEE, name="M" * 60)
    sold(printer, long, total_gr=1000)
    assert printer.goods("M" * 40).rate_bp == 2300
    printer.close()


def test_another_interface_holds_the_printer_and_lets_go(emulator):
    heard: list[Holder | None] = []

    def let_go(status) -> None:
        heard.append(status.held_by)
        if len(heard) == 2:
            emulator.device.held_by = 0

    printer = reach(emulator, on_wait=let_go)
    emulator.device.held_by = 2
    assert printer.status().held_by is Holder.SECOND
    printer.print_receipt(FiscalReceipt((COFFEE,), (), 1000), CLOSING)
    assert heard[:2] == [Holder.SECOND, Holder.SECOND]
    assert printer.counters().receipts == 1
    printer.close()


def test_another_interface_does_not_let_go(emulator):
    impatient = Timings(reply_s=2, first_poll_s=0.2, poll_s=0.05, held_max_s=0.3)
    printer = reach(emulator, timings=impatient)
    emulator.device.held_by = 2
    with pytest.raises(Refused) as caught:
        printer.cash(100)
    assert (caught.value.why, caught.value.code) == (Why.BUSY, 41)
    assert printer.counters().receipts == 0  # questions are answered all the same
    printer.close()


def test_what_another_interface_left_open_is_cancelled_by_force():
    running = start_posnet(tcp=0, tcp_second=0, now=lambda: NOW)
    left = reach(running)
    with pytest.raises(Refused):
        left.print_receipt(FiscalReceipt((COFFEE,), (), 1), CLOSING)
    other = PosnetPrinter(lambda: open_link(f"tcp://{running.tcp_second}"), timings=TIMINGS)
    other.connect()
    assert other.status().held_by is Holder.FIRST
    assert other.transaction().is_open
    other.cancel(by_force=True)
    assert not other.transaction().is_open
    assert other.status().held_by is None
    for printer in (left, other):
        printer.close()
    running.stop()
