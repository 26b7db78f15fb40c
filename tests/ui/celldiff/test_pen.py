from __future__ import annotations

import itertools

import pyte
import pytest

from ui.celldiff import pen
from ui.widgets.themes import THEMES

LOOKS = sorted({look.sgr for theme in THEMES.values() for look in theme.values()} | {"1;4", "7"})


def look_of(sent: str) -> tuple[object, ...]:
    screen = pyte.Screen(4, 1)
    pyte.Stream(screen).feed(sent + "x")
    cell = screen.buffer[0][0]
    return cell.fg, cell.bg, cell.bold, cell.reverse, cell.underscore


@pytest.mark.parametrize(("old", "new"), list(itertools.product(LOOKS, LOOKS)))
def test_from_each_look_to_each_other(old, new):
    anew = pen.turn(None, new)
    assert look_of(pen.turn(None, old) + pen.turn(old, new)) == look_of(anew)
    assert len(pen.turn(old, new)) <= len(anew)


def test_only_what_changes_is_said():
    assert pen.turn("30;47", "30;42") == "\x1b[42m"
    assert pen.turn("", "1") == "\x1b[1m"
    assert pen.turn("1;37;44", "1;37;41") == "\x1b[41m"
    assert pen.turn("1", "") == "\x1b[m"
    assert pen.turn("7", "1") == "\x1b[;1m"


def test_the_ground_is_what_a_space_shows():
    assert pen.ground("1;37;44") == "44"
    assert pen.ground("1;4") == "4"
    assert pen.ground("1;33") == ""


@pytest.mark.parametrize("steps", [-30, -3, -1, 0, 1, 2, 7, 30])
def test_moves(steps):
    screen = pyte.Screen(80, 80)
    stream = pyte.Stream(screen)
    stream.feed(pen.jump(40, 40) + pen.sideways(steps))
    assert (screen.cursor.y, screen.cursor.x) == (40, 40 + steps)
    stream.feed(pen.jump(40, 40) + pen.updown(steps))
    assert (screen.cursor.y, screen.cursor.x) == (40 + steps, 40)
    assert max(len(pen.sideways(steps)), len(pen.updown(steps))) <= 5


def test_a_jump_leaves_out_what_is_one():
    assert [pen.jump(0, 0), pen.jump(4, 0), pen.jump(0, 4)] == ["\x1b[H", "\x1b[5H", "\x1b[;5H"]
