"""How the named styles of a row look, theme by theme. Pure data, for both drivers of the screen.

    normal    colours
    contrast  bright white and yellow on black, black on white and yellow, errors on red
    mono      no colour: bold, underlined, reversed

``sgr`` keeps to what every colour terminal has: 30 to 37 and 40 to 47, bold for the bright ones. No
style is alone in saying something: what it marks has a word or a sign as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets import row


@dataclass(frozen=True, slots=True)
class Look:
    """One style: ``words`` as Rich has them, for full colour; ``sgr`` for sixteen colours."""

    words: str
    sgr: str


Theme = dict[str, Look]
NORMAL: Theme = {
    row.TEXT: Look("#e8e8e8 on #000000", ""),
    row.DIM: Look("#a8a8a8 on #000000", ""),
    row.BAR: Look("#000000 on #c8c8c8", "30;47"),
    row.GOOD: Look("bold #004d1a on #c8c8c8", "30;42"),
    row.TITLE: Look("bold #ffffff on #004a80", "1;37;44"),
    row.MARK: Look("bold #000000 on #f0c000", "30;46"),
    row.VOID: Look("strike #a8a8a8 on #000000", ""),
    row.ERROR: Look("bold #ffffff on #b00000", "1;37;41"),
    row.NOTE: Look("bold #ffffff on #006030", "30;42"),
    row.ENTRY: Look("bold #ffffff on #303030", "1"),
    row.TOTAL: Look("bold #ffe000 on #000000", "1;33"),
    row.STRONG: Look("bold #ffffff on #000000", "1"),
    row.WARN: Look("bold #ff8060 on #000000", "1;31"),
}
_BRIGHT = Look("bold #ffffff on #000000", "1;37")
_INVERSE = Look("bold #000000 on #ffffff", "30;47")
_YELLOW = Look("bold #ffff00 on #000000", "1;33")
_ON_YELLOW = Look("bold #000000 on #ffff00", "30;46")
CONTRAST: Theme = {
    **dict.fromkeys((row.TEXT, row.DIM, row.VOID, row.STRONG, row.ENTRY), _BRIGHT),
    **dict.fromkeys((row.BAR, row.GOOD, row.TITLE, row.NOTE), _INVERSE),
    row.MARK: _ON_YELLOW,
    row.ERROR: NORMAL[row.ERROR],
    **dict.fromkeys((row.TOTAL, row.WARN), _YELLOW),
}
_PLAIN, _BOLD = Look("", ""), Look("bold", "1")
_FIELD, _REVERSE, _ALARM = (
    Look("bold underline", "1;4"),
    Look("reverse", "7"),
    Look("bold reverse", "1;7"),
)
MONO: Theme = {
    **dict.fromkeys((row.TEXT, row.DIM, row.VOID), _PLAIN),
    **dict.fromkeys((row.STRONG, row.TOTAL, row.NOTE, row.WARN), _BOLD),
    **dict.fromkeys((row.BAR, row.GOOD, row.TITLE, row.MARK), _REVERSE),
    row.ENTRY: _FIELD,
    row.ERROR: _ALARM,
}
THEMES: dict[str, Theme] = {"normal": NORMAL, "contrast": CONTRAST, "mono": MONO}
