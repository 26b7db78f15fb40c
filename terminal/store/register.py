"""Register of returns, complaints and mistakes, corrected payments, copies. Plain SQL.

The documents hold the facts; what stands here finds them. Entries are never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from terminal.errors import Code, Rejected
from terminal.sale.entries import Case
from terminal.store.persons import with_person
from terminal.sync.wire import CorrectionDoc, ReceiptDoc, ReturnDoc

if TYPE_CHECKING:
    import sqlite3

    from terminal.sync.wire import EntryKind

_PAGE_MAX = 200

_entry = msgspec.json.Decoder(ReturnDoc).decode
_correction = msgspec.json.Decoder(CorrectionDoc).decode


def book_of(entry: EntryKind) -> str:
    """The register that an entry belongs to: the law wants mistakes apart."""
    return "mistakes" if entry == "mistake" else "returns"


def next_number(db: sqlite3.Connection, entry: EntryKind) -> int:
    """Number of the next entry in its register."""
    asked = "SELECT coalesce(max(number), 0) + 1 FROM register_entry WHERE book = ?"
    return int(db.execute(asked, (book_of(entry),)).fetchone()[0])


def keep(db: sqlite3.Connection, entry: ReturnDoc) -> None:
    """Enter a document into its register; call inside ``write``, with the document."""
    db.execute(
        "INSERT INTO register_entry (rid, book, number, receipt) VALUES (?, ?, ?, ?)",
        (entry.rid, book_of(entry.entry), entry.number, entry.receipt),
    )


def of_receipt(db: sqlite3.Connection, receipt: str) -> tuple[ReturnDoc, ...]:
    """What this till gave back of a receipt, in its order."""
    rows = db.execute(
        "SELECT d.body FROM register_entry e JOIN document d ON d.rid = e.rid"
        " WHERE e.receipt = ? ORDER BY e.id",
        (receipt,),
    )
    return tuple(with_person(db, _entry(body)) for (body,) in rows.fetchall())


def newest(
    db: sqlite3.Connection, before: ReturnDoc | None = None, limit: int = 50
) -> list[ReturnDoc]:
    """Entries of both registers, the newest first, those older than ``before``."""
    older = "" if before is None else "WHERE e.id < (SELECT id FROM register_entry WHERE rid = ?)"
    rows = db.execute(
        f"SELECT d.body FROM register_entry e JOIN document d ON d.rid = e.rid {older}"  # noqa: S608 - our own text
        " ORDER BY e.id DESC LIMIT ?",
        (*(() if before is None else (before.rid,)), min(limit, _PAGE_MAX)),
    )
    return [with_person(db, _entry(body)) for (body,) in rows.fetchall()]


def next_correction(db: sqlite3.Connection) -> int:
    """Number of the next correction of a payment."""
    asked = "SELECT coalesce(max(number), 0) + 1 FROM payment_correction"
    return int(db.execute(asked).fetchone()[0])


def keep_correction(db: sqlite3.Connection, correction: CorrectionDoc) -> None:
    """The payment of a receipt was corrected; call inside ``write``, with the document."""
    db.execute(
        "INSERT INTO payment_correction (receipt, rid, number) VALUES (?, ?, ?)",
        (correction.receipt, correction.rid, correction.number),
    )


def correction_of(db: sqlite3.Connection, receipt: str) -> CorrectionDoc | None:
    """How the payment of a receipt was corrected, if it was."""
    row = db.execute(
        "SELECT d.body FROM payment_correction c JOIN document d ON d.rid = c.rid"
        " WHERE c.receipt = ?",
        (receipt,),
    ).fetchone()
    return _correction(row[0]) if row else None


def count_copy(db: sqlite3.Connection, receipt: str) -> int:
    """One more copy of a receipt; gives how many there are now. Call inside ``write``."""
    row = db.execute(
        "INSERT INTO receipt_copy (receipt, times) VALUES (?, 1)"
        " ON CONFLICT (receipt) DO UPDATE SET times = times + 1 RETURNING times",
        (receipt,),
    ).fetchone()
    return int(row[0])


def case(db: sqlite3.Connection, rid: str) -> Case:
    """A printed receipt and what this till knows of it since; raises E-128."""
    receipt = printed(db, rid)
    if receipt is None:
        raise Rejected(Code.NO_SUCH_RECEIPT, number=rid)
    return Case(receipt, of_receipt(db, rid), correction_of(db, rid))


def printed(db: sqlite3.Connection, rid: str) -> ReceiptDoc | None:
    """The document of a receipt of this till."""
    row = db.execute(
        "SELECT body FROM document WHERE rid = ? AND kind = 'receipt'", (rid,)
    ).fetchone()
    return with_person(db, msgspec.json.decode(row[0], type=ReceiptDoc)) if row else None


def printed_by(db: sqlite3.Connection, start: str) -> ReceiptDoc | None:
    """The receipt of this till whose rid begins with ``start``, the newest of several."""
    row = db.execute(
        "SELECT rid FROM document WHERE kind = 'receipt' AND rid >= ? AND rid < ?"
        " ORDER BY made_at DESC LIMIT 1",
        (start, start + "~"),
    ).fetchone()
    return printed(db, row[0]) if row else None
