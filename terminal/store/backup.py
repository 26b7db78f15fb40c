"""Copies a database while it is written to, and finds out whether a copy is whole.

A copy has its name only when all of it is on disk. What is kept how long is the device's.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec

from terminal.audit.verify import Unreadable
from terminal.audit.verify import verify as audit
from terminal.errors import Blocked, Code
from terminal.store.db import open_reader, sync_folder
from terminal.sync.wire import GENESIS, chain_hash

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY = 0o600
# A byte that changed in a row is nothing that SQLite knows of.
_NOT_AS_TOLD = """
SELECT receipt.rid FROM document JOIN receipt ON receipt.rid = document.rid
WHERE document.kind = 'receipt' AND receipt.state = 'FISCAL'
AND (receipt.total_gr, receipt.receipt_no, receipt.closed_at, receipt.operator,
     (SELECT count(*) FROM receipt_line WHERE rid = receipt.rid),
     (SELECT sum(qty_milli) + sum(price_gr) + sum(rate_bp) + sum(is_void)
      FROM receipt_line WHERE rid = receipt.rid),
     (SELECT sum(amount_gr) FROM payment WHERE rid = receipt.rid))
IS NOT (body ->> '$.total_gr', body ->> '$.receipt_no', body ->> '$.closed_at',
     body ->> '$.operator', json_array_length(body, '$.lines'),
     (SELECT sum(value ->> '$.qty_milli') + sum(value ->> '$.price_gr') + sum(value ->> '$.rate_bp')
      + sum(value ->> '$.is_void') FROM json_each(body, '$.lines')),
     (SELECT sum(value ->> '$.amount_gr') FROM json_each(body, '$.payments')))
LIMIT 1
"""


def backup(db_path: Path, target: Path) -> None:
    """Copy the database ``db_path``, as it is now, to ``target``; what was there is replaced.

    Whoever writes goes on. Raises ``Blocked`` E-40 when the source is damaged, E-60 when the copy
    cannot be written; ``target`` is then what it was.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        # SQLite fills an empty file, whose mode it leaves: a journal is nobody else's to read.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        with closing(open_reader(db_path)) as source:
            # The source stays closed to writing; the copy is a second database beside it.
            source.execute("PRAGMA query_only=OFF")
            source.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        if getattr(error, "sqlite_errorcode", 0) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise Blocked(Code.DATABASE_DAMAGED, path=db_path, detail=error) from error
        raise Blocked(Code.STORAGE, detail=error) from error


def verify(path: Path) -> int:
    """Read all of a journal, in use or a copy; gives the number of documents in its chain.

    What an auditor would find is looked for, too: running totals, heads of days, signatures. Raises
    ``Blocked`` E-40 that names the first thing that is wrong.
    """
    try:
        with closing(open_reader(path)) as db:
            count = check_whole(db)
        audited = audit(path)
    except (sqlite3.Error, ValueError, Unreadable) as error:
        raise Blocked(Code.DATABASE_DAMAGED, path=path, detail=error) from error
    if audited.wrong:
        found = audited.findings[0]
        detail = f"{found['place']} {found['what']}"
        raise Blocked(Code.DATABASE_DAMAGED, path=path, detail=detail)
    return count


def check_whole(db: sqlite3.Connection) -> int:
    """Check pages, indexes, references, the chain of documents, and receipts by their documents.

    Gives the number of documents.
    Raises ``ValueError`` that names the first thing that is wrong, or what SQLite raises.
    """
    found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise ValueError(found)
    if row := db.execute("PRAGMA foreign_key_check").fetchone():
        msg = f"a row of {row[0]} refers to a row of {row[2]} that is not there"
        raise ValueError(msg)
    count = _walk(db)
    if row := db.execute(_NOT_AS_TOLD).fetchone():
        msg = f"receipt {row[0]} is not what its document says"
        raise ValueError(msg)
    return count


class _Head(msgspec.Struct):
    """What the columns say of a document besides its place."""

    rid: str
    kind: str


_decode_head = msgspec.json.Decoder(_Head).decode


def _walk(db: sqlite3.Connection) -> int:
    """Each chain from its beginning, without a gap; the columns say what the document does."""
    epoch, last, head, count = 0, 0, GENESIS, 0
    for at, seq, prev, digest, body, rid, kind, made_at in db.execute(
        "SELECT epoch, seq, prev, hash, body, rid, kind, made_at FROM document ORDER BY epoch, seq"
    ):
        if at != epoch:
            epoch, last, head = at, 0, GENESIS
        if seq != last + 1 or prev != head or digest != chain_hash(prev, body):
            msg = f"the chain of documents breaks at {epoch}/{seq}"
            raise ValueError(msg)
        told = _decode_head(body)
        if (told.rid, told.kind) != (rid, kind) or f'"{made_at}"' not in body:
            msg = f"the row of document {epoch}/{seq} is not what the document says"
            raise ValueError(msg)
        last, head, count = seq, digest, count + 1
    return count
