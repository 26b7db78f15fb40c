"""The registers of a company as pages and files show them: lists, one entry, a month as CSV.

Only reads. The CSV has a row for each entry and VAT letter, with what the law wants of the register
of returns and complaints: date of sale, goods, date of return, gross and tax, receipt, protocol.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, select

from backoffice import persons
from backoffice.errors import NotFound
from backoffice.store.tables import journal_entry, receipt, register_entry, verdict
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select

BOOKS = ("returns", "mistakes", "corrections")
PAGE_ROWS = 50
_PLACE = ("terminal", "epoch", "seq")
_HEADINGS = (
    *("rejestr", "numer", "kasa", "data", "rodzaj", "data_sprzedazy", "drukarka", "paragon"),
    *("towary", "stawka", "brutto", "podatek", "powod", "nabywca", "zwrot_srodkow", "przyjety"),
)
# A spreadsheet would take a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_decode = msgspec.json.Decoder(wire.ReturnDoc | wire.CorrectionDoc).decode
Made = wire.ReturnDoc | wire.CorrectionDoc


def entries(
    connection: Connection, terminals: Collection[str] | None, book: str, before: int
) -> tuple[Sequence[Row[Any]], int]:
    """Entries of ``book`` with their verdicts, newest first; the second is the next page's key.

    Those of ``terminals``, or with ``None`` of all.
    """
    chosen = _listed(terminals, book).limit(PAGE_ROWS + 1)
    if before > 0:
        chosen = chosen.where(register_entry.c.id < before)
    rows = connection.execute(chosen).all()
    shown = rows[:PAGE_ROWS]
    return shown, shown[-1].id if len(rows) > PAGE_ROWS else 0


def every(
    connection: Connection, terminals: Collection[str] | None, book: str
) -> Iterator[Row[Any]]:
    """All of them, never many in memory."""
    chosen = _listed(terminals, book)
    yield from connection.execute(chosen, execution_options={"yield_per": 1000})


def entry_of(connection: Connection, row_id: int) -> tuple[Row[Any], Made, int]:
    """An entry as listed, its document, and the row of its receipt (0: not here).

    Raises ``NotFound``.
    """
    row = connection.execute(_with_bodies().where(register_entry.c.id == row_id)).first()
    if row is None:
        raise NotFound(detail="no such entry")
    code = wire.code_of(row.receipt)
    wanted = select(receipt.c.id).where(receipt.c.code == code).order_by(receipt.c.id.desc())
    found = connection.scalar(wanted.limit(1)) if code else None
    return row, persons.whole(connection, _decode(row.body)), found or 0


def of_receipt(connection: Connection, rid: str) -> list[tuple[Row[Any], Made]]:
    """What became of a receipt, whatever the office thinks of it, oldest first."""
    chosen = _with_bodies().where(register_entry.c.receipt == rid).order_by(register_entry.c.id)
    return [(row, _decode(row.body)) for row in connection.execute(chosen)]


def as_csv(connection: Connection, terminals: Collection[str] | None, month: str) -> str:
    """All entries made in ``month`` (``2026-11``), ready for a spreadsheet; as ``entries``."""
    chosen = (
        _with_bodies()
        .where(register_entry.c.at.startswith(month, autoescape=True), *_of(terminals))
        .order_by(register_entry.c.book, register_entry.c.terminal, register_entry.c.number)
    )
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for row in connection.execute(chosen).all():
        for cells in _rows(row, persons.whole(connection, _decode(row.body))):
            writer.writerow([_cell(value) for value in cells])
    return text.getvalue()


def _rows(row: Row[Any], made: Made) -> Iterator[tuple[object, ...]]:
    head = (
        *(row.book, f"{made.number}/{made.terminal}", made.terminal, made.at[:10], row.entry),
        *(made.sold_at[:10], made.printer_no, made.receipt_no),
    )
    judged = "tak" if row.is_accepted else "nie"
    if isinstance(made, wire.CorrectionDoc):
        change = f"{made.before.name} → {made.after.name}"
        yield (*head, "", "", _amount(made.after.amount_gr), "", "", "", change, judged)
        return
    back = ", ".join(f"{one.name} {_amount(one.amount_gr)}" for one in made.refunds)
    for part in made.split:
        goods = ", ".join(
            f"{line.name} {_quantity(line)}".rstrip() for line in made.lines if line.vat == part.vat
        )
        sums = (_amount(part.gross_gr), _amount(part.tax_gr))
        yield (*head, goods, part.vat, *sums, made.reason, made.customer, back, judged)


def _quantity(line: wire.TakenLine) -> str:
    """Nothing for a complaint, whose goods stay with the customer."""
    whole, part = divmod(line.qty_milli, 1000)
    text = f"{whole},{part:03}".rstrip("0").rstrip(",")
    return f"{text} {line.unit}" if line.qty_milli else ""


def _amount(amount_gr: int) -> str:
    return f"{amount_gr // 100},{amount_gr % 100:02}"


def _cell(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if is_formula else value


def _listed(terminals: Collection[str] | None, book: str) -> Select[Any]:
    return (
        select(register_entry, verdict.c.is_accepted, verdict.c.reason)
        .select_from(_judged())
        .where(register_entry.c.book == book, *_of(terminals))
        .order_by(register_entry.c.id.desc())
    )


def _of(terminals: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if terminals is None else [register_entry.c.terminal.in_(terminals)]


def _judged() -> FromClause:
    return register_entry.join(verdict, _same_place(verdict))


def _with_bodies() -> Select[Any]:
    columns = register_entry, verdict.c.is_accepted, verdict.c.reason, journal_entry.c.body
    return select(*columns).select_from(_judged().join(journal_entry, _same_place(journal_entry)))


def _same_place(other: FromClause) -> ColumnElement[bool]:
    return and_(*(register_entry.c[name] == other.c[name] for name in _PLACE))
