from __future__ import annotations

from ui.celldiff.picture import cursor, picture
from ui.widgets import row

BAR = row.row(20, ("Anna", row.MARK), ("12:00", row.BAR))


def test_the_cursor_stands_where_one_types():
    entry = row.row(20, (" Code: 12_", row.ENTRY))
    marked = row.row(20, ("> milk", row.MARK))
    assert cursor([BAR, marked, entry, row.row(20)]) == (2, 9)


def test_in_a_list_it_stands_on_the_marked_line():
    rows = [BAR, row.row(20, ("  bread", row.TEXT)), row.row(20, ("1 ", row.TEXT), ("m", row.MARK))]
    assert cursor([*rows, row.row(20, (" ! no", row.ERROR))]) == (2, 2)


def test_else_at_the_message_else_nowhere():
    message = row.row(20, (" ! no", row.ERROR))
    assert cursor([BAR, row.row(20), message]) == (2, 0)
    assert cursor([BAR, row.row(20)]) is None
    assert cursor([]) is None


def test_an_entry_that_fills_its_line_keeps_the_cursor_on_it():
    rows = [BAR, row.row(20, ("x" * 40, row.ENTRY))]
    assert picture(rows, 20, "mono").cursor == (1, 19)
