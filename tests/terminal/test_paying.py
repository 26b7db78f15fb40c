"""The printer's ways at the payment: percents, names, clocks, what stops it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import PercentMode
from terminal import events
from terminal.errors import Code
from terminal.sale.receipt import State
from terminal.sync.wire import Product
from tests.terminal.desk import CASHIER, MANAGER, ROWS, Desk, desk, fill

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
