"""Holds a till's journal against the printer's fiscal memory and the office: what is lost, doubled?

Reads files only, as an auditor would, and shares no code with the till: hashes are computed again,
totals added again. Every sentence it gives is a violation; an empty list is the only good news.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from hw_emulator.posnet.memory import FiscalReceipt, MemoryView, read_memory
from hw_emulator.posnet.views import FiscalInvoice
from tests.crash.documents import LETTERS, delivered, dropped_documents, receipt_documents
from tests.crash.reading import Row, bodies, opened, rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

REFERENCE = 8
INVOICES = {"invoice", "meal_invoice"}
GENESIS = "0" * 64

Ack = tuple[str, int]


def check(
    journal: Path,
    memory: Path,
    office: Path | None = None,
    *,
    is_settled: bool = True,
    acks: Iterable[Ack] = (),
) -> list[str]:
    """Everything that is wrong, as sentences.

    ``is_settled`` says that the till has met its printer since whatever happened: nothing may be in
    doubt any more. ``acks`` are rid and number of receipts that somebody was told are printed.
    ``office`` is the office's database; what the till believes delivered must be there.
    """
    printed = read_memory(memory)
    with opened(journal) as db:
        if not _has_begun(db):
            return [f"journal: empty, {len(printed.receipts)} printed"] * bool(printed.receipts)
        found = [*_damage(db), *_chain(db), *_attempts(db), *_closings(db, is_settled=is_settled)]
        found += _receipts(db, printed, is_settled=is_settled)
        found += receipt_documents(db)
        found += dropped_documents(db, printed)
        found += _reports(db, printed, is_settled=is_settled)
        found += _acked(db, acks)
        if is_settled:
            found += _expectation(db, printed)
        if office is not None:
            with opened(office) as theirs:
                found += delivered(db, theirs)
    return found


# --- reading -------------------------------------------------------------------------------------


def _has_begun(db: sqlite3.Connection) -> bool:
    """Whether the first start came as far as the beginning of the chain."""
    tables = "SELECT 1 FROM sqlite_master WHERE name = 'delivered'"
    return bool(rows(db, tables) and rows(db, "SELECT 1 FROM delivered"))


def _totals(parts: Iterable[Iterable[int]]) -> list[int]:
    return [sum(column) for column in zip(*parts, strict=True)] or [0] * len(LETTERS)


# --- the journal by itself -----------------------------------------------------------------------


def _damage(db: sqlite3.Connection) -> Iterator[str]:
    for (word,) in db.execute("PRAGMA integrity_check"):
        if word != "ok":
            yield f"journal: {word}"
    for row in db.execute("PRAGMA foreign_key_check"):
        yield f"journal: dangling {tuple(row)}"


def _chain(db: sqlite3.Connection) -> Iterator[str]:
    heads: dict[int, tuple[int, str]] = {}
    for row in rows(db, "SELECT * FROM document ORDER BY epoch, seq"):
        place = f"document {row['epoch']}/{row['seq']}"
        last, head = heads.get(row["epoch"], (0, GENESIS))
        if row["seq"] != last + 1:
            yield f"{place}: follows {last}"
        if row["prev"] != head:
            yield f"{place}: chain is broken"
        own = hashlib.sha256(b"kaso-j1" + bytes.fromhex(row["prev"]) + row["body"].encode())
        if own.hexdigest() != row["hash"]:
            yield f"{place}: hash is not that of its body"
        body = json.loads(row["body"])
        if (body["rid"], body["kind"]) != (row["rid"], row["kind"]):
            yield f"{place}: body is that of {body['kind']} {body['rid']}"
        heads[row["epoch"]] = row["seq"], row["hash"]
    (cursor,) = rows(db, "SELECT epoch, hw, head FROM delivered")
    known = dict(db.execute("SELECT seq, hash FROM document").fetchall())
    if cursor["head"] != (known.get(cursor["hw"]) if cursor["hw"] else GENESIS):
        yield f"cursor: at {cursor['hw']} with a hash that is not ours"


def _attempts(db: sqlite3.Connection) -> Iterator[str]:
    for row in rows(db, "SELECT rid, state FROM receipt"):
        rid, state = row["rid"], row["state"]
        outcomes = [
            one["outcome"]
            for one in rows(db, "SELECT outcome FROM attempt WHERE rid = ? ORDER BY no", rid)
        ]
        is_open = outcomes[-1:] == [None]
        if None in outcomes[:-1] or is_open != (state == "PRINTING"):
            yield f"receipt {rid}: {state} with attempts {outcomes}"
        if outcomes.count("SOLD") != (state == "FISCAL") or "SOLD" in outcomes[:-1]:
            yield f"receipt {rid}: {state}, attempts {outcomes}"


def _closings(db: sqlite3.Connection, *, is_settled: bool) -> Iterator[str]:
    told = {body["rid"] for body in bodies(db, "report") if body["route"] == "terminal"}
    made = set()
    for row in rows(db, "SELECT rid, step, report_no, ended_at FROM closing"):
        if row["step"] not in {"INTENT", "NOT_MADE"}:
            made.add(row["rid"])
        if is_settled and row["step"] == "INTENT":
            yield f"closing {row['rid']}: nobody knows whether the report was made"
        if (row["ended_at"] is None) == (row["step"] in {"DONE", "NOT_MADE"}):
            yield f"closing {row['rid']}: {row['step']}, ended {row['ended_at']}"
    for rid in made ^ told:
        yield f"closing {rid}: report and document do not match"


# --- journal and fiscal memory -------------------------------------------------------------------


def _receipts(db: sqlite3.Connection, printed: MemoryView, *, is_settled: bool) -> Iterator[str]:
    documents = (*printed.receipts, *printed.invoices)
    times = Counter(receipt.reference for receipt in documents)
    for reference, many in times.items():
        if many > 1:
            yield f"printed {many} times: {reference}"
    known = {row["rid"][:REFERENCE]: row for row in rows(db, "SELECT * FROM receipt")}
    in_memory = {receipt.reference: receipt for receipt in documents}
    for reference, receipt in in_memory.items():
        row = known.get(reference)
        if row is None:
            yield f"in fiscal memory, not in the journal: {reference} no {receipt.number}"
        elif row["state"] == "FISCAL":
            yield from _compare(db, row, receipt)
        elif not (row["state"] == "PRINTING" and not is_settled) and not _is_disputed(db, row):
            yield f"lost: {row['rid']} is printed, the journal says {row['state']}"
    for reference, row in known.items():
        if row["state"] == "FISCAL" and reference not in in_memory:
            yield f"invented: {row['rid']} is FISCAL, the fiscal memory has no such receipt"
        if row["state"] == "PRINTING" and is_settled:
            yield f"in doubt: {row['rid']} is still PRINTING"


def _compare(
    db: sqlite3.Connection, row: Row, receipt: FiscalReceipt | FiscalInvoice
) -> Iterator[str]:
    rid, is_invoice = row["rid"], isinstance(receipt, FiscalInvoice)
    # The printer counts invoices ever made; the till gives them a number of its own.
    number = f"/{row['invoice_no']}" if is_invoice else row["receipt_no"]
    printed_no = f"/{receipt.invoice_no.rpartition('/')[2]}" if is_invoice else receipt.number
    ours = number, row["report_no"], row["total_gr"], json.loads(row["totals_gr"])
    theirs = printed_no, receipt.report_no, receipt.total_gr, list(receipt.totals_gr)
    if ours != theirs or is_invoice != (row["document"] in INVOICES):
        yield f"receipt {rid}: journal {row['document']} {ours}, fiscal memory {theirs}"
    sold = rows(
        db, "SELECT name, vat, price_gr FROM receipt_line WHERE rid = ? AND NOT is_void", rid
    )
    lines = [{"name": it.name, "vat": it.vat, "price_gr": it.price_gr} for it in receipt.lines]
    # A line that the wire has lost is sent again behind its neighbours.
    if _sorted(sold) != _sorted(lines):
        yield f"receipt {rid}: lines {sold}, printed {lines}"
    if is_invoice:
        return  # how it was paid stands there in words only
    (paid,) = rows(db, "SELECT total(amount_gr) AS gr FROM payment WHERE rid = ?", rid)
    if int(paid["gr"]) - receipt.change_gr != receipt.total_gr:
        yield f"receipt {rid}: paid {paid['gr']}, change {receipt.change_gr}"


def _sorted(lines: list[Row]) -> list[list[object]]:
    return sorted(list(line.values()) for line in lines)


def _is_disputed(db: sqlite3.Connection, row: Row) -> bool:
    asked = "SELECT 1 FROM attempt WHERE rid = ? AND outcome = 'DISPUTED'"
    return row["state"] == "DROPPED" and bool(rows(db, asked, row["rid"]))


def _reports(db: sqlite3.Connection, printed: MemoryView, *, is_settled: bool) -> Iterator[str]:
    documents = bodies(db, "report")
    times = Counter(document["report_no"] for document in documents)
    in_memory = {report.number: report for report in printed.reports}
    is_open = bool(rows(db, "SELECT 1 FROM closing WHERE step = 'INTENT'")) or not is_settled
    told = (body for body in bodies(db, "event") if body["name"] == "report_differs")
    differing = {body["detail"]["report_no"] for body in told}
    for number in in_memory:
        if times[number] != 1 and not (is_open and times[number] == 0):
            yield f"daily report {number}: {times[number]} documents"
    for document in documents:
        number = document["report_no"]
        report = in_memory.get(number)
        if report is None:
            yield f"daily report {number}: not in the fiscal memory"
            continue
        names = ("receipts", "cancelled", "printer_gr", "invoices", "invoices_cancelled")
        ours = [document[name] for name in (*names, "printer_invoice_gr")]
        theirs = [report.receipts, report.cancelled, list(report.totals_gr), report.invoices]
        theirs += [report.cancelled_invoices, list(report.invoice_totals_gr)]
        if ours != theirs:
            yield f"daily report {number}: document {ours}, fiscal memory {theirs}"
        local = document["local_gr"], document["local_invoice_gr"]
        sold = _sold(db, number, is_invoice=False), _sold(db, number, is_invoice=True)
        if sold != local:
            yield f"daily report {number}: sold {sold}, told {local}"
        told_gr = document["printer_gr"], document["printer_invoice_gr"]
        if (local != told_gr) != (number in differing):
            yield f"daily report {number}: a difference and its event do not match"


def _sold(db: sqlite3.Connection, report_no: int, *, is_invoice: bool) -> list[int]:
    asked = "SELECT totals_gr, document FROM receipt WHERE report_no = ?"
    return _totals(
        json.loads(row["totals_gr"])
        for row in rows(db, asked, report_no)
        if (row["document"] in INVOICES) is is_invoice
    )


def _expectation(db: sqlite3.Connection, printed: MemoryView) -> Iterator[str]:
    stored = rows(db, "SELECT value FROM setting WHERE key = 'printer.counters'")
    if not stored:
        return
    expected = json.loads(stored[0]["value"])
    books = printed.books
    names = ("reports", "receipts", "cancelled", "totals_gr", "invoices", "invoice_totals_gr")
    ours = [expected[name] for name in names]
    theirs = [len(books.reports), books.day.receipts, books.day.cancelled, books.day.totals_gr]
    theirs += [books.day.invoices, books.day.invoice_totals_gr]
    if ours != theirs:
        yield f"expected counters {ours}, fiscal memory {theirs}"


def _acked(db: sqlite3.Connection, acks: Iterable[Ack]) -> Iterator[str]:
    sold = {
        row["rid"]: row["receipt_no"]
        for row in rows(db, "SELECT rid, receipt_no FROM receipt WHERE state = 'FISCAL'")
    }
    for rid, number in acks:
        if sold.get(rid) != number:
            yield f"told: {rid} is receipt {number}; the journal has {sold.get(rid)}"
