"""A journal that comes back from the office: documents in their chains, then all that follows.

The tables of a till are written from its documents by the same functions that wrote them first.
What was never a document does not come back: the receipt on the screen, attempts, wrong PINs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.documents import counters_of, receipt_of
from terminal.sale.names import identity
from terminal.store import (
    bills,
    cash,
    field_copies,
    goods,
    local_customers,
    outbox,
    persons,
    receipts,
    register,
    sales_documents,
    settings,
    shifts,
)
from terminal.store.shifts import Part, Shift
from terminal.sync.wire import (
    GENESIS,
    AttachmentDoc,
    BillDoc,
    CashDoc,
    CorrectionDoc,
    CounterDoc,
    CustomerDoc,
    CustomerEditDoc,
    Document,
    DroppedDoc,
    EventDoc,
    ReceiptDoc,
    ReturnDoc,
    SalesDoc,
    SalesStateDoc,
    ShiftDoc,
    VisitDoc,
    chain_hash,
    whole,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from terminal.sync.wire import Entry, JournalPage


class _Head(msgspec.Struct):
    """What every document says of itself, whatever its kind."""

    kind: str = ""
    at: str = ""
    closed_at: str = ""


_decode = msgspec.json.Decoder(Document).decode
_decode_head = msgspec.json.Decoder(_Head).decode


def is_used(db: sqlite3.Connection) -> bool:
    """Whether a till has written here: then it needs no copy, and must not get one."""
    asked = "SELECT 1 FROM document, delivered WHERE document.epoch = delivered.epoch LIMIT 1"
    return db.execute(asked).fetchone() is not None


def owner(db: sqlite3.Connection) -> str:
    """The terminal whose documents these are; empty when there is none."""
    row = db.execute("SELECT body ->> '$.terminal' FROM document LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def last_kept(db: sqlite3.Connection, epoch: int) -> int:
    """Number of the newest copy of an epoch, 0 before the first."""
    row = db.execute("SELECT max(seq) FROM document WHERE epoch = ?", (epoch,)).fetchone()
    return int(row[0] or 0)


def keep(db: sqlite3.Connection, epoch: int, page: JournalPage) -> None:
    """Add copies that follow from the last one, and the office's no; call inside ``write``.

    Raises ``SyncError`` E-51 when they do not.
    """
    seq = last_kept(db, epoch)
    head = outbox.head_at(db, epoch, seq) or GENESIS
    for entry in page.entries:
        follows = entry.seq == seq + 1 and entry.prev == head
        if not follows or chain_hash(head, entry.body) != entry.hash:
            place = f"{epoch}/{entry.seq}"
            detail = translate(_("its copy of the journal is damaged at {place}"), place=place)
            raise SyncError(Code.OFFICE_REFUSED, detail=detail)
        seq, head = entry.seq, entry.hash
        told = _decode_head(entry.body)
        row = (entry.rid, told.kind, told.closed_at or told.at, entry.prev, head, entry.body)
        db.execute(
            "INSERT INTO document (epoch, seq, rid, kind, made_at, prev, hash, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (epoch, seq, *row),
        )
        if entry.person:
            persons.keep(db, entry.rid, entry.person, _until(entry, row[2]))
    db.executemany(
        "INSERT INTO verdict (epoch, seq, is_accepted, reason) VALUES (?, ?, 0, ?)",
        [(epoch, v.seq, v.reason) for v in page.verdicts],
    )


def _until(entry: Entry, at: str) -> str:
    try:
        return persons.keep_until(whole(_decode(entry.body), entry.person), at)
    except (msgspec.DecodeError, ValueError):
        return ""


def rebuild(db: sqlite3.Connection, *, lost: int) -> None:
    """Write what follows from the copies; call inside ``write``, once.

    ``lost`` is how many documents are thought to be missing at their end.
    """
    expected: CounterDoc | None = None
    count = lost
    for seq, document in _documents(db):
        count += 1
        match document:
            case ReceiptDoc():
                _sold(db, seq, document)
            case DroppedDoc(printed_as_cancelled=False) | BillDoc():
                _not_printed(db, seq, document)
            case ReturnDoc() | CorrectionDoc() | EventDoc(name="receipt_copied"):
                _after_sale(db, document)
            case CustomerDoc() | CustomerEditDoc():
                local_customers.restore(db, document)
            case SalesDoc() | SalesStateDoc() | VisitDoc() | AttachmentDoc():
                field_copies.restore(db, document)
            case EventDoc(name="report_differs", detail=detail):
                settings.keep_difference(db, msgspec.convert(detail, settings.Difference))
            case EventDoc(name="report_difference_confirmed"):
                settings.keep_difference(db, None)
        _cash(db, seq, document)
        expected = getattr(document, "counters", None) or expected
    if expected is not None:
        settings.expect_counters(db, counters_of(expected))
    # Each token was followed by a document. The printer still holds answers to the last ones.
    settings.skip_tokens(db, count)


def _sold(db: sqlite3.Connection, seq: int, document: ReceiptDoc) -> None:
    receipt = receipt_of(document)
    number, report_no, printer_no = document.receipt_no, document.report_no, document.printer_no
    receipts.save(db, None, receipt)
    sold = receipts.Sold(document.closed_at, number, report_no, printer_no, seq)
    receipts.finish(db, receipt, sold)
    rates = {identity(line.name): line.rate_bp for line in receipt.live_lines}
    goods.remember(db, printer_no, rates)
    if receipt.makes_good:
        bills.make_good(db, receipt.makes_good, receipt.rid)
    if receipt.fulfils:
        sales_documents.settle(db, receipt.fulfils, "realised", receipt.rid)
    _belongs(db, document)


def _not_printed(db: sqlite3.Connection, seq: int, document: DroppedDoc | BillDoc) -> None:
    receipts.save(db, None, receipt_of(document))
    receipts.drop(db, document.rid, at=document.at, seq=seq)
    if isinstance(document, BillDoc):
        bills.add(db, document.rid, document.bill_no, document.at)
    _belongs(db, document)


def _after_sale(db: sqlite3.Connection, document: Document) -> None:
    """Registers, corrected payments, copies; cash that went then does not go again."""
    match document:
        case ReturnDoc():
            register.keep(db, document)
            if document.shift:
                shifts.add(db, document.shift, Part.RETURN, document.rid)
        case CorrectionDoc():
            register.keep_correction(db, document)
        case EventDoc(detail=detail):
            register.count_copy(db, str(detail.get("receipt", "")))


def _cash(db: sqlite3.Connection, seq: int, document: Document) -> None:
    """Shifts, cash that was moved, drawers that were opened."""
    match document:
        case CashDoc():
            cash.restore(db, document, seq)
            if document.shift:
                part = Part.REFUND if document.is_refund else Part.CASH
                shifts.add(db, document.shift, part, document.rid)
        case ShiftDoc(closed_at=""):
            shifts.begin(db, _shift(document))
        case ShiftDoc():
            shifts.end(db, document.shift, document.closed_at)
        case EventDoc(name="drawer_opened", detail={"shift": str(shift)}) if shift:
            shifts.add(db, shift, Part.DRAWER, document.rid)


def _belongs(db: sqlite3.Connection, document: ReceiptDoc | DroppedDoc | BillDoc) -> None:
    if document.shift:
        part = Part.BILL if isinstance(document, BillDoc) else Part.RECEIPT
        shifts.add(db, document.shift, part, document.rid)


def _shift(document: ShiftDoc) -> Shift:
    return Shift(
        document.shift,
        document.operator_id,
        document.operator,
        document.opened_at,
        document.opening_gr,
    )


def _documents(db: sqlite3.Connection) -> Iterator[tuple[int, Document]]:
    for seq, body, told in db.execute(
        "SELECT d.seq, d.body, coalesce(p.told, '') FROM document d"
        " LEFT JOIN person p ON p.rid = d.rid ORDER BY d.epoch, d.seq"
    ):
        try:
            yield seq, whole(_decode(body), told)
        except msgspec.DecodeError:
            # Of a program newer than this one: it stays in the chain, and nothing follows from it.
            continue
