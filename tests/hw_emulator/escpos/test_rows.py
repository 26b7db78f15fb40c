from __future__ import annotations

import pytest

from hw_emulator.escpos.rows import Bitmap, Style


@pytest.mark.parametrize(
    ("style", "cell"),
    [
        (Style(), (12, 24)),
        (Style(font="B"), (9, 17)),
        (Style(width=2, height=3), (24, 72)),
        (Style(width=2, is_turned=True), (24, 24)),
        (Style(font="B", is_turned=True), (17, 9)),
    ],
)
def test_cells(style, cell):
    assert style.cell == cell


def test_rows_of_a_picture_are_whole_bytes():
    assert [Bitmap(width, 1, b"").row_bytes for width in (1, 8, 9, 576)] == [1, 1, 2, 72]
