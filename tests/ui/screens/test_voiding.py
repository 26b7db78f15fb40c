"""What may be struck through, and what Esc offers."""

from __future__ import annotations

from dataclasses import replace

from terminal.sale.line import Line
from terminal.sale.receipt import Receipt
from ui.screens.voiding import living_line

LINE = Line("p1", "1", "", "Mleko", "szt", 0, "A", 2300, 349, 349, 2000)


def test_a_line_that_is_struck_through_lives_no_longer():
    receipt = Receipt("r1", "", "u1", "Anna", lines=(LINE, replace(LINE, is_void=True)))
    assert living_line(receipt, 0) is LINE
    assert [living_line(receipt, no) for no in (-1, 1, 2)] == [None, None, None]
    assert living_line(None, 0) is None
