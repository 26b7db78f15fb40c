"""Selling, changing and striking through, by the verbs of the till."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from terminal.errors import Code
from terminal.sync.wire import Settings
from tests.terminal.desk import CASHIER, CHEESE, MILK, ROWS, VODKA, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def test_what_is_struck_through_is_told_with_its_value(shop: Desk) -> None:
    shop.do(shop.till.sell, "1", 2000)
    shop.do(shop.till.void_line, 0)
    (told,) = shop.named("line_voided")
    assert (told["detail"]["qty_milli"], told["detail"]["gross_gr"]) == (2000, 698)
    assert shop.receipt().is_empty


def test_a_price_of_ones_own_needs_the_right(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start(login=CASHIER)
        shop.do(shop.till.sell, "1")
        assert shop.code(shop.till.set_price, 0, 100) is Code.NO_RIGHT
        assert shop.receipt().lines[0].price_gr == 349


def test_what_is_weighed_is_never_one_by_itself(shop: Desk) -> None:
    assert shop.code(shop.till.sell, "2", None) is Code.WEIGHT_WANTED
    assert shop.code(shop.till.sell_article, CHEESE, None) is Code.WEIGHT_WANTED
    assert shop.receipt().lines == ()
    shop.do(shop.till.sell, "2", 333)
    shop.do(shop.till.sell, "1", None)
    assert [line.qty_milli for line in shop.receipt().lines] == [333, 1000]


def test_the_last_line_is_sold_once_more(shop: Desk) -> None:
    assert shop.code(shop.till.repeat) is Code.NOTHING_TO_REPEAT
    shop.do(shop.till.sell, "1", 2000)
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.void_line, 1)
    shop.do(shop.till.repeat)
    shop.do(shop.till.repeat, 5000)
    lines = [(line.product, line.qty_milli) for line in shop.receipt().live_lines]
    assert lines == [(MILK, 2000), (MILK, 2000), (MILK, 5000)]
    shop.do(shop.till.sell, "2", 333)
    assert shop.code(shop.till.repeat) is Code.WEIGHT_WANTED
    shop.do(shop.till.sell_article, "bag", 1000, 75)
    shop.do(shop.till.repeat)
    assert shop.receipt().lines[-1].price_gr == 75


@pytest.fixture
def bar(tmp_path: Path) -> Iterator[Desk]:
    """Vodka for adults, cigarillos for those of twenty."""
    products = [
        replace(one, min_age=18) if one.id == VODKA else one for one in ROWS["products"]
    ] + [replace(ROWS["products"][0], id="cigar", name="Cygaro", plu="9", barcodes=[], min_age=20)]
    with desk(tmp_path, products=products) as one:
        yield one.start()


def test_the_age_is_made_sure_of_once_a_receipt(bar: Desk) -> None:
    refused = bar.refused(bar.till.sell, "3")
    assert refused.code is Code.AGE_WANTED
    assert (refused.params["age"], str(refused.params["born"])) == (18, "2008-11-23")
    assert bar.receipt().lines == ()
    bar.do(bar.till.confirm_age, 18)
    bar.do(bar.till.sell, "3")
    bar.do(bar.till.sell_article, VODKA)
    assert bar.code(bar.till.sell, "9") is Code.AGE_WANTED
    bar.do(bar.till.confirm_age, 20)
    bar.do(bar.till.sell, "9")
    # It survives a power cut, and ends with the receipt.
    bar.restart()
    bar.do(bar.till.sell, "3")
    bar.pay()
    (document,) = bar.documents("receipt")
    assert document["age_checked"] == 20
    assert {line["min_age"] for line in document["lines"]} == {18, 20}
    assert [told["detail"]["age"] for told in bar.named("age_checked")] == [18, 20]
    assert bar.code(bar.till.sell, "3") is Code.AGE_WANTED


def test_whoever_is_too_young_gets_nothing_and_it_is_told(bar: Desk) -> None:
    bar.do(bar.till.sell, "1")
    bar.do(bar.till.refuse_age, 18)
    (told,) = bar.named("age_refused")
    assert told["detail"] == {"receipt": bar.receipt().rid, "age": 18}
    assert bar.code(bar.till.sell, "3") is Code.AGE_WANTED


def test_a_shop_with_reasons_wants_one(tmp_path: Path) -> None:
    settings = [Settings("settings", "identifier", void_reasons=["Pomyłka", "Zła cena"])]
    with desk(tmp_path, settings=settings) as shop:
        shop.start()
        shop.do(shop.till.sell, "1")
        assert shop.code(shop.till.void_line, 0) is Code.REASON_WANTED
        assert shop.code(shop.till.drop_receipt, " ") is Code.REASON_WANTED
        assert not shop.receipt().lines[0].is_void
        shop.do(shop.till.void_line, 0, "Zła cena")
        shop.do(shop.till.drop_receipt, "Klient uciekł")
        assert shop.named("line_voided")[0]["detail"]["reason"] == "Zła cena"
        assert shop.documents("dropped")[0]["reason"] == "Klient uciekł"
