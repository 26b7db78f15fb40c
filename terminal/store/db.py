"""Opens SQLite the one right way, writes in one transaction, migrates. No tables of the trade.

WAL, ``synchronous=FULL``, explicit checkpoints by the owner, and one writing connection ever: a
lock file holds that rule between processes, for SQLite before 3.51.3 can damage a log that two
write. After an error of the disk a connection writes nothing more: what a failed ``fsync`` has lost
the next one does not tell.
"""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from terminal.errors import Blocked, Code
from terminal.sale.names import identity
from terminal.store.log import check_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_S = 5.0
# Read in a fifth of a second.
_CHECKED_BYTES_MAX = 64 * 2**20
_DISK_ERRORS = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}
# What a script says that older programs can no longer work with: "-- Oldest program: 12".
_OLDEST = re.compile(r"^-- Oldest program: (\d+)$", re.MULTILINE)
_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    # Else each transaction that a trigger or a unique index may stop makes a file in /tmp.
    "PRAGMA temp_store=MEMORY",
    # Checkpoints are the owner's: at idle and at day close.
    "PRAGMA wal_autocheckpoint=0",
)


def open_writer(path: Path, family: str, *, check_later: bool = False) -> sqlite3.Connection:
    """Open the one writing connection to ``path`` and bring its tables up to date.

    ``family`` names the folder of migrations. ``check_later`` leaves reading the whole file for
    damage to ``check``, which takes a second with a million rows. Raises ``Blocked`` E-40 when the
    file or its log is damaged or belongs to another family, E-185 when another process holds it,
    E-186 when it needs a newer program. A file that is there is never replaced.
    """
    is_new = not path.exists()
    lock = _lock(path)
    try:
        check_log(path)
    except Blocked:
        lock.close()
        raise
    # The connection moves once, from the thread that builds the till to the one that owns it.
    db = sqlite3.connect(
        path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in _PRAGMAS:
            db.execute(pragma)
        _check_family(db, family, path)
        if not check_later:
            check(db, path)
        migrate(db, family, path)
    except (sqlite3.DatabaseError, Blocked) as error:
        db.close()
        lock.close()
        if isinstance(error, Blocked):
            raise
        raise Blocked(Code.DATABASE_DAMAGED, path=path, detail=error) from error
    if is_new:
        sync_folder(path.parent)
    _WRITERS[id(db)] = _Writer(lock)
    return db


def open_reader(path: Path) -> sqlite3.Connection:
    """Open a read-only connection; any number may exist, on any thread, one thread each."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    db.execute("PRAGMA query_only=ON")
    return db


def close_writer(db: sqlite3.Connection) -> None:
    """Fold the log into the file, close, let another process in; an open transaction is lost."""
    writer = _WRITERS.pop(id(db))
    if db.in_transaction:
        db.execute("ROLLBACK")
    if not writer.is_frozen:
        checkpoint(db)
    db.close()
    writer.lock.close()


def checkpoint(db: sqlite3.Connection) -> None:
    """Fold the write-ahead log into the file; readers may make it partial, which is harmless."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def write(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction: all of the block or nothing of it, on disk when it ends.

    Within another one it is a part of that: nothing of the block when it fails, on disk with the
    whole. Raises ``Blocked`` E-60 when the disk is full or fails, and E-188 ever after it failed;
    nothing of the block has happened then.
    """
    writer = _WRITERS.get(id(db))
    if writer and writer.is_frozen:
        raise Blocked(Code.DISK_FAILED)
    begin, end, undo = _PART if db.in_transaction else _WHOLE
    try:
        db.execute(begin)
        yield db
        db.execute(end)
    except BaseException as error:
        # A full disk may have ended the whole by itself.
        if db.in_transaction:
            for statement in undo:
                db.execute(statement)
        # Only the low byte names the kind of error; the rest tells its kinds of kind apart.
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if kind not in _DISK_ERRORS:
            raise
        if writer:
            writer.is_frozen = kind == sqlite3.SQLITE_IOERR
            writer.on_trouble(kind)
        raise Blocked(Code.STORAGE, detail=error) from error


def on_trouble(db: sqlite3.Connection, tell: Callable[[int], None]) -> None:
    """Have ``tell`` called with SQLite's kind of error when the disk does not take a write."""
    _WRITERS[id(db)].on_trouble = tell


def migrate(db: sqlite3.Connection, family: str, path: Path) -> None:
    """Run the scripts of ``family`` that this file has not had, each in one transaction.

    A file that a newer program has extended is left as it is and used, unless one of its scripts
    says that a program as old as this cannot: then E-186. So a release may be taken back; what a
    script takes away it takes away a release after the last program that needs it.
    """
    db.create_function("compared_name", 1, identity, deterministic=True)
    scripts = sorted((_MIGRATIONS / family).glob("[0-9]*.sql"))
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if _oldest(db) > len(scripts):
        raise Blocked(Code.DATABASE_NEWER, path=path, found=version, ours=len(scripts))
    for number, script in enumerate(scripts[version:], start=version + 1):
        text = script.read_text(encoding="utf-8")
        with write(db):
            for statement in _statements(text):
                db.execute(statement)
            if oldest := _OLDEST.search(text):
                db.execute(_OLDEST_TABLE)
                db.execute("INSERT INTO oldest_program (version) VALUES (?)", (int(oldest[1]),))
            db.execute(f"PRAGMA user_version={number}")


# Not of a family's scripts: each program must find it, whatever it knows of the rest.
_OLDEST_TABLE = "CREATE TABLE IF NOT EXISTS oldest_program (version INTEGER NOT NULL) STRICT"


def _oldest(db: sqlite3.Connection) -> int:
    """The number of scripts that a program must know at least to use this file."""
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'oldest_program'").fetchone():
        return 0
    return int(db.execute("SELECT coalesce(max(version), 0) FROM oldest_program").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """Cut a script where SQLite itself says that a statement is complete."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        msg = f"unfinished statement: {pending.strip()}"
        raise AssertionError(msg)


def is_big(path: Path) -> bool:
    """Whether reading all of a file would hold up a start."""
    return path.exists() and path.stat().st_size > _CHECKED_BYTES_MAX


def check(db: sqlite3.Connection, path: Path) -> None:
    """Read the whole file; raises ``Blocked`` E-40 that says what is damaged."""
    try:
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise Blocked(Code.DATABASE_DAMAGED, path=path, detail=found)


def fold(db: sqlite3.Connection) -> None:
    """Fold what can be folded of the log into the file without waiting for anybody.

    A log that is folded now and then is written over from its start instead of growing all day.
    """
    if not db.in_transaction:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")


def flush(db: sqlite3.Connection) -> None:
    """Bring what an open transaction has written so far to the disk, so that its end is quick."""
    path = db.execute("PRAGMA database_list").fetchone()[2]
    with Path(f"{path}-wal").open("rb") as log:
        os.fsync(log.fileno())


def _check_family(db: sqlite3.Connection, family: str, path: Path) -> None:
    mark = int.from_bytes(family.encode()[:4])
    if db.execute("PRAGMA user_version").fetchone()[0] == 0:
        db.execute(f"PRAGMA application_id={mark}")
    elif db.execute("PRAGMA application_id").fetchone()[0] != mark:
        raise Blocked(Code.DATABASE_DAMAGED, path=path, detail=f"it is no {family}")


@dataclass(slots=True)
class _Writer:
    """What is known of a writing connection besides SQLite's own."""

    lock: TextIO
    is_frozen: bool = False
    on_trouble: Callable[[int], None] = lambda _kind: None


_WRITERS: dict[int, _Writer] = {}


def _lock(path: Path) -> TextIO:
    lock = path.with_name(path.name + ".lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise Blocked(Code.IN_USE, path=path) from error
    return lock


def sync_folder(folder: Path) -> None:
    """Make a new file's name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
