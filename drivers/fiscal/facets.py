"""What some fiscal printers can do besides selling: a printer without it has None there. No I/O.

Every method blocks, belongs to the printer's own thread and raises ``DeviceError``, as those of
``FiscalPrinter`` do. Nothing here moves a fiscal total, and nothing is needed to sell.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from drivers.fiscal.document import CurrencyTender, Packaging, Tender
    from drivers.fiscal.form import Form, StyledLine
    from drivers.fiscal.values import Seven


class Reporting(Protocol):
    """Reports out of the fiscal memory, and the non-fiscal ones; ``is_summary`` leaves days out."""

    def monthly(self, month: date, *, is_summary: bool = False) -> None:
        """The month in which ``month`` lies."""

    def by_dates(self, first: date, last: date, *, is_summary: bool = False) -> None:
        """From day to day, both included."""

    def by_numbers(self, first: int, last: int, *, is_summary: bool = False) -> None:
        """From daily report to daily report, both included."""

    def shift(self, name: str, *, is_zeroing: bool = False) -> None:
        """Sums of the cashier's shift; ``is_zeroing`` begins the next one."""

    def cash_state(self) -> None:
        """Cash in the drawer as the printer counts it."""


@dataclass(frozen=True, slots=True)
class RateChange:
    """A change of the VAT rates that the printer will make by itself at ``at``."""

    rates: Seven
    at: datetime
    is_unattended: bool = False


class RateSchedule(Protocol):
    """VAT rates that change at a set moment; the printer may make a daily report for it."""

    def planned(self) -> RateChange | None:
        """The change that is planned, if any."""

    def plan(self, change: RateChange) -> None:
        """Plan a change; without ``is_unattended`` somebody confirms it at the printer."""

    def drop(self) -> None:
        """Forget the planned change."""


class DocumentKind(StrEnum):
    """Documents in the protected memory."""

    RECEIPT = "receipt"
    INVOICE = "invoice"
    NON_FISCAL = "non_fiscal"
    DAILY_REPORT = "daily_report"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Medium:
    """Space of the protected memory in KiB."""

    free_kib: int
    capacity_kib: int


class Archive(Protocol):
    """Printed documents in the protected memory. Copies are marked by the printer itself."""

    def medium(self) -> Medium:
        """How much space there is."""

    def reports_left(self) -> int | None:
        """Daily reports that surely still fit into the fiscal memory; None when nobody can tell."""

    def last_number(self, kind: DocumentKind) -> int:
        """Number of the last document of ``kind``; 0 when there is none."""

    def reprint_numbers(self, kind: DocumentKind, first: int, last: int) -> int:
        """Print copies by number; gives how many were printed."""

    def reprint_dates(self, kind: DocumentKind, first: datetime, last: datetime) -> int:
        """Print copies by time; gives how many were printed."""

    def reprint_last(self, count: int) -> None:
        """Print copies of the last one to nine documents."""

    def reprint_invoice(self, number: int, *, is_for_buyer: bool) -> None:
        """Print a copy of an invoice, marked as a duplicate when it is for the buyer."""

    def interrupt(self) -> None:
        """Stop printing copies; may be called while one of the above is waited for."""


class Delivery(StrEnum):
    """How far an electronic document got."""

    NEW = "new"
    SENT = "sent"
    RETRYING = "retrying"
    FAILED = "failed"
    RESERVED = "reserved"


@dataclass(frozen=True, slots=True)
class EDocument:
    """One electronic receipt or invoice in the printer's buffer."""

    handle: int
    document_no: int
    delivery: Delivery
    is_printed: bool
    http_code: int


@dataclass(frozen=True, slots=True)
class EBuffer:
    """How many electronic documents stand where."""

    free: int
    new: int
    sent: int
    retrying: int
    failed: int


class EDocuments(Protocol):
    """Electronic receipts (e-Paragon). ``buyer_id`` is what the customer shows, a KID or IDZ."""

    def is_on(self) -> bool:
        """Whether the service is switched on."""

    def switch(self, *, is_on: bool) -> None:
        """Switch the service."""

    def for_next(self, buyer_id: str) -> int:
        """Send the next (or the open) receipt to this buyer; gives the document's handle."""

    def for_previous(self, buyer_id: str) -> int:
        """Send the last receipt to this buyer; gives the document's handle."""

    def forget(self) -> None:
        """The next receipt goes to nobody after all."""

    def document(self, handle: int) -> EDocument:
        """How far one document got."""

    def buffer(self) -> EBuffer:
        """How many stand where."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection of the printer to the tax authority; times are None when there was none."""

    last_at: datetime | None
    succeeded_at: datetime | None
    failed_at: datetime | None
    is_ok: bool
    is_running: bool


@dataclass(frozen=True, slots=True)
class Repository:
    """State of both connections to the central repository of cash registers (CRK)."""

    documents: Connection
    commands: Connection


class OnlineRegister(Protocol):
    """The printer's own link to the tax authority: we look, and may ask it to hurry."""

    def state(self) -> Repository:
        """Both connections."""

    def send_now(self) -> None:
        """Ask for documents to be sent now; refused when it comes too early."""

    def fetch_now(self) -> None:
        """Ask for commands to be fetched now."""

    def set_clock_now(self) -> None:
        """Have the printer set its clock over the network."""


class CustomerDisplay(Protocol):
    """The display of the printer that faces the customer."""

    def show(self, lines: tuple[str, ...]) -> None:
        """Show these lines instead of the printer's own; none clears it."""

    def show_own(self) -> None:
        """Show the printer's own texts again."""


class Forms(Protocol):
    """Non-fiscal documents with styles, codes and small print."""

    def print(self, form: Form) -> None:
        """Print ``form``; a document that was refused in the middle stays open: cancel it."""


class Stationery(Protocol):
    """What stands on every document besides its contents: the shop's own lines, who sells where."""

    def lines(self) -> str:
        """The shop's own lines below each document, separated by line feeds."""

    def set_lines(self, lines: tuple[StyledLine, ...], *, is_lasting: bool) -> None:
        """Up to three lines below the next document or, ``is_lasting``, below each; none clears."""

    def sign_on(self, cashier: str, desk: str = "") -> None:
        """Name the cashier, and the desk, of the documents to come."""

    def sign_off(self) -> None:
        """Nobody in particular sells from here on."""


class Returnables(Protocol):
    """Returnable packaging given out or taken back without a sale; no fiscal total moves."""

    def settle(
        self, items: tuple[Packaging, ...], tenders: tuple[Tender | CurrencyTender, ...] = ()
    ) -> None:
        """Print a settlement of packaging; without tenders it is in cash.

        One that was refused in the middle stays open: cancel it.
        """
