from __future__ import annotations

from hw_emulator.posnet.books import IN_INVOICE, IN_PACKAGING, IN_RECEIPT
from hw_emulator.posnet.printing import show_number, sign
from hw_emulator.posnet.profile import WIDE


def test_numbers_in_the_foot():
    assert show_number(IN_RECEIPT, 7) == "00007"
    assert show_number(IN_INVOICE, 7) == "0000007"
    assert show_number(IN_PACKAGING, 0) == ""


def test_signatures_depend_on_what_came_before():
    assert sign("A", {"x": 1}) != sign("B", {"x": 1}) != sign("A", {"x": 2})
    assert sign("A", {"x": 1}) == sign("A", {"x": 1})
    assert len(sign("", {})) == 40


def test_every_document_signs_the_one_before(bench):
    bench.sell()
    bench.run("stocash|kw1", "trinit", "prncancel", "trfvinit", "prncancel")
    bench.report()
    signatures = [r["signature"] for r in bench.memory.records if "header_no" in r]
    assert len(set(signatures)) == 5
    assert bench.device.books.signature == signatures[-1]
    assert all(signature in bench.printed for signature in signatures)


def test_what_is_meant_for_one_printout_is_used_up(bench):
    bench.run("ftrcfg|snSYS-1|bc123|ccEwa|cn9|lninformacja")
    bench.run("stocash|kw1", "stocash|kw1")
    for text in ("SYS-1", "[BARCODE EAN128] 123", "#9 Ewa", "informacja"):
        assert bench.printed.count(text) == 1


def test_paper_may_be_changed_while_it_works(bench):
    bench.device.width = WIDE
    bench.run("stocash|kw100")
    assert "Zwrot towaru" + "1,00".rjust(44) in bench.printed
