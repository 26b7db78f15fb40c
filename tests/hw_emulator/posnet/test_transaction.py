"""Arithmetic and checks of a receipt, through the wire (§10, §11)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.posnet.adjustments import Adjustment
from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.transaction import Extra, Line, Transaction


def lines_of(*grosze: int) -> list[str]:
    return [f"trline|naTowar {n}|vt{n}|pr{value}" for n, value in enumerate(grosze)]


@pytest.mark.parametrize("quantity", ["2,5", "2.5", "2.500", "2,50"])
def test_line_value_is_rounded_half_up(bench, quantity):
    bench.run("trinit", f"trline|naSer|vt2|pr349|il{quantity}|wa873", "trend|to873")


@pytest.mark.parametrize(
    ("mode", "left"),
    [("0", 1148), ("1", 1147)],
)
def test_percent_discount_of_a_line_by_both_methods(bench, mode, left):
    bench.run(f"discounttypeset|dt{mode}", "trinit", "trline|naKawa|vt0|pr1350|rd1|rp1500")
    assert bench.totals()[0] == left
    bench.ask(f"trend|to{left}")


def test_percent_markup_of_a_line(bench):
    bench.run("trinit", "trline|naKawa|vt0|pr1350|rd0|rp1500")
    assert bench.totals()[0] == 1553


def test_percent_of_the_subtotal_works_per_rate(bench):
    bench.run("trinit", *lines_of(100, 200), "trdiscntsubtot|rd1|rp2000")
    assert bench.totals()[:2] == [80, 160]


@pytest.mark.parametrize("command", ["trdiscntsubtot", "trdiscntbill"])
@pytest.mark.parametrize(
    ("totals", "change", "after"),
    [
        ((1000, 1000, 1000), "rd1|rw100", [966, 967, 967]),
        ((1000, 500), "rd1|rw50", [966, 484]),
        ((333, 333, 334), "rd1|rw1", [332, 333, 334]),
        ((100, 200, 300), "rd0|rw7", [101, 202, 304]),
    ],
)
def test_an_amount_is_spread_over_the_rates(bench, command, totals, change, after):
    bench.run("trinit", *lines_of(*totals), f"{command}|{change}")
    assert bench.totals()[: len(after)] == after
    bench.ask(f"trend|to{sum(after)}")


def test_storno_takes_off_what_it_states(bench):
    bench.run(
        "trinit",
        "trline|naKawa|vt1|pr1000|rd1|rw200",
        "trline|naPiwo|vt1|pr800",
        "trline|naKawa|vt1|pr1000|st1|rd1|rw200",
    )
    assert bench.totals()[1] == 800
    assert "#STORNO#\nKawa                  1 x10,00   -10,00B\nOPUST" in bench.printed
    assert "NARZUT" not in bench.printed
    bench.ask("trend|to800")


def test_storno_of_more_than_was_sold(bench):
    bench.run("trinit", "trline|naKawa|vt0|pr1000|il2|rd1|rw200")
    assert bench.error("trline|naKawa|vt0|pr1000|il3|st1") == 2851
    assert bench.error("trline|naKawa|vt0|pr1000|il2|st1") == 2852
    assert bench.error("trline|naKawa|vt0|pr999|st1") == 2851
    assert bench.error("trline|naHerbata|vt0|pr1000|st1") == 2851
    bench.run("trline|naKAWA|vt0|pr1000|il1|st1", "trline|naKawa|vt0|pr1000|st1|rd1|rw200")
    assert bench.totals()[0] == 0
    assert bench.error("trline|naKawa|vt0|pr1000|st1") == 2851


@pytest.mark.parametrize(
    ("discount", "error"),
    [
        ("rw1000", 1985),
        ("rw1001", 1985),
        ("rw0", 1984),
        ("rp0", 1984),
        ("rp1000|rw99", 2801),
        ("rp10000", 3),
    ],
)
def test_impossible_line_discounts(bench, discount, error):
    bench.run("trinit")
    assert bench.error(f"trline|naKawa|vt0|pr1000|rd1|{discount}") == error


def test_a_right_check_value_is_accepted(bench):
    bench.run("trinit", "trline|naKawa|vt0|pr1000|wa1000|rd1|rp1000|rw100|rnStały klient")
    assert bench.totals()[0] == 900


@pytest.mark.parametrize(
    ("discount", "error"), [("rd1", 2601), ("rw1000", 1985), ("rw0", 1984), ("rp500|rw51", 2801)]
)
def test_impossible_receipt_discounts(bench, discount, error):
    bench.run("trinit", "trline|naKawa|vt0|pr1000")
    assert bench.error(f"trdiscntsubtot|{discount}") == error
    assert bench.error(f"trdiscntbill|{discount}") == error


def test_discount_of_nothing(bench):
    bench.run("trinit")
    assert bench.error("trdiscntsubtot|rw1") == 1983


def test_several_bill_discounts_are_withdrawn_together(bench):
    bench.run("trinit", *lines_of(1000, 1000), "trdiscntbill|rw100", "trdiscntbill|rp1000")
    bench.run("trsubtotcanc")
    assert bench.totals()[:2] == [1000, 1000]
    bench.ask("trend|to2000")


def test_five_hundred_lines_and_no_more(bench):
    bench.run("trinit|bm1", *["trline|naKawa|vt0|pr1"] * 500)
    assert bench.error("trline|naKawa|vt0|pr1") == 2052


def test_a_receipt_cannot_grow_without_end(bench):
    bench.run("trinit", "trline|naZłoto|vt0|pr9999999999")
    assert bench.error("trline|naKawa|vt0|pr1") == 1950


def test_a_receipt_of_several_rates_cannot_grow_without_end(bench):
    bench.run("trinit", "trline|naZłoto|vt0|pr9999999999")
    assert bench.error("trline|naKawa|vt1|pr1") == 1957


def test_an_advance_after_the_vendor(bench):
    bench.run("trinit|bm0", "trline|naTowar A|vt0|pr1000")
    bench.run("tradvance|naZALICZKA|vt0|pr500|wa1000", "tradvance|naZALICZKA|vt0|pr300|st1|wa500")
    bench.run("trend|to800")
    assert bench.ask("stot")["pa"] == "800"


@pytest.mark.parametrize(
    ("advance", "error"),
    [
        ("pr0|wa1000", 1966),
        ("pr1|wa1001", 1964),
        ("pr1|wa0", 1964),
        ("pr1001|wa1000", 1963),
        ("pr501|wa1000|st1", 1963),
        ("pr1|wa1001|st1", 1964),
    ],
)
def test_advances_that_cannot_be(bench, advance, error):
    bench.run("trinit", "trline|naKawa|vt0|pr1500", "tradvance|vt0|pr500|wa1500")
    assert bench.error(f"tradvance|vt0|{advance}") == error
    assert bench.totals()[0] == 1000


def test_an_advance_may_leave_nothing_to_pay(bench):
    bench.run("trinit", "trline|naKawa|vt0|pr1000", "tradvance|vt0|pr1000|wa1000", "trend|to0")
    (receipt,) = bench.device.view().receipts
    assert (receipt.total_gr, receipt.payments) == (0, ())
    bench.run("trinit", "trline|naKawa|vt0|pr1000", "tradvance|vt0|pr1000|wa1000")
    bench.run("tradvance|vt0|pr1000|wa1000|st1", "trline|naKawa|vt0|pr1000|st1")
    assert bench.error("trend") == 2041


def test_the_buffer_of_a_receipt_ends_somewhere():
    transaction = Transaction(kind=16)
    transaction.add(Line("Kawa", 0, 10_000, Decimal(1), 10_000, 0, is_storno=False))
    for number in range(500):
        transaction.enter(Extra(("promotion", number), 0, "", -1))
    with pytest.raises(Refused) as caught:
        transaction.advance(0, 1, 1, is_storno=False)
    assert caught.value.code == 2052


def test_taking_a_markup_back_never_leaves_less_than_nothing():
    transaction = Transaction(kind=16)
    for vat in (0, 1):
        transaction.add(Line(f"Kawa {vat}", vat, 100, Decimal(1), 100, 0, is_storno=False))
    transaction.enter(Extra(("line", 0), 0, "KAWA0", 50))
    transaction.adjust_rate(0, None, Adjustment(None, 120, False, ""), discount_first=False)
    with pytest.raises(Refused) as caught:
        transaction.cancel(("line", 0))
    assert caught.value.code == 1985
    assert transaction.totals_gr[:2] == [30, 100]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), st.integers(0, 2), st.integers(1, 5000)),
        st.tuples(st.just("storno"), st.integers(0, 2), st.integers(1, 5000)),
        st.tuples(st.just("off"), st.integers(0, 2), st.integers(1, 5000)),
        st.tuples(st.just("on"), st.integers(0, 2), st.integers(1, 500)),
        st.tuples(st.just("subtotal"), st.integers(1, 9999), st.booleans()),
        st.tuples(st.just("advance"), st.integers(0, 2), st.integers(1, 5000)),
    ),
    max_size=25,
)


@given(STEPS)
def test_totals_are_sums_of_what_was_accepted_and_never_negative(steps):
    transaction = Transaction(kind=16)
    expected, discounts = 0, 0
    for word, one, other in steps:
        before = transaction.total_gr
        try:
            if word in {"sell", "storno"}:
                line = Line("Kawa", one, other, Decimal(1), other, 0, word == "storno")
                transaction.add(line)
                expected += -other if word == "storno" else other
            elif word == "subtotal":
                adjustment = Adjustment(one, None, other, "")
                change = transaction.adjust_total(adjustment, discount_first=False)
                expected, discounts = expected + change, discounts + change
                assert (change > 0) is other
            elif word == "advance":
                transaction.advance(one, other, transaction.totals_gr[one], is_storno=False)
                expected -= other
            else:
                adjustment = Adjustment(None, other, word == "on", "")
                change = transaction.adjust_rate(one, None, adjustment, discount_first=False)
                expected, discounts = expected + change, discounts + change
        except Refused:
            assert transaction.total_gr == before
        assert min(transaction.totals_gr) >= 0
        assert (transaction.total_gr, transaction.discounts_gr) == (expected, discounts)
