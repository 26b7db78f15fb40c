"""Settings that change what stands on paper."""

from __future__ import annotations

import pytest

from hw_emulator.posnet.profile import WIDE

RULE = "- - - -"
INVOICE = (
    "trfvinit|cc1",
    "trfvbuyer|naJan|ni1|sc0",
    "trfvnumber|nb1|sc0",
    "trline|naKawa|vt0|pr100",
    "trend|to100",
)


def since(bench, before):
    return bench.printed[len(before) :].splitlines()


def test_a_receipt_without_separators(bench):
    bench.sell()
    assert RULE in bench.printed
    bench.run("billseparatorset|blT")
    before = bench.printed
    bench.run("trinit", "trline|naKawa|vt0|pr100", "trdiscntbill|rp1000", "trend")
    assert RULE not in "\n".join(since(bench, before))
    before = bench.printed
    bench.report()
    assert RULE in "\n".join(since(bench, before))


@pytest.mark.parametrize(
    ("signs", "shown"),
    [
        ("", "2 x1,00"),
        ("qa1|qb4", "2 x1,00"),
        ("qa7", "2×1,00"),
        ("qb2", "2*1,00"),
        ("qa3|qb1", "2X 1,00"),
    ],
)
def test_the_quantity_sign(bench, signs, shown):
    if signs:
        bench.run(f"quantitysigncfgset|{signs}")
    bench.run("trinit", "trline|naKawa|vt0|pr100|il2", "trline|naMleko|vt0|pr100|il2|jmszt")
    assert f"Kawa{shown + '     2,00A':>36}" in bench.printed
    assert f" 2 szt{shown[1:]}" in bench.printed


def test_compact_headers_of_what_is_not_fiscal(bench):
    bench.run("hdrcompressset|nfT", "stocash|kw999")
    lines = bench.printed.splitlines()
    assert lines[2] == "NIP 5222628262 nr:1" + "NIEFISKALNY".rjust(21)
    assert [line.strip() for line in lines].count("N I E F I S K A L N Y") == 1
    bench.sell()
    assert "NIP 5222628262" + "nr:2".rjust(26) in bench.printed


def test_compact_feet_of_what_is_not_fiscal(bench):
    bench.run("ftrcompressset|nfT", "stocash|kw999")
    lines = bench.printed.splitlines()
    assert [line.strip() for line in lines].count("N I E F I S K A L N Y") == 1
    assert len(lines[-3]) == 40
    assert lines[-2].strip() == bench.device.books.unique_no


def test_compact_feet_on_wide_paper(bench):
    bench.device.width = WIDE
    bench.run("prnwidthset|wd0", "ftrcompressset|nfT", "stocash|kw999")
    who, signed = bench.printed.splitlines()[-3:-1]
    assert who.startswith("NIEFISKALNY #")
    assert signed == f"{bench.device.books.signature} {bench.device.books.unique_no:>15}"
    assert len(who) == len(signed) == WIDE


def test_invoices_that_do_not_tell_originals_from_copies(bench):
    bench.run("fvcfgset|coN", *INVOICE)
    assert "ORYGINAŁ" not in bench.printed
    assert "KOPIA" not in bench.printed
    bench.run("fvcfgset|coT", *INVOICE)
    assert bench.printed.count("ORYGINAŁ") == bench.printed.count("KOPIA") == 1


def test_documents_that_go_on_below_a_receipt(bench):
    bench.run("ftrcfg|fe3", "trinit", "trline|naKawa|vt0|pr100", "trend", "ftrcfg|fe3")
    before = bench.printed
    bench.run("stocash|kw100", "stocash|kw200")
    lines = since(bench, before)
    assert lines[0].startswith("Zwrot towaru")
    assert not any(line.startswith("NIP") for line in lines)
    bench.run("stocash|kw300")
    assert any(line.startswith("NIP") for line in since(bench, before))


@pytest.mark.parametrize(
    "between", [("trinit", "prncancel"), ("stocash|kw1",), ("dailyrep|da2026-03-02",), ()]
)
def test_only_a_receipt_that_was_sold_goes_on(bench, between):
    bench.sell()
    bench.run("ftrcfg|fe3", *between)
    if not between:
        bench.run("ftrcfg|fe3", "trinit", "trline|naKawa|vt0|pr100", "prncancel")
    before = bench.printed
    bench.run("stocash|kw1")
    assert any(line.startswith("NIP") for line in since(bench, before))
