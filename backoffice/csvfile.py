"""Reads a CSV file of rows for a data set and says which cell is wrong. Publishes nothing.

The first line names the fields; ``;`` or ``,`` separates cells, ``|`` the parts of a list. An empty
cell leaves a field at its default. Users may have a column ``pin``: only its hash goes on.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_origin

import msgspec

from backoffice.people import hash_pin
from backoffice.reasons import Reason
from backoffice.rows import FieldFault, read_row, row_type
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Iterable

_TWICE = _("the column is there twice")
_TRUE = frozenset({"true", "1", "yes", "tak"})
_FALSE = frozenset({"false", "0", "no", "nie"})
_WHOLE = re.compile(r"-?\d{1,18}")
_CELLS: dict[Any, type] = {int: int, bool: bool, list: list}
_PIN = re.compile(r"\d{4,8}")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell; lines count from 1, and the first line holds the names."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.reason}"


@dataclass(slots=True)
class Sheet:
    """The rows that could be read, with their lines, and what is wrong with the others."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


def read_sheet(name: str, text: str) -> Sheet:
    """Rows of the data set ``name`` from the text of a CSV file; raises ``NotFound``."""
    types = {it.name: _plain(it.type) for it in msgspec.structs.fields(row_type(name))}
    if name == "users":
        types["pin"] = str
    text = text.removeprefix("\ufeff")
    first_line = text.partition("\n")[0]
    delimiter = ";" if ";" in first_line else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    sheet = Sheet()
    try:
        header = [cell.strip() for cell in next(reader, [])]
        sheet.faults += _header_faults(name, header, types)
        if not sheet.faults:
            _read_lines(name, ((reader.line_num, cells) for cells in reader), header, types, sheet)
    except csv.Error as error:
        sheet.faults.append(CellFault(reader.line_num, "-", str(error)))
    return sheet


def column_of(path: str) -> str:
    """Column that a field path such as ``$.barcodes[1]`` points to."""
    return re.split(r"[.\[]", path.removeprefix("$.") or "-")[0]


def _header_faults(name: str, header: list[str], types: dict[str, type]) -> list[CellFault]:
    faults = [
        CellFault(1, cell or "-", Reason(_("{set} has no such field"), set=name))
        for cell in dict.fromkeys(header)
        if cell not in types
    ]
    if "id" not in header:
        faults.append(CellFault(1, "id", Reason(_("the column is missing"))))
    doubled = (cell for cell, times in Counter(header).items() if times > 1)
    return faults + [CellFault(1, cell, Reason(_TWICE)) for cell in sorted(doubled)]


def _read_lines(
    name: str,
    numbered: Iterable[tuple[int, list[str]]],
    header: list[str],
    types: dict[str, type],
    sheet: Sheet,
) -> None:
    for line, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        row, wrong = _read_line(name, header, cells, types)
        if wrong:
            sheet.faults += [CellFault(line, column, reason) for column, reason in wrong]
        else:
            sheet.rows.append(row)
            sheet.lines.append(line)


def _read_line(
    name: str, header: list[str], cells: list[str], types: dict[str, type]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    if len(cells) != len(header):
        message = _("{cells} cells under {names} names")
        return {}, [("-", Reason(message, cells=len(cells), names=len(header)))]
    row: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for column, cell in zip(header, cells, strict=True):
        try:
            _fill(row, column, cell.strip(), types[column])
        except ValueError as error:
            wrong.append((column, error.args[0]))
    if not wrong:
        fault = read_row(name, row)
        if isinstance(fault, FieldFault):
            wrong.append((column_of(fault.path), fault.reason))
    return row, wrong


def _fill(row: dict[str, Any], column: str, cell: str, kind: type) -> None:
    if not cell:
        return
    if column == "pin":
        if not _PIN.fullmatch(cell):
            reason = Reason(_("a PIN has 4 to 8 digits"))
            raise ValueError(reason)
        row["pin_hash"] = hash_pin(cell)
    elif kind is list:
        row[column] = [part.strip() for part in cell.split("|") if part.strip()]
    elif kind is bool:
        if cell.lower() not in _TRUE | _FALSE:
            reason = Reason(_("'{cell}' is neither true nor false"), cell=cell)
            raise ValueError(reason)
        row[column] = cell.lower() in _TRUE
    elif kind is int:
        if not _WHOLE.fullmatch(cell):
            reason = Reason(_("'{cell}' is not a whole number"), cell=cell)
            raise ValueError(reason)
        row[column] = int(cell)
    else:
        row[column] = cell


def _plain(annotation: Any) -> type:  # noqa: ANN401 (whatever stands in an annotation)
    """``int``, ``bool``, ``list`` or ``str``: what a cell must be turned into."""
    bare = annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation
    return _CELLS.get(get_origin(bare) or bare, str)
