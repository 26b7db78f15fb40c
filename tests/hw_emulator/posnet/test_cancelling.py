from __future__ import annotations

import pytest

LINE = "trline|naKawa|vt0|pr1000"


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


def test_an_empty_receipt_counts_as_cancelled_too(bench):
    bench.run("trinit", "prncancel")
    assert (bench.ask("scnt")["bc"], bench.ask("stot")["ct"]) == ("1", "0")


def test_cancelling_nothing_is_fine_and_does_nothing(bench):
    before = bench.ask("scnt")
    bench.run("prncancel", "trcancel", "hardprncancel")
    assert bench.ask("scnt") == before
    assert not bench.printed


@pytest.mark.parametrize(
    ("opening", "counter"), [("trinit|bm1", "bc"), ("trfvinit", "fc"), ("trpackinit", "hn")]
)
def test_cancelled_documents_may_be_stored_only(bench, opening, counter):
    bench.run("cancelledsaleprintcfgset|enN", opening, "prncancel")
    assert bench.ask("cancelledsaleprintcfgget") == {"en": "N"}
    assert not bench.printed
    assert bench.ask("scnt")[counter] == "1"
    (stored,) = bench.memory.documents()
    assert "TRANSAKCJA ANULOWANA" in "".join(stored.lines)


def test_an_online_receipt_is_on_paper_whatever_is_set(bench):
    bench.run("cancelledsaleprintcfgset|enN", "trinit|bm0", LINE, "prncancel")
    assert bench.printed.count("Kawa") == bench.printed.count("TRANSAKCJA ANULOWANA") == 1


def test_a_cancelled_receipt_keeps_its_reference(bench):
    bench.run("ftrcfg|snSALE-1", "trinit", LINE, "prncancel")
    bench.run("trinit", "ftrcfg|snSALE-2", LINE, "prncancel")
    assert [c.reference for c in bench.device.view().cancelled] == ["SALE-1", "SALE-2"]


def test_a_cancelled_invoice_counts_by_itself(bench):
    bench.run("trfvinit", LINE, "prncancel")
    counters, totals = bench.ask("scnt"), bench.ask("stot")
    assert [counters[name] for name in ("bn", "bc", "fn", "fc")] == ["0", "0", "0", "1"]
    assert [totals[name] for name in ("ft", "fl", "ct", "cn")] == ["1000", "1", "0", "0"]
    assert "0000001 #001 KIEROWNIK" in bench.printed
    (cancelled,) = bench.device.view().cancelled_invoices
    assert (cancelled.number, cancelled.value_gr) == (1, 1000)


def test_a_cancelled_settlement_of_packaging_is_a_printout_and_nothing_else(bench):
    bench.run("trpackinit", "trpack|pr100", "prncancel")
    counters = bench.ask("scnt")
    assert [counters[name] for name in ("bc", "fc", "hn")] == ["0", "0", "1"]
    assert bench.ask("stot")["nf"] == "1"
    assert bench.ask("scomm")["tz"] == "T"


def test_who_may_cancel(bench):
    bench.run("trinit")
    assert bench.error("prncancel", interface=2) == 41
    assert bench.error("hardprncancel", interface=2) is None
    assert bench.ask("scnt")["bc"] == "1"
