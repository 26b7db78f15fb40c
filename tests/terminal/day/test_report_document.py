"""What the office is told of a daily report: figures, taxes of the paper, part of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import EXEMPT, INACTIVE
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def report(shop: Desk) -> dict:
    return shop.documents("report")[-1]


def test_the_part_of_the_journal_is_named_counted_and_sealed(shop: Desk) -> None:
    shop.pay("1", "3")
    shop.pay("1")
    shop.close_day()
    told = report(shop)
    rows = shop.sql("SELECT seq, hash, kind FROM document ORDER BY seq")
    heads = {seq: digest for seq, digest, _ in rows}
    kinds = [kind for seq, _, kind in rows if told["first_seq"] <= seq <= told["last_seq"]]
    assert (told["count"], told["head"]) == (kinds.count("receipt"), heads[told["last_seq"]])
    assert told["count"] == 2
    shop.do(shop.till.login, "2")
    shop.pay("1")
    shop.close_day()
    assert (report(shop)["count"], report(shop)["first_seq"]) == (1, told["last_seq"] + 2)


def test_tax_comes_out_of_the_days_gross_at_the_rates_of_that_day(shop: Desk) -> None:
    for _ in range(3):
        shop.pay("1", "3")
    shop.close_day()
    told = report(shop)
    assert told["rates_bp"] == [2300, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE]
    assert told["printer_gr"] == [11_997, 0, 1047, 0, 0, 0, 0]
    # Of each receipt by itself it would be 3 * 748 and 3 * 17.
    assert told["tax_gr"] == [2243, 0, 50, 0, 0, 0, 0]
    assert told["invoice_tax_gr"] == [0] * 7


def test_discounts_and_mark_ups_are_our_own(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_line, 0, amount_gr=49)
    shop.pay()
    shop.close_day()
    assert (report(shop)["discounts_gr"], report(shop)["markups_gr"]) == (
        [0, 0, 49, 0, 0, 0, 0],
        [0] * 7,
    )


def test_a_report_made_at_the_printer_tells_the_same(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.make_report()
    shop.pay("3")
    told = report(shop)
    assert (told["route"], told["count"], told["tax_gr"][2]) == ("external", 1, 17)
