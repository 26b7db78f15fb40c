"""What the press has put on the roll → rows that every device's paper is drawn from. No drawing.

Bar codes and PDF417 are bars already, exactly as this printer makes them; a QR code is left to
whoever draws, for most papers are never looked at. A picture within a line of letters, turned
letters and overlaps on a page stand one below the other, upright.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator import rows as paper
from hw_emulator.escpos.bars import check_digit, modules
from hw_emulator.escpos.rows import COLUMN_DOTS, Bitmap, Item, Mark, OnRoll, Row, Style, Symbol
from hw_emulator.escpos.words import caption

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LEVELS = "LMQH"
_CHECKED = {"EAN13": 13, "EAN8": 8, "UPC-A": 12}
_ABOVE, _BELOW = 1, 2


def shown(row: OnRoll) -> list[paper.Row]:
    """``row`` as it looks."""
    if isinstance(row, Mark):
        return [paper.Cut(is_partial=row.detail == "partial")] if row.name == "cut" else []
    if row.is_page:
        return list(_page(row.items))
    if not row.items:
        return [paper.Feed(row.height)]
    return list(_line(row))


def _line(row: Row) -> Iterator[paper.Row]:
    align = paper.Align(row.align)
    letters: list[Item] = []
    for item in row.items:
        if isinstance(item.content, str):
            letters.append(item)
            continue
        if any(str(one.content).strip() for one in letters):
            yield _text(letters, row)
        letters = []
        if isinstance(item.content, Bitmap):
            yield _bitmap(item.content, align, item.x)
        else:
            yield from _symbol(item.content, align, item.x)
    if letters:
        yield _text(letters, row)


def _text(items: Iterable[Item], row: Row) -> paper.Text:
    runs: list[paper.Run] = []
    x = 0
    for item in items:
        text = str(item.content)
        if gap := round((item.x - x) / COLUMN_DOTS):
            runs.append(paper.Run(" " * gap))
        runs.append(paper.Run(text, _style(item.style)))
        x = item.x + len(text) * item.style.cell[0]
    align = paper.Align(row.align)
    return paper.Text(tuple(runs), align, row.height, upside_down=row.is_upside_down)


def _style(style: Style) -> paper.Style:
    return paper.Style(
        bold=style.is_bold,
        underline=style.underline,
        inverted=style.is_inverse,
        wide=style.width,
        high=style.height,
        small=style.font == "B",
    )


def _bitmap(bitmap: Bitmap, align: paper.Align, x: int) -> paper.Bitmap:
    return paper.Bitmap(bitmap.width, bitmap.height, bitmap.bits, align, indent=x)


def _symbol(symbol: Symbol, align: paper.Align, x: int) -> Iterator[paper.Row]:
    if symbol.kind == "QR":
        level = _LEVELS[min(symbol.level, len(_LEVELS) - 1)]
        yield paper.Code("QR", caption(symbol), symbol.module, level=level, align=align, indent=x)
        return
    bars = modules(symbol)
    if not bars:
        return
    label = paper.Text((paper.Run(_label(symbol)),), align, indent=x)
    if symbol.captions & _ABOVE:
        yield label
    down = symbol.height * (symbol.module if len(bars) > 1 else 1)
    width = len(bars[0])
    data = b"".join(_packed(row) for row in bars)
    yield paper.Bitmap(width, len(bars), data, align, symbol.module, down, x)
    if symbol.captions & _BELOW:
        yield label


def _packed(dots: str) -> bytes:
    size = -(-len(dots) // 8)
    return int(dots.ljust(size * 8, "0"), 2).to_bytes(size)


def _label(symbol: Symbol) -> str:
    text = caption(symbol)
    size = _CHECKED.get(symbol.kind)
    return text + check_digit(text) if size and len(text) == size - 1 else text


def _page(items: Iterable[Item]) -> Iterator[paper.Row]:
    by_line: dict[int, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.y, item.x)):
        by_line.setdefault(item.y, []).append(item)
    end = 0
    for y, line in by_line.items():
        if y > end:
            yield paper.Feed(y - end)
        tallest = max(one.style.cell[1] if isinstance(one.content, str) else 0 for one in line)
        yield from _line(Row(tuple(line), tallest))
        heights = [one.content.height for one in line if isinstance(one.content, Bitmap)]
        end = y + max([tallest, *heights])
