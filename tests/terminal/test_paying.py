"""The printer's ways at the payment: percents, names, clocks, what stops it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import CurrencyTender, PercentMode, Tender, TenderKind
from terminal import events
from terminal.errors import Code
from terminal.sale.receipt import CardStatus, State
from terminal.sync.wire import Currency, PaymentMethod, Product
from tests.terminal.desk import CASHIER, MANAGER, ROWS, Desk, desk, fill
from tests.terminal.fake_printer import no, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def change_ways(shop: Desk) -> None:
    """Somebody changes it in the printer's menu; the till meets the printer anew."""
    shop.printer.way = PercentMode.DISCOUNT_FIRST
    shop.restart()


def test_a_change_of_ways_is_told_before_the_payment(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_line, 0, percent_bp=5000)
    change_ways(shop)
    refused = shop.refused(shop.till.pay, "cash")
    assert (refused.code, refused.params) == (Code.PERCENTS_CHANGED, {"total": "1,74"})
    assert (shop.receipt().total_gr, shop.receipt().payments) == (174, ())
    assert isinstance(shop.pay(), events.ReceiptPrinted)


def test_a_change_of_ways_that_changes_nothing_is_no_news(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_line, 0, percent_bp=1000)
    change_ways(shop)
    assert isinstance(shop.pay(), events.ReceiptPrinted)
    assert shop.documents("receipt")[0]["percent_mode"] == "discount_first"


def test_a_paid_receipt_is_paid_again_when_its_total_has_changed(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_receipt, percent_bp=5000)
    shop.printer.is_off = True
    assert shop.pay().reason.code is Code.NO_PRINTER
    shop.printer.is_off = False
    change_ways(shop)
    assert shop.receipt().state is State.PAID
    assert shop.code(shop.till.print_receipt) is Code.PERCENTS_CHANGED
    assert (shop.receipt().state, shop.receipt().total_gr) == (State.OPEN, 174)
    assert shop.printer.receipts == []
    assert shop.pay().receipt.total_gr == 174


def test_a_paid_receipt_whose_total_stays_is_printed(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_receipt, percent_bp=1000)
    shop.printer.is_off = True
    shop.pay()
    shop.printer.is_off = False
    change_ways(shop)
    since = shop.heard.mark()
    shop.do(shop.till.print_receipt)
    assert isinstance(shop.ended(since), events.ReceiptPrinted)


def test_two_lines_that_are_one_item_to_the_printer_are_not_paid(shop: Desk) -> None:
    shop.stop()
    rows = [*ROWS["products"], Product("twin", "MLEKO - 1 L", "A", 400, "pcs", "9")]
    fill(shop.folder, products=rows)
    shop.start()
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.sell, "9")
    refused = shop.refused(shop.till.pay, "cash")
    assert refused.code is Code.NAMESAKES
    assert refused.params == {
        "name": "Mleko 1 l", "vat": "C", "other": "MLEKO - 1 L", "other_vat": "A",
    }  # fmt: skip
    assert shop.receipt().payments == ()
    shop.do(shop.till.void_line, 1)
    assert isinstance(shop.pay(), events.ReceiptPrinted)


def clock_off(shop: Desk, minutes: int) -> None:
    shop.printer._clock = lambda: shop.now.replace(tzinfo=None) + timedelta(minutes=minutes)
    shop.restart()


def test_no_day_begins_with_a_wrong_clock(shop: Desk) -> None:
    clock_off(shop, 6)
    shop.do(shop.till.sell, "1")
    refused = shop.refused(shop.till.pay, "cash")
    assert refused.code is Code.PRINTER_CLOCK
    assert refused.params == {"printer": "2026-11-23 10:06", "till": "2026-11-23 10:00"}
    # It is put right, and the next press sees it.
    shop.printer._clock = lambda: shop.now.replace(tzinfo=None)
    assert shop.code(shop.till.pay, "cash") is Code.PRINTER_CLOCK
    shop.settle()
    assert isinstance(shop.pay(), events.ReceiptPrinted)


