"""Copies of printed documents out of the protected memory, and how much still fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import DocumentKind, Medium
from drivers.posnet.commands import call

if TYPE_CHECKING:
    from datetime import datetime

    from drivers.posnet.session import Session

# ``eclastdocnoget`` and ``ecprndoc`` number the kinds differently; None is any document.
_LAST = {
    DocumentKind.RECEIPT: 0,
    DocumentKind.INVOICE: 2,
    DocumentKind.NON_FISCAL: 5,
    DocumentKind.DAILY_REPORT: 4,
    DocumentKind.ANY: None,
}
_PRINT = {
    DocumentKind.RECEIPT: 0,
    DocumentKind.INVOICE: 1,
    DocumentKind.NON_FISCAL: 2,
    DocumentKind.DAILY_REPORT: 3,
    DocumentKind.ANY: 5,
}
_FOR_ISSUER, _FOR_BUYER = 1, 0
# As the law asks of every fiscal memory and the maker's sample of a service report shows.
_REPORTS_MAX = 1830


class PosnetArchive:
    """Implements ``drivers.fiscal.Archive``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def medium(self) -> Medium:
        """How much space there is."""
        (found,) = self._session.ask(call("ecmedinfoget"))
        return Medium(found.number("sf"), found.number("ca"))

    def reports_left(self) -> int | None:
        """Daily reports that surely still fit into the fiscal memory."""
        (scnt,) = self._session.ask(call("scnt"))
        return max(_REPORTS_MAX - scnt.number("rd"), 0)

    def last_number(self, kind: DocumentKind) -> int:
        """Number of the last document of ``kind``; 0 when there is none."""
        (found,) = self._session.ask(call("eclastdocnoget", ty=_LAST[kind]))
        return found.number("di")

    def reprint_numbers(self, kind: DocumentKind, first: int, last: int) -> int:
        """Print copies by number; gives how many were printed.

        The printer takes no numbers for daily reports and for any kind: raises ValueError.
        """
        if kind in {DocumentKind.DAILY_REPORT, DocumentKind.ANY}:
            msg = f"copies of {kind} are found by time, not by number"
            raise ValueError(msg)
        (found,) = self._session.ask(call("ecprndoc", ty=_PRINT[kind], fn=first, tn=last))
        return found.number("il")

    def reprint_dates(self, kind: DocumentKind, first: datetime, last: datetime) -> int:
        """Print copies by time; gives how many were printed."""
        (found,) = self._session.ask(call("ecprndoc", ty=_PRINT[kind], fd=first, td=last))
        return found.number("il")

    def reprint_last(self, count: int) -> None:
        """Print copies of the last one to nine documents."""
        self._session.ask(call("eclastprintouts", no=count))

    def reprint_invoice(self, number: int, *, is_for_buyer: bool) -> None:
        """Print a copy of an invoice, marked as a duplicate when it is for the buyer."""
        kind = _FOR_BUYER if is_for_buyer else _FOR_ISSUER
        self._session.ask(call("ecprnfv", fn=number, ut=kind))

    def interrupt(self) -> None:
        """Stop printing copies; may be called while one of the above is waited for."""
        self._session.interrupt()
