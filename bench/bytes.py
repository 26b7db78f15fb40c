"""Bytes to a serial terminal of 80×25: what a digit, a line, a menu cost, and each changed cell.

The peer is a screen of Textual's own widgets. Beside it stands our own screen by Textual's driver,
which is what the driver of cells replaces. All call themselves ``linux``; the clock's ticks count.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from bench.measure import Row, short
from bench.screen import screen
from bench.shop import ARTICLE, BARCODE, log_in, shop, shows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.measure import Run
    from bench.screen import Screen

STOCK = [sys.executable, "-m", "bench.stock"]
SHARE, CELL_LIMIT = 1 / 7, 4.0
_BACK, _MENU, _ESC = "\x7f", "\x1b[21~", "\x1b"
_REST_S = 0.3
_LINES = 5
ACTIONS = ("first paint", "digit", "line added", "menu opened")


@dataclass(slots=True)
class Count:
    """Bytes of each action, and of all with the cells that changed."""

    screen: Screen
    sizes: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in ACTIONS})
    total: int = 0
    cells: int = 0

    def do(self, keys: str, name: str = "") -> None:
        """Press keys, wait until nothing more comes, note what came."""
        before = self.screen.cells
        self.screen.type(keys)
        self.note(self.screen.rest(_REST_S), before, name)

    def note(self, size: int, before: list[object], name: str) -> None:
        """So many bytes since the screen was as ``before``."""
        self.total += size
        self.cells += sum(a != b for a, b in zip(before, self.screen.cells, strict=True))
        if name:
            self.sizes[name].append(size)

    def middle(self, name: str) -> float:
        """The median of an action."""
        return median(self.sizes[name])


def rows(run: Run) -> list[Row]:
    """A row for each action, one for the cells."""
    place, digits = shop(run), run.some(24, 8)
    cells = _sell(_with_driver(place.folder, "cells"), digits)
    full = _sell(_with_driver(place.folder, "full"), digits)
    stock = _play(digits)
    found = []
    for name in ACTIONS:
        ours, theirs = cells.middle(name), stock.middle(name)
        found.append(
            Row(
                f"bytes, {name}",
                short(ours),
                f"Textual's widgets {short(theirs)}",
                ours / theirs,
                SHARE,
                f"our screen by Textual's driver {short(full.middle(name))}; 80×25, TERM=linux",
            )
        )
    each, its = (one.total / one.cells for one in (cells, full))
    how = f"{cells.cells} cells of a session; by Textual's driver {short(its)}"
    found.append(
        Row("bytes a changed cell", short(each), f"limit {CELL_LIMIT:.0f}", each / 4, 1.0, how)
    )
    return found


def _with_driver(folder: Path, driver: str) -> list[str]:
    """The till of the shop, with that driver on its screen."""
    config = folder / f"till-{driver}.toml"
    text = (folder / "till.toml").read_text(encoding="utf-8")
    extra = f'driver = "{driver}"\ncharset = "utf-8"\n'
    config.write_text(text.replace("[screen]\n", f"[screen]\n{extra}"), encoding="utf-8")
    return [sys.executable, "-m", "ui", "run", "--config", str(config)]


def _sell(command: list[str], digits: int) -> Count:
    with screen(command, "linux") as till:
        count = _first(till, shows("Identifier"))
        log_in(till)
        till.until(shows("printer OK"))
        till.rest(1.0)
        _digits(count, digits)
        for _ in range(_LINES):
            count.do(f"{BARCODE}\r", "line added")
            till.until(shows(ARTICLE))
        _menu(count)
    return count


def _play(digits: int) -> Count:
    with screen(STOCK, "linux") as stock:
        count = _first(stock, lambda text: "TOTAL" in text)
        _digits(count, digits)
        for _ in range(_LINES):
            count.do(f"{BARCODE}\r", "line added")
        _menu(count)
    return count


def _first(program: Screen, condition: Callable[[str], object]) -> Count:
    count = Count(program)
    before = program.cells
    program.until(condition)
    program.rest(_REST_S)
    count.note(program.heard, before, "first paint")
    return count


def _digits(count: Count, digits: int) -> None:
    for no in range(digits):
        count.do(str(no % 9 + 1), "digit")
        count.do(_BACK)


def _menu(count: Count) -> None:
    for _ in range(3):
        count.do(_MENU, "menu opened")
        count.do(_ESC)
