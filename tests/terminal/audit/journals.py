"""Journals as a till writes them: receipts, returns, customers, signed days, seals of an office."""

from __future__ import annotations

import os
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

from msgspec.structs import replace

from backoffice.seals import Sealing
from terminal.audit.device_key import DeviceKey
from terminal.audit.export import export
from terminal.audit.heads import append_head
from terminal.store import closings, outbox, seals
from terminal.store.db import close_writer, open_reader, open_writer, write
from terminal.sync.signing import new_key
from terminal.sync.wire import CustomerDoc, EventDoc, ReportDoc
from tests.terminal.sale.sold import entry_of, line, printed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

DEVICE = DeviceKey(new_key())
OFFICE = Sealing(os.urandom(32))
SEVEN = [0] * 7


class Journal:
    """A chain that grows; each day ends with its report and head."""

    def __init__(self, db: sqlite3.Connection, key: DeviceKey = DEVICE) -> None:
        self.db = db
        self.context = SimpleNamespace(journal=db, device_key=key)
        self.number = self.days = 0

    def at(self) -> str:
        minute = self.number % 1440
        return f"2026-11-{20 + self.days:02}T{minute // 60:02}:{minute % 60:02}:00.000+01:00"

    def add(self, document: object) -> int:
        with write(self.db):
            return outbox.append(self.db, document, self.at())

    def receipt(self, **told: object) -> object:
        self.number += 1
        rid = f"{self.number:08x}-0000-4000-8000-000000000000"
        made = replace(
            printed(line()), rid=rid, receipt_no=self.number, closed_at=self.at(), **told
        )
        self.add(made)
        return made

    def give_back(self, receipt: object) -> None:
        self.number += 1
        self.add(replace(entry_of(receipt), rid=f"return-{self.number}", customer="Jan Nowak"))

    def customer(self, name: str = "Jan Nowak", nip: str = "") -> None:
        self.number += 1
        told = f"customer-{self.number}", "T1", "lipa", self.at(), "Anna", name, nip
        self.add(CustomerDoc(*told))

    def event(self, name: str = "login", **detail: object) -> None:
        self.number += 1
        self.add(EventDoc(f"event-{self.number}", "T1", "lipa", self.at(), "Anna", name, detail))

    def close_day(self) -> ReportDoc:
        self.days += 1
        epoch, first = closings.first_unreported(self.db)
        with write(self.db):
            report = ReportDoc(
                *(f"report-{self.days}", "T1", "lipa", self.at(), "Marek", "ABC1234567890"),
                *(self.days, 0, 0, SEVEN, SEVEN, "terminal"),
                first_seq=first,
                last_seq=outbox.last_seq(self.db),
                first_epoch=epoch,
            )
            append_head(self.context, report, outbox.append(self.db, report, report.at))
        return report

    def seal(self, sealing: Sealing = OFFICE) -> None:
        """The office has got everything, and says so."""
        epoch, last = 1, outbox.last_seq(self.db)
        with write(self.db):
            head = outbox.head_at(self.db, epoch, last)
            self.db.execute("UPDATE delivered SET hw = ?, head = ?", (last, head))
            for place in seals.missing(self.db):
                own = outbox.head_at(self.db, place.epoch, place.seq)
                told = "T1", place.epoch, place.seq, own, "2026-11-30T10:00:00.000Z"
                seals.keep(self.db, [sealing.seal(*told)])

    def export(self, path: Path, **days: str) -> Path:
        export(self.db, self.context.device_key, path, "2026-11-30T12:00:00+01:00", **days)
        return path


@contextmanager
def journal(folder: Path, key: DeviceKey = DEVICE) -> Iterator[Journal]:
    db = open_writer(folder / "journal.db", "journal")
    outbox.begin(db, 1)
    try:
        yield Journal(db, key)
    finally:
        close_writer(db)


def fill(made: Journal, receipts: int, per_day: int = 10) -> None:
    """A shop's weeks."""
    for number in range(receipts):
        sold = made.receipt()
        if number % 7 == 3:
            made.give_back(sold)
        if number % 5 == 2:
            made.event(detail={"kind": "receipt"})
        if number % per_day == per_day - 1:
            made.close_day()
    made.customer()
    made.seal()


def exported(folder: Path, receipts: int = 25, per_day: int = 10) -> Path:
    """A file as the command writes it."""
    with journal(folder) as made:
        fill(made, receipts, per_day)
        return made.export(folder / "till.jsonl")


__all__ = ["DEVICE", "OFFICE", "Journal", "exported", "fill", "journal", "open_reader"]
