from __future__ import annotations

import random

import pytest

from tests.ui.celldiff.display import Display
from ui.celldiff.picture import picture
from ui.widgets import row
from ui.widgets.themes import NORMAL, THEMES

STYLES = tuple(NORMAL)
WORDS = ("Mleko", "ŁACIATE", "3 × 5", "", " ", "     ", "────", "≡ F10", "12,50", "zażółć gęślą")


def entry(text: str) -> row.Row:
    return row.row(80, (f" Code: {text}_", row.ENTRY))


def screen(*changes: tuple[int, row.Row]) -> list[row.Row]:
    """A screen of 80×25 with something on it."""
    rows = [row.row(80, (f"Line {y}: 00:00:00", row.TEXT)) for y in range(25)]
    rows[0] = row.row(80, ("Anna │12:00:00│", row.BAR), ("network OK", row.GOOD))
    rows[23] = entry("")
    for y, line in changes:
        rows[y] = line
    return rows


def mixed(dice: random.Random, width: int, height: int) -> list[row.Row]:
    def line() -> row.Row:
        return row.row(width, *((dice.choice(WORDS), dice.choice(STYLES)) for _ in range(5)))

    return [line() for _ in range(height)]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "cp852", "ascii"])
def test_whatever_comes_after_whatever_it_is_shown_as_it_should_be(charset):
    dice = random.Random(7)
    shown = Display(charset, 80, 25)
    rows, theme = mixed(dice, 80, 25), "normal"
    for turn in range(150):
        if turn % 30 == 29:
            shown.resize(dice.randrange(1, 140), dice.randrange(1, 50))
            rows = mixed(dice, shown.width, len(shown.lines))
        for _ in range(dice.randrange(4)):
            rows[dice.randrange(len(rows))] = mixed(dice, shown.width, 1)[0]
        if not dice.randrange(10):
            theme = dice.choice(tuple(THEMES))
        shown.show(rows, theme)
        assert shown.differs(rows, theme) == []


def test_a_digit_is_itself_and_the_way_back():
    shown = Display()
    shown.show(screen())
    assert shown.show(screen((23, entry("5")))) == b"\x1b[1m5_\b"
    assert shown.show(screen((23, entry("59")))) == b"9_\b"
    assert shown.cursor == (23, 9)
    assert shown.show(screen((23, entry("5")))) == b"\b_ \b\b"


def test_a_tick_of_the_clock_is_short():
    shown = Display()
    shown.show(screen())
    bar = row.row(80, ("Anna │12:00:01│", row.BAR), ("network OK", row.GOOD))
    assert len(shown.show(screen((0, bar)))) <= 25


def test_what_is_shown_already_costs_nothing():
    shown = Display()
    shown.show(screen())
    assert shown.show(screen()) == b""


def test_a_screen_of_text_costs_little_more_than_its_text():
    shown = Display()
    sent = shown.show(screen())
    text = sum(len(row.plain(line).rstrip()) for line in screen())
    assert len(sent) <= text + 200
    assert b"\x1b[2J" in sent


def test_the_rest_of_a_line_is_erased_and_not_written():
    shown = Display()
    shown.show(screen())
    sent = shown.show(screen((9, row.row(80))))
    assert b"\x1b[K" in sent
    assert len(sent) <= 20


def test_the_row_one_types_in_goes_first():
    shown = Display()
    shown.show(screen())
    rows = screen((1, row.row(80, ("changed", row.TEXT))), (23, entry("7")))
    first, *_ = shown.painter.paint(picture(rows, 80, "normal"))
    assert first == b"\x1b[1m7_"


def test_a_picture_dropped_half_way_leaves_a_painter_that_knows_what_is_shown():
    dice = random.Random(3)
    shown = Display()
    for _ in range(40):
        rows = mixed(dice, 80, 25)
        parts = shown.painter.paint(picture(rows, 80, "normal"))
        for _, part in zip(range(dice.randrange(20)), parts, strict=False):
            shown.feed(part)
    shown.show(rows)
    assert shown.differs(rows) == []


def test_after_somebody_else_wrote_all_is_sent_again():
    shown = Display()
    shown.show(screen())
    shown.feed(b"\x1b[41m\x1b[3;3Hkernel: something\x1b[?25l")
    shown.painter.forget()
    shown.show(screen())
    assert shown.differs(screen()) == []
    assert shown.cursor == (23, 7)


def test_a_screen_without_a_place_for_it_hides_the_cursor():
    shown = Display()
    shown.show([row.row(80, ("resting", row.TEXT))] * 25)
    assert shown.cursor is None
