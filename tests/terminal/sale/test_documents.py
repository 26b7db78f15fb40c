"""What the office gets to read about a sale."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import msgspec
import pytest

from drivers.fiscal import EXEMPT, Counters
from terminal.sale.documents import (
    counters_of,
    dropped_document,
    event_document,
    receipt_document,
    receipt_of,
)
from terminal.sale.line import Line
from terminal.sale.picture import Ruling, Verdict
from terminal.sale.receipt import Payment, Receipt, State
from terminal.sync.wire import CounterDoc, PaymentDoc, VatSplit, canonical
from tests.terminal.fake_printer import FRESH

NOW = "2026-11-23T10:00:05.000+01:00"
CONTEXT = SimpleNamespace(terminal="T1", shop="lipa", stamp=lambda: NOW)
MILK = Line("milk", "1", "5900000000015", "Mleko", "szt.", 0, "C", 500, 399, 349, 2000, 8)
VODKA = Line("vodka", "3", "", "Wódka", "szt.", 0, "A", 2300, 3999, 3999, 1000)
STAMP = Line("stamp", "4", "", "Znaczek", "szt.", 0, "E", EXEMPT, 500, 500, 1000)
BAG = Line("bag", "6", "", "Torba", "szt.", 0, "B", 800, 50, 50, 1000, 0, True)
CARD = Payment("card", "Karta", "card", 2000)
CASH = Payment("cash", "Gotówka", "cash", 5000)
SALE = Receipt(
    "r1",
    "2026-11-23T10:00:00.000+01:00",
    "u1",
    "Anna",
    State.PRINTING,
    (MILK, BAG, VODKA, STAMP),
    (CARD, CASH),
    0,
    "5260001246",
)
SOLD = Ruling(Verdict.SOLD, 6, receipt_no=12, report_no=5)


def printed(receipt: Receipt = SALE):
    return receipt_document(CONTEXT, receipt, SOLD, "ABC 1", NOW)


def test_a_receipt_says_where_when_who_and_its_numbers() -> None:
    document = printed()
    assert (document.rid, document.terminal, document.shop) == ("r1", "T1", "lipa")
    assert (document.opened_at, document.closed_at) == (SALE.opened_at, NOW)
    assert (document.operator, document.printer_no, document.nip) == ("Anna", "ABC 1", SALE.nip)
    assert (document.receipt_no, document.report_no) == (12, 5)
    assert document.total_gr == 690 + 3999 + 500


def test_lines_are_snapshots_with_list_price_and_discount() -> None:
    milk, bag, vodka, _ = printed().lines
    assert (milk.list_price_gr, milk.price_gr, milk.qty_milli) == (399, 349, 2000)
    assert (milk.value_gr, milk.discount_gr, milk.gross_gr) == (698, 8, 690)
    assert (milk.barcode, milk.unit, milk.vat, milk.rate_bp) == ("5900000000015", "szt.", "C", 500)
    # A line struck out is told, and adds nothing.
    assert (bag.is_void, bag.gross_gr) == (True, 0)
    assert vodka.is_void is False


def test_the_split_has_the_letters_sold_and_their_tax() -> None:
    assert printed().split == [
        VatSplit("A", 2300, 3999, 748),
        VatSplit("C", 500, 690, 33),
        VatSplit("E", EXEMPT, 500, 0),
    ]


def test_a_discount_on_the_whole_is_in_the_split() -> None:
    document = printed(replace(SALE, discount_gr=189))
    assert document.discount_gr == 189
    assert sum(part.gross_gr for part in document.split) == document.total_gr == 5000


def test_change_stands_beside_the_last_payment() -> None:
    assert printed().payments == [
        PaymentDoc("card", "Karta", "card", 2000),
        PaymentDoc("cash", "Gotówka", "cash", 5000, 1811),
    ]
    exact = replace(SALE, payments=(replace(CASH, amount_gr=5189),))
    assert printed(exact).payments == [PaymentDoc("cash", "Gotówka", "cash", 5189)]


def test_a_dropped_receipt_has_its_reason_and_lines() -> None:
    document = dropped_document(CONTEXT, SALE, "no money", rid="x", is_cancelled=False)
    assert (document.rid, document.reason, document.at) == ("x", "no money", NOW)
    assert (document.total_gr, len(document.lines)) == (5189, 4)
    assert document.printed_as_cancelled is False
    assert dropped_document(CONTEXT, SALE, "", rid="x", is_cancelled=True).printed_as_cancelled


@pytest.mark.parametrize("percent_bp", [0, 500, -500])
def test_a_receipt_comes_back_from_its_document(percent_bp: int) -> None:
    marked = replace(MILK, discount_gr=-8, discount_id="more", discount_name="Dopłata", min_age=18)
    sale = replace(
        SALE,
        lines=(marked, *SALE.lines[1:]),
        discount_gr=5,
        percent_bp=percent_bp,
        discount_id="tenth",
        discount_name="Stały klient",
        customer_id="c1",
        customer="Lipa sp. z o.o.",
        age_checked=18,
        state=State.PAID,
    )
    assert receipt_of(through_json(printed(sale))) == sale
    dropped = dropped_document(
        CONTEXT, replace(sale, payments=()), "", rid="r1", is_cancelled=False
    )
    assert receipt_of(through_json(dropped)) == replace(sale, payments=(), state=State.OPEN)


def test_counters_come_back_from_a_document() -> None:
    counters = replace(FRESH, receipts=3, totals_gr=(1, 2, 3, 4, 5, 6, 7), emergencies=2)
    document = event_document(CONTEXT, "", "printer_power_failed", counters)
    told = through_json(document).counters
    assert told is not None
    assert counters_of(told) == counters
    # A counter that the printer gains must be told as well.
    assert set(Counters.__dataclass_fields__) == set(CounterDoc.__struct_fields__)


def through_json(document):
    return msgspec.json.decode(canonical(document), type=type(document))


def test_events_keep_whatever_explains_them() -> None:
    one = event_document(CONTEXT, "Anna", "rates_programmed", rates=[2300, 800])
    other = event_document(CONTEXT, "Anna", "rates_programmed", rates=[2300, 800])
    assert one.rid != other.rid
    assert (one.name, one.detail, one.operator) == (
        "rates_programmed",
        {"rates": [2300, 800]},
        "Anna",
    )


def test_every_document_says_its_kind() -> None:
    made = [
        printed(),
        dropped_document(CONTEXT, SALE, "", rid="x", is_cancelled=False),
        event_document(CONTEXT, "", "x"),
    ]
    kinds = [json.loads(canonical(document))["kind"] for document in made]
    assert kinds == ["receipt", "dropped", "event"]
