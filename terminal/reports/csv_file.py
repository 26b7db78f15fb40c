"""A report as a CSV file that the spreadsheet of a Polish office opens by a double click. Pure.

UTF-8 with BOM, semicolons, decimal commas, CRLF. A text that a spreadsheet would take for a formula
gets an apostrophe before it; figures are ours and need none.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from terminal.reports.sheet import Unit

if TYPE_CHECKING:
    from terminal.reports.sheet import Cell, Sheet

_BOM = "\ufeff"
# What begins a formula in one spreadsheet or another (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_PLACES = {Unit.MONEY: 2, Unit.QTY: 3}


def csv_bytes(sheet: Sheet) -> bytes:
    """Title, heads, rows and sum."""
    text = StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([safe(sheet.title), safe(sheet.about)])
    lines.writerow(map(safe, sheet.heads()))
    units = [column.unit for column in sheet.columns]
    for row in (*sheet.rows, *([sheet.total] if sheet.total else [])):
        lines.writerow(_cell(cell, unit) for cell, unit in zip(row, units, strict=True))
    return (_BOM + text.getvalue()).encode()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _cell(cell: Cell, unit: Unit) -> str:
    if cell is None or isinstance(cell, str):
        return safe(cell or "")
    places = _PLACES.get(unit, 0)
    sign = "-" if cell < 0 else ""
    whole, rest = divmod(abs(cell), 10**places)
    return f"{sign}{whole},{rest:0{places}}" if places else f"{sign}{whole}"
