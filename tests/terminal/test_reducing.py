"""Discounts of the cashier's own and of the shop, up to the printer and the document."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import Discount
from terminal.errors import Code
from terminal.sync import wire
from tests.terminal.desk import CASHIER, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def test_a_percent_is_kept_and_goes_to_the_printer_with_its_amount(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_line, 0, percent_bp=5000)
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.discount_receipt, percent_bp=1000)
    told = shop.pay()
    sent = shop.printer.receipts[-1]
    assert sent.items[0].discount == Discount(174, percent_bp=5000)
    assert sent.discount == Discount(417, percent_bp=1000)
    assert sent.total_gr == told.receipt.total_gr == 175 + 3999 - 417
    (document,) = shop.documents("receipt")
    assert (document["percent_bp"], document["percent_mode"]) == (1000, "value_first")
    assert [line["percent_bp"] for line in document["lines"]] == [5000, 0]


OFFERED = [
    wire.Discount("off", "Końcówka serii", "line", amount_gr=50),
    wire.Discount("tenth", "Stały klient", "receipt", percent_bp=1000),
    wire.Discount("monday", "Poniedziałek", "line", percent_bp=500, valid_to="2026-11-23"),
    wire.Discount("more", "Dopłata", "line", amount_gr=50, is_markup=True),
    wire.Discount("night", "Nocna", "receipt", percent_bp=1000, is_markup=True),
]


def test_the_shops_own_discounts_are_given(tmp_path: Path) -> None:
    with desk(tmp_path, discounts=OFFERED) as shop:
        shop.start()
        shop.do(shop.till.sell, "1")
        shop.do(shop.till.give_discount, "off", 0)
        assert shop.receipt().lines[0].discount_gr == 50
        shop.do(shop.till.give_discount, "tenth")
        assert (shop.receipt().percent_bp, shop.receipt().total_gr) == (1000, 269)
        shop.do(shop.till.give_discount, "monday", 0)
        assert shop.receipt().lines[0].percent_bp == 500
        shop.wait(days=1)
        # Tuesday; one for receipts only; one that never was.
        for gone in ("monday", "tenth", "never"):
            assert shop.code(shop.till.give_discount, gone, 0) is Code.NOT_FOUND
        assert shop.code(shop.till.give_discount, "off") is Code.NOT_FOUND


def test_mark_ups_go_to_the_printer_and_the_office_with_their_names(tmp_path: Path) -> None:
    with desk(tmp_path, discounts=OFFERED) as shop:
        shop.start()
        shop.do(shop.till.sell, "1")
        shop.do(shop.till.give_discount, "more", 0)
        shop.do(shop.till.give_discount, "night")
        # What is on disk is what is on the screen.
        before = shop.receipt()
        shop.restart()
        assert shop.receipt() == before
        assert shop.pay().receipt.total_gr == 349 + 50 + 40
        sent = shop.printer.receipts[-1]
        assert sent.items[0].discount == Discount(50, "Dopłata", is_markup=True)
        assert sent.discount == Discount(40, "Nocna", is_markup=True, percent_bp=1000)
        (document,) = shop.documents("receipt")
        assert (document["discount_gr"], document["discount_id"]) == (-40, "night")
        (line,) = document["lines"]
        assert (line["discount_gr"], line["discount_id"], line["discount_name"]) == (
            -50, "more", "Dopłata",
        )  # fmt: skip


def test_a_mark_up_of_ones_own(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    shop.do(shop.till.discount_line, 0, amount_gr=-51)
    shop.do(shop.till.discount_receipt, percent_bp=-1000)
    assert shop.pay().receipt.total_gr == 440
    assert shop.printer.receipts[-1].items[0].discount == Discount(51, is_markup=True)


def test_what_cannot_be_given_is_refused_before_the_right_to_give_it(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start(login=CASHIER)
        shop.do(shop.till.sell, "1")
        for give in (partial(shop.till.discount_line, 0), shop.till.discount_receipt):
            assert shop.code(give, percent_bp=100_000) is Code.DISCOUNT_TOO_BIG
            assert shop.code(give, percent_bp=1000) is Code.NO_RIGHT


def test_a_discount_of_the_shop_needs_the_right_to_give_one(tmp_path: Path) -> None:
    with desk(tmp_path, discounts=OFFERED) as shop:
        shop.start(login=CASHIER)
        shop.do(shop.till.sell, "1")
        for no in (None, 0):
            assert shop.code(shop.till.give_discount, "off", no) is Code.NO_RIGHT
