"""Lost answers, power cuts, changed printers: the counters of each printer settle what happened."""

from __future__ import annotations

import pytest

from drivers.errors import DeviceError, Unreachable
from terminal.sale.picture import Verdict
from tests.drivers.contract.conftest import MILK, NOW, TOKEN, Sale, receipt_of


def attempt(sale: Sale) -> bool:
    """Print; tells whether the driver says that it went well."""
    try:
        sale.print()
    except DeviceError:
        return False
    return True


def truth(sale: Sale) -> Verdict:
    """What is in the fiscal memory, which the driver cannot see."""
    kept = [each for each in sale.pair.receipts if each.reference == sale.receipt.rid[:8]]
    assert len(kept) <= 1, "printed twice"
    if kept:
        assert kept[0].totals_gr == sale.receipt.totals_gr
        return Verdict.SOLD
    return Verdict.NEVER_SOLD


def check(sale: Sale, printer=None) -> Verdict:
    """The ruling is the truth, and the printer goes on selling."""
    outcome = sale.settle(printer)
    ruled = outcome.ruling
    kept = Verdict.SOLD if ruled.verdict is Verdict.SOLD else Verdict.NEVER_SOLD
    assert kept is truth(sale)
    assert ruled.verdict in {Verdict.SOLD, Verdict.NEVER_SOLD, Verdict.CANCELLED}
    if kept is Verdict.SOLD:
        assert ruled.report_no == sale.base.reports + 1
        assert ruled.receipt_no == sale.pair.receipts[-1].number
    printer = printer or sale.printer
    before = len(sale.pair.receipts)
    printer.print_receipt(receipt_of(MILK), TOKEN + 1)
    assert len(sale.pair.receipts) == before + 1
    return ruled.verdict


def test_all_is_well(sale):
    assert attempt(sale)
    assert check(sale) is Verdict.SOLD


@pytest.mark.parametrize("where", ["opening", "closing"])
@pytest.mark.parametrize("kind", ["drop", "lose", "noise", "double", "shift", "cut", "late"])
def test_answers_that_get_lost(sale, kind, where):
    sale.pair.fail(kind, where, value={"cut": "5", "late": "1.3"}.get(kind, ""))
    went_well = attempt(sale)
    assert check(sale) is Verdict.SOLD or not went_well


@pytest.mark.parametrize("nth", range(1, 4))
@pytest.mark.parametrize("kind", ["drop", "lose"])
def test_any_answer_that_gets_lost(sale, kind, nth):
    sale.pair.emulator.faults.add(f"{kind}:*:{nth}")
    went_well = attempt(sale)
    assert check(sale) is Verdict.SOLD or not went_well


@pytest.mark.parametrize("where", ["opening", "closing", "carrying"])
@pytest.mark.parametrize("kind", ["die-before", "die-after"])
def test_the_power_of_the_printer_fails(sale, kind, where):
    sale.pair.fail(kind, where)
    assert not attempt(sale)
    sale.pair.power_cut()
    check(sale)


@pytest.mark.parametrize("where", ["opening", "closing"])
@pytest.mark.parametrize("kind", ["drop", "lose", "die-after"])
def test_the_till_starts_anew_and_asks(sale, kind, where):
    sale.pair.fail(kind, where)
    attempt(sale)
    if kind == "die-after":
        sale.pair.power_cut()
    check(sale, sale.pair.reach())


def test_paper_out_and_the_till_goes_dark(sale):
    """The receipt waits in the printer; whoever rules before it is printed rules wrong."""
    pair = sale.pair
    pair.emulator.set_mechanism(pair.no_paper)

    class Dark(Exception):
        pass

    def go_dark(_) -> None:
        raise Dark

    till = pair.reach(on_wait=go_dark)
    sale.printer.close()
    sale.printer = till
    with pytest.raises(Dark):
        sale.print()
    till.close()
    again = pair.reach(on_wait=lambda _: pair.emulator.set_mechanism())
    check(sale, again)


def test_a_refusal_by_the_printer_itself(sale):
    sale.pair.fail("refuse", "carrying", value="27")
    assert not attempt(sale)
    assert check(sale) is not Verdict.SOLD


def test_another_printer(sale):
    attempt(sale)
    pair = sale.pair
    pair.emulator.stop()
    pair.switch_on(is_other=True)
    with pytest.raises(DeviceError):
        sale.printer.print_receipt(receipt_of(MILK), TOKEN + 1)
    assert pair.receipts == ()
    assert sale.settle(pair.reach()).ruling.verdict is Verdict.WRONG_PRINTER


def test_the_printer_lost_its_memory(sale):
    pair = sale.pair
    pair.emulator.stop()
    pair.switch_on(ram_reset=True)
    assert sale.settle(pair.reach()).ruling.verdict is Verdict.RAM_RESET


@pytest.mark.parametrize("is_printed", [True, False])
def test_a_report_of_its_own_after_the_receipt(sale, is_printed):
    if is_printed:
        attempt(sale)
    sale.pair.emulator.station.midnight()
    outcome = sale.settle(sale.pair.reach())
    if outcome.ruling.verdict is Verdict.DISAGREES:
        # A printer that does not read reports back: what it holds was not seen before it.
        assert sale.pair.name == "novitus"
        assert is_printed
        return
    assert outcome.ruling.verdict is truth(sale)
    assert [report.number for report in outcome.reports] == [1]


def test_a_report_before_the_receipt(sale):
    sale.pair.emulator.station.midnight()
    attempt(sale)
    outcome = sale.settle()
    assert outcome.ruling.verdict is Verdict.SOLD
    assert outcome.ruling.report_no == 2


def test_a_daily_report_whose_answer_was_lost(pair, printer):
    printer.print_receipt(receipt_of(MILK), TOKEN)
    name = {"posnet": "dailyrep", "novitus": "daily_report-put"}[pair.name]
    pair.emulator.faults.add(f"lose:{name}:1")
    try:
        printer.daily_report(NOW.date(), TOKEN + 1)
    except DeviceError:
        printer.connect()
    assert printer.counters().reports == 1
    assert printer.report(1).totals_gr[0] == 873


def test_unreachable_before_anything_was_sent(sale):
    sale.pair.emulator.stop()
    with pytest.raises(DeviceError) as caught:
        sale.print()
    assert isinstance(caught.value, Unreachable) or sale.pair.name == "posnet"
    sale.pair.switch_on()
    assert check(sale) is Verdict.NEVER_SOLD
