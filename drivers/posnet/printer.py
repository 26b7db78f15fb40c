"""A fiscal printer that speaks POSNET, as the till sees it. Never decides what really happened.

Recovery belongs to whoever asks the counters: a refused receipt stays open, and nothing is
cancelled or repeated here. A line that broke or fell silent is given back at once; the next command
opens it anew and first makes sure that the same printer answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import DeviceError, InDoubt, Unreachable
from drivers.fiscal import VAT_LETTERS, Identity
from drivers.link import LinkLost
from drivers.posnet import state
from drivers.posnet.commands import Reply, call
from drivers.posnet.dialogue import WINDOW, Exchange, Timings, ask_status
from drivers.posnet.form import form_frames
from drivers.posnet.line import Line
from drivers.posnet.receipt import receipt_frames
from drivers.posnet.text import header_text
from drivers.posnet.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from drivers.fiscal import (
        Counters,
        FiscalPrinter,
        FiscalReceipt,
        Header,
        Mode,
        Report,
        Seven,
        Status,
        Transaction,
    )
    from drivers.link import Link
    from drivers.posnet.commands import Call

_CLOSING = frozenset({"trend", "dailyrep"})


class PosnetPrinter:
    """A printer behind ``link_factory``; ``on_wait`` hears how it is while it blocks.

    Belongs to one thread. Implements ``drivers.fiscal.FiscalPrinter``; errors as written there.
    """

    def __init__(
        self,
        link_factory: Callable[[], Link],
        *,
        timings: Timings | None = None,
        on_wait: Callable[[Status], None] | None = None,
        first_token: int | None = None,
    ) -> None:
        self._link_factory = link_factory
        self._timings = timings or Timings()
        self._on_wait = on_wait
        self._tokens = Tokens(first_token)
        self._open_line: Line | None = None
        self._unique_no = ""

    # The line

    def connect(self) -> Identity:
        """Open (or reopen) the line, drop stale input, and ask who is there."""
        identity = self._identify()
        self._unique_no = identity.unique_no
        return identity

    def close(self) -> None:
        """Give the line back."""
        line, self._open_line = self._open_line, None
        if line:
            line.close()

    def _identify(self) -> Identity:
        self.close()
        line = self._open_line = Line(self._link_factory())
        try:
            line.begin()
            sid, scomm = self._go_on(line, (call("sid"), call("scomm")))
            return Identity(sid.text("nm"), sid.text("vr"), scomm.text("nu"))
        except (InDoubt, LinkLost) as error:
            # Two questions change nothing: there is no doubt about them.
            self.close()
            msg = f"no printer answers: {error}"
            raise Unreachable(msg) from error
        except DeviceError:
            self.close()
            raise

    def _begin(self) -> Line:
        """Give a line on which nothing of the operation has left yet."""
        if self._open_line:
            try:
                self._open_line.begin()
            except LinkLost:
                self.close()
            else:
                return self._open_line
        identity = self._identify()
        if self._unique_no not in {"", identity.unique_no}:
            self.close()
            msg = f"printer {identity.unique_no} answers instead of {self._unique_no}"
            raise Unreachable(msg)
        self._unique_no = identity.unique_no
        return self._begin()

    def _ask(self, *calls: Call, token: int = 0, window: int = WINDOW) -> list[Reply]:
        return self._go_on(self._begin(), calls, token=token, window=window)

    def _go_on(
        self, line: Line, calls: tuple[Call, ...], *, token: int = 0, window: int = WINDOW
    ) -> list[Reply]:
        marked = [(each, token or self._tokens.fresh()) for each in calls]
        exchange = Exchange(marked, self._timings, on_wait=self._on_wait, window=window)
        try:
            answers = line.run(exchange.run())
        except (InDoubt, Unreachable):
            self.close()
            raise
        return [Reply(each.spec, frame) for each, frame in zip(calls, answers, strict=True)]

    # Questions

    def status(self) -> Status:
        """Mechanism and device state, answered even while the printer blocks."""
        line = self._begin()
        try:
            return line.run(ask_status(self._timings))
        except (InDoubt, Unreachable) as error:
            self.close()
            raise Unreachable(str(error)) from error

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
        (answer,) = self._ask(call("rpt"), token=self._tokens.reserve(token))
        # Another run of the program may have given the number to some question.
        return answer.frame.mnemonic in _CLOSING and answer.frame.error is None

    # Settings

    def clock(self) -> datetime:
        """The printer's local time, to the minute, without zone."""
        (rtcget,) = self._ask(call("rtcget"))
        return rtcget.moment("da")

    def set_clock(self, now: datetime) -> None:
        """Set the clock; refused while the day's totals are not zero."""
        self._ask(call("rtcset", da=now))

    def rates(self) -> Seven:
        """VAT rates A to G in basis points, ``EXEMPT`` or ``INACTIVE``."""
        (vatget,) = self._ask(call("vatget"))
        return vatget.rates()

    def set_rates(self, rates: Seven, today: date) -> None:
        """Program the VAT rates; needs zero totals."""
        # Without today's date the printer would wait for somebody to press a key.
        named = {
            f"v{letter.lower()}": rate for letter, rate in zip(VAT_LETTERS, rates, strict=True)
        }
        self._ask(call("vatset", **named, da=today))

    def header(self) -> str:
        """The programmed header, lines separated by line feeds."""
        (hdrget,) = self._ask(call("hdrget"))
        return hdrget.text("tx")

    def set_header(self, header: Header) -> None:
        """Program the header; it is printed once as a proof."""
        self._ask(call("hdrset", tx=header_text(header), pr=True))

    # Printing

    def print_receipt(self, receipt: FiscalReceipt, closing_token: int) -> None:
        """Print one fiscal receipt; returns when the printer has confirmed the end.

        The lines go out back to back; the end goes out only after every answer was good, marked
        with ``closing_token``.
        """
        *before, end = receipt_frames(receipt)
        self._tokens.reserve(closing_token)
        line = self._begin()
        for group in before:
            self._go_on(line, group)
        self._go_on(line, end, token=closing_token)

    def finish_footer(self) -> None:
        """End a receipt whose fiscal part is done and whose footer is pending."""
        self._ask(call("trftrend"))

    def cancel(self) -> None:
        """Cancel the open receipt or form; harmless when nothing is open."""
        self._ask(call("prncancel"))

    def daily_report(self, today: date, token: int) -> None:
        """Print the daily fiscal report and write it to the fiscal memory."""
        # Without today's date the printer would wait for somebody to press a key.
        self._ask(call("dailyrep", da=today), token=self._tokens.reserve(token))

    def report(self, number: int) -> Report:
        """Read one daily report back from the fiscal memory."""
        (fmrecrd,) = self._ask(call("fmrecrd", no=number))
        return state.report(fmrecrd)

    def cash(self, amount_gr: int) -> None:
        """Register cash put in (positive) or taken out (negative)."""
        self._ask(call("cash", kw=abs(amount_gr), wp=amount_gr > 0))

    def open_drawer(self) -> None:
        """Kick the cash drawer."""
        self._ask(call("opendrwr"))

    def print_form(self, lines: tuple[str, ...]) -> None:
        """Print a non-fiscal document; the first line is its title."""
        self._ask(*form_frames(lines), window=1)


if TYPE_CHECKING:

    def _conforms(printer: PosnetPrinter) -> FiscalPrinter:
        return printer
