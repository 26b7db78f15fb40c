from __future__ import annotations

import pytest

from hw_emulator.escpos.rows import Bitmap, Item, Mark, Row, Style, Symbol
from hw_emulator.escpos.words import caption, lines

IMAGE = Bitmap(8, 1, b"\xff")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Mark("cut", "partial"), ["[cut]"]),
        (Row((), 95), ["", "", ""]),
        (Row((), 10), []),
        (Row((Item(0, "a  "),), 30), ["a"]),
        (Row((Item(0, "   "),), 30), [""]),
        (Row((Item(0, "ab"), Item(120, "cd")), 30), ["ab        cd"]),
        (Row((Item(0, "ab"),), 30, align=1), ["         ab"]),
        (Row((Item(0, "ab"),), 30, align=2), ["                  ab"]),
        (Row((Item(0, "ab", Style(width=2)),), 30, align=2), ["                ab"]),
        (Row((Item(0, "ab", Style(font="B")),), 30, align=2), ["                  ab"]),
        (Row((Item(0, "a"), Item(12, IMAGE), Item(20, " ")), 30), ["a", "[image 8x1]"]),
        (Row((Item(0, Symbol("QR", b"ab")),), 0), ["[QR: ab]"]),
        (
            Row((Item(0, "b", y=20), Item(0, "a", y=10), Item(24, "c", y=10)), 9, is_page=True),
            ["a c", "b"],
        ),
        (Row((Item(0, IMAGE, y=10), Item(24, "c", y=10)), 9, is_page=True), ["[image 8x1]", "c"]),
    ],
)
def test_rows_in_words(row, expected):
    assert lines(row, 20) == expected


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        (Symbol("CODE128", b"{BA{{b{C1"), "A{b1"),
        (Symbol("CODE39", b"{B1"), "{B1"),
        (Symbol("QR", "ż".encode()), "ż"),
        (Symbol("QR", b"\xff"), "\ufffd"),
    ],
)
def test_what_a_code_says_to_people(symbol, expected):
    assert caption(symbol) == expected
