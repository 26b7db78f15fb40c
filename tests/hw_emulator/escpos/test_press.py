from __future__ import annotations

from hw_emulator.escpos.rows import Bitmap, Item, Mark, Row, Style

SQUARE = b"\x1dv0\x00\x01\x00\x08\x00" + b"\xff" * 8


def test_a_line_is_made_of_runs_of_one_style(printer):
    printer.feed(b"ab\x1bE\x01cd\x1bE\x00\x1d!\x11e\n")
    (row,) = printer.rows
    assert row == Row(
        (
            Item(0, "ab"),
            Item(24, "cd", Style(is_bold=True)),
            Item(48, "e", Style(width=2, height=2)),
        ),
        48,
    )


def test_a_line_is_as_high_as_its_tallest_letter_or_the_spacing(printer):
    printer.feed(b"a\n\x1b3\x50a\n\x1b3\x00a\n\x1b2a\n")
    assert [row.height for row in printer.rows] == [30, 80, 24, 30]


def test_margin_and_width(printer):
    printer.feed(b"\x1dL\x78\x00\x1dW\x78\x00" + b"x" * 12 + b"\n")
    assert printer.printed == [" " * 10 + "x" * 10, " " * 10 + "xx"]
    printer.feed(b"\x1dW\x01\x00ab\n")  # narrower than a letter
    assert printer.printed[2:] == [" " * 10 + "a", " " * 10 + "b"]


def test_positions_and_tabs(printer):
    printer.feed(b"a\x1b$\x78\x00b\x1b\\\x0c\x00c\x1b\\\xf4\xffd\n")
    assert printer.printed == ["a         b cd"]
    printer.feed(b"\x1bD\x05\x14\x00a\tb\tc\td\n\x1bD\x00a\tb\n")
    assert printer.printed[1:] == ["a    b              cd", "ab"]
    printer.feed(b"\x1b$\xff\xffz\n")  # outside of the paper
    assert printer.printed[-1] == "z"


def test_letter_space_makes_a_line_hold_less(printer):
    printer.feed(b"\x1b \x0c" + b"x" * 25 + b"\n")
    assert [row.items[-1].x for row in printer.rows] == [0, 0] or len(printer.rows) == 2


def test_a_small_font_has_more_columns(printer):
    printer.feed(b"\x1bM\x01" + b"x" * 65 + b"\n")
    assert printer.printed == ["x" * 64, "x"]
    assert printer.rows[0].items[0].style.font == "B"


def test_reset_forgets_what_was_not_printed(printer):
    printer.feed(b"\x1bE\x01\x1ba\x02lost\x1b@kept\n")
    assert printer.printed == ["kept"]


def test_a_cut_prints_the_line_before_it(printer):
    printer.feed(b"a\x1dV\x01b\x1dVA\x20")
    assert printer.rows == (
        Row((Item(0, "a"),), 30),
        Mark("cut", "partial"),
        Row((Item(0, "b"),), 30),
        Row((), 2),
        Mark("cut", "full"),
    )


def test_a_page_is_printed_as_a_whole(printer):
    printer.feed(b"\x1bL\x1bW\x00\x00\x00\x00\x40\x02\x90\x01")
    printer.feed(b"\x1d$\x64\x00below\n\x1d$\x0a\x00above\x1b$\x64\x00right\n" + SQUARE)
    assert printer.printed == []
    printer.feed(b"\x0cafter\n")
    assert printer.printed == ["above   right", "[image 8x8]", "below", "after"]
    page = printer.rows[0]
    assert (page.is_page, page.height) == (True, 400)


def test_a_page_can_be_printed_again_given_up_and_left(printer):
    printer.feed(b"\x1bLa\n\x1b\x0cb\n\x18c\n\x0c")
    assert printer.printed == ["a", "c"]
    printer.feed(b"\x1bLlost\n\x1bSkept\n")
    assert printer.printed == ["a", "c", "kept"]


def test_a_picture_stands_where_the_line_has_come_to(printer):
    printer.feed(b"a" + SQUARE + b"b\n")
    assert [type(row.items[0].content) for row in printer.rows] == [str, Bitmap, str]
