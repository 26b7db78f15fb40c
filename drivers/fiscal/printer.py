"""What a fiscal printer can do for the till, whichever protocol it speaks. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from drivers.fiscal.document import FiscalReceipt, Header
    from drivers.fiscal.facets import (
        Archive,
        CustomerDisplay,
        EDocuments,
        Forms,
        OnlineRegister,
        RateSchedule,
        Reporting,
        Returnables,
        Stationery,
    )
    from drivers.fiscal.values import (
        Counters,
        Drawer,
        Goods,
        Identity,
        Mode,
        PercentMode,
        Report,
        Seven,
        Status,
        Transaction,
    )


class FiscalPrinter(Protocol):
    """A fiscal printer; every method blocks and belongs to the printer's own thread.

    Each raises ``DeviceError``: ``Unreachable`` before the first byte, ``Refused`` with the code of
    the device, ``InDoubt`` when no answer came. Reading methods change nothing and may be repeated.
    A facet is None when this printer lacks it; ask again after each ``connect``.
    """

    def connect(self) -> Identity:
        """Open (or reopen) the line, drop stale input, and ask who is there."""

    def close(self) -> None:
        """Give the line back."""

    def status(self) -> Status:
        """Mechanism and device state, answered even while the printer blocks."""

    def mode(self) -> Mode:
        """General state."""

    def counters(self) -> Counters:
        """Counters and totals since the last daily report."""

    def transaction(self) -> Transaction:
        """The open or the last receipt."""

    def clock(self) -> datetime:
        """The printer's local time without zone, to the second or, some, to the minute."""

    def set_clock(self, now: datetime) -> None:
        """Set the clock; refused while the day's totals are not zero."""

    def rates(self) -> Seven:
        """VAT rates A to G in basis points, ``EXEMPT`` or ``INACTIVE``."""

    def set_rates(self, rates: Seven, today: date) -> None:
        """Program the VAT rates; needs zero totals."""

    def percent_mode(self) -> PercentMode:
        """How it takes a percent off; amounts we send must have been computed the same way."""

    def set_percent_mode(self, mode: PercentMode) -> None:
        """Choose how it takes a percent off; refused while a document is open."""

    def goods(self, name: str) -> Goods | None:
        """What it remembers of a goods name; None when the protocol has no such question."""

    def header(self) -> str:
        """The programmed header, lines separated by line feeds."""

    def set_header(self, header: Header) -> None:
        """Program the header; it is printed once as a proof."""

    def print_receipt(self, receipt: FiscalReceipt, closing_token: int) -> None:
        """Print one fiscal receipt; returns when the printer has confirmed the end.

        ``closing_token`` (1 to 9999) marks the command that makes the receipt fiscal, so that
        its answer can be asked for again, even by another process.
        """

    def was_answered(self, token: int) -> bool:
        """Whether the device still holds a good answer to the command that carried ``token``."""

    def finish_footer(self) -> None:
        """End a receipt whose fiscal part is done and whose footer is pending."""

    def cancel(self, *, by_force: bool = False) -> None:
        """Cancel the open receipt or form; harmless when nothing is open.

        ``by_force`` cancels even what was opened over another interface: for technicians.
        """

    def abandon(self) -> None:
        """Stop waiting for the answer to what is under way: it stays in doubt.

        The only method that any thread may call, and that never blocks.
        """

    def daily_report(self, today: date, token: int) -> None:
        """Print the daily fiscal report and write it to the fiscal memory."""

    def report(self, number: int) -> Report:
        """Read one daily report back from the fiscal memory."""

    def cash(self, amount_gr: int) -> None:
        """Register cash put in (positive) or taken out (negative)."""

    def cash_state(self) -> int | None:
        """Cash that it believes to be in the drawer; None when the protocol cannot ask."""

    def open_drawer(self) -> None:
        """Kick the cash drawer."""

    def drawer(self) -> Drawer:
        """What the sensor of the cash drawer says, even while the printer blocks."""

    def print_form(self, lines: tuple[str, ...]) -> None:
        """Print a non-fiscal document of text lines."""

    @property
    def reporting(self) -> Reporting | None:
        """Reports out of the fiscal memory, and shift reports."""

    @property
    def rate_schedule(self) -> RateSchedule | None:
        """VAT rates that change by themselves."""

    @property
    def archive(self) -> Archive | None:
        """Copies of printed documents."""

    @property
    def e_documents(self) -> EDocuments | None:
        """Electronic receipts."""

    @property
    def online(self) -> OnlineRegister | None:
        """The printer's link to the tax authority."""

    @property
    def display(self) -> CustomerDisplay | None:
        """The customer's display."""

    @property
    def forms(self) -> Forms | None:
        """Non-fiscal documents with more than plain lines."""

    @property
    def stationery(self) -> Stationery | None:
        """What is printed below each document."""

    @property
    def returnables(self) -> Returnables | None:
        """Returnable packaging without a sale."""
