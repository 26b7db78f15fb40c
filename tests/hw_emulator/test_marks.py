from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw_emulator import marks
from hw_emulator.marks import Mark, read_mark, show_mark


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        (
            marks.qr("https://example.com/?a=1 b", level="L", pixels=2),
            "[QR ECC=L PX=2] https://example.com/?a=1 b",
        ),
        (marks.aztec("ABC", percent=23, pixels=3), "[AZTEC ECC=23 PX=3] ABC"),
        (marks.data_matrix("ABC", pixels=2), "[DATAMATRIX PX=2] ABC"),
        (
            marks.pdf417("ABC", level=2, pixels=2, ratio=3, columns=4, is_turned=True),
            "[PDF417 ECC=2 PX=2 YX=3 COLS=4 ROT=1] ABC",
        ),
        (marks.barcode("EAN13", "5901234123457"), "[BARCODE EAN13] 5901234123457"),
        (marks.image(3, 400, 200), "[IMAGE 3 400x200]"),
    ],
)
def test_lines_of_the_convention(line, mark):
    assert line == mark
    assert show_mark(read_mark(line)) == line


def test_a_renderer_finds_what_to_draw():
    mark = read_mark("[QR ECC=L PX=2] a\\nb\\\\c\\x00")
    assert mark == Mark("QR", ("ECC=L", "PX=2"), "a\nb\\c\0")
    assert (mark.option("ECC"), mark.option("PX"), mark.option("ROT", "0")) == ("L", "2", "0")
    assert read_mark("[IMAGE 3 400x200]").options == ("3", "400x200")


@pytest.mark.parametrize("line", ["", "Mleko", " [QR PX=2] x", "[OTHER] x", "[QR PX=2]x", "[QR"])
def test_ordinary_text_is_no_mark(line):
    assert read_mark(line) is None


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_any_data_fits_on_one_line(data):
    line = marks.qr(data, level="M", pixels=2)
    assert "\n" not in line
    assert line.isprintable()
    assert read_mark(line).data == data
