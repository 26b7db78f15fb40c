"""Sums agree with each other and with the printer to the grosz, whatever was sold."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.sale.buyer import Buyer
from terminal.sale.tender import enough
from terminal.store import figures
from terminal.store.figures import Where, between, of_report, shared
from terminal.store.takings import takings
from terminal.sync.wire import Currency, PaymentMethod, Settings
from tests.terminal.desk import MANAGER, ROWS, TECHNICIAN, Desk, desk

if TYPE_CHECKING:
    from pathlib import Path

ALL = Where("1", ())
EURO = Currency("EUR", "euro", 43_210)
METHODS = [
    *ROWS["payment_methods"],
    PaymentMethod("voucher", "Bon", "voucher", 3),
    PaymentMethod("change", "Bon z resztą", "bon", 4, gives_change=True),
    PaymentMethod("bill", "Rachunek", "other", 5, is_fiscal=False),
]
BUYER = Buyer("5260250274", "Lipa sp. z o.o.", "Polna 1")
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
        shop.do(till.discount_receipt, amount_gr=chance.randint(-500, 340))
    elif chance.random() < 0.3:
        shop.do(till.discount_receipt, percent_bp=chance.randint(-5000, 9000))
    if chance.random() < 0.2:
        since = shop.heard.mark()
        shop.do(till.pay, "bill")
        made = shop.heard.wait(events.BillMade, since)
        if chance.random() < 0.5:
            return
        shop.do(till.receipt_from_bill, made.bill.rid)
    elif chance.random() < 0.2:
        shop.do(till.issue_invoice, BUYER)
    pay_somehow(shop, chance)


def pay_somehow(shop: Desk, chance: random.Random) -> None:
    till = shop.till
    due_gr, since = shop.receipt().due_gr, shop.heard.mark()
    if due_gr > 1 and chance.random() < 0.4:
        shop.do(till.pay, chance.choice(["card", "voucher"]), chance.randint(1, due_gr - 1))
    due_gr = shop.receipt().due_gr
    if chance.random() < 0.2:
        shop.do(till.pay_currency, "EUR", enough(due_gr, EURO.rate_e4) + chance.choice([0, 731]))
    elif chance.random() < 0.2:
        # What exceeds the due is lost, or goes back in cash.
        shop.do(till.pay, chance.choice(["voucher", "change"]), due_gr + chance.choice([0, 999]))
    else:
        shop.do(till.pay, "cash", due_gr + chance.choice([0, 0, 1, 651]))
    assert isinstance(shop.ended(since), events.ReceiptPrinted)


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory):
    """A till that sold at several hours, by two cashiers, in every way and with every reduction."""
    chance = random.Random(42)
    folder = tmp_path_factory.mktemp("sold")
    with desk(folder, payment_methods=METHODS, currencies=[EURO]) as shop:
        shop.start()
        shop.publish("settings", Settings("settings", "identifier", cash_management=True))
        shop.do(shop.till.shifts.open, 0)
        seen = {MANAGER}
        for _ in range(80):
            if chance.random() < 0.2:
                shop.do(shop.till.lock)
                who = chance.choice([MANAGER, TECHNICIAN])
                shop.do(shop.till.login, who)
                if who not in seen:
                    shop.do(shop.till.shifts.open, 0)
                    seen.add(who)
            shop.wait(minutes=chance.randint(0, 12))
            sell_something(shop, chance)
        yield shop


def printed_gr(shop: Desk) -> int:
    """Receipts and invoices, as the printer counted them."""
    return sum(shop.printer.now.totals_gr) + sum(shop.printer.now.invoice_totals_gr)


def total(rows) -> int:
    return sum(row.gross_gr for row in rows)


@pytest.mark.parametrize("where", [ALL, of_report(1), between("2026-11-23", "2026-11-24")])
@pytest.mark.parametrize("way", WAYS)
def test_each_report_comes_to_what_the_printer_counted(sold: Desk, way, where) -> None:
    rows = sold.do(lambda: way(sold.context.journal, where))
    assert total(rows) == printed_gr(sold) > 0


def test_shifts_come_to_what_the_printer_counted_and_bills_count_once(sold: Desk) -> None:
    journal = sold.context.journal
    shifts = sold.do(lambda: journal.execute("SELECT rid FROM shift").fetchall())
    found = [sold.do(takings, journal, rid) for (rid,) in shifts]
    assert len(found) == 2
    assert sum(one.total_gr for one in found) == printed_gr(sold)
    assert sum(way.net_gr for one in found for way in one.methods) == printed_gr(sold)
    assert sum(one.receipts for one in found) == len(sold.documents("receipt"))
    assert sum(one.dropped for one in found) == 0
    cash_gr = sum(
        (it["amount_gr"] if it["kind"] == "cash" else 0) - it["change_gr"]
        for receipt in sold.documents("receipt")
        for it in receipt["payments"]
    )
    assert sum(one.expected_gr for one in found) == cash_gr


def test_every_kind_was_sold(sold: Desk) -> None:
    """Else the tests above would say nothing of it."""
    receipts, bills = sold.documents("receipt"), sold.documents("bill")
    good = [it["makes_good"] for it in receipts if it["makes_good"]]
    assert 0 < len(good) < len(bills)
    assert {it["document"] for it in receipts} == {"receipt", "invoice"}
    paid = {payment["method"] for it in receipts for payment in it["payments"]}
    assert paid == {"cash", "card", "voucher", "change", "EUR"}
    assert any(it["discount_gr"] < 0 for it in receipts)


def test_the_figures_are_those_of_the_documents(sold: Desk) -> None:
    receipts = sold.documents("receipt")
    by_cashier = sold.do(lambda: figures.by_cashier(sold.context.journal, ALL))
    assert sum(row.count for row in by_cashier) == len(receipts) > 50
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
