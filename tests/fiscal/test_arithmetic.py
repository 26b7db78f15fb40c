"""The till's money against the protocol's own numbers, and against the printer that counts.

The vectors are those of POT-I-DEV-37 (protocol.md §11). The other half prints random receipts: what
the till expects per letter must be what the emulator, written apart from it, has counted.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from drivers.fiscal import VAT_LETTERS, PercentMode
from drivers.posnet.printer import PosnetPrinter
from hw_emulator.host import start_posnet
from terminal.errors import Rejected
from terminal.sale import money
from terminal.sale import verbs as sale
from terminal.sale.counting import moved, one_document
from terminal.sale.fiscalise import fiscal_receipt
from terminal.sale.receipt import Payment, Receipt
from terminal.sale.tender import pay
from terminal.store.catalogue import Article
from tests.crash.alive import QUICK
from tests.crash.mains import Mains, Wire

VALUE_FIRST, DISCOUNT_FIRST = PercentMode.VALUE_FIRST, PercentMode.DISCOUNT_FIRST
RATES = {"A": 2300, "B": 800, "C": 500, "D": 0, "E": 10_000}

# --- the vectors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price_gr", "qty_milli", "value_gr"),
    [(349, 2500, 873), (199, 333, 66), (245, 1000, 245), (999, 1000, 999), (1, 500, 1)],
)
def test_line_values(price_gr, qty_milli, value_gr):
    assert money.line_value(price_gr, qty_milli) == value_gr


@pytest.mark.parametrize(
    ("value_gr", "percent_bp", "mode", "off_gr", "left_gr"),
    [
        (1350, 1500, VALUE_FIRST, 202, 1148),
        (1350, 1500, DISCOUNT_FIRST, 203, 1147),
        (111, 1000, VALUE_FIRST, 11, 100),
        (1200, 1500, VALUE_FIRST, 180, 1020),
        (3500, 1500, VALUE_FIRST, 525, 2975),
        (100, 2000, VALUE_FIRST, 20, 80),
        (200, 2000, VALUE_FIRST, 40, 160),
    ],
)
def test_percents(value_gr, percent_bp, mode, off_gr, left_gr):
    off = money.percent_off(value_gr, percent_bp, mode)
    assert (off, value_gr - off) == (off_gr, left_gr)


@pytest.mark.parametrize("mode", list(PercentMode))
def test_a_percent_on_the_receipt_is_taken_per_letter(mode):
    totals = (100, 200, 0, 0, 0, 0, 0)
    assert money.percent_off_letters(totals, 2000, mode) == (80, 160, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("totals", "off_gr", "left"),
    [
        ((1000, 1000, 1000, 0, 0, 0, 0), 100, (966, 967, 967, 0, 0, 0, 0)),
        ((1000, 500, 0, 0, 0, 0, 0), 50, (966, 484, 0, 0, 0, 0, 0)),
        ((333, 333, 334, 0, 0, 0, 0), 1, (332, 333, 334, 0, 0, 0, 0)),
        ((100, 200, 300, 0, 0, 0, 0), -7, (101, 202, 304, 0, 0, 0, 0)),
        ((999, 1, 0, 0, 0, 0, 0), 10, (989, 1, 0, 0, 0, 0, 0)),
        ((1000, 2500, 0, 0, 0, 0, 0), 525, (850, 2125, 0, 0, 0, 0, 0)),
    ],
)
def test_an_amount_is_spread(totals, off_gr, left):
    assert money.spread(totals, off_gr) == left


@pytest.mark.parametrize(
    ("gross_gr", "rate_bp", "tax_gr"),
    [
        (999, 800, 74),
        (200, 800, 15),
        (1000, 2300, 187),
        (2975, 2300, 556),
        (80, 2300, 15),
        (160, 800, 12),
        (100, 2300, 19),
        (800, 2300, 150),
        (9876, 800, 732),
        (350, 800, 26),
        (1020, 2300, 191),
        (2000, 800, 148),
        (150, 800, 11),
        (150, 10_000, 0),
        (150, 10_100, 0),
    ],
)
def test_tax(gross_gr, rate_bp, tax_gr):
    assert money.tax_of(gross_gr, rate_bp) == tax_gr


# --- till and printer ----------------------------------------------------------------------------

units = st.sampled_from([("szt.", 0, 1000), ("kg", 3, 1)])
percents = st.integers(-9999, 9999)


@st.composite
def lines(draw):
    unit, precision, step = draw(units)
    letter = draw(st.sampled_from("ABCDE"))
    qty = draw(st.integers(1, 9 if step > 1 else 4000)) * step
    price = draw(st.integers(1, 50_000))
    return letter, unit, precision, price, qty, draw(off(5000))


def off(most_gr):
    """A discount or a mark-up as the verbs take it, or none."""
    amounts = st.integers(-most_gr, most_gr).map(lambda gr: {"amount_gr": gr})
    shares = percents.map(lambda bp: {"percent_bp": bp})
    return st.one_of(st.just({}), amounts, shares, shares)


def build(mode, drawn, bill_off):
    receipt = Receipt("r" * 8, "", "u1", "Anna", percent_mode=mode)
    for number, (letter, unit, precision, price, qty, line_off) in enumerate(drawn):
        name = f"Towar {number} {letter}"
        article = Article(
            f"p{number}", "", "", name, unit, precision, letter, RATES[letter], price, "", False,
            False,
        )  # fmt: skip
        receipt = sale.add(receipt, article, qty, price, RATES[letter])
        if line_off:
            receipt = sale.discount_line(receipt, number, **line_off)
    if bill_off:
        receipt = sale.discount_receipt(receipt, **bill_off)
    return pay(receipt, Payment("cash", "Gotówka", "cash", receipt.total_gr))


@pytest.fixture
def counting():
    """A printer with rates for all letters used, and the driver that speaks to it."""
    emulated = start_posnet(None)
    printer = PosnetPrinter(lambda: Wire(emulated, Mains()), timings=QUICK)
    printer.connect()
    yield emulated, printer
    printer.close()
    emulated.stop()


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(
    mode=st.sampled_from(list(PercentMode)),
    drawn=st.lists(lines(), min_size=1, max_size=8),
    bill_off=off(20_000),
    token=st.integers(1, 9999),
)
def test_the_printer_counts_what_the_till_expects(counting, mode, drawn, bill_off, token):
    emulated, printer = counting
    try:
        receipt = build(mode, drawn, bill_off)
    except Rejected:
        assume(False)
    printer.set_percent_mode(mode)
    base = printer.counters()
    printer.print_receipt(fiscal_receipt(receipt, "T1"), token)
    assert moved(base, printer.counters()) == one_document(receipt.totals_gr, is_invoice=False)
    printed = emulated.memory().receipts[-1]
    assert printed.total_gr == receipt.total_gr
    assert printed.total_gr == sum(printed.totals_gr)
    assert [line.value_gr for line in printed.lines] == [line.gross_gr for line in receipt.lines]
    assert [line.discount_gr for line in printed.lines] == [
        line.discount_gr for line in receipt.lines
    ]
    letters = "".join(line.vat for line in printed.lines)
    assert set(letters) <= set(VAT_LETTERS)


def test_the_wrong_way_is_refused_by_the_printer(counting):
    """Why the till asks: 13,50 less 15 % is another amount in the other way."""
    _, printer = counting
    printer.set_percent_mode(DISCOUNT_FIRST)
    receipt = build(VALUE_FIRST, [("A", "szt.", 0, 1350, 1000, {"percent_bp": 1500})], {})
    with pytest.raises(Exception, match="2801"):
        printer.print_receipt(fiscal_receipt(receipt, "T1"), 1)
