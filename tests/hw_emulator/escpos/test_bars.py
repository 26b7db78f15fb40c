"""Each code is drawn and read again by a scanner's software."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator.escpos.bars import lengthened, modules
from hw_emulator.escpos.roll import Roll
from hw_emulator.escpos.rows import Item, Row, Symbol
from hw_emulator.paper import Paper
from tests.hw_emulator.escpos.bench import scan


def read(symbol: Symbol) -> list[tuple[str, str]]:
    paper = Paper(columns=48)
    Roll(paper, 48).add(Row((Item(0, symbol),), 0, align=1))
    return scan(paper)


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("EAN13", b"590123412345", ("EAN13", "5901234123457")),
        ("EAN13", b"5901234123457", ("EAN13", "5901234123457")),
        ("EAN8", b"9638507", ("EAN8", "96385074")),
        # Scanners give the number of an article in full, whichever code it is in.
        ("UPC-A", b"03600029145", ("EAN13", "0036000291452")),
        ("UPC-E", b"425261", ("UPCE", "0042100005264")),
        ("UPC-E", b"0425261", ("UPCE", "0042100005264")),
        ("UPC-E", b"04210000526", ("UPCE", "0042100005264")),
        ("CODE39", b"K-17 A", ("Code39", "K-17 A")),
        ("CODE39", b"*K17*", ("Code39", "K17")),
        ("CODE93", b"TEST93", ("Code93", "TEST93")),
        ("ITF", b"12345670", ("ITF", "12345670")),
        ("CODABAR", b"A1234B", ("Codabar", "A1234B")),
        ("CODE128", b"{BKaso-17{{", ("Code128", "Kaso-17{")),
        ("CODE128", b"{C\x0c\x22\x38", ("Code128", "123456")),
        ("CODE128", b"{BAb{C\x0c\x22{Bx", ("Code128", "Ab1234x")),
        ("CODE128", b"{AAB\x01", ("Code128", "AB<SOH>")),
        ("GS1-128", b"{B{110AB", ("Code128", "(10)AB")),
        ("PDF417", b"kasoterminal 2026", ("PDF417", "kasoterminal 2026")),
        ("PDF417", b"ab", ("PDF417", "ab")),
    ],
)
def test_a_scanner_reads_what_was_coded(kind, data, expected):
    height, captions = (3, 0) if kind == "PDF417" else (64, 2)
    assert read(Symbol(kind, data, 2, height, captions)) == [expected]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        *[
            ("EAN13", data)
            for data in (b"", b"12", b"5901234123458", b"59012341234x", b"\xff" * 13)
        ],
        *[("UPC-E", data) for data in (b"12", b"12345678901", b"abcdef", b"0123456789012")],
        *[("CODE39", b"a"), ("CODE93", b"a"), ("ITF", b"123"), ("ITF", b"12a4")],
        *[("CODABAR", data) for data in (b"", b"1234", b"A12")],
        *[("CODE128", data) for data in (b"", b"ABC", b"{C\x80", b"{B\x80", b"{")],
        *[("PDF417", b"x" * 3000), ("BARCODE", b"1")],
    ],
)
def test_what_cannot_be_coded_gives_nothing(kind, data):
    assert modules(Symbol(kind, data)) == ()


KINDS = ["EAN13", "EAN8", "UPC-A", "UPC-E", "CODE39", "CODE93", "ITF", "CODABAR", "CODE128"]


@given(st.sampled_from([*KINDS, "GS1-128", "PDF417"]), st.binary(max_size=30))
def test_no_data_stop_it(kind, data):
    for row in modules(Symbol(kind, data)):
        assert set(row) <= {"0", "1"}


@given(st.text("0123456789", min_size=6, max_size=6))
def test_short_codes_stand_for_long_ones(short):
    assert len(lengthened(short)) == 10


def test_a_missing_library_is_said_and_the_paper_goes_on(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "pdf417gen", None)
    assert modules(Symbol("PDF417", b"ab")) == ()
    assert "PDF417 codes are not drawn" in caplog.text
