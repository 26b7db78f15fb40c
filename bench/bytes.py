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
_IDLE_LIMIT, _TICK_LIMIT = 0.005, 100.0
ACTIONS = ("first paint", "digit", "line added", "menu opened")


@dataclass(slots=True)
class Count:
    """Bytes of each action, and of all with the cells that changed."""

    screen: Screen
    sizes: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in ACTIONS})
    total: int = 0
    cells: int = 0
    idle: float = 0.0
    tick: float = 0.0

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

    def rest(self, seconds: float) -> None:
        """Nobody presses anything: the share of a processor, and bytes a second for the clock."""
        used_s, heard = self.screen.cpu_s(), self.screen.heard
        self.screen.rest(seconds)
        self.idle = (self.screen.cpu_s() - used_s) / seconds
        self.tick = (self.screen.heard - heard) / seconds

    def middle(self, name: str) -> float:
        """The median of an action."""
        return median(self.sizes[name])


def rows(run: Run) -> list[Row]:
    """A row for each action, one for the cells."""
    place, digits, idle_s = shop(run), run.some(24, 8), run.some(30, 5)
    cells = _sell(_with_driver(place.folder, "cells"), digits, idle_s)
    full = _sell(_with_driver(place.folder, "full"), digits, idle_s)
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
    return [*found, *_whole(cells, full, idle_s)]


def _whole(cells: Count, full: Count, idle_s: float) -> list[Row]:
    """What a session costs, and a screen at which nobody does anything."""
    each, its = (one.total / one.cells for one in (cells, full))
    peer = "by Textual's driver"
    return [
        Row(
            "bytes a changed cell",
            short(each),
            f"limit {CELL_LIMIT:.0f}",
            each / CELL_LIMIT,
            1.0,
            f"{cells.cells} cells of a session; {peer} {short(its)}",
        ),
        Row(
            "bytes a tick of the clock",
            short(cells.tick),
            f"limit {_TICK_LIMIT:.0f}",
            cells.tick / _TICK_LIMIT,
            1.0,
            f"{peer} {short(full.tick)}",
        ),
        Row(
            "idle processor, cells",
            f"{cells.idle:.2%}",
            f"limit {_IDLE_LIMIT:.1%}",
            cells.idle / _IDLE_LIMIT,
            1.0,
            f"{idle_s} s; {peer} {full.idle:.2%}",
        ),
    ]


def _with_driver(folder: Path, driver: str) -> list[str]:
    """The till of the shop, with that driver on its screen."""
    config = folder / f"till-{driver}.toml"
    text = (folder / "till.toml").read_text(encoding="utf-8")
    extra = f'driver = "{driver}"\ncharset = "utf-8"\n'
    config.write_text(text.replace("[screen]\n", f"[screen]\n{extra}"), encoding="utf-8")
    return [sys.executable, "-m", "ui", "run", "--config", str(config)]


def _sell(command: list[str], digits: int, idle_s: float) -> Count:
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
        count.rest(idle_s)
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
