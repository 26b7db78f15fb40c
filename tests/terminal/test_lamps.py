"""The last word of printer, network and sale, for a screen that starts late."""

from __future__ import annotations

from datetime import UTC, datetime

from terminal.errors import Blocked, Code
from terminal.events import (
    NetworkChanged,
    OfficeHeard,
    PrinterChanged,
    PullProgress,
    ReceiptPrinted,
    SellingBlocked,
)
from terminal.lamps import Lamps
from terminal.sale.receipt import Receipt

SALE = ReceiptPrinted(Receipt("r", "", "", ""), 1, 0)


def lamps(*told: object) -> Lamps:
    one = Lamps()
    for event in told:
        one.remember(event)
    return one


def test_before_anything_was_told_nothing_is_believed_to_work() -> None:
    one = lamps()
    assert (one.printer.is_online, one.network.is_online) == (False, False)
    assert (one.blocked, one.last_sale) == (None, None)
    assert one.printer_state == "offline"


def test_the_last_word_counts() -> None:
    one = lamps(
        NetworkChanged(is_online=True), NetworkChanged(is_online=False), PullProgress("users", 3)
    )
    assert one.network.is_online is False
    assert lamps(SALE).last_sale is SALE


def test_a_block_holds_until_it_is_lifted() -> None:
    reason = Blocked(Code.RAM_RESET)
    assert lamps(SellingBlocked(reason), SALE).blocked is reason
    assert lamps(SellingBlocked(reason), SellingBlocked(None)).blocked is None


def test_one_word_for_the_office() -> None:
    assert lamps(PrinterChanged(is_online=True)).printer_state == "ready"
    assert lamps(PrinterChanged(is_online=True, waits_for="no_paper")).printer_state == "no_paper"
    # What an absent printer waited for last is no news.
    assert lamps(PrinterChanged(is_online=False, waits_for="cover")).printer_state == "offline"


def test_when_the_office_was_heard_last() -> None:
    first, last = datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 23, 13, tzinfo=UTC)
    assert lamps().heard_at is None
    assert lamps(OfficeHeard(first), OfficeHeard(last)).heard_at == last