def test_a_day_that_has_begun_goes_on(shop: Desk) -> None:
    shop.pay("1")
    clock_off(shop, -6)
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)
    assert [note.code for note in shop.view().notes] == [Code.PRINTER_CLOCK_NOTE]


def test_notes_are_kept_for_a_fresh_screen(shop: Desk) -> None:
    assert shop.view().notes == ()
    shop.pay("1")
    shop.printer.archive = SimpleNamespace(reports_left=lambda: 42)
    clock_off(shop, 3)
    codes = [note.code for note in shop.view().notes]
    assert codes == [Code.MEMORY_ENDS, Code.PRINTER_CLOCK_NOTE]


def differ(shop: Desk) -> None:
    """Our own books lose a receipt: only the printer knows it."""
    shop.pay("1")
    shop.sql("DROP TRIGGER finished_receipt_is_fixed")
    shop.sql("UPDATE receipt SET report_no = 99")


@pytest.mark.parametrize("is_external", [True, False])
def test_other_totals_stop_selling_until_a_manager_has_seen_them(
    shop: Desk, is_external: bool
) -> None:
    differ(shop)
    if is_external:
        shop.printer.make_report()
        shop.restart(login=CASHIER)
    else:
        shop.close_day()
        shop.settle()
        shop.do(shop.till.login, CASHIER)
    blocked = shop.view().blocked
    assert blocked.code is Code.REPORT_DIFFERS
    assert (blocked.params["printer"], blocked.params["till"]) == ("3,49", "0,00")
    assert (blocked.params["found"], blocked.params["expected"]) == ("C 3,49", "0,00")
    shop.do(shop.till.sell, "1")
    assert shop.code(shop.till.pay, "cash") is Code.REPORT_DIFFERS
    assert shop.code(shop.till.confirm_report) is Code.NO_RIGHT
    shop.restart(login=MANAGER)
    assert shop.view().blocked.code is Code.REPORT_DIFFERS
    shop.do(shop.till.confirm_report)
    assert shop.view().blocked is None
    assert isinstance(shop.pay(), events.ReceiptPrinted)
    assert [event["operator"] for event in shop.named("report_difference_confirmed")] == ["Marek"]
    shop.restart()
    assert shop.view().blocked is None


# --- every way to pay ----------------------------------------------------------------------------

METHODS = [
    *ROWS["payment_methods"],
    PaymentMethod("terminal", "Karta", "card", 3, uses_terminal=True),
    PaymentMethod("bon", "Bon", "bon", 4),
]
EURO = Currency("EUR", "Euro", 42_650, rate_of="2026-11-20")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, payment_methods=METHODS, currencies=[EURO]) as one:
        yield one.start()


def test_foreign_money_stands_in_document_and_on_paper(counter: Desk) -> None:
    counter.do(counter.till.sell, "3")
    since = counter.heard.mark()
    counter.do(counter.till.pay_currency, "EUR", 1000)
    printed = counter.ended(since)
    assert (printed.change_gr, counter.printer.sent.tenders) == (
        266,
        (
            CurrencyTender("EUR", 1000, 42_650, 4265, "Euro"),
            Tender(TenderKind.CASH, 266, is_change=True),
        ),
    )
    (paid,) = counter.documents("receipt")[0]["payments"]
    told = (paid["kind"], paid["symbol"], paid["foreign"], paid["rate_e4"], paid["change_gr"])
    assert told == ("currency", "EUR", 1000, 42_650, 266)
    counter.do(counter.till.sell, "1")
    assert counter.code(counter.till.pay_currency, "USD") is Code.NO_CURRENCY
    since = counter.heard.mark()
    counter.do(counter.till.pay_currency, "EUR")
    counter.ended(since)
    assert counter.documents("receipt")[1]["payments"][0]["foreign"] == 82


def test_a_voucher_above_the_due_is_told_with_its_value(counter: Desk) -> None:
    counter.pay("1", method="bon", amount_gr=1000)
    (paid,) = counter.documents("receipt")[0]["payments"]
    assert (paid["amount_gr"], paid["face_gr"], paid["change_gr"]) == (349, 1000, 0)


