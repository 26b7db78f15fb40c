"""Fiscal memory as its readout numbers it: a fold over the records of the file. Pure.

Of all that the file holds only some is a record of a fiscal memory: fiscalisation, daily reports,
VAT changes, RAM resets and events. They have one number among all, from 0, and one within their
kind, from 1. A printer that is not fiscal writes none. Source: protocol.md appendix A, "Fiscal
memory readout".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record


class Kind(IntEnum):
    """Kinds of records, with the numbers ``fmrectypeget`` tells."""

    REPORT = 1
    RATES = 2
    RAM_RESET = 3
    READ_ONLY = 5
    FISCALISATION = 6
    CURRENCY = 7
    CONNECTION = 8
    FIRMWARE = 9
    FIRMWARE_FAILED = 10
    SERVICE_MODE = 11
    MEMORY_CHANGE = 12
    ALGORITHM_ERASED = 13
    UPDATE_SOURCE = 14
    CLOCK = 15
    KEY = 16
    INSPECTION = 17
    MEMORY_VERIFICATION = 18
    POWER_FAILURE = 19
    NUMBERING = 20
    DATA_VERIFICATION = 21
    PROTECTED_MEMORY_FULL = 22
    FISCAL_MEMORY_FULL = 23
    PRINTER_UNPLUGGED = 24
    DISPLAY_UNPLUGGED = 25
    KEY_NOT_DELIVERED = 26
    ADDRESS = 27


# What an event counts as in the daily report; all others are done at the printer (local).
EMERGENCIES = frozenset(range(Kind.MEMORY_VERIFICATION, Kind.ADDRESS))
ONLINE = frozenset({Kind.CONNECTION, Kind.FIRMWARE, Kind.FIRMWARE_FAILED, Kind.UPDATE_SOURCE})

_KINDS = {
    "born": Kind.FISCALISATION,
    "report": Kind.REPORT,
    "rates": Kind.RATES,
    "ram_reset": Kind.RAM_RESET,
    "read_only": Kind.READ_ONLY,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the fiscal memory; ``number`` is within its kind."""

    kind: Kind
    number: int
    at: str
    details: Record


@dataclass(slots=True)
class Ledger:
    """All records of the fiscal memory, oldest first."""

    entries: list[Entry] = field(default_factory=list)
    _last_at: str = ""

    def add(self, record: Record, *, is_fiscal: bool) -> None:
        """Take one record of the file, if it is one of the fiscal memory."""
        self._last_at = record.get("at", self._last_at)
        kind = kind_of(record)
        if kind is None or not is_fiscal:
            return
        details = record.get("details", record)
        self.entries.append(Entry(kind, len(self.of(kind)) + 1, self._last_at, details))

    def of(self, kind: Kind) -> list[Entry]:
        """The records of one kind."""
        return [entry for entry in self.entries if entry.kind is kind]


def kind_of(record: Record) -> Kind | None:
    """What a record of the file is in the fiscal memory; None for most."""
    if record["kind"] == "note":
        if record["document"] == "fiscalisation":
            return Kind.FISCALISATION
        return Kind(record["type"]) if record["document"] == "event" else None
    if record.get("by") == "power":
        return Kind.POWER_FAILURE
    return _KINDS.get(record["kind"])
