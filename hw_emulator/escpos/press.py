"""The print mechanism: operations of one stream → rows on the roll. No sensors, no lines.

Its settings are what ESC @ and a power cut bring back; the pictures in its memory survive both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hw_emulator.escpos.code_pages import CODE_PAGES, DEFAULT
from hw_emulator.escpos.rows import COLUMN_DOTS, Bitmap, Item, Mark, Row, Style, Symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hw_emulator.escpos.roll import Roll

LINE_DOTS = 30
TAB_COLUMNS = 8


@dataclass(slots=True)
class Modes:
    """Settings that ESC @ brings back."""

    codec: str = DEFAULT
    style: Style = field(default_factory=Style)
    align: int = 0
    spacing: int = LINE_DOTS
    letter_space: int = 0
    is_upside_down: bool = False
    left: int = 0
    width: int | None = None
    tabs: tuple[int, ...] | None = None
    symbol: Symbol = field(default_factory=lambda: Symbol("", b"", module=3))
    matrix: dict[int, Symbol] = field(default_factory=dict)
    downloaded: Bitmap | None = None
    graphics: Bitmap | None = None
    stops_when_low: bool = False
    buttons_off: bool = False


@dataclass(frozen=True, slots=True)
class Pulse:
    """A pulse to the drawer on ``pin`` 2 or 5."""

    pin: int
    on_ms: int
    off_ms: int


@dataclass(slots=True)
class Page:
    """Page mode: what is placed on an area before all of it is printed."""

    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0
    y: int = 0
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Press:
    """``columns`` letters of font A fit on a line; ``pages`` are the code pages by number."""

    roll: Roll
    columns: int
    pages: Mapping[int, str] = field(default_factory=lambda: CODE_PAGES)
    modes: Modes = field(default_factory=Modes)
    page: Page | None = None
    cuts: int = 0
    pulses: list[Pulse] = field(default_factory=list)
    memory: dict[str, Bitmap] = field(default_factory=dict)
    _items: list[Item] = field(default_factory=list)
    _x: int = 0

    @property
    def is_line_begun(self) -> bool:
        """Whether something waits to be printed."""
        return bool(self._items)

    @property
    def width(self) -> int:
        """Dots from the left margin to the end of the printing area."""
        if self.page and self.page.width:
            return self.page.width
        whole = self.columns * COLUMN_DOTS - self.modes.left
        return min(whole, self.modes.width or whole)

    def reset(self) -> None:
        """As after ESC @: what was not printed yet is gone."""
        self.modes = Modes()
        self.page = None
        self.drop_line()

    def drop_line(self) -> None:
        """Forget what waits to be printed."""
        self._items.clear()
        self._x = 0

    def text(self, text: str) -> None:
        """Put letters on the current line; a full line goes on the paper."""
        style = self.modes.style
        step = style.cell[0] + self.modes.letter_space * style.width
        while text:
            fit = (self.width - self._x) // step
            if fit <= 0 and self._x:
                self.end_line()
                continue
            part = text[: max(fit, 1)]
            self._letters(part, style)
            self._x += len(part) * step
            text = text[len(part) :]

    def _letters(self, text: str, style: Style) -> None:
        last = self._items[-1] if self._items else None
        if (
            last
            and isinstance(last.content, str)
            and last.style == style
            and not self.modes.letter_space
            and last.x + len(last.content) * style.cell[0] == self._x
        ):
            self._items[-1] = replace(last, content=last.content + text)
        else:
            self._items.append(Item(self._x, text, style))

    def picture(self, bitmap: Bitmap) -> None:
        """Put a picture on the current line, as wide as there is room."""
        if bitmap.width and bitmap.height:
            self._items.append(Item(self._x, bitmap))
            self._x += bitmap.width

    def block(self, content: Bitmap | Symbol) -> None:
        """Print a picture or a code on rows of its own, or place it on the page."""
        if self._items:
            self.end_line()
        height = content.height if isinstance(content, Bitmap) else 0
        self._emit((Item(0, content),), height)

    def move_to(self, x: int) -> None:
        """Go to ``x``; what lies outside of the printing area is ignored."""
        if 0 <= x < self.width:
            self._x = x

    def move_by(self, dots: int) -> None:
        """Go on by ``dots``, also back."""
        self.move_to(self._x + dots)

    def tab(self) -> None:
        """Go to the next tab stop; without one nothing happens."""
        cell = self.modes.style.cell[0]
        stops = self.modes.tabs
        if stops is None:
            step = TAB_COLUMNS * cell
            self.move_to((self._x // step + 1) * step)
            return
        self._x = next((stop * cell for stop in stops if stop * cell > self._x), self._x)

    def end_line(self, least: int | None = None) -> None:
        """Print the current line and feed; ``least`` is the line spacing unless told."""
        spacing = self.modes.spacing if least is None else least
        tallest = max((_height(item) for item in self._items), default=0)
        self._emit(tuple(self._items), max(spacing, tallest))
        self.drop_line()

    def feed(self, dots: int) -> None:
        """Print what waits and feed ``dots`` in all."""
        if self._items:
            before = max(self.modes.spacing, *(_height(item) for item in self._items))
            self.end_line()
            dots -= before
        if dots > 0:
            self._emit((), dots)

    def mark(self, name: str, detail: str = "") -> None:
        """Write down what happened to the paper."""
        if self._items:
            self.end_line()
        self.roll.add(Mark(name, detail))

    def pulse(self, pin: int, on_ms: int, off_ms: int) -> None:
        """Kick the drawer."""
        self.pulses.append(Pulse((2, 5)[pin], on_ms, off_ms))
        self.mark(f"drawer {pin + 1}", f"{on_ms} ms")

    def print_page(self) -> None:
        """Put on the paper what was placed on the page."""
        if self.page is None:
            return
        if self._items:
            self.end_line()
        items = self.page.items
        height = max((item.y + _height(item) for item in items), default=0)
        if items:
            self.roll.add(Row(tuple(items), max(height, self.page.height), is_page=True))
        self.page.items = []
        self.page.y = 0

    def _emit(self, items: tuple[Item, ...], height: int) -> None:
        page, modes = self.page, self.modes
        if page is None:
            placed = tuple(replace(item, x=item.x + modes.left) for item in items)
            self.roll.add(Row(placed, height, modes.align, modes.is_upside_down))
            return
        page.items += [replace(item, x=item.x + page.left, y=page.top + page.y) for item in items]
        page.y += height


def _height(item: Item) -> int:
    if isinstance(item.content, str):
        return item.style.cell[1]
    return item.content.height
