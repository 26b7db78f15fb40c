"""Commits of what a daily report lets into the printer: rates, header, clock. Engine's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from drivers.fiscal import INACTIVE, VAT_LETTERS, Header, Seven
from terminal.sale.documents import event_document
from terminal.store import outbox, settings
from terminal.store.db import write

if TYPE_CHECKING:
    from datetime import datetime

    from terminal.context import Context
    from terminal.store.catalogue import Catalogue

_HEADER = "printer.header"


class SettingBooks:
    """What the office wants, what the printer has, and what became of the difference."""

    def __init__(self, context: Context, catalogue: Catalogue) -> None:
        self._context = context
        self._db = context.journal
        self._catalogue = catalogue
        # What the printer would not take since the till started; the daily report tries again.
        self.rates_refused: Seven | None = None

    def rates_wanted(self) -> Seven | None:
        """Rates A to G as the office wants them; None while it has not told."""
        rates = self._catalogue.rates()
        if not rates:
            return None
        a, b, c, d, e, f, g = (rates.get(letter, INACTIVE) for letter in VAT_LETTERS)
        return a, b, c, d, e, f, g

    def rates_programmed(self, rates: Seven, refused: Seven | None) -> None:
        """The printer's rates as read back, and those that it would not take instead."""
        self.rates_refused = refused
        with write(self._db):
            if settings.printer_rates(self._db) != rates:
                self._event("", "rates_programmed", rates=list(rates))
            settings.remember_rates(self._db, rates)

    def rates_not_taken(self, wanted: Seven | None, kept: Seven, why: str) -> None:
        """The old rates stay in force; what is sold at a rate that is missing there is refused."""
        with write(self._db):
            self._event("", "rates_refused", wanted=list(wanted or ()), kept=list(kept), why=why)

    def header_wanted(self) -> Header | None:
        """The header as the office wants it; None when it is in the printer, or nobody told."""
        shop = self._catalogue.shop()
        if shop is None:
            return None
        header = Header(shop.company, shop.name, shop.street, shop.postal_code, shop.city)
        return None if settings.get(self._db, _HEADER) == _text(header) else header

    def header_programmed(self, header: Header) -> None:
        """The printer has taken the header."""
        with write(self._db):
            settings.put(self._db, _HEADER, _text(header))
            self._event("", "header_programmed", header=_text(header))

    def clock_set(self, before: datetime, after: datetime) -> None:
        """The printer's clock was put right."""
        with write(self._db):
            moments = {"before": before.isoformat(), "after": after.isoformat()}
            self._event("", "printer_clock_set", **moments)

    def memory_ends(self, reports_left: int | None) -> None:
        """The fiscal memory will be full soon."""
        with write(self._db):
            self._event("", "memory_ends", reports_left=reports_left)

    def _event(self, operator: str, name: str, **detail: object) -> None:
        document = event_document(self._context, operator, name, **detail)
        outbox.append(self._db, document, document.at)


def _text(header: Header) -> str:
    return msgspec.json.encode(header).decode()
