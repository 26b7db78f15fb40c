from __future__ import annotations

import pytest

from hw_emulator.markup import row_of, rows_of
from hw_emulator.rows import Code, Cut, Run, Style, Text, text_row


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[QR ECC=M PX=6] https://a.b/?c=]d", Code("QR", "https://a.b/?c=]d", 6, level="M")),
        ("[QR] x", Code("QR", "x", 4)),
        (r"[QR] a\nb\\n\x1Dc\q", Code("QR", "a\nb\\n\x1dc\\q", 4)),
        ("[QR ECC=Z PX=0] x", Code("QR", "x", 1)),
        ("[QR PX=999] x", Code("QR", "x", 12)),
        ("[AZTEC ECC=23 PX=3] abc", Code("AZTEC", "abc", 3)),
        (
            "[PDF417 ECC=5 PX=2 YX=4 COLS=7 ROT=0] x",
            Code("PDF417", "x", 2, level="5", columns=7, ratio=4),
        ),
        ("[PDF417 ECC=L COLS=99] x", Code("PDF417", "x", 2, level="2", columns=30)),
        (
            "[BARCODE EAN13] 5901234123457",
            Code("EAN13", "5901234123457", 2, caption="5901234123457"),
        ),
        ("[BARCODE CODE39 PX=1 H=40] A", Code("CODE39", "A", 1, 40, caption="A")),
        ("[BARCODE] 12", Code("CODE128", "12", 2, caption="12")),
        ("[IMAGE 3]", Code("IMAGE", "3")),
        ("[IMAGE 3 400x200]", Code("IMAGE", "3 400x200")),
    ],
)
def test_codes_in_square_brackets(line, code):
    assert row_of(line, 40) == code


@pytest.mark.parametrize(
    "line",
    ["[x] nie", "a [QR] b", " [QR] b", "[QR]b", "[LOGO] x", "[]", "", "[Kawa] 3,00", "12 [A"],
)
def test_other_brackets_are_text(line):
    assert row_of(line, 40) == text_row(line)


def test_what_stands_out_on_a_receipt():
    bold = Style(bold=True)
    assert row_of("      PARAGON FISKALNY", 40) == text_row("      PARAGON FISKALNY", bold)
    logo = row_of("   {PL} ABC 2101000001", 40)
    assert isinstance(logo, Text)
    assert [run.text for run in logo.runs] == ["   ", " PL ", " ABC 2101000001"]
    assert logo.runs[1].style.inverted


def test_the_sum_is_twice_as_large_and_fills_the_line():
    (run,) = row_of("SUMA PLN                          12,30", 40).runs
    assert (run.style.wide, run.style.high) == (2, 2)
    assert run.text == "SUMA PLN       12,30"
    assert len(run.text) == 20


def test_a_sum_without_room_for_it_stays_small():
    line = "SUMA PLN 1234567,89"
    assert row_of(line, 20) == Text((Run(line, Style(bold=True)),))
    assert row_of("SUMA", 40) == text_row("SUMA")


def test_rows_of_a_device_stay_as_they_are():
    assert rows_of(["a", Cut()], 40) == [text_row("a"), Cut()]