def ask_terminal(counter: Desk) -> None:
    counter.do(counter.till.sell, "1")
    counter.do(counter.till.pay, "terminal")
    assert counter.receipt().in_doubt.status is CardStatus.ASKED


def test_an_approved_card_prints_with_its_reference(counter: Desk) -> None:
    ask_terminal(counter)
    assert counter.printer.sent is None
    since = counter.heard.mark()
    counter.do(counter.till.answer_card, CardStatus.APPROVED, "123456")
    assert isinstance(counter.ended(since), events.ReceiptPrinted)
    (paid,) = counter.documents("receipt")[0]["payments"]
    assert (paid["status"], paid["reference"]) == ("approved", "123456")
    assert counter.named("card_approved")[0]["detail"]["was"] == "asked"


def test_a_declined_card_leaves_the_receipt_open_for_another_way(counter: Desk) -> None:
    ask_terminal(counter)
    counter.do(counter.till.answer_card, CardStatus.NONE)
    assert counter.named("card_declined")[0]["detail"]["amount_gr"] == 349
    assert counter.code(counter.till.answer_card, CardStatus.NONE) is Code.NOTHING_ASKED
    assert isinstance(counter.pay(), events.ReceiptPrinted)


@pytest.mark.parametrize("status", [CardStatus.ASKED, CardStatus.UNKNOWN])
def test_a_card_in_doubt_survives_a_restart_and_is_never_charged_again(
    counter: Desk, status: CardStatus
) -> None:
    ask_terminal(counter)
    if status is CardStatus.UNKNOWN:
        counter.do(counter.till.answer_card, status)
    counter.restart()
    assert counter.receipt().in_doubt.status is status
    for verb, about in (
        (counter.till.pay, ("terminal",)),
        (counter.till.pay, ("cash",)),
        (counter.till.pay_currency, ("EUR",)),
        (counter.till.take_back_payments, ()),
        (counter.till.take_back_payment, ()),
        (counter.till.drop_receipt, ("no",)),
    ):
        assert counter.code(verb, *about) is Code.CARD_UNKNOWN
    counter.do(counter.till.answer_card, CardStatus.NONE)
    assert counter.named("card_declined")[0]["detail"]["was"] == status
    assert isinstance(counter.pay(), events.ReceiptPrinted)


def test_a_charged_card_is_taken_back_only_when_somebody_has_reversed_it(counter: Desk) -> None:
    counter.printer.fault("print_receipt", refuse(no()))
    ask_terminal(counter)
    since = counter.heard.mark()
    counter.do(counter.till.answer_card, CardStatus.APPROVED, "777")
    assert isinstance(counter.ended(since), events.ReceiptNotPrinted)
    for verb, about in (
        (counter.till.take_back_payments, ()),
        (counter.till.take_back_payment, ()),
        (counter.till.drop_receipt, ("no",)),
    ):
        assert counter.code(verb, *about) is Code.CARD_TO_REVERSE
    counter.do(lambda: counter.till.take_back_payment(is_reversed=True))
    assert counter.receipt().payments == ()
    (told,) = counter.named("card_reversed")
    assert told["detail"]["cards"] == [{"amount_gr": 349, "reference": "777"}]


def test_a_charged_card_stays_when_the_printer_counts_otherwise(counter: Desk) -> None:
    counter.do(counter.till.sell, "1")
    counter.do(counter.till.discount_receipt, percent_bp=5000)
    counter.do(counter.till.pay, "cash", 10)
    counter.do(counter.till.pay, "terminal", 100)
    counter.do(counter.till.answer_card, CardStatus.APPROVED)
    change_ways(counter)
    assert counter.code(counter.till.pay, "cash") is Code.PERCENTS_CHANGED
    assert [it.kind for it in counter.receipt().payments] == ["card"]
    assert isinstance(counter.pay(), events.ReceiptPrinted)
