"""A report on the receipt printer's narrow paper. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.paper import RULE, Row, Slip
from terminal.i18n import translate as _
from terminal.paper.documents import not_fiscal
from terminal.reports.sheet import Unit, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.reports.sheet import Cell, Sheet


def sheet_slip(sheet: Sheet, terminal: str, operator: str, at: str) -> Slip:
    """Each row is its name and the last figure, the others below; the sum comes last."""
    rows = [
        not_fiscal(),
        Row(sheet.about),
        Row(_("Till"), terminal),
        Row(_("Operator"), operator),
        Row(_("Date"), at[:16].replace("T", " ")),
        RULE,
        *(one for cells in sheet.rows for one in _rows(sheet, cells)),
    ]
    if sheet.total:
        rows += [RULE, *_rows(sheet, sheet.total, is_bold=True)]
    return Slip(sheet.title, (*rows, not_fiscal()))


def _rows(sheet: Sheet, cells: tuple[Cell, ...], *, is_bold: bool = False) -> Iterator[Row]:
    texts = [shown(cell, column.unit) for cell, column in zip(cells, sheet.columns, strict=True)]
    yield Row(" ".join(filter(None, _names(sheet, texts))), texts[-1], is_bold=is_bold)
    between = [
        f"{head} {text}"
        for head, text, column in zip(sheet.heads(), texts, sheet.columns, strict=True)
        if column.unit is not Unit.TEXT and text
    ]
    # The first is part of the name where it numbers the row, the last stands at the right.
    details = between[1:-1] if sheet.columns[0].unit is Unit.COUNT else between[:-1]
    if details:
        yield Row("  " + ", ".join(details))


def _names(sheet: Sheet, texts: list[str]) -> Iterator[str]:
    for no, (text, column) in enumerate(zip(texts, sheet.columns, strict=True)):
        if no == 0 or (no == 1 and column.unit is Unit.TEXT):
            yield text
