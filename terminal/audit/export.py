"""Writes a till's journal into a file that an auditor can check, without personal data, signed.

A head line, the documents, the office's seals, and a last line that signs it all; a document of an
older till that still tells of a person is withheld, its hash is not. Source of the form:
docs/journal-format.md.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from terminal.errors import Blocked, Code
from terminal.store.db import sync_folder
from terminal.store.running import running_total
from terminal.sync.wire import GENESIS, Document, told_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from terminal.audit.device_key import DeviceKey

FORMAT = "kaso-journal-1"
EXPORT_MARK = b"kaso-e1"
# Kinds that may tell of a person; of the others no document is read.
_PERSONAL = frozenset({"receipt", "dropped", "bill", "return", "customer"})
_decode = msgspec.json.Decoder(Document).decode

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Exported:
    """How many documents were written, how many of them were withheld, and the last one's hash."""

    documents: int
    withheld: int
    hash: str


def export(
    db: sqlite3.Connection,
    key: DeviceKey,
    path: Path,
    at: str,
    *,
    first_day: str = "",
    last_day: str = "",
) -> Exported:
    """Write ``path``, or the part of the journal that was made from ``first_day`` to ``last_day``.

    ``db`` is a reader; a till may go on selling. Raises ``Blocked`` E-60 when the file cannot be
    written; a file of that name is replaced as a whole or not at all.
    """
    part = path.with_name(path.name + ".part")
    try:
        db.execute("BEGIN")
        try:
            with part.open("wb") as file:
                exported = _Writer(db, key, file).write(at, first_day, last_day)
                file.flush()
                os.fsync(file.fileno())
        finally:
            db.execute("ROLLBACK")
        part.replace(path)
        sync_folder(path.absolute().parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Blocked(Code.STORAGE, detail=f"{path}: {error.strerror}") from error
    return exported


class _Writer:
    def __init__(self, db: sqlite3.Connection, key: DeviceKey, file: BinaryIO) -> None:
        self._db = db
        self._key = key
        self._file = file
        self._others = hashlib.sha256()
        self._count = self._withheld = 0
        self._hash = GENESIS

    def write(self, at: str, first_day: str, last_day: str) -> Exported:
        """Everything, in its order."""
        first, last = self._places(first_day, last_day)
        public = self._key.public()
        self._other(_text(self._head(at, public, first)))
        for line in self._documents(first, last):
            self._file.write(line)
        part = "WHERE (epoch, seq) BETWEEN (?, ?) AND (?, ?) ORDER BY epoch, seq"
        asked = f"SELECT told FROM seal {part}"  # noqa: S608 - our own words
        for (told,) in self._db.execute(asked, (*first, *last)):
            self._other(b'{"seal":' + told.encode() + b"}\n")
        end = {
            "device_key": public,
            "documents": self._count,
            "hash": self._hash,
            "others": self._others.hexdigest(),
            "signature": "",
        }
        end["signature"] = self._key.sign(EXPORT_MARK + _text(end)[:-1])
        self._file.write(_text(end))
        return Exported(self._count, self._withheld, self._hash)

    def _places(self, first_day: str, last_day: str) -> tuple[Place, Place]:
        """The part to write: whole, for a chain has no gaps."""
        first, last = (0, 0), (2**31, 0)
        asked = (
            "SELECT epoch, seq FROM document WHERE made_at {} ? ORDER BY epoch {}, seq {} LIMIT 1"
        )
        if first_day:
            row = self._db.execute(asked.format(">=", "", ""), (first_day,)).fetchone()
            first = row or last
        if last_day:
            row = self._db.execute(asked.format("<", "DESC", "DESC"), (last_day + "~",)).fetchone()
            last = row or (0, 0)
        return first, last

    def _head(self, at: str, public: str, first: Place) -> dict[str, Any]:
        head: dict[str, Any] = {"format": FORMAT, "made_at": at, "device_key": public}
        owner = self._db.execute(
            "SELECT body ->> '$.terminal', body ->> '$.shop' FROM document LIMIT 1"
        ).fetchone()
        head["terminal"], head["shop"] = owner or ("", "")
        before = self._db.execute(
            "SELECT epoch, seq, hash FROM document WHERE (epoch, seq) < (?, ?)"
            " ORDER BY epoch DESC, seq DESC LIMIT 1",
            first,
        ).fetchone()
        if before:
            epoch, seq, self._hash = before
            running = msgspec.structs.asdict(running_total(self._db, first))
            head["after"] = {"epoch": epoch, "seq": seq, "hash": self._hash, "running": running}
        return head

    def _documents(self, first: Place, last: Place) -> Iterator[bytes]:
        for epoch, seq, digest, kind, body in self._db.execute(
            "SELECT epoch, seq, hash, kind, body FROM document"
            " WHERE (epoch, seq) BETWEEN (?, ?) AND (?, ?) ORDER BY epoch, seq",
            (*first, *last),
        ):
            told = body
            if kind in _PERSONAL and _tells_of_somebody(body):
                self._withheld += 1
                told = "null"
            self._count += 1
            self._hash = digest
            yield f'{{"epoch":{epoch},"seq":{seq},"hash":"{digest}","body":{told}}}\n'.encode()

    def _other(self, line: bytes) -> None:
        self._others.update(line)
        self._file.write(line)


def _tells_of_somebody(body: str) -> bool:
    """Whether a document tells of a person in itself; a till of today tells it apart."""
    try:
        return bool(told_of(_decode(body)))
    except msgspec.DecodeError:
        return True  # whatever it tells: nobody here can read it


def _text(told: dict[str, Any]) -> bytes:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"
