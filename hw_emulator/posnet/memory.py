r"""Fiscal memory in one file: an append-only log that survives its writer. No protocol.

    line = crc32 of the JSON, 8 hex digits " " JSON "\n"

A record is on the disk (fsync) before ``append`` returns. A torn last line was never confirmed to
anybody and is dropped; damage anywhere else is an error.
"""

from __future__ import annotations

import fcntl
import json
import os
import zlib
from typing import TYPE_CHECKING, BinaryIO

from hw_emulator.posnet.books import Books, Record
from hw_emulator.posnet.views import (
    CancelledReceipt,
    DailyReport,
    FiscalInvoice,
    FiscalReceipt,
    MemoryView,
    SoldLine,
    StoredDocument,
    make_view,
    stored_documents,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# What a memory is read as, for those who read one.
__all__ = [
    "CancelledReceipt",
    "DailyReport",
    "FiscalInvoice",
    "FiscalMemory",
    "FiscalReceipt",
    "MemoryBusy",
    "MemoryDamaged",
    "MemoryView",
    "SoldLine",
    "StoredDocument",
    "make_view",
    "read_memory",
]

_CRC_DIGITS = 8


class MemoryDamaged(Exception):
    """The log cannot be believed: a line that is not the last one is broken."""


class MemoryBusy(Exception):
    """Another device holds this fiscal memory."""


class FiscalMemory:
    """The log and what it adds up to (``books``).

    Without a path nothing outlives the process. Raises MemoryBusy and MemoryDamaged.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.books = Books()
        self._records: list[Record] = []
        self._file: BinaryIO | None = None
        if path is not None:
            self._file = path.open("a+b")
            try:
                self._load()
            except BaseException:
                self._file.close()
                raise

    @property
    def is_blank(self) -> bool:
        """Whether nothing was ever written: a device before its first start."""
        return not self._records

    def append(self, kind: str, data: Record, *, durable: bool = True) -> Record:
        """Write one record; ``durable`` waits for the disk.

        Records that only save paper (the running total of an open receipt) need no waiting.
        """
        record: Record = {"n": len(self._records) + 1, "kind": kind, **data}
        if self._file:
            self._file.write(_write_line(record))
            self._file.flush()
            if durable:
                os.fsync(self._file.fileno())
        self._records.append(record)
        self.books.apply(record)
        return record

    @property
    def records(self) -> Sequence[Record]:
        """Everything that was written, oldest first."""
        return self._records

    def view(self) -> MemoryView:
        """Everything in the memory so far."""
        return make_view(self._records)

    def documents(self) -> Iterator[StoredDocument]:
        """The documents printed so far as they are in protected memory, oldest first."""
        return stored_documents(self._records)

    def close(self) -> None:
        """Give the file back."""
        if self._file:
            self._file.close()

    def _load(self) -> None:
        if not self._file:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise MemoryBusy(self._file.name) from None
        self._file.seek(0)
        self._records, good_bytes = _read_lines(self._file.read())
        self._file.truncate(good_bytes)
        for record in self._records:
            self.books.apply(record)


def _write_line(record: Record) -> bytes:
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x " % zlib.crc32(body) + body + b"\n"


def _read_lines(data: bytes) -> tuple[list[Record], int]:
    """Records of a log and the number of bytes they take."""
    lines = data.splitlines(keepends=True)
    records: list[Record] = []
    good_bytes = 0
    for index, line in enumerate(lines):
        record = _read_line(line)
        if record is None or record["n"] != index + 1:
            if index + 1 == len(lines):
                break
            msg = f"fiscal memory is damaged in line {index + 1}"
            raise MemoryDamaged(msg)
        records.append(record)
        good_bytes += len(line)
    return records, good_bytes


def _read_line(line: bytes) -> Record | None:
    checksum, _, body = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(body):
        return None
    record: Record = json.loads(body)
    return record


def read_memory(path: Path) -> MemoryView:
    """Read a fiscal memory without a device; may be called while one is writing.

    Raises MemoryDamaged, FileNotFoundError.
    """
    records, _ = _read_lines(path.read_bytes())
    return make_view(records)
