"""Discounts through the wire (§10), with the vendor's sample printouts as vectors."""

from __future__ import annotations

import pytest

CUKIER = "trline|naCUKIER|vt0|pr111"


@pytest.fixture
def receipt(bench):
    bench.run("trinit", "trline|naKawa|vt0|pr1000", "trline|naMleko|vt1|pr500")
    return bench


def test_discount_of_one_rate(receipt):
    receipt.run("trdiscntvat|vt1|rw100")
    assert receipt.totals()[:2] == [1000, 400]
    receipt.run("trdiscntvat|vt0|rt500|rp1000")
    assert receipt.totals()[:2] == [950, 400]
    assert receipt.error("trdiscntvat|vt0|rt951|rp1000") == 1980
    assert receipt.error("trdiscntvat|vt2|rw1") == 1983
    assert receipt.error("trdiscntvat|vt5|rw1") == 2000
    assert receipt.error("trdiscntvat|vt0") == 2601
    assert receipt.error("trdiscntvat|vt0|rp1000|rw94") == 2801
    receipt.run("trdiscntvat|vt0|rp1000|rw95")


def test_the_vendors_discount_of_a_rate(bench):
    bench.run("trinit", "trline|naSok owocowy|vt0|pr1200", "trline|naCiastka|vt1|pr2000")
    bench.run("trdiscntvat|vt0|rd1|rp1500|nastały klient")
    assert "OPUST stały klient 15,00 %        -1,80A" in bench.printed
    bench.run("trend|to3020")
    assert "PTU A 23,00 %                       1,91" in bench.printed


def test_the_vendors_discount_of_a_line(bench):
    bench.run("trinit", CUKIER, "trdiscntline|vt0|dsCUKIER|rt111|rp1000", "trend|to100")
    assert "OPUST 10,00 %                     -0,11A\nDo plu: CUKIER\n" in bench.printed


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ("vt0|dsHerbata|rt100|rw1", 2107),
        ("vt1|dsKawa|rt100|rw1", 2107),
        ("vt0|ds???|rt100|rw1", 2104),
        ("vt0|dsKawa|rt0|rw1", 1983),
        ("vt0|dsKawa|rt1001|rw1", 1980),
        ("vt0|dsKawa|rt1000", 2601),
        ("vt0|dsKawa|rt1000|rw1000", 1985),
        ("vt0|dsKawa|rt1000|rp1000|rw99", 2801),
        ("vt0|dsKawa|rt1000|rw1|st1", 2063),
        ("vt6|dsKawa|rt1000|rw1", 2000),
        ("vt0|dsKawa|rw1", 2),
    ],
)
def test_line_discounts_that_cannot_be(receipt, fields, error):
    assert receipt.error(f"trdiscntline|{fields}") == error
    assert receipt.totals()[:2] == [1000, 500]


def test_a_line_discount_is_cancelled_once_and_exactly(receipt):
    given = "trdiscntline|vt0|dsKAWA|rt1000|rp2000|naPromocja"
    receipt.run(given)
    assert receipt.error("trdiscntline|vt0|dsKawa|rt1000|rp2000|st1") == 2063
    receipt.run(given + "|st1")
    assert receipt.totals()[0] == 1000
    assert receipt.error(given + "|st1") == 2063
    assert "#STORNO#\nOPUST Promocja 20,00 %             2,00A\nDo plu: KAWA\n" in receipt.printed


def test_discounts_of_a_line_lower_what_further_ones_and_stornos_may_take(receipt):
    receipt.run("trline|naHerbata|vt0|pr1000", "trdiscntline|vt0|dsKawa|rt1000|rw400")
    assert receipt.error("trdiscntline|vt0|dsKawa|rt601|rw1") == 1980
    receipt.run("trdiscntline|vt0|dsKawa|rt600|rw1")


def test_a_markup_of_a_line(receipt):
    receipt.run("trdiscntline|vt1|dsMleko|rt500|rd0|rp1000")
    assert receipt.totals()[1] == 550


def test_a_promotion_and_its_cancelling(receipt):
    receipt.run("trdiscntpromo|vt1|rw50|naStały klient")
    assert "OBNIŻKA Stały klient              -0,50B" in receipt.printed
    assert receipt.totals()[1] == 450
    assert receipt.error("trdiscntpromo|vt1|rw50|st1") == 2063
    receipt.run("trdiscntpromo|vt1|rw50|naStały klient|st1")
    assert receipt.totals()[1] == 500
    assert receipt.error("trdiscntpromo|vt1|rw0") == 1984
    assert receipt.error("trdiscntpromo|vt1|rw500") == 1985
    assert receipt.error("trdiscntpromo|vt2|rw1") == 1983
    assert receipt.error("trdiscntpromo|vt1") == 2


def test_the_vendors_discount_of_a_subtotal(bench):
    bench.run("trinit", "trline|naCukierki|vt0|pr1000", "trline|naCiastka|vt0|pr2500")
    bench.run("trdiscntsubtot|nastały klient|rd1|rp1500")
    assert (
        "Podsuma:                           35,00\n"
        "OPUST stały klient 15,00 %         -5,25\n"
        "Podsuma:                           29,75\n" in bench.printed
    )
    bench.run("trend|to2975")
    assert "PTU A 23,00 %                       5,56" in bench.printed


def test_the_vendors_discount_of_a_receipt(bench):
    bench.run("trinit", "trline|naCukierki|vt0|pr100", "trline|naCiastka|vt1|pr200")
    bench.run("trdiscntbill|nastały klient|rd1|rp2000", "trend|to240")
    assert "SUMA PTU                            0,27" in bench.printed


def test_both_methods_work_per_rate(bench):
    # 1.05 − 50 %: 0.525 is rounded as what is left (0.53), or as the discount (0.53).
    for mode, left in (("0", 53), ("1", 52)):
        bench.run(f"discounttypeset|dt{mode}", "trinit", "trline|naKawa|vt0|pr105")
        bench.run("trdiscntsubtot|rp5000")
        assert bench.totals()[0] == left
        bench.run("prncancel")


def test_a_receipt_discount_that_is_taken_back_is_told_on_paper(receipt):
    receipt.run("trdiscntbill|rw100", "trsubtotcanc")
    assert "ANULOWANO OPUST DO PARAGONU" in receipt.printed
    assert receipt.totals()[:2] == [1000, 500]
    receipt.run("trend|to1500")
    assert "OPUSTY ŁĄCZNIE" not in receipt.printed
