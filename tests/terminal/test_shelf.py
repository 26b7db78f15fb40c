"""What a screen looks up while selling goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from terminal.sale.documents import receipt_of
from terminal.sale.receipt import State
from terminal.store import outbox
from terminal.store.db import write
from terminal.store.sales import EVERYTHING
from terminal.sync.wire import (
    Currency,
    Customer,
    Discount,
    JournalAnswer,
    Price,
    PriceList,
    Stock,
    Verdict,
)
from tests.terminal.desk import MILK, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def ask(shop: Desk, what: str, *args, **named):
    """Ask the shelf on its own thread."""
    return shop.till.lookup.call(getattr(shop.till.shelf, what), *args, **named).result(5)


def deliver(shop: Desk, hw: int, *verdicts: Verdict) -> None:
    """The office confirms the documents up to ``hw``."""

    def confirm() -> None:
        journal = shop.context.journal
        head = outbox.head_at(journal, 1, hw)
        with write(journal):
            outbox.deliver(journal, JournalAnswer(1, hw, head, list(verdicts)))

    shop.do(confirm)


def seq_of(shop: Desk, receipt_no: int) -> int:
    return shop.sql("SELECT seq FROM receipt WHERE receipt_no = ?", receipt_no)[0][0]


def test_articles_by_code(shop: Desk) -> None:
    (milk,) = ask(shop, "find", "1")
    assert (milk.name, milk.price_gr, milk.unit, milk.rate_bp) == ("Mleko 1 l", 349, "szt.", 500)
    assert ask(shop, "find", "99") == []


def test_prices_discounts_and_stock_of_the_tills_day(tmp_path: Path) -> None:
    rows = {
        "price_lists": [PriceList("promo", "Promocja", "2026-11-24", "2026-11-24")],
        "prices": [Price("1", "promo", MILK, 299)],
        "discounts": [Discount("d", "Wtorek", "receipt", percent_bp=500, valid_from="2026-11-24")],
        "currencies": [Currency("EUR", "Euro", 42_650)],
        "customers": [Customer("1", "Kawiarnia", "5261001001")],
        "stock": [Stock(MILK, 24_000, "2026-11-23T06:00:00+01:00")],
    }
    with desk(tmp_path, **rows) as one:
        shop = one.start()
        assert ask(shop, "find", "1")[0].price_gr == 349
        assert ask(shop, "discounts") == []
        shop.wait(days=1)
        assert ask(shop, "find", "1")[0].price_gr == 299
        assert ask(shop, "discounts") == rows["discounts"]
        assert ask(shop, "currencies") == rows["currencies"]
        assert ask(shop, "customers", "kawiar") == rows["customers"]
        assert ask(shop, "stock", MILK) == rows["stock"][0]
        shop.do(shop.till.sell, "1")
        (line,) = shop.receipt().lines
        assert (line.price_gr, line.list_price_gr) == (299, 299)


def test_articles_by_name_in_letters_and_on_keys(shop: Desk) -> None:
    assert [found.name for found in ask(shop, "search", "wodk", False)] == ["Wódka"]
    assert [found.name for found in ask(shop, "search", "9635", True)] == ["Wódka"]
    assert len(ask(shop, "search", "ró", False, 1)) == 1


def test_what_sells_more_stands_first(shop: Desk) -> None:
    assert [found.name for found in ask(shop, "search", "róż", False)] == ["Róża", "Róża biała"]
    shop.pay("5")
    assert [found.name for found in ask(shop, "search", "róż", False)] == ["Róża biała", "Róża"]


def test_best_sellers_are_those_of_this_till(shop: Desk) -> None:
    assert ask(shop, "best_sellers") == []
    shop.pay("5", "5", "1")
    shop.pay("5")
    assert [found.name for found in ask(shop, "best_sellers")] == ["Róża biała", "Mleko 1 l"]
    assert [found.name for found in ask(shop, "best_sellers", 1)] == ["Róża biała"]


def test_ways_to_pay_in_the_order_of_the_shop(shop: Desk) -> None:
    assert [method.id for method in ask(shop, "payment_methods")] == ["cash", "card"]


def test_sales_newest_first_with_how_they_were_paid(shop: Desk) -> None:
    assert ask(shop, "sales") == []
    shop.pay("1")
    shop.wait(minutes=1)
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.pay, "card", 1000)
    shop.pay(amount_gr=5000)
    newest, oldest = ask(shop, "sales")
    assert (newest.receipt_no, newest.total_gr, newest.method) == (2, 3999, "Karta + Gotówka")
    assert (oldest.receipt_no, oldest.total_gr, oldest.method) == (1, 349, "Gotówka")
    assert (oldest.operator, oldest.closed_at) == ("Marek", "2026-11-23T10:00:00.000+01:00")


def test_only_fiscal_receipts_are_sales(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    assert ask(shop, "sales") == []
    shop.do(shop.till.drop_receipt, "no money")
    assert ask(shop, "sales") == []
    shop.printer.is_off = True
    shop.pay("1")
    assert ask(shop, "sales") == []


def test_pages_join_without_gap_and_without_repeat(shop: Desk) -> None:
    for number in range(7):
        shop.pay("1")
        # Some are finished in the same moment.
        shop.wait(seconds=number % 2)
    seen, last = [], None
    while page := ask(shop, "sales", EVERYTHING, "", last, 3):
        assert len(page) <= 3
        seen += [sale.receipt_no for sale in page]
        last = page[-1]
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_a_page_has_its_limit(shop: Desk) -> None:
    shop.pay("1")
    copy = (
        "INSERT INTO receipt (rid, state, opened_at, operator_id, operator, discount_gr, nip,"
        " total_gr, closed_at, receipt_no, report_no, printer_no, totals_gr, seq)"
        " SELECT rid || value, state, opened_at, operator_id, operator,"
        " discount_gr, nip, total_gr, closed_at, receipt_no, report_no, printer_no, totals_gr,"
        " seq FROM receipt, json_each(?)"
    )
    shop.sql(copy, str(list(range(300))))
    assert len(ask(shop, "sales", EVERYTHING, "", None, 10_000)) == 200


def test_the_cloud_goes_when_the_office_has_it(shop: Desk) -> None:
    shop.pay("1")
    shop.pay("3")
    assert [sale.is_sent for sale in ask(shop, "sales")] == [False, False]
    deliver(shop, seq_of(shop, 1))
    assert [(sale.receipt_no, sale.is_sent) for sale in ask(shop, "sales")] == [
        (2, False),
        (1, True),
    ]
    assert ask(shop, "unsent").count == 1


def test_a_rejected_sale_says_why(shop: Desk) -> None:
    shop.pay("1")
    seq = seq_of(shop, 1)
    deliver(shop, seq, Verdict(seq, is_accepted=False, reason="unknown product"))
    (sale,) = ask(shop, "sales")
    assert (sale.is_sent, sale.is_rejected, sale.reason) == (True, True, "unknown product")
    assert ask(shop, "unsent").rejected == 1
    # The office has thought again.
    deliver(shop, seq, Verdict(seq, is_accepted=True))
    (sale,) = ask(shop, "sales")
    assert (sale.is_rejected, sale.reason) == (False, "")


def test_one_sale_with_its_lines(shop: Desk) -> None:
    told = shop.pay("1", "3")
    (sale,) = ask(shop, "sales")
    receipt = receipt_of(ask(shop, "case", sale.rid).receipt)
    assert replace(receipt, state=State.FISCAL) == told.receipt


def test_when_each_data_set_came(shop: Desk) -> None:
    pulls = ask(shop, "last_pulls")
    assert pulls["settings"][0] == 1
    assert pulls["products"][0] > pulls["users"][0] > 0
    assert all(at.startswith("20") for _, at in pulls.values())
    assert "shop" not in pulls


def test_what_the_office_rejected_has_a_name_and_a_reason(shop: Desk) -> None:
    shop.pay("1")
    seq = seq_of(shop, 1)
    verdict = Verdict(seq, is_accepted=False, reason="unknown product")
    deliver(shop, seq, Verdict(1, is_accepted=True), verdict)
    assert ask(shop, "rejected", 9) == [("2026-11-23 10:00 receipt 1", "unknown product")]
    assert ask(shop, "rejected", 0) == []


def test_data_sets_to_look_at(shop: Desk) -> None:
    assert ask(shop, "counts")["users"] == len(ask(shop, "rows", "users", "", 99)) > 0
