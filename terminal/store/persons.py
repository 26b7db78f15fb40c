"""What documents told of buyers and customers, apart from the chain, until it is erased.

Erasing leaves the document, its hash and the numbers of its receipt as they are.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from terminal.store import own_rows
from terminal.sync.wire import apart, is_legal_record, whole

if TYPE_CHECKING:
    import sqlite3

    from terminal.sync.wire import Document

# A till needs buyer and customer for copies, returns and complaints; the office keeps the rest.
KEPT_DAYS = 90
_SALT_BYTES = 16
# An invoice is kept until its tax cannot be asked for any more: five years from the end of the year
# in which it was due, which for December is the next one.
_LEGAL_YEARS = 6
_D = TypeVar("_D", bound="Document")


def set_apart(document: _D, at: str) -> tuple[_D, tuple[str, str]]:
    """The document without what it tells of a person, and that with the day it must be kept until.

    ``at`` is when it was made. The text is empty when it tells of nobody.
    """
    bare, told = apart(document, secrets.token_hex(_SALT_BYTES))
    return bare, (told, keep_until(document, at) if told else "")


def keep_until(document: Document, at: str) -> str:
    """The last day on which the law wants it; empty when it does not."""
    return f"{int(at[:4]) + _LEGAL_YEARS}-12-31" if is_legal_record(document) else ""


def keep(db: sqlite3.Connection, rid: str, told: str, until: str) -> None:
    """Keep what the document ``rid`` told; call inside ``write``, with the document."""
    db.execute("INSERT INTO person (rid, told, keep_until) VALUES (?, ?, ?)", (rid, told, until))


def with_person(db: sqlite3.Connection, document: _D) -> _D:
    """The document as it was written; without what was erased since."""
    row = db.execute("SELECT told FROM person WHERE rid = ?", (document.rid,)).fetchone()
    return whole(document, row[0]) if row else document


def forget_old(db: sqlite3.Connection, at: str) -> int:
    """What the daily report ends: the till forgets what it needs no more; call inside ``write``."""
    before = datetime.fromisoformat(at) - timedelta(days=KEPT_DAYS)
    return erase_old(db, f"{before:%Y-%m-%d}", at[:10], at)


def erase_old(db: sqlite3.Connection, before: str, today: str, at: str) -> int:
    """Erase what was told before the day ``before``, the office holds, and no law wants; how many.

    Call inside ``write``.
    """
    found = db.execute(
        "SELECT p.rid FROM person p JOIN document d USING (rid) JOIN delivered s"
        " WHERE p.told <> '' AND p.keep_until < ? AND d.made_at < ?"
        " AND (d.epoch < s.epoch OR d.seq <= s.hw)",
        (today, before),
    ).fetchall()
    # What is erased must not stay in pages that nobody uses any more.
    db.execute("PRAGMA secure_delete=ON")
    for (rid,) in found:
        _erase(db, rid, at)
    db.execute("PRAGMA secure_delete=OFF")
    return len(found)


def _erase(db: sqlite3.Connection, rid: str, at: str) -> None:
    db.execute("UPDATE person SET told = '', erased_at = ? WHERE rid = ?", (at, rid))
    db.execute(
        "UPDATE receipt SET nip = '', customer = '', buyer_name = '', buyer_address = '', kid = ''"
        " WHERE rid = ?",
        (rid,),
    )
    db.execute("DELETE FROM local_customer WHERE id = ?", (rid,))
    own_rows.forget(db, rid)
    done = "('PRINTED', 'DROPPED')"
    db.execute(f"DELETE FROM slip WHERE instr(key, ?) AND state IN {done}", (rid,))  # noqa: S608 - our own words
