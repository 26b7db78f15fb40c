"""Receipts in the journal: each change of the open one is a commit of the caller.

Only rows that differ are written. Finished receipts cannot be changed: triggers hold that.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec

from drivers.fiscal import NO_TOTALS, VAT_LETTERS, PercentMode, Seven
from terminal.sale.line import Line
from terminal.sale.money import plus
from terminal.sale.receipt import CardStatus, DocumentKind, Payment, Receipt, State
from terminal.store.settings import counters_of, counters_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from drivers.fiscal import Counters

_LINE_COLUMNS = tuple(Line.__dataclass_fields__)
_line_values = attrgetter(*_LINE_COLUMNS)
_payment_values = attrgetter(*Payment.__dataclass_fields__)
_IS_VOID = _LINE_COLUMNS.index("is_void")
_PUT_LINE = (
    f"INSERT OR REPLACE INTO receipt_line (rid, no, {', '.join(_LINE_COLUMNS)})"  # noqa: S608 - our own names
    f" VALUES (?, ?, {', '.join('?' * len(_LINE_COLUMNS))})"
)
_LINES = f"SELECT {', '.join(_LINE_COLUMNS)} FROM receipt_line WHERE rid = ? ORDER BY no"  # noqa: S608 - our own names
_PAYMENT_COLUMNS = (
    "method",
    "name",
    "kind",
    "amount_gr",
    "status",
    "reference",
    "symbol",
    "foreign_amount",
    "rate_e4",
    "face_gr",
)
_PAYMENT = ", ".join(_PAYMENT_COLUMNS)
_PUT_PAYMENT = (
    f"INSERT INTO payment (rid, no, {_PAYMENT})"  # noqa: S608 - our own names
    f" VALUES (?, ?, {', '.join('?' * len(_PAYMENT_COLUMNS))})"
)
_HEAD_FIELDS = (
    "discount_gr",
    "percent_bp",
    "percent_mode",
    "nip",
    "discount_id",
    "discount_name",
    "customer_id",
    "customer",
    "age_checked",
    "document",
    "buyer_name",
    "buyer_address",
    "kid",
    "invoice_no",
    "makes_good",
    "fulfils",
)
_HEAD_COLUMNS = (*_HEAD_FIELDS, "total_gr")
_head = attrgetter(*_HEAD_COLUMNS)
_HEAD = ", ".join(_HEAD_COLUMNS)
_UPDATE = f"UPDATE receipt SET {', '.join(f'{name} = ?' for name in _HEAD_COLUMNS)}"  # noqa: S608 - our own names
_LOAD = (
    "SELECT opened_at, operator_id, operator,"  # noqa: S608 - our own names
    " CASE WHEN bill.no IS NULL THEN state ELSE 'BILL' END, "
    + ", ".join(_HEAD_FIELDS)
    + " FROM receipt LEFT JOIN nonfiscal_bill AS bill USING (rid) WHERE rid = ?"
)
_UNFINISHED = "state IN ('OPEN', 'PAID', 'PRINTING') AND place = 'screen'"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sending of a receipt to the printer; ``base`` was read before the first byte."""

    no: int
    base: Counters
    token: int


@dataclass(frozen=True, slots=True)
class Sold:
    """What the printer gave a receipt, and ``seq`` of the document that says so."""

    at: str
    receipt_no: int
    report_no: int
    printer_no: str
    seq: int


def save(db: sqlite3.Connection, old: Receipt | None, new: Receipt, *, parked_as: str = "") -> None:
    """Write what differs between ``old`` (as stored) and ``new``; call inside ``write``.

    A new one that is ``parked_as`` something is not on the screen.
    """
    head = _head(new)
    if old is None:
        db.execute(
            "INSERT INTO receipt"  # noqa: S608 - our own names
            f" (rid, state, opened_at, operator_id, operator, place, bill, {_HEAD})"
            f" VALUES (?, ?, ?, ?, ?, ?, ?, {', '.join('?' * len(head))})",
            (
                *(new.rid, new.state, new.opened_at, new.operator_id, new.operator),
                *("parked" if parked_as else "screen", parked_as),
                *head,
            ),
        )
    elif new.state != old.state:
        db.execute(f"{_UPDATE}, state = ? WHERE rid = ?", (*head, new.state, new.rid))
    elif head != _head(old):
        # A state that stays is left alone: its index would be one more page to flush.
        db.execute(f"{_UPDATE} WHERE rid = ?", (*head, new.rid))
    known = old.lines if old else ()
    db.executemany(
        _PUT_LINE,
        [
            (new.rid, no, *_line_row(line))
            for no, line in enumerate(new.lines)
            # A line that did not change is mostly the very same object.
            if no >= len(known) or (known[no] is not line and known[no] != line)
        ],
    )
    if new.payments != (old.payments if old else ()):
        db.execute("DELETE FROM payment WHERE rid = ?", (new.rid,))
        db.executemany(
            _PUT_PAYMENT,
            [(new.rid, no, *_payment_values(p)) for no, p in enumerate(new.payments)],
        )


