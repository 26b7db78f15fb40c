"""Opens SQLite the one right way, writes in one transaction, migrates. No tables of its own.

WAL, ``synchronous=FULL``, explicit checkpoints by the owner, and one writing connection ever: a
lock file holds that rule between processes, for SQLite before 3.51.3 can damage a log that two
write.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from terminal.errors import Blocked, Code
from terminal.sale.names import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_S = 5.0
_DISK_ERRORS = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}
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
    file is damaged, belongs to another family, was written by a program too new for us, or is held
    by another process. A file that is there is never replaced.
    """
    is_new = not path.exists()
    lock = _lock(path)
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
    _LOCKS[id(db)] = lock
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
    if db.in_transaction:
        db.execute("ROLLBACK")
    checkpoint(db)
    db.close()
    _LOCKS.pop(id(db)).close()


def checkpoint(db: sqlite3.Connection) -> None:
    """Fold the write-ahead log into the file; readers may make it partial, which is harmless."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def write(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction: all of the block or nothing of it, on disk when it ends.

    Within another one it is a part of that: nothing of the block when it fails, on disk with the
    whole. Raises ``Blocked`` E-60 when the disk is full or fails; nothing of the block has happened
    then.
    """
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
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DISK_ERRORS:
            raise Blocked(Code.STORAGE, detail=error) from error
        raise


def migrate(db: sqlite3.Connection, family: str, path: Path) -> None:
    """Run the scripts of ``family`` that this file has not had, each in one transaction."""
    db.create_function("compared_name", 1, identity, deterministic=True)
    scripts = sorted((_MIGRATIONS / family).glob("[0-9]*.sql"))
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(scripts):
        detail = f"version {version} is newer than this program ({len(scripts)})"
        raise Blocked(Code.DATABASE_DAMAGED, path=path, detail=detail)
    for number, script in enumerate(scripts[version:], start=version + 1):
        with write(db):
            for statement in _statements(script.read_text(encoding="utf-8")):
                db.execute(statement)
            db.execute(f"PRAGMA user_version={number}")


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


_LOCKS: dict[int, TextIO] = {}


def _lock(path: Path) -> TextIO:
    lock = path.with_name(path.name + ".lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        detail = "another program holds it"
        raise Blocked(Code.DATABASE_DAMAGED, path=path, detail=detail) from error
    return lock


def sync_folder(folder: Path) -> None:
    """Make a new file's name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
