"""Orders and quotes: those of the office and those of this till, their numbers and the open draft.

What became of one here goes before a row of the office that does not know it yet: nothing is sold
twice because an answer is late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from terminal.store import own_rows
from terminal.store.folding import fold
from terminal.store.tables import TABLES
from terminal.sync.wire import SalesDoc, SalesDocument

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from terminal.sync.wire import SalesType

NAME = "sales_documents"
_TABLE = TABLES[NAME]
_PAGE_MAX = 500
_LAST = ("9", "")
_ON_RECEIPT = """
    SELECT 1 FROM receipt LEFT JOIN nonfiscal_bill AS bill USING (rid)
    WHERE fulfils = ? AND (state IN ('OPEN', 'PAID', 'PRINTING') AND place <> 'moved'
        OR (bill.no IS NOT NULL AND bill.receipt IS NULL))
"""


def next_number(db: sqlite3.Connection, kind: SalesType, terminal: str) -> str:
    """The number of the next one of its kind, used up with the commit; call inside ``write``."""
    row = db.execute(
        "INSERT INTO sales_number (type, last) VALUES (?, 1)"
        " ON CONFLICT (type) DO UPDATE SET last = last + 1 RETURNING last",
        (kind,),
    ).fetchone()
    return f"{kind}/{terminal}/{row[0]:06}"


def put(db: sqlite3.Connection, document: SalesDoc) -> SalesDocument:
    """Keep the order or quote that was written here; call inside ``write``."""
    row = row_of(document)
    own_rows.put(db, NAME, row, None, document.rid)
    return row


def restore(db: sqlite3.Connection, document: SalesDoc) -> None:
    """The same from a copy, whose number is used up; call inside ``write``."""
    put(db, document)
    number = document.number.rpartition("/")[2]
    if number.isascii() and number.isdigit():
        db.execute(
            "INSERT INTO sales_number (type, last) VALUES (?, ?)"
            " ON CONFLICT (type) DO UPDATE SET last = max(last, excluded.last)",
            (document.type, int(number)),
        )


def row_of(document: SalesDoc) -> SalesDocument:
    """The row that a document tells of."""
    return SalesDocument(
        document.rid,
        document.type,
        document.number,
        document.customer,
        document.at,
        document.total_gr,
        document.lines,
        document.due,
        note=document.note,
        representative=document.representative,
        from_quote=document.from_quote,
    )


def settle(
    db: sqlite3.Connection, row_id: str, state: Literal["realised", "cancelled"], receipt: str = ""
) -> None:
    """What became of one: the first word stands. Call inside ``write``."""
    db.execute(
        "INSERT OR IGNORE INTO sales_fate (id, state, receipt) VALUES (?, ?, ?)",
        (row_id, state, receipt),
    )


def is_on_receipt(db: sqlite3.Connection, row_id: str) -> bool:
    """Whether a receipt that is not finished fulfils it: on the screen, parked, or a bill.

    One that another till took up is that till's affair.
    """
    return db.execute(_ON_RECEIPT, (row_id,)).fetchone() is not None


def find(
    catalogue: sqlite3.Connection, journal: sqlite3.Connection, row_id: str
) -> SalesDocument | None:
    """One of them, as far as this till knows."""
    row = own_rows.find(catalogue, journal, NAME, row_id)
    return next(_with_fates(journal, [row]), None) if isinstance(row, SalesDocument) else None


def page(
    catalogue: sqlite3.Connection,
    journal: sqlite3.Connection,
    text: str,
    kind: str,
    after: SalesDocument | None,
    limit: int,
    names: dict[str, str],
) -> list[SalesDocument]:
    """The newest first, those that come after ``after``; ``names`` are those of customers by id.

    ``text`` is a piece of the number, or each word of it one of the customer's name.
    """
    words = [word for word in map(fold, text.split()) if word]

    def fits(row: SalesDocument) -> bool:
        place = f"{fold(row.number)} {fold(names.get(row.customer, ''))}"
        return kind in {"", row.type} and all(word in place for word in words)

    mine = own_rows.ahead(catalogue, NAME, own_rows.of(journal, NAME))
    last = (after.issued_at, after.id) if after else _LAST
    limit = min(limit, _PAGE_MAX)
    own = [row for row in mine.values() if isinstance(row, SalesDocument)]
    found = [row for row in own if (row.issued_at, row.id) < last and fits(row)]
    count = 0
    sql = (
        f"{_TABLE.select} WHERE NOT is_removed AND (issued_at, id) < (?, ?)"
        " ORDER BY issued_at DESC, id DESC"
    )
    for values in catalogue.execute(sql, last):
        if count == limit:
            break
        row = _TABLE.from_columns(SalesDocument, values)
        if row.id not in mine and fits(row):
            found.append(row)
            count += 1
    found.sort(key=lambda row: (row.issued_at, row.id), reverse=True)
    return [*_with_fates(journal, found[:limit])]


def draft(db: sqlite3.Connection) -> bytes | None:
    """The open draft, as it was kept."""
    row = db.execute("SELECT body FROM sales_draft").fetchone()
    return str(row[0]).encode() if row else None


def keep_draft(db: sqlite3.Connection, body: bytes | None) -> None:
    """Keep the draft; None ends it. Call inside ``write``."""
    if body is None:
        db.execute("DELETE FROM sales_draft")
    else:
        db.execute("INSERT OR REPLACE INTO sales_draft (id, body) VALUES (1, ?)", (body.decode(),))


def _with_fates(
    journal: sqlite3.Connection, rows: Iterable[SalesDocument]
) -> Iterator[SalesDocument]:
    for row in rows:
        fate = (
            row.state == "open"
            and journal.execute(
                "SELECT state, receipt FROM sales_fate WHERE id = ?", (row.id,)
            ).fetchone()
        )
        yield msgspec.structs.replace(row, state=fate[0], receipt=fate[1]) if fate else row
