"""Copies an office in one file while it is written to, and reads all of such a file.

A copy has its name only when all of it is on the disk and was read again.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from backoffice.copies.faults import BadCopy, CopyFailed
from backoffice.copies.held import Held, held
from backoffice.releases.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OWNER_ONLY = 0o600
_BUSY_S = 10


def copy(source: Path, target: Path) -> Held:
    """Copy the database ``source``, as it is now, to ``target``; what was there is replaced.

    Whoever writes goes on. Raises ``BadCopy`` when what came out is not whole, ``CopyFailed`` when
    nothing could be written; ``target`` is then what it was.
    """
    with filling(target) as part:
        # SQLite fills an empty file, whose mode it leaves: it holds hashes of passwords and PINs.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        with closing(_reader(source)) as db:
            db.execute("VACUUM INTO ?", (str(part),))
        return whole(part)


def whole(path: Path) -> Held:
    """Read all of the file: pages, indexes, references, chains and digests; raises ``BadCopy``."""
    try:
        with closing(_reader(path)) as db:
            found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
            broken = db.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise BadCopy(detail=f"{path}: {error}") from error
    if found != "ok" or broken:
        raise BadCopy(detail=f"{path}: {found if found != 'ok' else f'{broken[0]} lost a row'}")
    engine = create_engine("sqlite://", creator=lambda: _reader(path), poolclass=NullPool)
    with engine.connect() as connection:
        return held(connection)


@contextmanager
def filling(target: Path) -> Iterator[Path]:
    """A file beside ``target`` that takes its place, on the disk, when the caller is done.

    Raises ``CopyFailed`` for what the disk or the database refuses.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise CopyFailed(detail=f"{target} was not written: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def _reader(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=_BUSY_S, check_same_thread=False)