def finish(db: sqlite3.Connection, receipt: Receipt, sold: Sold) -> None:
    """The receipt is in the fiscal memory; call inside ``write``, with its document."""
    db.execute(
        "UPDATE receipt SET state = 'FISCAL', closed_at = ?, receipt_no = ?, report_no = ?,"
        " printer_no = ?, totals_gr = ?, seq = ? WHERE rid = ?",
        (
            sold.at,
            sold.receipt_no,
            sold.report_no,
            sold.printer_no,
            msgspec.json.encode(receipt.totals_gr).decode(),
            sold.seq,
            receipt.rid,
        ),
    )
    db.execute(
        "INSERT INTO sold (product, times) SELECT product, count(*) FROM receipt_line WHERE rid = ?"
        " AND is_void = 0 GROUP BY product"
        " ON CONFLICT (product) DO UPDATE SET times = times + excluded.times",
        (receipt.rid,),
    )


def drop(db: sqlite3.Connection, rid: str, *, at: str, seq: int) -> None:
    """The receipt was given up; call inside ``write``, with its document."""
    db.execute(
        "UPDATE receipt SET state = 'DROPPED', closed_at = ?, seq = ? WHERE rid = ?", (at, seq, rid)
    )


def unfinished(db: sqlite3.Connection) -> Receipt | None:
    """The receipt on the screen: it is being sold, paid or printed."""
    row = db.execute(f"SELECT rid FROM receipt WHERE {_UNFINISHED}").fetchone()  # noqa: S608
    return load(db, row[0]) if row else None


def load(db: sqlite3.Connection, rid: str) -> Receipt:
    """One receipt with its lines and payments."""
    row = db.execute(_LOAD, (rid,)).fetchone()
    opened_at, operator_id, operator, state, *head = row
    fields = dict(zip(_HEAD_FIELDS, head, strict=True))
    fields["percent_mode"] = PercentMode(fields["percent_mode"])
    fields["document"] = DocumentKind(fields["document"])
    lines = tuple(_line(values) for values in db.execute(_LINES, (rid,)))
    payments = tuple(
        _paid(values)
        for values in db.execute(
            f"SELECT {_PAYMENT} FROM payment WHERE rid = ? ORDER BY no",  # noqa: S608 - our own names
            (rid,),
        )
    )
    return Receipt(rid, opened_at, operator_id, operator, State(state), lines, payments, **fields)


def begin_attempt(db: sqlite3.Connection, rid: str, at: str, base: Counters, token: int) -> None:
    """Write-ahead intent: nothing may be sent before this is on disk; call inside ``write``."""
    db.execute(
        "INSERT INTO attempt (rid, no, started_at, base, token, outcome)"
        " SELECT ?, count(*) + 1, ?, ?, ?, NULL FROM attempt WHERE rid = ?",
        (rid, at, counters_text(base), token, rid),
    )


def open_attempt(db: sqlite3.Connection, rid: str) -> Attempt | None:
    """The attempt whose outcome is not known yet."""
    row = db.execute(
        "SELECT no, base, token FROM attempt WHERE rid = ? AND outcome IS NULL", (rid,)
    ).fetchone()
    return Attempt(row[0], counters_of(row[1]), row[2]) if row else None


def end_attempt(db: sqlite3.Connection, rid: str, outcome: str) -> None:
    """Write down how the attempt ended; call inside ``write``."""
    db.execute("UPDATE attempt SET outcome = ? WHERE rid = ? AND outcome IS NULL", (outcome, rid))


def day_totals(
    db: sqlite3.Connection, report_no: int, *, invoices: bool = False
) -> tuple[int, Seven]:
    """Receipts and gross per letter that fall into daily report ``report_no``, by our own books.

    Invoices are counted apart, as the printer counts them.
    """
    total, count = NO_TOTALS, 0
    asked = (
        "SELECT totals_gr FROM receipt WHERE report_no = ?"
        " AND (document IN ('invoice', 'meal_invoice')) = ?"
    )
    for (text,) in db.execute(asked, (report_no, invoices)):
        total = plus(total, msgspec.json.decode(text, type=Seven))
        count += 1
    return count, total


def disputed(db: sqlite3.Connection, report_no: int) -> list[str]:
    """Receipts of the day of daily report ``report_no`` of which nobody knows what became."""
    found = db.execute(
        "SELECT DISTINCT rid FROM attempt WHERE outcome = 'DISPUTED'"
        " AND json_extract(base, '$.reports') = ? ORDER BY rid",
        (report_no - 1,),
    )
    return [rid for (rid,) in found]


def next_invoice_no(db: sqlite3.Connection) -> int:
    """Number of the till's next invoice, whatever became of those before; inside ``write``."""
    asked = "SELECT coalesce(max(invoice_no), 0) + 1 FROM receipt WHERE invoice_no > 0"
    return int(db.execute(asked).fetchone()[0])


def ends_of_day(db: sqlite3.Connection, report_no: int) -> tuple[str, str]:
    """When the first and the last receipt of a daily report were finished; empty without any."""
    first, last = db.execute(
        "SELECT min(closed_at), max(closed_at) FROM receipt WHERE report_no = ?", (report_no,)
    ).fetchone()
    return first or "", last or ""


def _paid(values: Sequence[Any]) -> Payment:
    method, name, kind, amount_gr, status, *rest = values
    return Payment(method, name, kind, amount_gr, CardStatus(status), *rest)


def _line(values: Sequence[Any]) -> Line:
    fields = dict(zip(_LINE_COLUMNS, values, strict=True))
    return Line(**fields | {"is_void": bool(values[_IS_VOID])})


def _line_row(line: Line) -> tuple[str | int, ...]:
    if line.vat not in VAT_LETTERS:
        msg = f"no VAT letter: {line.vat}"
        raise AssertionError(msg)
    values: tuple[str | int, ...] = _line_values(line)
    return values
