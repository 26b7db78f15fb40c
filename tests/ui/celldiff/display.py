"""A terminal of 80×25 or another size that is fed bytes: what it shows, cell by cell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyte

from ui.celldiff.letters import nearest
from ui.celldiff.painter import Painter
from ui.celldiff.picture import picture
from ui.widgets.row import plain
from ui.widgets.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.row import Row

_COLOURS = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")


class Display:
    """``painter`` is at the other end; ``show`` sends a screen and gives the bytes it took."""

    def __init__(self, charset: str = "utf-8", width: int = 80, height: int = 25) -> None:
        self.charset = charset
        self.painter = Painter(charset)
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        self.width = width
        self._screen = pyte.Screen(width, height)
        self._screen.reset_mode(pyte.modes.DECAWM)
        self._stream = pyte.Stream(self._screen)

    def show(self, rows: Sequence[Row], theme: str = "normal") -> bytes:
        sent = b"".join(self.painter.paint(picture(rows, self.width, theme)))
        self.feed(sent)
        return sent

    def feed(self, sent: bytes) -> None:
        self._stream.feed(sent.decode(self.charset))

    @property
    def lines(self) -> list[str]:
        return list(self._screen.display)

    @property
    def cursor(self) -> tuple[int, int] | None:
        at = self._screen.cursor
        return None if at.hidden else (at.y, at.x)

    def differs(self, rows: Sequence[Row], theme: str = "normal") -> list[str]:
        """Cells that do not look as they should, a line for each."""
        found, lines = [], self.lines
        for y, line in enumerate(rows):
            text = nearest(plain(line), self.charset)
            if text != lines[y]:
                found.append(f"{y}: {lines[y]} and not {text}")
            looks = [THEMES[theme][style].sgr for words, style in line for _ in words]
            shown = self._screen.buffer[y]
            for x, (character, look) in enumerate(zip(text, looks, strict=True)):
                seen = _looks(shown[x])
                if seen != _seen(character, look):
                    found.append(f"{y},{x}: {seen} and not {look}")
        return found


@lru_cache
def _looks(cell: pyte.screens.Char) -> tuple[object, ...]:
    ground = (cell.bg, cell.reverse, cell.underscore)
    return ground if cell.data == " " else (*ground, cell.fg, cell.bold)


@lru_cache
def _seen(character: str, look: str) -> tuple[object, ...]:
    codes = look.split(";")
    colour = {"3": "default", "4": "default"}
    colour |= {code[0]: _COLOURS[int(code[1])] for code in codes if len(code) > 1}
    ground = (colour["4"], "7" in codes, "4" in codes)
    return ground if character == " " else (*ground, colour["3"], "1" in codes)
