from __future__ import annotations

import pytest

from hw_emulator.posnet.day import Day, LastDocument, Shift, zeros


def test_nothing_yet():
    assert zeros() == [0] * 7
    assert (Day().is_zero, Shift().receipts, LastDocument().is_open) == (True, 0, False)


@pytest.mark.parametrize("name", ["receipts", "cancelled", "invoices", "cancelled_invoices"])
def test_every_sale_and_every_cancelled_one_ends_a_zero_day(name):
    assert not Day(**{name: 1}).is_zero


def test_first_and_last_sale():
    day = Day()
    for at in ("08:00", "09:00", "10:00"):
        day.sold_at(at)
    assert (day.first_sale, day.last_sale) == ("08:00", "10:00")
