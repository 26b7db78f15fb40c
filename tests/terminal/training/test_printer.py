"""What the printer of a training counts, held against what the till expects."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drivers.errors import Refused
from drivers.fiscal import INACTIVE, NO_TOTALS
from terminal.errors import Rejected
from terminal.sale import tender
from terminal.sale import verbs as sale
from terminal.sale.counting import moved, one_document
from terminal.sale.fiscalise import fiscal_receipt
from terminal.sale.receipt import Payment, Receipt
from terminal.store.catalogue import Article
from terminal.training.printer import TrainingPrinter

RATES = (2300, 800, 500, 0, 10_000, INACTIVE, INACTIVE)
NOON = datetime(2026, 11, 26, 12, 0).astimezone()
off = st.one_of(
    st.just({}),
    st.integers(-2000, 2000).map(lambda gr: {"amount_gr": gr}),
    st.integers(-9999, 9999).map(lambda bp: {"percent_bp": bp}),
)


def made() -> TrainingPrinter:
    return TrainingPrinter(RATES, lambda: NOON)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 9999), off), min_size=1), off)
def test_it_counts_as_the_till_expects(drawn, bill_off) -> None:
    receipt = Receipt("r" * 8, "", "u1", "Anna")
    try:
        for no, (vat, price_gr, line_off) in enumerate(drawn):
            article = Article(
                f"p{no}", "", "", f"T{no}", "szt.", 0, vat, 2300, price_gr, "", False, False
            )
            receipt = sale.add(receipt, article, 1000, price_gr, 2300)
            receipt = sale.discount_line(receipt, no, **line_off)
        receipt = sale.discount_receipt(receipt, **bill_off)
    except Rejected:
        assume(condition=False)
    receipt = tender.pay(receipt, Payment("cash", "", "cash", receipt.total_gr))
    printer = made()
    base = printer.counters()
    printer.print_receipt(fiscal_receipt(receipt, "T"), 1)
    assert moved(base, printer.counters()) == one_document(receipt.totals_gr, is_invoice=False)
    assert printer.transaction().totals_gr == receipt.totals_gr


def test_its_day_ends_as_a_day_does() -> None:
    printer = made()
    receipt = sale.add(
        Receipt("r" * 8, "", "u1", "Anna"),
        Article("p", "", "", "T", "szt.", 0, "A", 2300, 100, "", False, False), 1000, 100, 2300,
    )  # fmt: skip
    printer.print_receipt(fiscal_receipt(receipt, "T"), 1)
    printer.daily_report(NOON.date(), 2)
    report = printer.report(1)
    assert (report.receipts, report.totals_gr) == (1, (100, 0, 0, 0, 0, 0, 0))
    counters = printer.counters()
    assert (counters.reports, counters.receipts, counters.totals_gr) == (1, 0, NO_TOTALS)
    with pytest.raises(Refused):
        printer.report(2)
    printer.cash(500)
    printer.cash(-200)
    assert printer.cash_state() == 300


def test_it_never_calls_itself_fiscal() -> None:
    assert made().mode().is_fiscal is False
    assert made().connect().unique_no == made().counters().unique_no == "TRAINING"
