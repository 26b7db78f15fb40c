"""Files that hold every data set of a shop at once, for a till's first load. No HTTP here.

Each is made once, whatever the number of tills that ask and of processes that share the folder; its
name is that of its content. Older ones stay for an hour after somebody asked for them, so that a
till behind a slow line comes to its end although the office changes a price every minute.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import shutil
import sqlite3
import tempfile
import time
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

import msgspec

from backoffice import publish
from backoffice.errors import NotFound
from backoffice.store import data_rows
from backoffice.store.company import company_of
from backoffice.store.engine import reading
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Engine

_KEPT_S = 3600
# Half the time of the usual level for a twentieth more bytes.
_LEVEL = 4
_PLACE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class File:
    """A snapshot that is ready; ``etag`` is the SHA-256 of its bytes."""

    path: Path
    etag: str


def announced(connection: Connection, shop: str) -> list[wire.SetState]:
    """States of the data sets, with the name of the snapshot that holds them."""
    states = publish.states(connection, shop)
    key = wire.snapshot_key(company_of(connection), shop, states)
    return [msgspec.structs.replace(state, snapshot=key) for state in states]


class Snapshots:
    """The files in ``folder``; without one they lie in a folder that goes with ``close``."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._own: Path | None = None
        self._lock = Lock()
        self._begun: dict[str, Future[File]] = {}

    def find(self, company: str, shop: str, key: str) -> File | None:
        """The snapshot of that name, if it is ready and belongs to the shop."""
        for path in self._place().glob(f"{_mark(company, shop)}.*.gz"):
            _, named, etag, _ = path.name.split(".")
            if named == key:
                os.utime(path)
                return File(path, etag)
        return None

    def begin(self, engine: Engine, shop: str, key: str) -> Future[File]:
        """Have the snapshot made, unless that has begun already; the Future may raise ``NotFound``.

        ``engine`` is bound to the company.
        """
        with self._lock:
            if key in self._begun:
                return self._begun[key]
            future = self._begun[key] = Future()
        Thread(target=self._run, args=(future, engine, shop, key), name="snapshot").start()
        return future

    def close(self) -> None:
        """Remove what lies in no folder of the office's."""
        if self._own is not None:
            shutil.rmtree(self._own, ignore_errors=True)
            self._own = None

    def _run(self, future: Future[File], engine: Engine, shop: str, key: str) -> None:
        try:
            future.set_result(self._make(engine, shop, key))
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever asked
            future.set_exception(error)
        finally:
            with self._lock:
                del self._begun[key]

    def _make(self, engine: Engine, shop: str, key: str) -> File:
        with self._alone(), reading(engine) as database:
            company = company_of(database)
            if made := self.find(company, shop, key):
                return made  # another process was quicker
            states = announced(database, shop)
            if any(state.snapshot != key for state in states):
                raise NotFound(detail="the data has changed since: ask for the sets again")
            with tempfile.TemporaryDirectory(dir=self._place(), prefix="new-") as folder:
                plain, packed = Path(folder, "plain"), Path(folder, "packed")
                _fill(plain, database, shop, states)
                etag = _pack(plain, packed)
                mark = _mark(company, shop)
                path = self._place() / f"{mark}.{key}.{etag}.gz"
                packed.replace(path)
            self._clear(mark)
            return File(path, etag)

    def _clear(self, mark: str) -> None:
        for path in self._place().glob(f"{mark}.*.gz"):
            if time.time() - path.stat().st_mtime > _KEPT_S:
                path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One snapshot at a time is made in the folder; the lock ends with the process, too."""
        with (self._place() / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _place(self) -> Path:
        if self._folder is not None:
            # It holds the hashes of PINs, as the database does.
            self._folder.mkdir(mode=0o700, exist_ok=True)
            return self._folder
        with self._lock:
            if self._own is None:
                self._own = Path(tempfile.mkdtemp(prefix="kasoterminal-"))
            return self._own


def _mark(company: str, shop: str) -> str:
    return sha256(f"{company}\0{shop}".encode()).hexdigest()[:_PLACE_LENGTH]


def _fill(path: Path, connection: Connection, shop: str, states: Sequence[wire.SetState]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        # A file that is not finished is thrown away.
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute(f"PRAGMA application_id = {wire.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {wire.FORMAT}")
        db.execute("BEGIN")
        for statement in wire.SCHEMA:
            db.execute(statement)
        db.execute("INSERT INTO head VALUES (?, ?)", (company_of(connection), shop))
        for state in states:
            held = state.name, state.revision, state.rows, state.digest
            db.execute("INSERT INTO data_set VALUES (?, ?, ?, ?)", held)
            bodies = data_rows.every(connection, state.name, shop)
            db.executemany(
                "INSERT INTO data_row VALUES (?, ?, ?)",
                ((state.name, no, body) for no, body in enumerate(bodies)),
            )
        db.execute("COMMIT")


def _pack(plain: Path, packed: Path) -> str:
    """Compress, see it on disk, and give the SHA-256 of what came out."""
    with plain.open("rb") as source, packed.open("w+b") as target:
        # Neither name nor time: the same content is the same file wherever it is made.
        with gzip.GzipFile("", "wb", _LEVEL, target, mtime=0) as writer:
            shutil.copyfileobj(source, writer, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
        target.seek(0)
        return file_digest(target, "sha256").hexdigest()
