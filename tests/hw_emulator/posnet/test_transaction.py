"""Arithmetic and checks of a receipt, through the wire (§10, §11)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.transaction import Adjustment, Line, Payment, Transaction

A, B, C = "vt0", "vt1", "vt2"


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


def test_discount_of_one_rate(bench):
    bench.run("trinit", *lines_of(1000, 500), "trdiscntvat|vt1|rw100")
    assert bench.totals()[:2] == [1000, 400]
    bench.run("trdiscntvat|vt0|rt500|rp1000")
    assert bench.totals()[:2] == [950, 400]
    assert bench.error("trdiscntvat|vt0|rt951|rp1000") == 1980
    assert bench.error("trdiscntvat|vt2|rw1") == 1983
    assert bench.error("trdiscntvat|vt5|rw1") == 2000
    assert bench.error("trdiscntvat|vt0") == 2601


def test_storno_takes_off_what_it_states(bench):
    bench.run(
        "trinit",
        "trline|naKawa|vt1|pr1000|rd1|rw200",
        "trline|naPiwo|vt1|pr800",
        "trline|naKawa|vt1|pr1000|st1|rd1|rw200",
    )
    assert bench.totals()[1] == 800
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


def test_settling_without_payments_is_cash():
    transaction = Transaction(is_block=True, interface=1)
    transaction.add(Line("Kawa", 0, 100, Decimal(1), 100, 0, is_storno=False))
    assert transaction.settle() == ([Payment(0, 100, "", is_change=False)], 0)


def test_settling_pays_change_in_cash_of_its_own():
    transaction = Transaction(is_block=True, interface=1)
    transaction.add(Line("Kawa", 0, 100, Decimal(1), 100, 0, is_storno=False))
    transaction.pay(Payment(0, 500, "", is_change=False))
    assert transaction.settle()[1] == 400
    transaction.pay(Payment(0, 300, "", is_change=True))
    with pytest.raises(Refused):
        transaction.settle()


def test_an_adjustment_that_leaves_nothing():
    with pytest.raises(Refused):
        Adjustment(None, 100, is_markup=False, name="").change_of(100, discount_first=False)
