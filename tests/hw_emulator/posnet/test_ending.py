from __future__ import annotations

import pytest

LINE = "trline|naKawa|vt0|pr1000"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ("to999", 2805),
        ("to1000|op1", 2806),
        ("to1000|om1", 2807),
        ("to1000|fp1001", 2808),
        ("to1000|re1", 2809),
        ("to10,00", 3),
    ],
)
def test_sums_that_disagree(bench, fields, error):
    bench.run("trinit", LINE)
    assert bench.error(f"trend|{fields}") == error
    bench.run("trend|to1000|op0|om0|fp1000|re0|fe1")


def test_an_empty_receipt_cannot_end(bench):
    bench.run("trinit")
    assert bench.error("trend") == 1992


def test_a_receipt_of_nothing_cannot_end(bench):
    bench.run("trinit", LINE, LINE + "|st1")
    assert bench.error("trend") == 2041


def test_payments_that_do_not_cover(bench):
    bench.run("trinit", LINE, "trpayment|ty0|wa999")
    assert bench.error("trend") == 2054


def test_too_much_cash_gives_change_without_being_told(bench):
    bench.run("trinit", LINE, "trpayment|ty0|wa2000", "trend|to1000|fp2000|re1000")
    assert bench.ask("strns")["re"] == "1000"


def test_the_receipt_is_fiscal_before_the_footer_is(bench):
    bench.run("trinit", LINE, "trend|fe0")
    answer = bench.ask("strns")
    assert (answer["to"], answer["fe"]) == ("1", "T")
    assert bench.ask("scnt")["bn"] == "1"
    assert bench.error("trftrln|id43|naX") == 2702
    bench.run(*["trftrln|id0|naNumer 17"] * 60)
    assert bench.error("trftrln|id0|naX") == 2703
    bench.run("trftrend")
    assert bench.ask("strns")["fe"] == "N"
    assert "Numer 17" in bench.printed


def test_cancelling_after_the_fiscal_part_cancels_nothing(bench):
    bench.run("trinit", LINE, "trend|fe0", "prncancel")
    assert (bench.ask("scnt")["bn"], bench.ask("scnt")["bc"]) == ("1", "0")


@pytest.mark.parametrize("mode", ["0", "1"])
def test_a_cancelled_receipt_counts(bench, mode):
    bench.sell()
    bench.run(f"trinit|bm{mode}", LINE, "trcancel")
    assert "TRANSAKCJA ANULOWANA" in bench.printed
    counters, totals = bench.ask("scnt"), bench.ask("stot")
    assert [counters[name] for name in ("bn", "bc", "bt", "hn")] == ["1", "1", "2", "2"]
    assert [totals[name] for name in ("pa", "pn", "ct", "cn")] == ["100", "1", "1000", "1"]


def test_cancelling_nothing_is_fine_and_does_nothing(bench):
    before = bench.ask("scnt")
    bench.run("prncancel", "trcancel", "hardprncancel")
    assert bench.ask("scnt") == before
    assert not bench.printed


def test_cancelled_receipts_may_be_stored_only(bench):
    bench.run("cancelledsaleprintcfgset|enN", "trinit|bm1", LINE, "prncancel")
    assert bench.ask("cancelledsaleprintcfgget") == {"en": "N"}
    assert not bench.printed
    assert bench.ask("scnt")["bc"] == "1"


def test_the_reference_is_the_system_number_or_else_the_first_footer_line(bench):
    bench.run("ftrcfg|snSALE-1", "trinit", LINE, "trend|fe0", "trftrln|id0|naNOTE-1", "trftrend")
    bench.run("trinit", LINE, "trend|fe0", "trftrln|id0|naNOTE-2", "trftrln|id0|naX", "trftrend")
    bench.run("trinit", LINE, "ftrcfg|snSALE-3", "trend")
    bench.run("trinit", LINE, "trend")
    references = [receipt.reference for receipt in bench.device.view().receipts]
    assert references == ["SALE-1", "NOTE-2", "SALE-3", ""]
    assert "Nr sys.                           SALE-1" in bench.printed


def test_a_cancelled_receipt_keeps_its_reference_too(bench):
    bench.run("ftrcfg|snSALE-1", "trinit", LINE, "prncancel")
    assert bench.device.view().cancelled[0].reference == "SALE-1"


def test_signatures_form_a_chain(bench):
    bench.sell()
    bench.sell()
    first, second = (receipt.signature for receipt in bench.device.view().receipts)
    assert len(first) == len(second) == 40
    assert first != second
