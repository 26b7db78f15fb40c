"""The hash-chained documents of a till and how far the back office holds them. No network here.

``append`` belongs into the transaction of the fact that it documents. The outbox is no table: it is
what lies beyond the cursor, and nothing is deleted when it is delivered, so the cursor can go back
when the office has lost data. Source of the rules: docs/architecture.md, "Documents".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import attachments, persons, seals
from terminal.store.running import running_total
from terminal.sync.wire import GENESIS, Entry, Place, canonical, chain_hash, counts, with_total

if TYPE_CHECKING:
    import sqlite3

    from terminal.sync.wire import Document, JournalAnswer


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many documents the office lacks, since when, and how many it rejected.

    ``contents`` are the files of which it lacks bytes.
    """

    count: int
    oldest_at: str
    rejected: int
    contents: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive entries beyond the cursor; ``rejected`` may have been judged anew.

    ``unsealed`` are heads of days that the office holds and has not sealed.
    """

    epoch: int
    entries: tuple[Entry, ...]
    rejected: tuple[Place, ...] = ()
    unsealed: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that the office rejected, and why."""

    place: Place
    kind: str
    made_at: str
    reason: str


def begin(db: sqlite3.Connection, epoch: int) -> None:
    """Start the chain of an enrolled terminal; harmless when it has begun."""
    db.execute(
        "INSERT OR IGNORE INTO delivered (id, epoch, hw, head) VALUES (1, ?, 0, ?)",
        (epoch, GENESIS),
    )


def begin_anew(db: sqlite3.Connection, epoch: int) -> None:
    """Start the chain of a terminal whose device was replaced; call inside ``write``."""
    db.execute(
        "INSERT OR REPLACE INTO delivered (id, epoch, hw, head) VALUES (1, ?, 0, ?)",
        (epoch, GENESIS),
    )


def append(db: sqlite3.Connection, document: Document, made_at: str) -> int:
    """Chain ``document`` to the last one and give its number; call inside ``write``.

    It gets the running total here, and what it tells of a person is set apart.
    """
    if counts(document):
        document = with_total(document, running_total(db))
    document, (told, keep_until) = persons.set_apart(document, made_at)
    epoch = db.execute("SELECT epoch FROM delivered").fetchone()[0]
    last = db.execute(
        "SELECT seq, hash FROM document WHERE epoch = ? ORDER BY seq DESC LIMIT 1", (epoch,)
    ).fetchone()
    seq, prev = (last[0] + 1, last[1]) if last else (1, GENESIS)
    body = canonical(document)
    db.execute(
        "INSERT INTO document (epoch, seq, rid, kind, made_at, prev, hash, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            epoch,
            seq,
            document.rid,
            document.__struct_config__.tag,
            made_at,
            prev,
            chain_hash(prev, body),
            body,
        ),
    )
    if told:
        persons.keep(db, document.rid, told, keep_until)
    return int(seq)


def pending(db: sqlite3.Connection, entries_max: int, bytes_max: int) -> Batch:
    """What comes next, cut where ``bytes_max`` of bodies would be passed, but never to nothing."""
    epoch, hw = db.execute("SELECT epoch, hw FROM delivered").fetchone()
    chosen: list[Entry] = []
    size = 0
    for seq, rid, prev, digest, body, person in db.execute(
        "SELECT seq, d.rid, prev, hash, body, coalesce(told, '') FROM document d"
        " LEFT JOIN person p ON p.rid = d.rid WHERE epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
        (epoch, hw, entries_max),
    ):
        size += len(body.encode()) + len(person.encode())
        if chosen and size > bytes_max:
            break
        chosen.append(Entry(seq, rid, prev, digest, body, person))
    judged = tuple(one.place for one in rejections(db))
    return Batch(epoch, tuple(chosen), judged, tuple(seals.missing(db)))


def deliver(db: sqlite3.Connection, answer: JournalAnswer) -> bool:
    """Move the cursor to where the office is; call inside ``write``.

    Returns whether it went back, which means that the office has lost data and will get it again.
    Raises ``SyncError`` E-51, and moves nothing, when the office holds another chain than ours.
    """
    epoch, hw = db.execute("SELECT epoch, hw FROM delivered").fetchone()
    mine = head_at(db, epoch, answer.hw)
    if answer.epoch != epoch or mine != answer.head:
        place = f"{answer.epoch}/{answer.hw}"
        detail = translate(_("its journal is not ours at {place}"), place=place)
        raise SyncError(Code.OFFICE_REFUSED, detail=detail)
    db.execute("UPDATE delivered SET hw = ?, head = ?", (answer.hw, answer.head))
    db.executemany(
        "INSERT INTO verdict (epoch, seq, is_accepted, reason)"
        " VALUES (?, ?, ?, ?) ON CONFLICT (epoch, seq)"
        " DO UPDATE SET is_accepted = excluded.is_accepted, reason = excluded.reason",
        [(v.epoch or epoch, v.seq, v.is_accepted, v.reason) for v in answer.verdicts],
    )
    seals.keep(db, answer.seals)
    went_back = answer.hw < int(hw)
    if went_back:
        attachments.send_again(db)
    return went_back


