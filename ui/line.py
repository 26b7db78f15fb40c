"""The line that the cashier's screen is on: driver, letters, colours, flow control, sounds. Pure.

Whatever the configuration leaves to us follows from what the terminal calls itself, and from
whether its line is a serial one: there a menu by Textual's own driver takes seconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal.config import Screen

# DEC's own, which have neither colours nor UTF-8; also what getty calls anything on a serial line.
_VT = re.compile(r"vt[1-5]\d\d")
_SERIAL = re.compile(r"/dev/tty[A-Z]|/dev/hvc|/dev/rfcomm")
_CODESETS = {"utf8": "utf-8", "iso88592": "iso-8859-2"}


@dataclass(frozen=True, slots=True)
class Line:
    """As decided: ``is_cells`` sends changed cells only, ``is_console`` has a bell with pitch."""

    is_cells: bool = False
    charset: str = "utf-8"
    theme: str = "normal"
    flow: str = "none"
    sounds: str = "all"
    is_console: bool = False


def line(screen: Screen, environment: Mapping[str, str], device: str) -> Line:
    """The line on ``device`` (empty when it is none) for a configuration."""
    terminal = environment.get("TERM", "")
    is_vt = _VT.match(terminal) is not None
    is_slow = is_vt or _SERIAL.match(device) is not None
    charset = "ascii" if is_vt else _codeset(environment)
    theme = "mono" if is_vt or environment.get("NO_COLOR") else "normal"
    return Line(
        is_cells=is_slow if screen.driver == "auto" else screen.driver == "cells",
        charset=charset if screen.charset == "auto" else screen.charset,
        theme=theme if screen.theme == "auto" else screen.theme,
        flow=screen.flow,
        sounds=screen.sounds,
        is_console=terminal.startswith("linux"),
    )


def _codeset(environment: Mapping[str, str]) -> str:
    """What the locale says; ASCII when it says nothing that we know."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "")
    codeset = locale.partition(".")[2].partition("@")[0]
    return _CODESETS.get(codeset.lower().replace("-", ""), "ascii")
