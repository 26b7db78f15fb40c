"""What the screen knows of the till: a frozen value, moved on by events. Pure.

The till is the truth; this is the last it told. A crash of the screen loses nothing but this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from terminal import events
from terminal.installed import RECEIPT_PRINTER
from terminal.sale.receipt import State
from terminal.store.exchanges import Cause
from terminal.update.phase import UpdateChanged, UpdateState

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from terminal.errors import TillError
    from terminal.lamps import View
    from terminal.people.rights import Operator
    from terminal.sale.receipt import Receipt
    from terminal.store.exchanges import Exchange
    from terminal.store.outbox import Unsent
    from terminal.sync.wire import Settings

_NEWS = {Cause.LOGIN, Cause.OPENING}
NEWS_MAX = 4
_NOTHING_PARKED = events.ParkingChanged("", 0)
_NO_UPDATE = UpdateState()


@dataclass(frozen=True, slots=True)
class Known:
    """``awaits_print`` says that a paid receipt is waiting for the cashier, not for the printer.

    ``imported`` is a report that the printer made, until something is sold in the day after it.
    ``news`` are the exchanges that the login began and the cashier has not accepted yet.
    """

    operator: Operator | None = None
    receipt: Receipt | None = None
    printer_online: bool = False
    waits_for: str = ""
    retry_s: float = 0.0
    network_online: bool = False
    unsent: Unsent | None = None
    blocked: TillError | None = None
    last_sale: events.ReceiptPrinted | None = None
    settings: Settings | None = None
    day: str = ""
    notes: tuple[TillError, ...] = ()
    awaits_print: bool = False
    not_printed: events.ReceiptNotPrinted | None = None
    is_loaded: bool = False
    devices: tuple[events.DeviceChanged, ...] = ()
    heard_at: datetime | None = None
    office_off: timedelta | None = None
    is_moving: bool = False
    news: tuple[Exchange, ...] = ()
    parking: events.ParkingChanged = _NOTHING_PARKED
    update: UpdateState = _NO_UPDATE
    imported: events.ReportImported | None = None

    @property
    def has_lines(self) -> bool:
        """Whether anything was sold on the receipt, even if it was voided since."""
        return self.receipt is not None and bool(self.receipt.lines)


def from_view(known: Known, view: View) -> Known:
    """Take a snapshot. What has an event is taken the first time only: events may be newer."""
    if known.is_loaded:
        return replace(known, settings=view.settings, day=view.day, notes=view.notes)
    return Known(
        operator=view.operator,
        receipt=view.receipt,
        printer_online=view.printer_online,
        waits_for=view.waits_for,
        network_online=view.network_online,
        unsent=view.unsent,
        blocked=view.blocked,
        last_sale=view.last_sale,
        settings=view.settings,
        day=view.day,
        notes=view.notes,
        awaits_print=view.receipt.state is State.PAID,
        is_loaded=True,
        devices=known.devices,
        heard_at=view.heard_at,
        office_off=view.office_off,
        is_moving=known.is_moving,
        news=known.news,
        parking=view.parking or known.parking,
        update=view.update,
        imported=view.imported or known.imported,
    )


def after(known: Known, event: object) -> Known:  # noqa: C901, PLR0911 - one answer an event
    """What is known after ``event``; events of no interest change nothing."""
    match event:
        case events.OperatorChanged(operator):
            return replace(known, operator=operator, news=())
        case events.ReceiptChanged(receipt):
            is_same = receipt.state is State.PAID and known.awaits_print
            failed = known.not_printed if is_same else None
            return replace(known, receipt=receipt, awaits_print=is_same, not_printed=failed)
        case events.ReceiptPrinted():
            return _sold(known, event)
        case events.ReceiptNotPrinted(receipt):
            return replace(known, receipt=receipt, awaits_print=True, not_printed=event)
        case events.PrinterChanged(is_online, waits_for, retry_s):
            return replace(known, printer_online=is_online, waits_for=waits_for, retry_s=retry_s)
        case events.ParkingChanged():
            return replace(known, parking=event)
        case events.DayChanged(day):
            return replace(known, day=day)
        case events.ReportImported():
            return replace(known, imported=event)
        case events.SellingBlocked(reason):
            return replace(known, blocked=reason)
        case events.PaperChanged(_, waits_for):
            told = events.DeviceChanged(RECEIPT_PRINTER, event.is_online, waits_for)
            return after(known, told)
        case events.DeviceChanged(name):
            others = tuple(device for device in known.devices if device.name != name)
            return replace(known, devices=tuple(sorted((*others, event), key=lambda d: d.name)))
    return _after_office(known, event)


def _sold(known: Known, sale: events.ReceiptPrinted) -> Known:
    """A receipt is in fiscal memory; if it was the one on the screen, the next begins."""
    is_mine = known.receipt is not None and known.receipt.rid == sale.receipt.rid
    return replace(
        known,
        receipt=None if is_mine else known.receipt,
        last_sale=sale,
        awaits_print=False,
        not_printed=None,
        imported=None,
    )


def _after_office(known: Known, event: object) -> Known:  # noqa: PLR0911 - as above
    """What is known of the back office, and of what is on its way to it."""
    match event:
        case events.NetworkChanged(is_online):
            return replace(known, network_online=is_online)
        case events.UnsentChanged(unsent):
            return replace(known, unsent=unsent)
        case events.OfficeHeard(at):
            return replace(known, heard_at=at)
        case events.OfficeClock(off):
            return replace(known, office_off=off)
        case events.DataMoves(is_moving):
            return replace(known, is_moving=is_moving)
        case UpdateChanged(state):
            return replace(known, update=state)
        case events.Exchanged(exchange) if exchange.cause in _NEWS:
            return replace(known, news=(*known.news, exchange)[-NEWS_MAX:])
    return known


def is_sold(known: Known, event: object) -> bool:
    """Whether the event puts a line more on the receipt."""
    before = known.receipt.lines if known.receipt else ()
    return isinstance(event, events.ReceiptChanged) and len(event.receipt.lines) > len(before)