def head_at(db: sqlite3.Connection, epoch: int, seq: int) -> str | None:
    """Our own hash at ``seq``; ``GENESIS`` at 0, None where we have no document."""
    if seq == 0:
        return GENESIS
    row = db.execute(
        "SELECT hash FROM document WHERE epoch = ? AND seq = ?", (epoch, seq)
    ).fetchone()
    return str(row[0]) if row else None


def hash_of(db: sqlite3.Connection, rid: str) -> str:
    """Hash of the document ``rid``."""
    return str(db.execute("SELECT hash FROM document WHERE rid = ?", (rid,)).fetchone()[0])


def place_of(db: sqlite3.Connection, rid: str) -> Place:
    """Where the document ``rid`` stands."""
    return Place(*db.execute("SELECT epoch, seq FROM document WHERE rid = ?", (rid,)).fetchone())


def count_between(db: sqlite3.Connection, first: tuple[int, int], last: tuple[int, int]) -> int:
    """How many documents there are from epoch and number ``first`` to ``last``, both included."""
    asked = "SELECT count(*) FROM document WHERE (epoch, seq) BETWEEN (?, ?) AND (?, ?)"
    return int(db.execute(asked, (*first, *last)).fetchone()[0])


def body_of(db: sqlite3.Connection, rid: str) -> str:
    """Canonical JSON of the document ``rid``."""
    return str(db.execute("SELECT body FROM document WHERE rid = ?", (rid,)).fetchone()[0])


def last_seq(db: sqlite3.Connection) -> int:
    """Number of the newest document of this epoch, 0 when there is none."""
    row = db.execute(
        "SELECT max(seq) FROM document WHERE epoch = (SELECT epoch FROM delivered)"
    ).fetchone()
    return int(row[0] or 0)


def count_from(db: sqlite3.Connection, kind: str, epoch: int, seq: int) -> int:
    """How many documents of ``kind`` there are, counted from the one at this place on."""
    asked = "SELECT count(*) FROM document WHERE kind = ? AND (epoch, seq) >= (?, ?)"
    return int(db.execute(asked, (kind, epoch, seq)).fetchone()[0])


def extent(db: sqlite3.Connection) -> tuple[int, str]:
    """How many documents there are, of whatever epoch, and when the last of them was made."""
    last = "SELECT made_at FROM document ORDER BY epoch DESC, seq DESC LIMIT 1"
    count, at = db.execute(f"SELECT count(*), ({last}) FROM document").fetchone()  # noqa: S608 - our own text
    return count, at or ""


def rejections(db: sqlite3.Connection, limit: int = 100) -> list[Rejection]:
    """The newest documents that the office rejected."""
    found = db.execute(
        "SELECT v.epoch, v.seq, d.kind, d.made_at, v.reason FROM verdict v"
        " JOIN document d ON d.epoch = v.epoch AND d.seq = v.seq"
        " WHERE v.is_accepted = 0 ORDER BY v.epoch DESC, v.seq DESC LIMIT ?",
        (limit,),
    )
    return [Rejection(Place(epoch, seq), *told) for epoch, seq, *told in found]


def unsent(db: sqlite3.Connection) -> Unsent:
    """What the status bar shows: asked after every sale, so it must not grow with what waits."""
    epoch, hw = db.execute("SELECT epoch, hw FROM delivered").fetchone()
    # Numbers have no gaps: what waits need not be counted.
    count = last_seq(db) - hw
    oldest = db.execute(
        "SELECT made_at FROM document WHERE epoch = ? AND seq = ?", (epoch, hw + 1)
    ).fetchone()
    rejected = db.execute("SELECT count(*) FROM verdict WHERE is_accepted = 0").fetchone()[0]
    contents = db.execute("SELECT count(*) FROM content WHERE state = 'waiting'").fetchone()[0]
    return Unsent(count, oldest[0] if oldest else "", rejected, contents)
