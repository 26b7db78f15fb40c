"""Characters as a receipt printer prints them: one cell each, Polish letters and table lines too.

The font is DejaVu Sans Mono, which python-barcode ships for its own captions (see the decision on
fonts in ``docs/adr``). Needs Pillow.
"""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFont

from hw_emulator.rows import CELL_HEIGHT, SMALL_HEIGHT

if TYPE_CHECKING:
    from hw_emulator.rows import Run, Style

BLACK, WHITE = 0, 255
# Sizes at which the font's advance is that of a cell, 12 and 9 dots.
_SIZE, _SMALL_SIZE = 20, 15
_SLANT = 0.2
_CACHE_MAX = 4096


class NoFont(Exception):
    """The font file is not where python-barcode keeps it."""


@lru_cache(maxsize=1)
def font_file() -> Path:
    """Where the font is; raises NoFont."""
    found = importlib.util.find_spec("barcode")
    path = Path(found.origin or "").parent / "fonts" / "DejaVuSansMono.ttf" if found else Path()
    if not path.is_file():
        msg = "no DejaVuSansMono.ttf in python-barcode (python-escpos brings it)"
        raise NoFont(msg)
    return path


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(), size)


@lru_cache(maxsize=_CACHE_MAX)
def glyph(mark: str, style: Style) -> Image.Image:
    """One character in its cell: dark on light, or the other way round when inverted."""
    magnified = max(style.wide, style.high)
    base = SMALL_HEIGHT if style.small else CELL_HEIGHT
    size = (_SMALL_SIZE if style.small else _SIZE) * magnified
    cell = Image.new("L", (style.width // style.wide * magnified, base * magnified), WHITE)
    drawn = ImageDraw.Draw(cell)
    if mark.isprintable() and not mark.isspace():
        # Emphasis is what the head does for it: the same dots once more, half a dot on.
        for shift in range(2 if style.bold else 1):
            # Font B is one dot lower than its cell: without the lift it loses its underscores.
            place = (shift * magnified, -magnified if style.small else 0)
            drawn.text(place, mark, BLACK, _font(size), anchor="la")
    if style.italic:
        slant = (1, _SLANT, -_SLANT * cell.height / 2, 0, 1, 0)
        cell = cell.transform(cell.size, Image.Transform.AFFINE, slant, fillcolor=WHITE)
    cell = cell.resize((style.width, style.height), Image.Resampling.LANCZOS)
    if style.underline:
        line = (0, style.height - style.underline, style.width, style.height)
        ImageDraw.Draw(cell).rectangle(line, BLACK)
    return ImageChops.invert(cell) if style.inverted else cell


def line_of(runs: tuple[Run, ...], width: int) -> Image.Image:
    """Runs side by side on one base line, as wide as they are but not wider than ``width``."""
    marks = [(mark, run.style) for run in runs for mark in run.text]
    height = max((style.height for _, style in marks), default=CELL_HEIGHT)
    total = min(width, sum(style.width for _, style in marks))
    line = Image.new("L", (max(1, total), height), WHITE)
    x = 0
    for mark, style in marks:
        if x >= width:
            break
        line.paste(glyph(mark, style), (x, height - style.height))
        x += style.width
    return line
