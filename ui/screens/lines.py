"""The lines of a receipt as rows, for the selling screen and for a printed sale. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from ui.amounts import quantity, zloty
from ui.screens.discounts import reduction_words
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.sale.line import Line
    from terminal.sale.receipt import Receipt
    from ui.widgets.row import Row

_NO, _QTY, _VALUE = 4, 22, 12


def heading(width: int) -> Row:
    """Names of the columns."""
    return row.row(width, (_columns(width, "", "", *_titles()), row.DIM))


def line_rows(width: int, height: int, receipt: Receipt, marked: int) -> list[Row]:
    """Rows around line ``marked`` (-1: none); the last line is always among them."""
    blocks = [
        _block(width, no, line, is_marked=no == marked) for no, line in enumerate(receipt.lines)
    ]
    last = len(blocks) - 1
    if not blocks or not 0 <= marked < last:
        return _around(blocks, last, height) if blocks else []
    tail = blocks[last]
    shown = _around(blocks[:last], marked, max(1, height - len(tail)))[: height - 1]
    return [*shown, *tail[: height - len(shown)]]


def changed_line(old: Receipt | None, new: Receipt) -> int:
    """The line that a change touched; the last one when that cannot be told."""
    before = old.lines if old is not None and old.rid == new.rid else ()
    for no in range(len(new.lines) - 1, -1, -1):
        if no >= len(before) or before[no] != new.lines[no]:
            return no
    return len(new.lines) - 1


def _around(blocks: list[list[Row]], marked: int, height: int) -> list[Row]:
    """Whole blocks with the marked one as low as possible."""
    shown = blocks[marked][:height]
    for block in reversed(blocks[:marked]):
        if len(shown) + len(block) > height:
            return shown
        shown = [*block, *shown]
    for block in blocks[marked + 1 :]:
        if len(shown) + len(block) > height:
            return shown
        shown = [*shown, *block]
    return shown


def _titles() -> tuple[str, str, str]:
    return translate("Name"), translate("Quantity × price"), translate("Value")


def _columns(width: int, mark: str, no: str, name: str, qty: str, value: str) -> str:
    room = width - _NO - _QTY - _VALUE - 3
    return " ".join(
        (
            mark.ljust(1) + row.fit(no, _NO - 1, right=True),
            row.fit(name, room),
            row.fit(qty, _QTY, right=True),
            row.fit(value, _VALUE - 1, right=True),
        )
    )


def signs(line: Line) -> str:
    """What is special about a line: reduced or dearer, a price typed by hand, an age."""
    found = ["%"] if line.discount_gr else []
    found += ["*"] if line.price_gr != line.list_price_gr else []
    found += [f"{line.min_age}+"] if line.min_age else []
    return "".join(f" {sign}" for sign in found)


def _block(width: int, no: int, line: Line, *, is_marked: bool) -> list[Row]:
    qty = f"{quantity(line.qty_milli)} {line.unit} × {zloty(line.price_gr)}"
    mark = ">" if is_marked else ""
    value, name, style = f"{zloty(line.value_gr)} {line.vat}", line.name, row.TEXT
    if line.is_void:
        name, style = translate("VOID {name}", name=line.name), row.VOID
    elif is_marked:
        style = row.MARK
    name = row.fit(name, width - _NO - _QTY - _VALUE - 3 - len(signs(line))).rstrip() + signs(line)
    rows = [row.row(width, (_columns(width, mark, str(no + 1), name, qty, value), style))]
    if line.discount_gr and not line.is_void:
        off = _columns(width, "", "", reduction_words(line), "", f"{zloty(-line.discount_gr)}  ")
        rows.append(row.row(width, (off, style)))
    return rows
