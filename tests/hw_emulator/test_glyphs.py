from __future__ import annotations

import pytest
from PIL import ImageChops

from hw_emulator import glyphs
from hw_emulator.glyphs import NoFont, font_file, glyph, line_of
from hw_emulator.rows import PLAIN, Run, Style

LETTERS = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ€§└┘┌┐┴┬├┤│─┼█"


def dots(image) -> int:
    return sum(value < 128 for value in image.get_flattened_data())


def is_same(one, other) -> bool:
    return ImageChops.difference(one, other).getbbox() is None


@pytest.mark.parametrize("mark", LETTERS)
def test_every_letter_of_a_polish_receipt_has_a_glyph_of_its_own(mark):
    missing = glyph("\U0010fffe", PLAIN)
    assert dots(glyph(mark, PLAIN)) > 10
    assert not is_same(glyph(mark, PLAIN), glyph("�", PLAIN))
    assert not is_same(glyph(mark, PLAIN), missing)


def test_table_lines_meet_in_the_next_cell():
    line = line_of((Run("──┼──"),), 1000)
    bar = line.crop((0, 9, line.width, 15))
    columns = [min(bar.getpixel((x, y)) for y in range(bar.height)) for x in range(bar.width)]
    assert max(columns) < 200


@pytest.mark.parametrize(
    ("style", "size"),
    [
        (PLAIN, (12, 24)),
        (Style(wide=2), (24, 24)),
        (Style(high=2), (12, 48)),
        (Style(wide=8, high=8), (96, 192)),
        (Style(small=True), (9, 17)),
    ],
)
def test_cells(style, size):
    assert glyph("Ż", style).size == size


def test_styles_show():
    plain = dots(glyph("H", PLAIN))
    assert dots(glyph("H", Style(bold=True))) > plain
    assert dots(glyph("H", Style(underline=2))) >= plain + 24 - 4
    assert dots(glyph("H", Style(inverted=True))) > 12 * 24 / 2
    assert not is_same(glyph("H", Style(italic=True)), glyph("H", PLAIN))


def test_a_space_and_a_control_character_are_empty():
    assert dots(glyph(" ", PLAIN)) == dots(glyph("\x07", PLAIN)) == 0


def test_runs_stand_on_one_line_and_end_at_the_margin():
    line = line_of((Run("ab"), Run("C", Style(high=2, wide=2))), 1000)
    assert line.size == (48, 48)
    assert line.crop((0, 0, 24, 20)).getextrema() == (255, 255)
    assert line_of((Run("x" * 100),), 60).width == 60
    assert line_of((), 60).height == 24


def test_a_font_that_is_gone_is_named(monkeypatch):
    font_file.cache_clear()
    monkeypatch.setattr(glyphs.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(NoFont, match="DejaVuSansMono"):
        font_file()
    font_file.cache_clear()
