"""Settings, reports, forms, copies, electronic receipts: the driver against the emulator."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drivers.errors import Refused, Why
from drivers.fiscal import (
    Barcode,
    BarcodeKind,
    Blank,
    DocumentKind,
    Drawer,
    FiscalReceipt,
    Form,
    FreeLine,
    Goods,
    Item,
    Matrix,
    MatrixKind,
    PercentMode,
    RateChange,
    Separator,
    Span,
    Style,
    TextLine,
    TinyLine,
)
from hw_emulator.host import start_posnet
from tests.drivers.posnet.emulated import NOW, reach

COFFEE = FiscalReceipt((Item("Kawa", "B", 1000, 1000, 1000),), (), 1000)


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


def test_how_a_percent_is_taken_off(printer):
    for mode in (*PercentMode, *PercentMode):
        printer.set_percent_mode(mode)
        assert printer.percent_mode() is mode


def test_what_it_remembers_of_goods(printer):
    assert printer.goods("Kawa") == Goods(None, is_locked=False)
    dear = FiscalReceipt((Item("kawa", "A", 1000, 1000, 1000),), (), 1000)
    printer.print_receipt(dear, 77)
    assert printer.goods("KAWA!") == Goods(2300, is_locked=False)
    printer.print_receipt(COFFEE, 78)
    assert printer.goods("Kawa") == Goods(800, is_locked=True)
    with pytest.raises(Refused) as caught:
        printer.print_receipt(dear, 79)
    assert (caught.value.why, caught.value.item) == (Why.TAX_STEP, "kawa")
    printer.cancel()
    printer.print_receipt(COFFEE, 80)


def test_drawer(printer):
    assert printer.drawer() in set(Drawer)


def test_reports(printer):
    printer.print_receipt(COFFEE, 77)
    printer.daily_report(NOW.date(), 4321)
    reporting = printer.reporting
    reporting.monthly(NOW.date())
    reporting.monthly(NOW.date(), is_summary=True)
    reporting.by_dates(NOW.date(), NOW.date())
    reporting.by_numbers(1, 1, is_summary=True)
    reporting.shift("RANO")
    reporting.shift("RANO", is_zeroing=True)
    reporting.cash_state()
    with pytest.raises(Refused) as caught:
        reporting.by_numbers(2, 1)
    assert caught.value.why is Why.RANGE
    assert printer.archive.reports_left() == 1829


def test_two_reports_without_a_sale(printer):
    printer.daily_report(NOW.date(), 1)
    with pytest.raises(Refused) as caught:
        printer.daily_report(NOW.date(), 2)
    assert caught.value.why is Why.NO_SALES


def test_rates_that_change_by_themselves(printer):
    schedule = printer.rate_schedule
    assert schedule.planned() is None
    rates = list(printer.rates())
    rates[2] = 750
    change = RateChange(tuple(rates), NOW + timedelta(days=90), is_unattended=True)
    schedule.plan(change)
    assert schedule.planned() == change
    schedule.drop()
    assert schedule.planned() is None


def test_copies(printer):
    printer.print_receipt(COFFEE, 77)
    archive = printer.archive
    medium = archive.medium()
    assert 0 < medium.free_kib <= medium.capacity_kib
    assert archive.last_number(DocumentKind.RECEIPT) >= 1
    assert archive.last_number(DocumentKind.INVOICE) == 0
    assert archive.reprint_numbers(DocumentKind.RECEIPT, 1, 1) == 1
    hour = timedelta(hours=1)
    assert archive.reprint_dates(DocumentKind.RECEIPT, NOW - hour, NOW + hour) == 1
    archive.reprint_last(1)
    with pytest.raises(Refused) as caught:
        archive.reprint_invoice(7, is_for_buyer=True)
    assert caught.value.why is Why.NOT_FOUND


def test_electronic_receipts(printer):
    documents = printer.e_documents
    documents.use_server("eparagon.example.pl")
    documents.switch(is_on=True)
    assert documents.is_on()
    handle = documents.for_next("123456789012345")
    assert documents.document(handle).handle == handle
    with pytest.raises(Refused) as caught:
        documents.for_next("999")
    assert caught.value.why is Why.E_DOCUMENT
    documents.forget()
    assert documents.buffer().free > 0
    documents.switch(is_on=False)
    assert not documents.is_on()


def test_the_tax_authority(printer):
    state = printer.online.state()
    assert state.documents.last_at is None or state.documents.last_at <= NOW
    printer.online.send_now()
    printer.online.fetch_now()


def test_the_customers_display(printer):
    printer.display.show(("Kawa", "10,00"))
    printer.display.show(())
    printer.display.show_own()


def test_stationery(printer):
    stationery = printer.stationery
    lines = ((Span("A&B", frozenset({Style.CENTRED})),), (Span("Zapraszamy"),))
    stationery.set_lines(lines, is_lasting=True)
    assert "Zapraszamy" in stationery.lines()
    assert "A&&B" in stationery.lines()
    stationery.set_lines((), is_lasting=True)
    assert stationery.lines() == ""
    before = printer.counters().header_no
    stationery.sign_on("Łucja", "2")
    stationery.sign_off()
    assert printer.counters().header_no == before  # nothing was printed


def test_a_form_with_everything(printer):
    printer.forms.print(
        Form(
            "Protokół zwrotu",
            (
                TextLine("Razem", is_wide=True, is_high=True),
                FreeLine((Span("A&B", frozenset({Style.UNDERLINED})),)),
                TinyLine("drobny druk " * 6),
                Blank(),
                Separator(),
                Barcode("10000017"),
                Barcode("590123412345", BarcodeKind.EAN_13),
                *(Matrix("https://a.example/17", kind) for kind in MatrixKind),
            ),
        )
    )
    assert not printer.transaction().is_open


def test_a_form_refused_in_the_middle_is_cancelled(printer):
    with pytest.raises(Refused) as caught:
        printer.forms.print(Form("x", (Barcode("nie", BarcodeKind.EAN_13),)))
    assert caught.value.why is Why.TEXT
    printer.cancel()
    printer.print_form(("x", "y"))


def test_a_wide_form_is_for_wide_paper(printer):
    form = Form("Raport", (TextLine("x" * 54),), is_wide=True)
    code = refused_with(lambda: printer.forms.print(form))
    assert code in {0, 2508}  # as wide as the paper of this emulator is
    printer.cancel()


def refused_with(act) -> int:
    try:
        act()
    except Refused as refused:
        return refused.code
    return 0


def test_the_clock(printer):
    printer.set_clock(NOW + timedelta(minutes=3))
    assert printer.clock() == NOW + timedelta(minutes=3)
    printer.online.set_clock_now()
