from __future__ import annotations

import pytest
from rich.style import Style

from ui.screens.look import THEMES as OFFERED
from ui.widgets import row
from ui.widgets.themes import MONO, THEMES

# What the letters of a Linux console have for 30 to 37, and bold ones beside them.
VGA = ((0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170))
VGA += ((0, 170, 170), (170, 170, 170))
CONTRAST_MIN, HIGH_CONTRAST_MIN = 4.5, 7.0


def luminance(colour) -> float:
    parts = [part / 255 for part in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other) -> float:
    """As WCAG 2 counts it."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def sixteen(sgr: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    codes = sgr.split(";")
    fore, back = VGA[7], VGA[0]
    for code in codes:
        if len(code) == 2:
            colour = VGA[int(code[1])]
            fore, back = (colour, back) if code[0] == "3" else (fore, colour)
    if "1" in codes:
        fore = tuple(min(255, part + 85) for part in fore)
    return fore, back


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_knows_every_style_and_can_be_chosen(theme):
    styles = {row.TEXT, row.DIM, row.BAR, row.TITLE, row.MARK, row.VOID, row.ERROR, row.NOTE}
    styles |= {row.ENTRY, row.TOTAL, row.STRONG, row.WARN, row.GOOD}
    assert set(THEMES[theme]) == styles
    assert theme in OFFERED


@pytest.mark.parametrize("theme", ["normal", "contrast"])
def test_everything_can_be_read(theme):
    wanted = HIGH_CONTRAST_MIN if theme == "contrast" else CONTRAST_MIN
    for style, look in THEMES[theme].items():
        full = Style.parse(look.words)
        pair = full.color.get_truecolor(), full.bgcolor.get_truecolor()
        assert contrast(*pair) >= wanted, (style, "full")
        assert contrast(*sixteen(look.sgr)) >= wanted, (style, "sixteen")


def test_mono_has_no_colour():
    for look in MONO.values():
        style = Style.parse(look.words)
        assert style.color is None
        assert style.bgcolor is None
        assert all(len(code) <= 1 for code in look.sgr.split(";"))


def test_what_is_wrong_looks_unlike_what_is_right_in_every_theme():
    for theme in THEMES.values():
        for attribute in ("words", "sgr"):
            looks = {style: getattr(look, attribute) for style, look in theme.items()}
            assert looks[row.ERROR] != looks[row.NOTE]
            assert looks[row.MARK] != looks[row.TEXT]
            assert looks[row.BAR] != looks[row.TEXT]


def test_colours_of_sixteen_are_what_every_terminal_has():
    for theme in THEMES.values():
        for look in theme.values():
            for code in filter(None, look.sgr.split(";")):
                assert code in {"1", "4", "7"} or 30 <= int(code) <= 37 or 40 <= int(code) <= 47
