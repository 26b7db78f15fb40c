"""Reads a sheet of goods: bytes of any usual encoding and separator, line by line. No database.

Whatever cannot be read is a fault with its line, its column and the cell as it was typed; the other
lines are read on.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backoffice.goods.columns import COLUMNS, BadCell, of_header
from backoffice.reasons import Reason
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from backoffice.goods.columns import Column, Known

BYTES_MAX = 32 * 1024 * 1024
LINES_MAX = 250_000
_CELL_SHOWN = 200
_SEPARATORS = (";", "\t", ",", "|")
# A spreadsheet's exports put it before what could be taken for a formula.
_GUARD, _GUARDED = "'", {"=", "+", "-", "@"}
# So many different values of a column are remembered.
_SAID_MAX = 20_000


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell; lines count from 1, ``typed`` is what stands there."""

    line: int
    column: str
    reason: Reason
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Fields that a line fills, by name; an empty cell is None."""

    number: int
    fields: dict[str, Any]
    cells: list[str]


@dataclass(slots=True)
class Sheet:
    """Lines that could be read, and what is wrong with the others; how many those are."""

    columns: list[Column] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    wrong: int = 0

    def typed(self, line: Line, name: str) -> str:
        """What stands in the cell of a field; empty where there is none."""
        for column, cell in zip(self.columns, line.cells, strict=False):
            if column.field == name:
                return _plain(cell)[:_CELL_SHOWN]
        return ""


def read(content: bytes, known: Known) -> Sheet:
    """Everything that a sheet says."""
    sheet = Sheet()
    try:
        text = decoded(content)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
        _read_rows(rows, known, sheet)
    except BadCell as error:
        sheet.faults.append(CellFault(1, "", error.reason))
        sheet.wrong += 1
    return sheet


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or what Polish Windows writes."""
    if content.startswith(b"PK\x03\x04"):
        raise BadCell(_("This is a workbook, not CSV: save it as CSV in your spreadsheet"))
    encodings = (
        ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1250")
    )
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadCell(_("This is no text in UTF-8 or Windows-1250"))


def _separator(text: str) -> str:
    """What parts the first line into most cells."""
    first = text[: text.find("\n") + 1 or len(text)][:100_000]
    return max(_SEPARATORS, key=lambda sign: _cells_of(first, sign))


def _cells_of(line: str, separator: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=separator), []))
    except csv.Error:
        return 0


def _read_rows(rows: Any, known: Known, sheet: Sheet) -> None:  # noqa: ANN401 (csv names no type)
    # What most cells say was said before: the same units, rates and prices come again.
    said: dict[str, dict[str, Any]] = {}
    try:
        for cells in rows:
            if not any(map(str.strip, cells)):
                continue
            if rows.line_num > LINES_MAX:
                raise BadCell(_("At most {most} lines at once"), most=LINES_MAX)
            if not sheet.columns:
                header = of_header([cell.strip() for cell in cells])
                sheet.columns = header or list(COLUMNS)
                said = {column.field: {} for column in sheet.columns}
                if header:
                    continue
            _read_line(rows.line_num, cells, known, sheet, said)
    except csv.Error as error:
        reason = Reason(_("The line cannot be read: {error}"), error=error)
        sheet.faults.append(CellFault(rows.line_num, "", reason))
        sheet.wrong += 1
    if not sheet.columns:
        raise BadCell(_("The file is empty"))


def _read_line(
    number: int, cells: list[str], known: Known, sheet: Sheet, said: dict[str, dict[str, Any]]
) -> None:
    columns = sheet.columns
    if len(cells) > len(columns) and any(map(str.strip, cells[len(columns) :])):
        places = {"found": len(cells), "expected": len(columns)}
        reason = Reason(_("{found} cells, but there are {expected} columns"), **places)
        sheet.faults.append(CellFault(number, "", reason, cells[len(columns)][:_CELL_SHOWN]))
        sheet.wrong += 1
        return
    fields: dict[str, Any] = {}
    is_wrong = False
    for column, raw in zip(columns, cells, strict=False):
        before = said[column.field]
        if raw in before:
            fields[column.field] = before[raw]
            continue
        cell = _plain(raw)
        try:
            value = column.read(cell, known) if cell else None
        except BadCell as error:
            sheet.faults.append(CellFault(number, column.name, error.reason, cell[:_CELL_SHOWN]))
            is_wrong = True
            continue
        fields[column.field] = value
        if column.repeats and len(before) < _SAID_MAX:
            before[raw] = value
    if is_wrong:
        sheet.wrong += 1
    else:
        sheet.lines.append(Line(number, fields, cells))


def _plain(cell: str) -> str:
    bare = cell.strip()
    return bare[1:] if bare[:1] == _GUARD and bare[1:2] in _GUARDED else bare
