"""Sums agree with each other and with the printer to the grosz, whatever was sold."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.store import figures
from terminal.store.figures import Where, between, of_report, shared
from tests.terminal.desk import MANAGER, TECHNICIAN, Desk, desk

if TYPE_CHECKING:
    from pathlib import Path

ALL = Where("1", ())
WAYS = (figures.by_cashier, figures.by_hour, figures.by_method, figures.by_product)


def sell_something(shop: Desk, chance: random.Random) -> None:
    till = shop.till
    for _ in range(chance.randint(1, 4)):
        code, most = chance.choice([("1", 9000), ("2", 3333), ("3", 2000)])
        qty = chance.randint(1, most) if code == "2" else 1000 * chance.randint(1, most // 1000)
        shop.do(till.sell, code, qty)
    if chance.random() < 0.3:
        shop.do(till.void_line, 0)
        shop.do(till.sell, "1")
    if chance.random() < 0.4:
        shop.do(till.discount_line, len(shop.receipt().lines) - 1, percent_bp=1234)
    if chance.random() < 0.3:
        shop.do(till.discount_receipt, amount_gr=chance.randint(1, 340))
    elif chance.random() < 0.3:
        shop.do(till.discount_receipt, percent_bp=chance.randint(1, 9000))
    due_gr, since = shop.receipt().due_gr, shop.heard.mark()
    if due_gr > 1 and chance.random() < 0.4:
        shop.do(till.pay, "card", chance.randint(1, due_gr - 1))
    shop.do(till.pay, "cash", shop.receipt().due_gr + chance.choice([0, 0, 1, 651]))
    assert isinstance(shop.ended(since), events.ReceiptPrinted)


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory):
    """A till that sold at several hours, by two cashiers, with every kind of discount."""
    chance = random.Random(42)
    with desk(tmp_path_factory.mktemp("sold")) as shop:
        shop.start()
        for _ in range(40):
            if chance.random() < 0.2:
                shop.do(shop.till.lock)
                shop.do(shop.till.login, chance.choice([MANAGER, TECHNICIAN]))
            shop.wait(minutes=chance.randint(0, 12))
            sell_something(shop, chance)
        yield shop


def total(rows) -> int:
    return sum(row.gross_gr for row in rows)


@pytest.mark.parametrize("where", [ALL, of_report(1), between("2026-11-23", "2026-11-24")])
@pytest.mark.parametrize("way", WAYS)
def test_each_report_comes_to_what_the_printer_counted(sold: Desk, way, where) -> None:
    rows = sold.do(lambda: way(sold.context.journal, where))
    assert total(rows) == sum(sold.printer.now.totals_gr) > 0


def test_the_figures_are_those_of_the_documents(sold: Desk) -> None:
    receipts = sold.documents("receipt")
    by_cashier = sold.do(lambda: figures.by_cashier(sold.context.journal, ALL))
    assert sum(row.count for row in by_cashier) == len(receipts) == 40
    for hour in sold.do(lambda: figures.by_hour(sold.context.journal, ALL)):
        mine = [it["total_gr"] for it in receipts if it["closed_at"][11:13] == hour.key]
        assert (hour.count, hour.gross_gr) == (len(mine), sum(mine))
    paid: dict[str, int] = {}
    for payment in (one for it in receipts for one in it["payments"]):
        kept = payment["amount_gr"] - payment["change_gr"]
        paid[payment["name"]] = paid.get(payment["name"], 0) + kept
    by_method = sold.do(lambda: figures.by_method(sold.context.journal, ALL))
    assert {row.name: row.gross_gr for row in by_method} == paid
    sold_milli: dict[str, int] = {}
    for line in (one for it in receipts for one in it["lines"] if not one["is_void"]):
        key = line["product"]
        sold_milli[key] = sold_milli.get(key, 0) + line["qty_milli"]
    by_product = sold.do(lambda: figures.by_product(sold.context.journal, ALL))
    assert {row.key: row.qty_milli for row in by_product} == sold_milli


def test_what_was_not_printed_counts_nowhere(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start()
        shop.do(shop.till.sell, "1")
        shop.do(shop.till.drop_receipt, "x")
        shop.do(shop.till.sell, "1")
        for way in WAYS:
            assert shop.do(lambda way=way: way(shop.context.journal, ALL)) == []


@pytest.mark.parametrize("seed", range(20))
def test_shares_come_to_the_whole_and_none_is_off_by_more_than_a_grosz(seed: int) -> None:
    chance = random.Random(seed)
    parts = [chance.randint(1, 9999) for _ in range(chance.randint(1, 30))]
    whole = sum(parts)
    total_gr = chance.randint(1, whole)
    shares = shared(total_gr, parts)
    assert sum(shares) == total_gr
    for part, share in zip(parts, shares, strict=True):
        assert abs(share - part * total_gr / whole) <= 1


def test_nothing_is_shared_out_of_nothing() -> None:
    assert shared(0, []) == []
    assert shared(0, [0, 0]) == [0, 0]
