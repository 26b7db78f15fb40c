from __future__ import annotations

from ui.screens.notes import Counted, words


def test_notes_begin_with_a_comma_and_add_up() -> None:
    counted = Counted()
    assert counted.add(",", "4") == "10000"
    assert counted.add("10000", "2") == "12000"


def test_an_amount_that_is_typed_is_no_note() -> None:
    counted = Counted()
    assert counted.add("", "4") is None
    assert counted.add("10000", "2") is None
    counted.add(",", "1")
    assert counted.add("100", "1") is None  # a digit was taken back: typed from here on
    assert counted.add(",", "7") is None


def test_the_row_names_each_note() -> None:
    assert words() == "1 = 10  2 = 20  3 = 50  4 = 100  5 = 200  6 = 500"
