from __future__ import annotations

from terminal.paper.shown import Shown, ShownRow
from ui.screens.slip_view import PAPER, SlipView
from ui.widgets.row import plain


def page(*rows):
    return SlipView(None, Shown("Paragon", rows))


def test_amounts_stand_at_the_edge_of_the_paper():
    shown = [plain(one) for one in page(ShownRow("Mleko", "3,49 C")).body(80, 10)]
    margin = (80 - PAPER) // 2
    assert shown[0].rstrip() == " " * margin + "Mleko".ljust(PAPER - 6) + "3,49 C"


def test_long_text_goes_on_in_the_next_row_and_titles_are_centred():
    text = " ".join(["wyraz"] * 20)
    rows = [
        plain(one).strip()
        for one in page(ShownRow(text), ShownRow("X", is_centred=True)).body(80, 20)
    ]
    assert " ".join(rows[:-1]) == text
    assert len(rows) > 2
    assert rows[-1] == "X"


def test_it_scrolls_and_stops_at_the_end():
    from ui.keypad import Move  # noqa: PLC0415

    view = page(*(ShownRow(str(no)) for no in range(30)))
    view.on(Move(10))
    view.on(Move(100))
    rows = [plain(one).strip() for one in view.body(80, 10)]
    assert (rows[0], rows[-1]) == ("20", "29")
