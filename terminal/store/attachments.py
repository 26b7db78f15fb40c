"""Notes and files about something, and how far the bytes of this till's files are at the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.store import own_rows
from terminal.store.tables import TABLES
from terminal.sync.wire import Attachment, AttachmentDoc

if TYPE_CHECKING:
    import sqlite3

NAME = "attachments"
_TABLE = TABLES[NAME]
# The office hears of a file before it gets its bytes.
_NEXT = """
    SELECT c.sha256, c.size FROM content AS c
    JOIN document AS d ON d.rid = c.rid JOIN delivered AS s
    WHERE c.state = 'waiting' AND (d.epoch < s.epoch OR d.seq <= s.hw)
    ORDER BY d.epoch, d.seq LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, by their digest."""

    sha256: str
    size: int


def row_of(document: AttachmentDoc) -> Attachment:
    """The row that a document tells of."""
    return Attachment(
        document.rid,
        document.about,
        document.of,
        document.sort,
        document.at,
        document.name,
        document.size,
        document.sha256,
        document.media_type,
        document.text,
    )


def put(db: sqlite3.Connection, document: AttachmentDoc) -> Attachment:
    """Keep what a document tells of; bytes that the office may lack wait. Call inside ``write``.

    What it got once it may have forgotten since: it is asked, and the bytes go only if it has.
    """
    row = row_of(document)
    own_rows.put(db, NAME, row, None, document.rid)
    if row.kind == "file":
        db.execute(
            "INSERT INTO content (sha256, size, state, rid) VALUES (?, ?, 'waiting', ?)"
            " ON CONFLICT (sha256) DO UPDATE SET state = 'waiting', reason = '', rid = excluded.rid"
            " WHERE state <> 'waiting'",
            (row.sha256, row.size, document.rid),
        )
    return row


def about(
    catalogue: sqlite3.Connection, journal: sqlite3.Connection, what: str, of: str
) -> list[Attachment]:
    """The notes and files about something, the newest first."""
    mine = own_rows.ahead(catalogue, NAME, own_rows.of(journal, NAME))
    rows = catalogue.execute(
        f"{_TABLE.select} WHERE NOT is_removed AND about = ? AND of = ?", (what, of)
    )
    known = (_TABLE.from_columns(Attachment, row) for row in rows)
    own = (row for row in mine.values() if isinstance(row, Attachment))
    found = [row for row in known if row.id not in mine]
    found += [row for row in own if (row.about, row.of) == (what, of)]
    return sorted(found, key=lambda row: (row.at, row.id), reverse=True)


def next_waiting(db: sqlite3.Connection) -> Content | None:
    """The oldest of those whose document the office has."""
    row = db.execute(_NEXT).fetchone()
    return Content(*row) if row else None


def sent(db: sqlite3.Connection, sha256: str) -> None:
    """The office has all of it; call inside ``write``."""
    db.execute("UPDATE content SET state = 'sent', reason = '' WHERE sha256 = ?", (sha256,))


def send_again(db: sqlite3.Connection) -> None:
    """The office has lost data, perhaps also bytes: it is asked for each; call inside ``write``."""
    db.execute("UPDATE content SET state = 'waiting' WHERE state = 'sent'")


def refuse(db: sqlite3.Connection, sha256: str, reason: str) -> None:
    """It will not come there; call inside ``write``."""
    db.execute(
        "UPDATE content SET state = 'refused', reason = ? WHERE sha256 = ?", (reason, sha256)
    )


def why_refused(db: sqlite3.Connection, sha256: str) -> str:
    """Why the office does not get it; empty when it has, or will."""
    row = db.execute("SELECT reason FROM content WHERE sha256 = ?", (sha256,)).fetchone()
    return str(row[0]) if row else ""
