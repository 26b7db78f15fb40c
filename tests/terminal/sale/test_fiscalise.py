"""What the printer gets, and the waiting for what became of it."""

from __future__ import annotations

from dataclasses import replace
from threading import Event, Timer

import pytest

from drivers.errors import InDoubt, Unreachable
from drivers.fiscal import Discount, Item, Tender, TenderKind
from terminal.events import PrinterChanged
from terminal.sale import fiscalise
from terminal.sale.fiscalise import Attempt, Interrupted, fiscal_receipt, settle
from terminal.sale.line import Line
from terminal.sale.picture import Verdict
from terminal.sale.receipt import Payment, Receipt, State
from terminal.sale.waiting import BUSY
from tests.terminal.fake_printer import NO_PAPER, FakePrinter, no, refuse

MILK = Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 2000)
CHEESE = Line("cheese", "2", "", "Ser", "kg", 3, "A", 2300, 2990, 2990, 250, 48)
BAG = Line("bag", "3", "", "Torba", "szt.", 0, "A", 2300, 50, 50, 1000, 0, True)
TOKEN = 7
CARD = Payment("card", "Karta", "card", 500)
CASH = Payment("cash", "Gotówka", "cash", 2000)
PAID = Receipt(
    "0123456789abcdef", "", "u1", "Anna", State.PRINTING, (MILK, BAG, CHEESE), (CARD, CASH), 98
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fiscalise, "_RETRY_FIRST_S", 0.001)
    monkeypatch.setattr(fiscalise, "_RETRY_MAX_S", 0.004)
    monkeypatch.setattr(fiscalise, "_LOOK_EVERY_S", 0.001)


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


class Told(list):
    def online(self) -> list[bool]:
        return [event.is_online for event in self if isinstance(event, PrinterChanged)]


def ruled(printer: FakePrinter, base=None, told: list | None = None) -> Verdict:
    """Verdict on ``PAID``, sent when the counters were ``base``."""
    tell = (told if told is not None else []).append
    outcome = settle(printer, Attempt(PAID, base or FakePrinter().now, TOKEN), Event(), tell)
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
        settle(printer, Attempt(PAID, printer.now, TOKEN), stopping, [].append)


def test_reports_made_meanwhile_are_read_and_judged(printer: FakePrinter) -> None:
    base = printer.now
    printer.make_fiscal(fiscal_receipt(PAID, "T1"))
    for reports in (1, 2):
        printer.make_report()
        outcome = settle(printer, Attempt(PAID, base, TOKEN), Event(), [].append)
        assert (outcome.ruling.verdict, outcome.ruling.report_no) == (Verdict.SOLD, 1)
        assert [report.number for report in outcome.reports] == list(range(1, reports + 1))


def test_a_report_whose_record_cannot_be_read_ends_in_a_dispute(printer: FakePrinter) -> None:
    base = printer.now
    printer.make_report()
    printer.fault("report", *[refuse(no())] * 9)
    assert ruled(printer, base) is Verdict.DISAGREES


def test_more_reports_than_can_be_are_not_read(printer: FakePrinter) -> None:
    base = printer.now
    printer.now = replace(base, reports=51)
    assert ruled(printer, base) is Verdict.DISAGREES
    assert printer.count("report") == 0


def test_while_it_waits_nothing_is_asked_but_how_it_is(printer: FakePrinter) -> None:
    printer.make_fiscal(fiscal_receipt(PAID, "T1"))
    printer.fault("status", *[lambda _: NO_PAPER] * 3)
    told = Told()
    assert ruled(printer, told=told) is Verdict.SOLD
    assert [event.waits_for for event in told] == ["no_paper"] * 3 + [""]
    assert printer.asked[:4] == ["status"] * 4
    assert printer.count("counters") == 1


def test_a_printer_held_by_others_is_there_and_waited_for(printer: FakePrinter) -> None:
    printer.leave_open(fiscal_receipt(PAID, "T1"))
    printer.fault("cancel", *[refuse(no(code=41))] * 2)
    told = Told()
    assert ruled(printer, told=told) is Verdict.CANCELLED
    busy = [event for event in told if event.waits_for == BUSY]
    assert len(busy) == 2
    assert all(event.is_online for event in told)


def test_the_wait_for_the_next_try_grows_and_is_told(printer: FakePrinter) -> None:
    printer.fault("counters", *[refuse(Unreachable("off"))] * 4)
    told = Told()
    ruled(printer, told=told)
    assert [event.retry_s for event in told] == [0.001, 0.002, 0.004, 0.004, 0]


def test_the_answer_is_asked_for_when_there_is_doubt(printer: FakePrinter) -> None:
    base = printer.now
    assert ruled(printer) is Verdict.NEVER_SOLD
    assert printer.count("was_answered") == 1
    printer.held.add(TOKEN)
    assert ruled(printer) is Verdict.DISAGREES
    # An intent that was lost with the disk has no token.
    settle(printer, Attempt(PAID, base, 0), Event(), [].append)
    assert printer.count("was_answered") == 1 + 2
    assert printer.count("status") == 1 + 2 + 1


def test_when_every_answer_was_good_the_printer_is_asked_little(printer: FakePrinter) -> None:
    base = printer.now
    printer.make_fiscal(fiscal_receipt(PAID, "T1"))
    attempt = Attempt(PAID, base, TOKEN)
    outcome = settle(printer, attempt, Event(), [].append, is_answered=True)
    assert outcome.ruling.verdict is Verdict.SOLD
    assert printer.asked == ["counters", "transaction"]


def test_good_answers_for_which_nothing_was_counted_are_no_sale(printer: FakePrinter) -> None:
    attempt = Attempt(PAID, printer.now, TOKEN)
    outcome = settle(printer, attempt, Event(), [].append, is_answered=True)
    assert (outcome.ruling.verdict, outcome.ruling.step) == (Verdict.DISAGREES, 2)


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


def test_a_torn_picture_stops_nothing(printer: FakePrinter) -> None:
    """The printer makes its own report between two answers of one look."""
    base = printer.now
    torn = replace(base, receipts=1)
    printer.fault("counters", lambda _: torn)
    assert ruled(printer, base) is Verdict.NEVER_SOLD
    assert printer.count("counters") == 2


def test_a_printer_that_shows_something_else_each_time_stops_in_the_end(
    printer: FakePrinter,
) -> None:
    pictures = [replace(printer.now, receipts=number) for number in range(2, 12)]
    base = printer.now
    printer.fault("counters", *[lambda _, picture=picture: picture for picture in pictures])
    attempt = Attempt(PAID, base, TOKEN)
    assert settle(printer, attempt, Event(), [].append).ruling.verdict is Verdict.DISAGREES
    assert printer.count("counters") <= 6


def test_the_shops_words_go_below_the_receipt_in_lines_that_fit() -> None:
    words = "Dziękujemy za zakupy,\nzapraszamy ponownie do naszego sklepu"
    sent = fiscal_receipt(PAID, "T1", words)
    assert [line.text for line in sent.footer] == [
        "Dziękujemy za zakupy,", "zapraszamy ponownie do", "naszego sklepu",
    ]  # fmt: skip
    assert {line.number for line in sent.footer} == {25}
    assert fiscal_receipt(PAID, "T1").footer == ()
