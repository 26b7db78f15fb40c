from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.sale.line import Line
from terminal.sale.receipt import Receipt
from ui.screens.lines import changed_line, heading, line_rows, signs
from ui.widgets.row import MARK, VOID, plain

LINE = Line("p1", "1", "", "Mleko", "szt", 0, "A", 2300, 349, 349, 2000)


def receipt(*lines):
    return Receipt("r1", "", "u1", "Anna", lines=lines)


def texts(*args):
    return [plain(line) for line in line_rows(*args)]


def test_a_line_with_a_discount_takes_two_rows():
    rows = texts(60, 5, receipt(replace(LINE, discount_gr=50)), 0)
    assert rows[0].split() == [">", "1", "Mleko", "%", "2", "szt", "×", "3,49", "6,98", "A"]
    assert rows[1].split() == ["Discount", "-0,50"]
    assert {len(line) for line in rows} == {60}


def test_marks_and_voids_have_words_and_styles():
    rows = line_rows(60, 5, receipt(replace(LINE, is_void=True), LINE), 1)
    assert [line[0][1] for line in rows] == [VOID, MARK]
    assert "VOID Mleko" in plain(rows[0])


@pytest.mark.parametrize("marked", [-1, 0, 1, 17, 38, 39])
@pytest.mark.parametrize("height", [3, 7, 12])
def test_the_last_line_and_the_marked_one_are_always_visible(marked, height):
    lines = [replace(LINE, name=f"n{no}", discount_gr=no % 2) for no in range(40)]
    rows = texts(60, height, receipt(*lines), marked)
    assert len(rows) <= height
    assert any("n39 " in line for line in rows)
    assert marked < 0 or any(f"n{marked} " in line for line in rows)


def test_no_lines_no_rows():
    assert line_rows(60, 5, receipt(), -1) == []
    assert plain(heading(60)).split() == ["Name", "Quantity", "×", "price", "Value"]


def test_changed_line():
    old = receipt(LINE, LINE)
    assert changed_line(None, old) == 1
    assert changed_line(old, receipt(LINE, LINE, LINE)) == 2
    assert changed_line(old, receipt(replace(LINE, is_void=True), LINE)) == 0
    assert changed_line(old, old) == 1
    assert changed_line(old, receipt()) == -1
    assert changed_line(replace(old, rid="r0"), receipt(LINE)) == 0


def test_signs_stand_behind_the_name_however_long_it_is():
    long = replace(LINE, name="Wódka wyborowa z dębowej beczki 0,7 l", min_age=18)
    reduced = replace(long, discount_gr=-50, price_gr=300)
    rows = texts(80, 9, receipt(long, reduced), -1)
    assert "… 18+ " in rows[0]
    assert "… % * 18+ " in rows[1]
    assert {len(one) for one in rows} == {80}
    assert signs(replace(LINE, list_price_gr=349)) == ""
