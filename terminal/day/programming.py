"""Settings of the printer that wait for a daily report: VAT rates, header, clock.

On the printer's thread, right after the report, the only time at which totals are zero. Nothing
here can fail the closing, and no answer is believed: each setting is read back, and what was not
taken is a note and is tried again after the next report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import DeviceError, Refused, Why
from terminal.day.clock import drift, is_noted, is_stopping
from terminal.errors import Code
from terminal.i18n import translate as _
from terminal.sale.refusals import explain

if TYPE_CHECKING:
    from datetime import datetime

    from drivers.fiscal import Header
    from terminal.context import Context
    from terminal.day.books import Books
    from terminal.errors import TillError


# Somebody pressed cancel at the printer, or nobody pressed anything.
_NOBODY_CONFIRMED = {Code.CANCELLED_THERE, Code.NOT_PRINTED}


def program(context: Context, books: Books) -> list[str]:
    """Program what waited; gives a note for each thing that was not taken."""
    return [*_rates(context, books), *_header(context, books), *_clock(context, books)]


def program_rates(context: Context, books: Books) -> TillError | None:
    """Program the rates that the office wants; gives the reason when the printer has others."""
    printer, engine = context.printer, context.engine
    wanted = engine.call(books.rates_wanted).result()
    trouble: DeviceError | None = None
    try:
        current = printer.rates()
        if wanted is not None and wanted != current:
            try:
                printer.set_rates(wanted, context.now().date())
            except DeviceError as error:
                trouble = error
            current = printer.rates()
    except DeviceError as error:
        return explain(error)
    if current == wanted:
        trouble = None
    engine.call(books.rates_programmed, current, wanted if trouble else None).result()
    if trouble is None:
        return None
    engine.call(books.rates_not_taken, wanted, current, str(trouble)).result()
    return explain(trouble)


def _rates(context: Context, books: Books) -> list[str]:
    trouble = program_rates(context, books)
    if trouble is None:
        return []
    if trouble.code in _NOBODY_CONFIRMED:
        return [_("VAT rates wait for a key at the printer: after the next daily report")]
    return [_("VAT rates not changed: {why}", why=trouble.sentence())]


def _header(context: Context, books: Books) -> list[str]:
    engine = context.engine
    wanted = engine.call(books.header_wanted).result()
    if wanted is None:
        return []
    try:
        context.printer.set_header(wanted)
    except DeviceError as error:
        if not _holds(context, wanted):
            return [_("Receipt header not changed: {why}", why=explain(error).sentence())]
    engine.call(books.header_programmed, wanted).result()
    return []


def _holds(context: Context, wanted: Header) -> bool:
    """Whether the printer's header has all of ours, though its answer never came."""
    try:
        text = context.printer.header()
    except DeviceError:
        return False
    parts = (wanted.company, wanted.name, wanted.street, wanted.postal_code, wanted.city)
    return all(part in text for part in parts if part)


def _clock(context: Context, books: Books) -> list[str]:
    try:
        moments = put_clock_right(context)
    except Refused as refused:
        if refused.why is Why.CLOCK_BEHIND:
            # It was ahead: the report bears a time that is still to come. Tomorrow, then.
            return []
        return [_("Printer clock not set: {why}", why=explain(refused).sentence())]
    except DeviceError as error:
        return [_("Printer clock not set: {why}", why=explain(error).sentence())]
    if moments:
        context.engine.call(books.clock_set, *moments).result()
    return []


def put_clock_right(context: Context) -> tuple[datetime, datetime] | None:
    """Take a small drift back while totals are zero; gives the time before and after, if it did.

    A great drift is not for us: it stops reports and days until service has come.
    """
    printer = context.printer
    ours = context.now().replace(tzinfo=None, microsecond=0)
    before = printer.clock()
    off = drift(before, ours)
    if not is_noted(off) or is_stopping(off):
        return None
    printer.set_clock(ours.replace(second=0))
    return before, printer.clock()
