from __future__ import annotations

from hw_emulator.escpos import roll as under_test
from hw_emulator.escpos.roll import Roll
from hw_emulator.escpos.rows import Item, Mark, Row
from hw_emulator.paper import Paper
from hw_emulator.rows import Cut, Run, Text


def test_a_roll_is_told_in_words_and_shown():
    roll = Roll(Paper(), 32)
    roll.add(Row((Item(0, "abc"),), 30))
    roll.add(Mark("cut"))
    roll.add(Row((Item(0, "def"),), 30))
    assert roll.paper.text == "abc\n[cut]\ndef\n"
    first, second = roll.paper.printouts()
    assert first.printed == (Text((Run("abc"),), height=30), Cut())
    assert (first.lines, second.lines) == (("abc", "[cut]"), ("def",))
    assert (len(roll.rows), roll.dots) == (3, 60)


def test_a_roll_does_not_grow_for_ever(monkeypatch):
    monkeypatch.setattr(under_test, "ROWS_MAX", 3)
    roll = Roll(Paper(), 32)
    for number in range(5):
        roll.add(Row((Item(0, str(number)),), 30))
    assert [row.items[0].content for row in roll.rows] == ["2", "3", "4"]
    assert roll.dots == 150
