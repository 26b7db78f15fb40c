"""Lists as files for a spreadsheet: CSV and XLSX. Knows nothing of what they list.

A file is written to the disk first and then sent: a slow reader holds no database open, a failure
is an answer of its own and not half a file, and 100,000 rows take no more memory than ten. Numbers
and dates are real ones; a text that a spreadsheet would take for a formula stays a text.
"""

from __future__ import annotations

import csv
import io
import tempfile
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING

from litestar.response import Stream
from xlsxwriter import Workbook

from backoffice.errors import BadRequest, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | datetime | None

# What fits under the headings of an XLSX sheet, and into one of its cells.
ROWS_MAX = 2**20 - 1
LETTERS_MAX = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LOOKS = {
    "money": "#,##0.00",
    "quantity": "#,##0.###",
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm:ss",
}
_PIECE = 64 * 1024
_WIDTH = 16
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def money(amount_gr: int) -> Decimal:
    """Grosze as a cell with two decimals."""
    return Decimal(amount_gr).scaleb(-2)


def quantity(qty_milli: int) -> Decimal:
    """Thousandths as a cell with three decimals."""
    return Decimal(qty_milli).scaleb(-3)


def moment(text: str) -> datetime | str:
    """An ISO time as its writer saw it, for spreadsheets know no zones; other text as it is."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text


def day(text: str) -> date | str:
    """An ISO day; other text as it is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """A file with a row of headings, the way our languages' spreadsheets read: ``;``, ``12,50``."""
    with _fresh() as made:
        text = io.TextIOWrapper(made, encoding="utf-8-sig", newline="")
        try:
            writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
            writer.writerow([_guarded(heading) for heading in headings])
            for row in rows:
                writer.writerow([_in_csv(cell) for cell in row])
        finally:
            text.detach()
    return made


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """A workbook with one sheet, whose headings stay in sight.

    Raises ``TooLarge`` for more rows than a sheet can hold.
    """
    with _fresh() as made, Workbook(made, {"constant_memory": True}) as book:
        formats = {name: book.add_format({"num_format": looks}) for name, looks in _LOOKS.items()}
        page = book.add_worksheet()
        page.set_column(0, max(0, len(headings) - 1), _WIDTH)
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            page.write_string(0, column, heading, bold)
        for line, row in enumerate(rows, start=1):
            if line > ROWS_MAX:
                raise TooLarge(detail=f"a sheet holds {ROWS_MAX} rows: choose fewer days")
            for column, cell in enumerate(row):
                _write(page, line, column, cell, formats)
    return made


def download(
    kind: str, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Stream:
    """The list as a file ``name`` of the ``kind`` that was asked for, csv or xlsx.

    Raises ``BadRequest`` for any other kind.
    """
    if kind not in _MEDIA:
        raise BadRequest(detail="$.format: expected csv or xlsx")
    made = as_csv(headings, rows) if kind == "csv" else as_xlsx(headings, rows)
    return sent(made, f"{name}.{kind}", _MEDIA[kind])


def sent(made: IO[bytes], name: str, media_type: str) -> Stream:
    """A finished file as an answer that a browser keeps under ``name``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Stream(_pieces(made), media_type=media_type, headers=headers)


@contextmanager
def _fresh() -> Iterator[IO[bytes]]:
    """A file to be written, and read from its start by whoever closes it."""
    made = tempfile.TemporaryFile()  # noqa: SIM115 (it outlives this function)
    try:
        yield made
        made.seek(0)
    except BaseException:
        made.close()
        raise


def _pieces(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while piece := made.read(_PIECE):
            yield piece


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _in_csv(cell: Cell) -> str | int | None:
    match cell:
        case str():
            return _guarded(cell)
        case Decimal():
            return f"{cell:f}".replace(".", ",")
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case date():
            return cell.isoformat()
        case _:
            return cell


def _write(page: Worksheet, line: int, column: int, cell: Cell, formats: dict[str, object]) -> None:
    match cell:
        case str():
            page.write_string(line, column, cell[:LETTERS_MAX])
        case Decimal():
            looks = "quantity" if cell.as_tuple().exponent == -3 else "money"  # noqa: PLR2004
            page.write_number(line, column, cell, formats[looks])
        case int():
            page.write_number(line, column, cell)
        case datetime():
            page.write_datetime(line, column, cell, formats["moment"])
        case date():
            page.write_datetime(line, column, cell, formats["day"])
