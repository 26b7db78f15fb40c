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


def test_the_reference_is_the_system_number_or_else_the_first_footer_line(bench):
    bench.run("ftrcfg|snSALE-1", "trinit", LINE, "trend|fe0", "trftrln|id0|naNOTE-1", "trftrend")
    bench.run("trinit", LINE, "trend|fe0", "trftrln|id0|naNOTE-2", "trftrln|id0|naX", "trftrend")
    bench.run("trinit", LINE, "ftrcfg|snSALE-3", "trend")
    bench.run("trinit", LINE, "trend")
    references = [receipt.reference for receipt in bench.device.view().receipts]
    assert references == ["SALE-1", "NOTE-2", "SALE-3", ""]
    assert "Nr sys.                           SALE-1" in bench.printed


def test_signatures_form_a_chain(bench):
    bench.sell()
    bench.sell()
    first, second = (receipt.signature for receipt in bench.device.view().receipts)
    assert len(first) == len(second) == 40
    assert first != second


def test_change_sums(bench):
    bench.run("trinit", LINE, "trpayment|ty0|wa2000", "trpayment|ty0|wa1000|re1")
    assert bench.error("trend|re999") == 2809
    assert bench.error("trend|fp1999|re1000") == 2808
    bench.run("trend|fp2000|re1000")


def test_what_was_printed_is_kept(bench):
    bench.run("trinit", LINE, "trend", "trinit|bm1", LINE, "trend|fe0", "trftrln|id1|na7")
    bench.run("trftrend")
    online, block = bench.memory.documents()
    for document in (online, block):
        assert document.kind == "receipt"
        assert "\n".join(document.lines).rstrip() in bench.printed
        assert any("Kawa" in line for line in document.lines)
    assert (online.number, online.serial) == (1, 1)
    assert block.lines[-1].split() == ["Punkty:", "7"]


def test_a_packaging_settlement_may_wait_for_its_footer(bench):
    bench.run("trpackinit", "trpack|pr100", "trend|fe0")
    assert bench.ask("strns")["fe"] == "T"
    bench.run("trftrln|id0|na1", "trftrend")
    assert bench.ask("strns")["to"] == "0"
