from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.keypad import MOVES, Move
from ui.screens.listing import Listing, marked_rows, window
from ui.widgets.row import MARK, plain


@given(st.integers(1, 300), st.integers(1, 40), st.data())
def test_the_marked_row_is_visible(count, height, data):
    marked = data.draw(st.integers(0, count - 1))
    visible = window(count, marked, height)
    assert marked in visible
    assert len(visible) == min(count, height)


def test_the_mark_is_a_sign_and_a_colour():
    rows = marked_rows(10, 5, ["one", "two"], 1)
    assert [plain(line) for line in rows] == ["  one     ", "> two     "]
    assert rows[1][0][1] == MARK


class Three(Listing):
    count = 3


def test_the_mark_stops_at_the_ends():
    page = Three(desk=None)
    page.on(Move(1))
    page.on(MOVES["page_down"])
    assert page.marked == 2
    page.on(MOVES["page_up"])
    assert page.marked == 0
