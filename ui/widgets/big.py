"""Amounts three rows high, to be read from a step away. Pure; half blocks, one cell each."""

from __future__ import annotations

HEIGHT = 3

# Five dots high, drawn two dots a row; the sixth row of dots stays empty.
_DOTS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ",": ("  ", "  ", "  ", " #", "# "),
    "-": ("  ", "  ", "##", "  ", "  "),
    " ": (" ", " ", " ", " ", " "),
}
_HALVES = {"  ": " ", "# ": "▀", " #": "▄", "##": "█"}


def big(text: str, width: int) -> tuple[str, str, str]:
    """``text`` of digits, ``,``, ``-`` and spaces in three rows, doubled where ``width`` allows."""
    for scale in (2, 1):
        rows = _draw(text, scale)
        if len(rows[0]) <= width:
            return rows
    return "", text[-width:] if width > 0 else "", ""


def _draw(text: str, scale: int) -> tuple[str, str, str]:
    dots = [
        " ".join("".join(dot * scale for dot in _DOTS[character][level]) for character in text)
        for level in range(5)
    ]
    dots.append(" " * len(dots[0]))
    top, middle, bottom = (
        "".join(_HALVES[upper + lower] for upper, lower in zip(dots[y], dots[y + 1], strict=True))
        for y in (0, 2, 4)
    )
    return top, middle, bottom
