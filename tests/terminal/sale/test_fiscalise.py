"""What the printer gets, and the waiting for what became of it."""

from __future__ import annotations

from dataclasses import replace
from threading import Event, Timer

import pytest

from drivers.errors import InDoubt, Unreachable
from drivers.fiscal import Discount, Item, Tender, TenderKind
from terminal.events import PrinterChanged
from terminal.sale import fiscalise
from terminal.sale.fiscalise import Interrupted, fiscal_receipt, settle
from terminal.sale.receipt import Line, Payment, Receipt, State
from terminal.sale.settle import Verdict
from tests.terminal.fake_printer import FakePrinter, refuse

MILK = Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 2000)
CHEESE = Line("cheese", "2", "", "Ser", "kg", 3, "A", 2300, 2990, 2990, 250, 48)
BAG = Line("bag", "3", "", "Torba", "szt.", 0, "A", 2300, 50, 50, 1000, 0, True)
CARD = Payment("card", "Karta", "card", 500)
CASH = Payment("cash", "Gotówka", "cash", 2000)
PAID = Receipt(
    "0123456789abcdef", "", "u1", "Anna", State.PRINTING, (MILK, BAG, CHEESE), (CARD, CASH), 98
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fiscalise, "_RETRY_FIRST_S", 0.001)
    monkeypatch.setattr(fiscalise, "_RETRY_MAX_S", 0.004)


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


class Told(list):
    def online(self) -> list[bool]:
        return [event.is_online for event in self if isinstance(event, PrinterChanged)]


def ruled(printer: FakePrinter, base=None, told: list | None = None) -> Verdict:
    """Verdict on ``PAID``, sent when the counters were ``base``."""
    tell = (told if told is not None else []).append
    outcome = settle(printer, PAID, base or FakePrinter().now, Event(), tell)
    assert outcome.counters == printer.now
    return outcome.ruling.verdict


def test_the_printer_gets_live_lines_amounts_and_change() -> None:
    sent = fiscal_receipt(PAID, "T1")
    assert sent.items == (
        Item("Mleko", "C", 349, 2000, 698, "szt."),
        Item("Ser", "A", 2990, 250, 748, "kg", Discount(48)),
    )
    assert (sent.total_gr, sent.discount) == (1300, Discount(98))
    assert sent.tenders == (
        Tender(TenderKind.CARD, 500, "Karta"),
        Tender(TenderKind.CASH, 2000, "Gotówka"),
        Tender(TenderKind.CASH, 1200, is_change=True),
    )
    assert (sent.cashier, sent.desk, sent.reference) == ("Anna", "T1", "01234567")


def test_what_is_exact_has_neither_discount_nor_change() -> None:
    exact = replace(PAID, discount_gr=0, payments=(replace(CASH, amount_gr=1398),))
    sent = fiscal_receipt(exact, "T1")
    assert sent.discount is None
    assert sent.tenders == (Tender(TenderKind.CASH, 1398, "Gotówka"),)
    assert fiscal_receipt(replace(exact, nip="5260001246"), "T1").nip == "5260001246"


def test_sold_and_never_sold_are_seen_at_once(printer: FakePrinter) -> None:
    told = Told()
    assert ruled(printer, told=told) is Verdict.NEVER_SOLD
    assert told.online() == [True]
    printer.make_fiscal(fiscal_receipt(PAID, "T1"))
    assert ruled(printer) is Verdict.SOLD
    assert printer.count("cancel") == printer.count("finish_footer") == 0


def test_an_open_receipt_is_cancelled_and_looked_at_again(printer: FakePrinter) -> None:
    printer.leave_open(fiscal_receipt(PAID, "T1"))
    assert ruled(printer) is Verdict.CANCELLED
    assert printer.now.cancelled == 1
    assert not printer.is_open


def test_a_pending_footer_is_finished_and_the_receipt_is_sold(printer: FakePrinter) -> None:
    printer.make_fiscal(fiscal_receipt(PAID, "T1"))
    printer.is_open = printer.footer_pending = True
    assert ruled(printer) is Verdict.SOLD
    assert printer.count("finish_footer") == 1
    assert printer.now.cancelled == 0


def test_a_receipt_that_cannot_be_cancelled_ends_in_a_dispute(printer: FakePrinter) -> None:
    printer.leave_open(fiscal_receipt(PAID, "T1"))
    printer.fault("cancel", *[lambda effect: None] * 9)
    assert ruled(printer) is Verdict.DISAGREES
    assert printer.count("cancel") == 4


def test_a_silent_printer_is_waited_for(printer: FakePrinter) -> None:
    printer.make_fiscal(fiscal_receipt(PAID, "T1"))
    printer.fault("counters", *[refuse(Unreachable("off"))] * 3)
    printer.fault("connect", refuse(Unreachable("off")))
    printer.fault("transaction", refuse(InDoubt("noise")))
    told = Told()
    assert ruled(printer, told=told) is Verdict.SOLD
    assert told.online() == [False, False, False, False, True]
    assert printer.count("connect") == 4


def test_a_cancel_whose_answer_is_lost_is_not_believed_either_way(printer: FakePrinter) -> None:
    printer.leave_open(fiscal_receipt(PAID, "T1"))

    def lost(effect) -> None:
        effect()
        raise InDoubt

    printer.fault("cancel", lost)
    assert ruled(printer) is Verdict.CANCELLED
    assert printer.now.cancelled == 1


def test_a_till_that_is_switched_off_leaves_the_doubt_in_the_journal(
    printer: FakePrinter,
) -> None:
    printer.is_off = True
    stopping = Event()
    Timer(0.05, stopping.set).start()
    with pytest.raises(Interrupted):
        settle(printer, PAID, printer.now, stopping, [].append)


def test_a_report_made_meanwhile_is_read_and_judged(printer: FakePrinter) -> None:
    base = printer.now
    printer.make_fiscal(fiscal_receipt(PAID, "T1"))
    printer.make_report()
    outcome = settle(printer, PAID, base, Event(), [].append)
    assert (outcome.ruling.verdict, outcome.ruling.report_no) == (Verdict.SOLD, 1)
    printer.make_report()
    assert ruled(printer, base) is Verdict.DISAGREES


@pytest.mark.parametrize(
    ("change", "verdict"),
    [({"unique_no": "XYZ"}, Verdict.WRONG_PRINTER), ({"ram_resets": 1}, Verdict.RAM_RESET)],
)
def test_another_printer_is_not_touched(printer: FakePrinter, change, verdict) -> None:
    base = printer.now
    printer.now = replace(printer.now, **change)
    printer.leave_open(fiscal_receipt(PAID, "T1"))
    assert ruled(printer, base) is verdict
    assert printer.count("cancel") == 0
