"""What the journal holds after each commit of a shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.errors import Code
from terminal.people.rights import Operator
from terminal.store.shifts import Count, Part
from tests.terminal.day.test_shifts import ON, opened
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STRANGER = Operator("u9", "9", "Obcy", "", frozenset(), "")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, settings=[ON]) as one:
        yield one.start()


def book(shop: Desk):
    return shop.till._shifts


def test_slips_count_on_over_shifts_and_movements(shop: Desk) -> None:
    opened(shop)
    shop.do(shop.till.shifts.end, Count(20_000))
    kinds = [(it["kind"], it["slip_no"]) for it in shop.documents() if "slip_no" in it]
    assert kinds == [("shift", 1), ("cash", 2), ("shift", 3)]


def test_the_opening_cash_is_booked_but_not_cash_in(shop: Desk) -> None:
    opened(shop)
    (told,) = shop.documents("cash")
    assert (told["amount_gr"], told["reason"], told["shift"]) == (20_000, "opening", "")
    (shift,) = shop.do(book(shop).open_ones)
    takings = shop.do(book(shop).takings, shift)
    assert (takings.opening_gr, takings.in_gr, takings.expected_gr) == (20_000, 0, 20_000)


def test_who_has_no_shift_takes_nothing_and_notes_nothing(shop: Desk) -> None:
    assert shop.code(book(shop).take, STRANGER, Part.RECEIPT, "r1") is Code.SHIFT_MISSING
    assert shop.do(book(shop).note, STRANGER, Part.RECEIPT, "r1") == ""
    assert shop.sql("SELECT * FROM shift_part") == []


def test_a_receipt_that_failed_to_print_is_taken_when_it_is_sold(shop: Desk) -> None:
    opened(shop)
    shop.printer.is_off = True
    assert isinstance(shop.pay("1"), events.ReceiptNotPrinted)
    (shift,) = shop.do(book(shop).open_ones)
    assert shop.do(book(shop).takings, shift).receipts == 0
    shop.printer.is_off = False
    since = shop.heard.mark()
    shop.do(shop.till.print_receipt)
    assert isinstance(shop.ended(since), events.ReceiptPrinted)
    assert shop.do(book(shop).takings, shift).expected_gr == 20_349
