"""What a fresh screen asks for: the last word of printer, network and sale. Kept from events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal import events
from terminal.day import clock
from terminal.day.memory import is_ending, memory_ends
from terminal.errors import Code, Rejected
from terminal.update.phase import UpdateState

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from terminal.errors import TillError
    from terminal.people.rights import Operator
    from terminal.sale.receipt import Receipt
    from terminal.store.outbox import Unsent
    from terminal.sync.wire import Settings


_NO_UPDATE = UpdateState()


@dataclass(frozen=True, slots=True)
class View:
    """Everything a fresh screen needs."""

    operator: Operator | None
    receipt: Receipt
    printer_online: bool
    waits_for: str
    network_online: bool
    unsent: Unsent
    blocked: TillError | None
    last_sale: events.ReceiptPrinted | None
    settings: Settings
    day: str
    notes: tuple[TillError, ...] = ()
    heard_at: datetime | None = None
    parking: events.ParkingChanged | None = None
    office_off: timedelta | None = None
    update: UpdateState = _NO_UPDATE
    imported: events.ReportImported | None = None


class Lamps:
    """Listens to the till; each lamp is one assignment, made on the thread of the teller."""

    def __init__(self) -> None:
        self.printer = events.PrinterChanged(is_online=False)
        self.network = events.NetworkChanged(is_online=False)
        self.blocked: TillError | None = None
        self.last_sale: events.ReceiptPrinted | None = None
        self.imported: events.ReportImported | None = None
        self.noted: events.PrinterNoted | None = None
        self.disk = events.DiskNoted(None)
        self.heard_at: datetime | None = None
        self.office_off: timedelta | None = None

    def remember(self, event: object) -> None:
        """Keep what a fresh screen will ask for."""
        match event:
            case events.PrinterChanged():
                self.printer = event
            case events.PrinterNoted():
                self.noted = event
            case events.DiskNoted():
                self.disk = event
            case events.NetworkChanged():
                self.network = event
            case events.OfficeHeard(at):
                self.heard_at = at
            case events.OfficeClock(off):
                self.office_off = off
            case events.SellingBlocked(reason):
                self.blocked = reason
            case events.ReceiptPrinted():
                self.last_sale, self.imported = event, None
            case events.ReportImported():
                self.imported = event

    @property
    def notes(self) -> tuple[TillError, ...]:
        """What somebody should know of printer and disk while the till sells."""
        found: list[TillError] = []
        if self.disk.free_mib is not None:
            found.append(Rejected(Code.DISK_NOTE, free=self.disk.free_mib))
        noted = self.noted
        if noted is None:
            return tuple(found)
        found += [memory_ends(noted.reports_left)] if is_ending(noted.reports_left) else []
        if clock.is_noted(noted.off):
            found.append(clock.noted(noted.clock, noted.clock - noted.off))
        return tuple(found)

    @property
    def printer_state(self) -> str:
        """One word for the office."""
        return (self.printer.waits_for or "ready") if self.printer.is_online else "offline"
