"""Everything of a day that is no receipt: reports, cash, forms, settings, who is there."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest

from drivers.errors import DeviceError, InDoubt, Refused, Why
from drivers.fiscal import NO_TOTALS, Drawer, Header, PercentMode, facets
from tests.drivers.contract.conftest import BREAD, MILK, NOW, TOKEN, receipt_of

WAIT_S = 10.0
FACETS = {
    "reporting": facets.Reporting,
    "rate_schedule": facets.RateSchedule,
    "archive": facets.Archive,
    "e_documents": facets.EDocuments,
    "online": facets.OnlineRegister,
    "display": facets.CustomerDisplay,
    "forms": facets.Forms,
    "stationery": facets.Stationery,
    "returnables": facets.Returnables,
}


def test_a_printer_before_its_first_sale(pair, printer):
    identity = printer.connect()
    assert identity.model
    assert identity.unique_no == pair.emulator.memory().books.unique_no
    mode = printer.mode()
    assert (mode.is_fiscal, mode.totals_zero, mode.is_read_only) == (True, True, False)
    assert mode.unique_no == identity.unique_no
    counters = printer.counters()
    assert (counters.receipts, counters.reports, counters.totals_gr) == (0, 0, NO_TOTALS)
    assert not printer.transaction().is_open


def test_a_daily_report(pair, printer):
    printer.print_receipt(receipt_of(MILK, BREAD), TOKEN)
    printer.print_receipt(receipt_of(MILK), TOKEN + 1)
    before = printer.counters()
    assert not printer.mode().totals_zero
    printer.daily_report(NOW.date(), TOKEN + 2)
    assert printer.was_answered(TOKEN + 2)
    after = printer.counters()
    assert (after.reports, after.receipts, after.totals_gr) == (1, 0, NO_TOTALS)
    assert printer.mode().totals_zero
    report = printer.report(1)
    assert (report.number, report.receipts, report.cancelled) == (1, 2, 0)
    assert report.totals_gr == before.totals_gr
    assert report.made_at.replace(second=0) == NOW
    (made,) = pair.emulator.memory().reports
    assert made.totals_gr == report.totals_gr


def test_a_report_that_does_not_end_need_not_be_waited_for(pair):
    is_waiting = Event()
    printer = pair.reach(on_wait=lambda _: is_waiting.set())
    printer.print_receipt(receipt_of(MILK), TOKEN)
    pair.emulator.set_mechanism(pair.no_paper)

    def give_up():
        assert is_waiting.wait(WAIT_S)
        printer.abandon()

    somebody = Thread(target=give_up)
    somebody.start()
    with pytest.raises(InDoubt):
        printer.daily_report(NOW.date(), TOKEN + 1)
    somebody.join()
    # It is made all the same when paper comes: the counters know, nobody else.
    pair.emulator.set_mechanism()
    printer.connect()
    assert (printer.counters().reports, printer.report(1).receipts) == (1, 1)


def test_days_follow_each_other(pair, printer):
    for day in (1, 2, 3):
        for number in range(day):
            printer.print_receipt(receipt_of(MILK), 100 * day + number)
        assert printer.counters().receipts == day
        printer.daily_report(NOW.date(), 100 * day + 50)
        assert printer.report(day).receipts == day
    assert [printer.report(day).totals_gr[0] for day in (1, 2, 3)] == [873, 1746, 2619]


def test_a_report_that_was_never_made(printer):
    with pytest.raises(Refused):
        printer.report(7)


def test_a_report_of_another_day(printer):
    with pytest.raises(Refused) as caught:
        printer.daily_report(NOW.date() - timedelta(days=1), TOKEN)
    assert caught.value.why is Why.CLOCK
    assert printer.counters().reports == 0


def test_cash(pair, printer):
    printer.cash(10_000)
    printer.cash(-3_050)
    assert printer.cash_state() == pair.emulator.memory().books.cash_gr == 6_950
    printer.print_receipt(receipt_of(MILK), TOKEN)
    assert printer.cash_state() == 6_950 + 873
    with pytest.raises(Refused) as caught:
        printer.cash(-10_000)
    assert caught.value.why is Why.NO_CASH
    assert sum(printer.counters().totals_gr) == 873


def test_the_drawer(pair, printer):
    printer.open_drawer()
    assert printer.drawer() in set(Drawer)
    assert printer.counters().header_no == 0, "nothing was printed"


def test_a_form(pair, printer):
    evil = "<b>&amp;\x1b\\\x02"
    printer.print_form(("Raport kasjera", "Kasjer: Łucja", "", "x" * 60, evil))
    printed = pair.emulator.paper.text
    for shown in ("Raport kasjera", "Łucja", "xxx", "<b>&amp;"):
        assert shown in printed
    assert not {sign for sign in printed if ord(sign) < 32} - {"\n"}
    assert printer.counters().header_no == 1


def test_the_clock(printer):
    assert printer.clock() == NOW
    printer.set_clock(NOW + timedelta(minutes=7))
    assert printer.clock() == NOW + timedelta(minutes=7)
    printer.print_receipt(receipt_of(MILK), TOKEN)
    with pytest.raises(Refused):
        printer.set_clock(NOW)


def test_rates(printer):
    rates = list(printer.rates())
    assert rates[:4] == [2300, 800, 500, 0]
    rates[2] = 750
    printer.set_rates(tuple(rates), NOW.date())
    assert list(printer.rates()) == rates
    printer.print_receipt(receipt_of(MILK), TOKEN)
    rates[2] = 500
    with pytest.raises(Refused):
        printer.set_rates(tuple(rates), NOW.date())


def test_the_header(pair, printer):
    printer.set_header(Header("Lipa & Syn", "Sklep Pod Lipą", "Polna 1", "00-001", "Łódź"))
    header = printer.header()
    for shown in ("Lipa", "Syn", "Pod Lipą", "Polna 1", "00-001", "Łódź"):
        assert shown in header
    printer.print_receipt(receipt_of(MILK), TOKEN)
    assert "Lipa & Syn" in pair.emulator.paper.text
    assert printer.mode().has_header


def test_percents(printer):
    for mode in PercentMode:
        printer.set_percent_mode(mode)
        assert printer.percent_mode() is mode


def test_what_is_remembered_of_goods(printer):
    printer.print_receipt(receipt_of(MILK), TOKEN)
    goods = printer.goods("Mleko 2 %")
    assert goods is None or goods.rate_bp == 2300


@pytest.mark.parametrize("name", FACETS)
def test_a_facet_is_whole_or_not_there(printer, name):
    found = getattr(printer, name)
    wanted = [each for each in vars(FACETS[name]) if not each.startswith("_")]
    assert wanted
    assert found is None or all(callable(getattr(found, each)) for each in wanted)


def test_a_printer_without_room_for_reports(pair):
    pair.emulator.stop()
    pair.switch_on(reports_max=1)
    printer = pair.reach()
    printer.print_receipt(receipt_of(MILK), TOKEN)
    printer.daily_report(NOW.date(), TOKEN + 1)
    with pytest.raises(Refused) as caught:
        printer.print_receipt(receipt_of(MILK), TOKEN + 2)
    assert caught.value.why in {Why.MEMORY_FULL, Why.READ_ONLY}


def test_nobody_there(pair, printer):
    pair.emulator.stop()
    for ask in (printer.connect, printer.counters, printer.status, printer.mode):
        with pytest.raises(DeviceError):
            ask()
