"""What is printed is kept in protected memory, and some of it is kept only."""

from __future__ import annotations


def test_a_document_is_counted_printed_and_kept(bench):
    bench.device.print_document("TYTUŁ", ["Treść"])
    assert "Treść" in bench.printed
    assert (bench.ask("scnt")["hn"], bench.ask("stot")["nf"]) == ("1", "1")
    (document,) = bench.memory.documents()
    assert list(document.lines) == bench.printed.splitlines()


def test_a_copy_may_differ(bench):
    bench.device.print_document("TYTUŁ", ["Kod 1234"], copy=["Kod ****"])
    (document,) = bench.memory.documents()
    assert "Kod ****" in document.lines
    assert "Kod 1234" in bench.printed


def test_what_is_special_or_not_fiscal_may_be_kept_only(bench):
    bench.run("prncfgset|nf0", "prnspecialcfgset|sp0")
    bench.device.print_document("A", ["niefiskalny"])
    bench.device.print_document("B", ["specjalny"], kind="printout", is_special=True)
    bench.device.print_document("C", ["fiskalny"], kind="printout")
    assert "fiskalny" in bench.printed.splitlines()
    assert "niefiskalny" not in bench.printed
    assert "specjalny" not in bench.printed
    assert len(list(bench.memory.documents())) == 3
