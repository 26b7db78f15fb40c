"""Documents against the facts they tell, and against what the office holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.crash.reading import bodies, rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from hw_emulator.posnet.memory import MemoryView

LETTERS = "ABCDEFG"


def receipt_documents(db: sqlite3.Connection) -> Iterator[str]:
    documents = {body["rid"]: body for body in bodies(db, "receipt")}
    for row in rows(db, "SELECT * FROM receipt WHERE state = 'FISCAL'"):
        rid = row["rid"]
        body = documents.pop(rid, None)
        if body is None:
            yield f"receipt {rid}: sold, but no document"
            continue
        names = ("seq", "receipt_no", "report_no", "printer_no", "total_gr", "nip", "document")
        names += ("invoice_no", "buyer_name", "buyer_address", "makes_good")
        ours, told = [row[name] for name in names], [body[name] for name in names]
        if ours != told:
            yield f"receipt {rid}: journal {ours}, document {told}"
        split = {part["vat"]: part["gross_gr"] for part in body["split"]}
        if [split.get(letter, 0) for letter in LETTERS] != json.loads(row["totals_gr"]):
            yield f"receipt {rid}: split {split}"
        asked = "SELECT method, amount_gr, status, symbol, foreign_amount, face_gr FROM payment"
        kept = [tuple(it.values()) for it in rows(db, f"{asked} WHERE rid = ? ORDER BY no", rid)]
        names = ("method", "amount_gr", "status", "symbol", "foreign", "face_gr")
        if kept != [tuple(one[name] for name in names) for one in body["payments"]]:
            yield f"receipt {rid}: payments {kept}, document {body['payments']}"
        paid = sum(one["amount_gr"] - one["change_gr"] for one in body["payments"])
        if paid != row["total_gr"]:
            yield f"receipt {rid}: document says {paid} paid of {row['total_gr']}"
    for rid in documents:
        yield f"receipt {rid}: a document, but not sold"


def dropped_documents(db: sqlite3.Connection, printed: MemoryView) -> Iterator[str]:
    documents = bodies(db, "dropped")
    given_up = {body["rid"] for body in documents if not body["printed_as_cancelled"]}
    asked = "SELECT rid FROM receipt WHERE state = 'DROPPED'"
    dropped = {row["rid"] for row in rows(db, asked)} - {body["rid"] for body in bodies(db, "bill")}
    for rid in given_up ^ dropped:
        yield f"receipt {rid}: dropped and its document do not match"
    told = sum(body["printed_as_cancelled"] for body in documents)
    ended = rows(db, "SELECT 1 FROM attempt WHERE outcome = 'CANCELLED'")
    if told != len(ended):
        yield f"cancelled printouts: {told} documents, {len(ended)} attempts"
    many = len(printed.cancelled) + len(printed.cancelled_invoices)
    if told > many:
        yield f"cancelled printouts: {told} documents, {many} in fiscal memory"


def delivered(db: sqlite3.Connection, office: sqlite3.Connection) -> Iterator[str]:
    (cursor,) = rows(db, "SELECT epoch, hw, head FROM delivered")
    ours = {row["seq"]: row for row in rows(db, "SELECT * FROM document")}
    if not ours:
        return
    terminal = json.loads(ours[1]["body"])["terminal"]
    place = terminal, cursor["epoch"]
    asked = "SELECT * FROM journal_entry WHERE terminal = ? AND epoch = ? ORDER BY seq"
    theirs = {row["seq"]: row for row in rows(office, asked, *place)}
    for seq in range(1, cursor["hw"] + 1):
        if seq not in theirs:
            yield f"document {seq}: believed delivered, the office has none"
    for seq, row in theirs.items():
        names = ("rid", "prev", "hash", "body")
        if seq not in ours or any(ours[seq][name] != row[name] for name in names):
            yield f"document {seq}: the office has another"
    asked = "SELECT seq, reason FROM verdict WHERE terminal = ? AND epoch = ? AND NOT is_accepted"
    for row in rows(office, asked, *place):
        yield f"document {row['seq']}: rejected by the office: {row['reason']}"
    for row in rows(office, "SELECT kind, detail FROM alarm WHERE terminal = ?", terminal):
        yield f"alarm at the office: {row['kind']} {row['detail']}"
