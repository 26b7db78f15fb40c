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
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from hw_emulator.posnet.books import Books, Record

if TYPE_CHECKING:
    from pathlib import Path

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

    def view(self) -> MemoryView:
        """Everything in the memory so far."""
        return make_view(self._records)

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


@dataclass(frozen=True, slots=True)
class SoldLine:
    """One line in fiscal memory; money in grosze, ``value_gr`` after the line discount.

    ``quantity`` is the decimal number as sent. A storno has ``is_storno`` and positive values.
    """

    name: str
    vat: str
    price_gr: int
    quantity: str
    value_gr: int
    discount_gr: int
    is_storno: bool


@dataclass(frozen=True, slots=True)
class FiscalReceipt:
    """One receipt in fiscal memory.

    ``reference`` is the system number the driver asked to be printed (``ftrcfg sn``), or else the
    first extra footer line: the ghost channel that ties a receipt to the sale that caused it.
    ``report_no`` is the daily report the receipt belongs to.
    """

    number: int
    header_no: int
    report_no: int
    at: str
    reference: str
    total_gr: int
    totals_gr: tuple[int, ...]
    lines: tuple[SoldLine, ...]
    payments: tuple[tuple[int, int, str], ...]
    change_gr: int
    nip: str
    signature: str


@dataclass(frozen=True, slots=True)
class CancelledReceipt:
    """A receipt that was cancelled; ``by`` says by what: command or power."""

    number: int
    header_no: int
    report_no: int
    at: str
    reference: str
    value_gr: int
    by: str


@dataclass(frozen=True, slots=True)
class DailyReport:
    """A daily report; in non-fiscal mode ``number`` is 0."""

    number: int
    header_no: int
    at: str
    receipts: int
    cancelled: int
    totals_gr: tuple[int, ...]
    cancelled_gr: int


@dataclass(frozen=True, slots=True)
class MemoryView:
    """What a checker needs to know of a fiscal memory; ``books`` are the counters it adds up to."""

    receipts: tuple[FiscalReceipt, ...]
    cancelled: tuple[CancelledReceipt, ...]
    reports: tuple[DailyReport, ...]
    books: Books


def read_memory(path: Path) -> MemoryView:
    """Read a fiscal memory without a device; may be called while one is writing.

    Raises MemoryDamaged, FileNotFoundError.
    """
    records, _ = _read_lines(path.read_bytes())
    return make_view(records)


def make_view(records: list[Record]) -> MemoryView:
    """Sort the records of a log into receipts, cancelled receipts and reports."""
    receipts: list[FiscalReceipt] = []
    cancelled: list[CancelledReceipt] = []
    reports: list[DailyReport] = []
    books = Books()
    notes = _footer_notes(records)
    for record in records:
        books.apply(record)
        match record["kind"]:
            case "receipt":
                receipts.append(_receipt(record, record["reference"] or notes.get(record["n"], "")))
            case "cancelled":
                cancelled.append(_cancelled(record))
            case "report":
                reports.append(_report(record))
    return MemoryView(tuple(receipts), tuple(cancelled), tuple(reports), books)


def _footer_notes(records: list[Record]) -> dict[int, str]:
    """First extra footer line of each receipt, by the record number of the receipt."""
    notes: dict[int, str] = {}
    last = 0
    for record in records:
        if record["kind"] == "receipt":
            last = record["n"]
        elif record["kind"] == "footer_line":
            notes.setdefault(last, record["text"])
    return notes


def _receipt(record: Record, reference: str) -> FiscalReceipt:
    return FiscalReceipt(
        number=record["number"],
        header_no=record["header_no"],
        report_no=record["report_no"],
        at=record["at"],
        reference=reference,
        total_gr=sum(record["totals_gr"]),
        totals_gr=tuple(record["totals_gr"]),
        lines=tuple(SoldLine(**line) for line in record["lines"]),
        payments=tuple((kind, value, name) for kind, value, name in record["payments"]),
        change_gr=record["change_gr"],
        nip=record["nip"],
        signature=record["signature"],
    )


def _cancelled(record: Record) -> CancelledReceipt:
    names = ("number", "header_no", "report_no", "at", "reference", "value_gr", "by")
    return CancelledReceipt(**{name: record[name] for name in names})


def _report(record: Record) -> DailyReport:
    return DailyReport(
        number=record["number"],
        header_no=record["header_no"],
        at=record["at"],
        receipts=record["receipts"],
        cancelled=record["cancelled"],
        totals_gr=tuple(record["totals_gr"]),
        cancelled_gr=record["cancelled_gr"],
    )
