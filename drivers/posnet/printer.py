"""A fiscal printer that speaks POSNET, as the till sees it. Never decides what really happened.

Recovery belongs to whoever asks the counters: a refused receipt stays open, and nothing is
cancelled or repeated here. What not every printer can do lies in ``facets``.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from drivers.errors import NotDone, Refused
from drivers.fiscal import PercentMode
from drivers.posnet import state
from drivers.posnet.commands import call, call_for
from drivers.posnet.facets.archive import PosnetArchive
from drivers.posnet.facets.display import PosnetDisplay
from drivers.posnet.facets.e_documents import PosnetEDocuments
from drivers.posnet.facets.forms import PosnetForms
from drivers.posnet.facets.online import PosnetOnline
from drivers.posnet.facets.rate_schedule import PosnetRateSchedule
from drivers.posnet.facets.reporting import PosnetReporting
from drivers.posnet.facets.returnables import PosnetReturnables
from drivers.posnet.facets.stationery import PosnetStationery
from drivers.posnet.form import form_frames
from drivers.posnet.generation import Generation
from drivers.posnet.markup import header_markup
from drivers.posnet.receipt import receipt_frames
from drivers.posnet.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from drivers.fiscal import (
        Archive,
        Counters,
        CustomerDisplay,
        Drawer,
        FiscalPrinter,
        FiscalReceipt,
        Forms,
        Goods,
        Header,
        Identity,
        Mode,
        OnlineRegister,
        RateSchedule,
        Report,
        Reporting,
        Returnables,
        Seven,
        Stationery,
        Status,
        Transaction,
    )
    from drivers.link import Link
    from drivers.posnet.watch import Timings

_CLOSING = frozenset({"trend", "dailyrep"})


class PosnetPrinter:
    """A printer behind ``link_factory``; ``on_wait`` hears how it is while it blocks.

    Belongs to one thread. Implements ``drivers.fiscal.FiscalPrinter``; errors as written there.
    ``generation`` overrides what the printer says of itself.
    """

    def __init__(
        self,
        link_factory: Callable[[], Link],
        *,
        timings: Timings | None = None,
        on_wait: Callable[[Status], None] | None = None,
        first_token: int | None = None,
        generation: Generation | None = None,
    ) -> None:
        session = self._session = Session(
            link_factory,
            timings=timings,
            on_wait=on_wait,
            first_token=first_token,
            generation=generation,
        )
        self._ask = session.ask

    def connect(self) -> Identity:
        """Open (or reopen) the line, drop stale input, and ask who is there."""
        return self._session.connect()

    def close(self) -> None:
        """Give the line back."""
        self._session.close()

    # Questions

    def status(self) -> Status:
        """Mechanism and device state, answered even while the printer blocks."""
        sprn, sdev = self._session.ask_now(call("sprn"), call("sdev"))
        return state.status(sprn.frame, sdev.frame)

    def mode(self) -> Mode:
        """General state."""
        (scomm,) = self._ask(call("scomm"))
        return state.mode(scomm)

    def counters(self) -> Counters:
        """Counters and totals since the last daily report."""
        scnt, stot, sfsk = self._ask(call("scnt"), call("stot"), call("sfsk"))
        return state.counters(scnt, stot, sfsk)

    def transaction(self) -> Transaction:
        """The open or the last receipt."""
        (strns,) = self._ask(call("strns"))
        return state.transaction(strns)

    def was_answered(self, token: int) -> bool:
        """Whether the device still holds a good answer to the command that carried ``token``."""
        (answer,) = self._ask(call("rpt"), token=self._session.tokens.reserve(token))
        # Another run of the program may have given the number to some question.
        return answer.frame.mnemonic in _CLOSING and answer.frame.error is None

    # Settings

    def clock(self) -> datetime:
        """The printer's local time without zone; older ones tell it to the minute."""
        (rtcget,) = self._ask(call("rtcget"))
        return rtcget.second("tm" if rtcget.frame.has("tm") else "da")

    def set_clock(self, now: datetime) -> None:
        """Set the clock; refused while the day's totals are not zero.

        A time with a zone also tells whether it is summer time: one hour a year comes twice.
        """
        is_summer = None if now.tzinfo is None else bool(now.dst())
        self._ask(call("rtcset", da=now, st=is_summer))

    def rates(self) -> Seven:
        """VAT rates A to G in basis points, ``EXEMPT`` or ``INACTIVE``."""
        (vatget,) = self._ask(call("vatget"))
        return vatget.rates()

    def set_rates(self, rates: Seven, today: date) -> None:
        """Program the VAT rates; needs zero totals."""
        # Without today's date the printer would wait for somebody to press a key.
        self._ask(call("vatset", **state.rate_fields(rates), da=today))

    def percent_mode(self) -> PercentMode:
        """How it takes a percent off; amounts we send must have been computed the same way."""
        (found,) = self._ask(call("discounttypeget"))
        return PercentMode.DISCOUNT_FIRST if found.flag("dt") else PercentMode.VALUE_FIRST

    def set_percent_mode(self, mode: PercentMode) -> None:
        """Choose how it takes a percent off; refused while a document is open."""
        self._ask(call("discounttypeset", dt=mode is PercentMode.DISCOUNT_FIRST))

    def goods(self, name: str) -> Goods | None:
        """What it remembers of a goods name."""
        generation = self._session.generation
        # The rate is asked for and ignored.
        (found,) = self._ask(call_for(generation, "dbchkplu", vt=0, na=name))
        return state.goods(found)

    def header(self) -> str:
        """The programmed header, lines separated by line feeds."""
        (hdrget,) = self._ask(call("hdrget"))
        return hdrget.text("tx")

    def set_header(self, header: Header) -> None:
        """Program the header; it is printed once as a proof."""
        self._ask(call("hdrset", tx=header_markup(header), pr=True))

    # Printing

    def print_receipt(self, receipt: FiscalReceipt, closing_token: int) -> None:
        """Print one fiscal receipt; returns when the printer has confirmed the end.

        The lines go out back to back; the end goes out only after every answer was good, marked
        with ``closing_token``.
        """
        session = self._session
        try:
            groups = receipt_frames(receipt, session.generation)
        except ValueError as error:
            msg = f"a receipt that cannot be sent: {error}"
            raise NotDone(msg) from error
        session.tokens.reserve(closing_token)
        line = session.begin()
        for group in groups:
            is_end = group[0].spec.name in _CLOSING
            session.go_on(line, group, token=closing_token if is_end else 0)

    def finish_footer(self) -> None:
        """End a receipt whose fiscal part is done and whose footer is pending."""
        self._ask(call("trftrend"))

    def cancel(self, *, by_force: bool = False) -> None:
        """Cancel the open receipt or form; harmless when nothing is open.

        ``by_force`` cancels even what was opened over another interface: for technicians.
        """
        self._ask(call("hardprncancel" if by_force else "prncancel"))
        if self._is_online:
            # Else the next receipt might go to the buyer of the one that was cancelled.
            with suppress(Refused):
                self._ask(call("eparagonidzcancel"))

    def abandon(self) -> None:
        """Stop waiting for the answer to what is under way: it is in doubt. Any thread may call."""
        self._session.abandon()

    def daily_report(self, today: date, token: int) -> None:
        """Print the daily fiscal report and write it to the fiscal memory."""
        # Without today's date the printer would wait for somebody to press a key.
        self._ask(call("dailyrep", da=today), token=self._session.tokens.reserve(token))

    def report(self, number: int) -> Report:
        """Read one daily report back from the fiscal memory."""
        (fmrecrd,) = self._ask(call("fmrecrd", no=number))
        return state.report(fmrecrd)

    def cash(self, amount_gr: int) -> None:
        """Register cash put in (positive) or taken out (negative)."""
        self._ask(call("cash", kw=abs(amount_gr), wp=amount_gr > 0))

    def cash_state(self) -> int | None:
        """Cash that it believes to be in the drawer."""
        (found,) = self._ask(call("scashstate"))
        return found.amount("cs")

    def open_drawer(self) -> None:
        """Kick the cash drawer."""
        self._ask(call("opendrwr"))

    def drawer(self) -> Drawer:
        """What the sensor of the cash drawer says, even while the printer blocks."""
        (sdrwr,) = self._session.ask_now(call("sdrwr"))
        return state.drawer(sdrwr.frame)

    def print_form(self, lines: tuple[str, ...]) -> None:
        """Print a non-fiscal document; the first line is its title."""
        self._ask(*form_frames(lines), window=1)

    # Facets

    @property
    def reporting(self) -> Reporting | None:
        """Reports out of the fiscal memory, and shift reports."""
        return PosnetReporting(self._session)

    @property
    def display(self) -> CustomerDisplay | None:
        """The customer's display."""
        return PosnetDisplay(self._session)

    @property
    def forms(self) -> Forms | None:
        """Non-fiscal documents with more than plain lines."""
        return PosnetForms(self._session)

    @property
    def stationery(self) -> Stationery | None:
        """What is printed below each document."""
        return PosnetStationery(self._session)

    @property
    def returnables(self) -> Returnables | None:
        """Returnable packaging without a sale."""
        return PosnetReturnables(self._session)

    @property
    def rate_schedule(self) -> RateSchedule | None:
        """VAT rates that change by themselves."""
        return PosnetRateSchedule(self._session) if self._is_online else None

    @property
    def archive(self) -> Archive | None:
        """Copies of printed documents."""
        return PosnetArchive(self._session) if self._is_online else None

    @property
    def e_documents(self) -> PosnetEDocuments | None:
        """Electronic receipts."""
        return PosnetEDocuments(self._session) if self._is_online else None

    @property
    def online(self) -> OnlineRegister | None:
        """The printer's link to the tax authority."""
        return PosnetOnline(self._session) if self._is_online else None

    @property
    def _is_online(self) -> bool:
        return self._session.generation is Generation.ONLINE


if TYPE_CHECKING:

    def _conforms(printer: PosnetPrinter) -> FiscalPrinter:
        return printer
