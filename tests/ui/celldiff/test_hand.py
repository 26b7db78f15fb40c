from __future__ import annotations

import itertools
import random

import pyte
import pytest

from ui.celldiff.hand import BLANK, Hand, same

LOOKS = ("", "1", "7", "1;4", "1;37;44", "30;47")


def test_a_space_shows_its_ground_only():
    assert same((" ", "1;33"), BLANK)
    assert not same((" ", "7"), BLANK)
    assert same((" ", "1;37;44"), (" ", "30;44"))
    assert not same(("x", "1"), ("x", ""))
    assert not same(("x", ""), ("y", ""))


def test_from_each_place_to_each_other_by_the_shortest_way():
    written = [(sign, "") for sign in "0123456789"]
    places = list(itertools.product((0, 1, 5, 8, 9), (0, 1, 4, 9)))
    for start, end in itertools.product(places, places):
        screen = pyte.Screen(10, 10)
        stream = pyte.Stream(screen)
        for y in range(10):
            stream.feed(f"\x1b[{y + 1}H0123456789")
        hand = Hand(10)
        stream.feed("\x1b[H" + hand.go(*start))
        text = hand.go(*end, written)
        stream.feed(text)
        assert (screen.cursor.y, screen.cursor.x) == (hand.y, hand.x) == end
        assert len(text) <= len("\x1b[10;10H")
        assert screen.display == ["0123456789"] * 10


def test_what_lies_between_is_written_again_only_when_it_looks_right():
    assert Hand(80, "", 0, 0).go(0, 2, [("a", ""), ("b", "")]) == "ab"
    assert Hand(80, "", 0, 0).go(0, 2, [("a", "1"), ("b", "1")]) == "\x1b[2C"
    assert Hand(80, "", 0, 0).go(0, 2, [(" ", "1"), (" ", "33")]) == "  "


def test_behind_the_last_column_nobody_knows_where_the_cursor_is():
    hand = Hand(3, "", 0, 2)
    assert hand.put(("x", "")) == "x"
    assert hand.x is None
    # From there only ways that do not count columns.
    assert hand.go(0, 1, []) in {"\r\x1b[C", "\x1b[;2H"}


@pytest.mark.parametrize("seed", range(20))
def test_looks_come_out_right_in_any_order(seed):
    dice = random.Random(seed)
    cells = [(dice.choice("ab "), dice.choice(LOOKS)) for _ in range(30)]
    hand = Hand(80, None)
    sent = "".join(hand.put(cell) for cell in cells)
    alone = ["".join(Hand(80, None).put(cell)) for cell in cells]
    assert [look(sent, x) for x in range(30)] == [look(one, 0) for one in alone]


def look(sent: str, x: int) -> tuple[object, ...]:
    screen = pyte.Screen(80, 1)
    pyte.Stream(screen).feed(sent)
    cell = screen.buffer[0][x]
    ground = (cell.data, cell.bg, cell.reverse, cell.underscore)
    return ground if cell.data == " " else (*ground, cell.fg, cell.bold)


def test_erasing_leaves_the_hand_where_it_is():
    screen = pyte.Screen(10, 1)
    stream = pyte.Stream(screen)
    hand = Hand(10)
    stream.feed("".join(hand.put(("x", "1;37;44")) for _ in range(9)))
    stream.feed(hand.go(0, 4) + hand.erase() + hand.put(("y", "")))
    assert screen.display == ["xxxxy     "]
    assert screen.buffer[0][7].bg == "default"
    assert hand.x == 5
