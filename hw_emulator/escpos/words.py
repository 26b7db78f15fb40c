"""Rows of a roll → lines of text, for people and tests. No drawing.

Letters stand in the column where they are printed; what is no text is told in square brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.escpos.rows import COLUMN_DOTS, Bitmap, Item, Mark, OnRoll, Row, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE_DOTS = 30
_SETS = ("{A", "{B", "{C")


def lines(row: OnRoll, columns: int) -> list[str]:
    """``row`` in words; paper that was only fed is as many empty lines."""
    if isinstance(row, Mark):
        return [f"[{row.name}]"]
    if row.is_page:
        return _page(row.items)
    if not row.items:
        return [""] * (row.height // LINE_DOTS)
    if any(not isinstance(item.content, str) for item in row.items):
        return [_one(item) for item in row.items if not _is_blank(item)]
    return [_text(row, columns)]


def _text(row: Row, columns: int) -> str:
    text = _placed(row.items).rstrip()
    if not row.align:
        return text
    last = row.items[-1]
    letters = str(last.content).rstrip()
    used = -(-(last.x + len(letters) * last.style.cell[0]) // COLUMN_DOTS)
    free = max(0, columns - used)
    return " " * (free // 2 if row.align == 1 else free) + text


def _placed(items: Iterable[Item]) -> str:
    text = ""
    for item in items:
        text = text.ljust(round(item.x / COLUMN_DOTS)) + str(item.content)
    return text


def _page(items: Iterable[Item]) -> list[str]:
    by_line: dict[int, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.y, item.x)):
        by_line.setdefault(item.y, []).append(item)
    found = []
    for line in by_line.values():
        if all(isinstance(item.content, str) for item in line):
            found.append(_placed(line).rstrip())
        else:
            found += [_one(item) for item in line]
    return found


def _one(item: Item) -> str:
    content = item.content
    if isinstance(content, Bitmap):
        return f"[{content.name or 'image'} {content.width}x{content.height}]"
    if isinstance(content, Symbol):
        return f"[{content.kind}: {caption(content)}]"
    return content.rstrip()


def _is_blank(item: Item) -> bool:
    return isinstance(item.content, str) and not item.content.strip()


def caption(symbol: Symbol) -> str:
    """What a code says to people."""
    text = symbol.data.decode("utf-8", errors="replace")
    if symbol.kind in {"CODE128", "GS1-128"}:
        for change in _SETS:
            text = text.replace(change, "")
        text = text.replace("{{", "{")
    return text
