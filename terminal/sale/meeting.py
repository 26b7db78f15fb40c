"""Meets the fiscal printer: is it ours, and does it count what the journal expects.

Every sale and every look begin here, on the printer's thread; commits are made on the engine's.
The rules are in ``reconcile``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from drivers.errors import Refused, Why
from terminal.day.clock import drift
from terminal.day.programming import put_clock_right
from terminal.errors import Code
from terminal.events import PrinterNoted
from terminal.sale.reconcile import compare
from terminal.sale.stops import NAMES, report_differs, stop
from terminal.store import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Counters, PercentMode, Report, Seven
    from terminal.context import Context
    from terminal.errors import Blocked
    from terminal.sale.ledger import Ledger
    from terminal.sale.reconcile import Findings
    from terminal.store.settings import Difference

# A till that stands idle asks whether the printer has made a daily report by itself.
_MEET_EVERY_S = 900.0
_NOTE_EVERY_S = 3600.0


@dataclass(frozen=True, slots=True)
class Ways:
    """How the printer counts, asked when it is met: its rates, and its way with percents.

    The way is None where the printer cannot tell.
    """

    rates: Seven
    percent_mode: PercentMode | None


class Meeting:
    """``import_report`` books a daily report made at the printer, on the engine's thread."""

    def __init__(
        self,
        context: Context,
        ledger: Ledger,
        import_report: Callable[[Report, Counters], None],
    ) -> None:
        self._context = context
        self._ledger = ledger
        self._import_report = import_report
        self._met_at_s = -inf
        # Daily reports that the printer has made and we have not fetched yet; read by any thread.
        self.missing = 0
        self._noted_at_s = 0.0
        self.is_met = False

    @property
    def is_due(self) -> bool:
        """Whether the printer was left alone for so long that it may have done something."""
        return time.monotonic() - self._met_at_s >= _MEET_EVERY_S

    def make_due(self) -> None:
        """Meet it with the next look."""
        self._met_at_s = -inf

    def forget(self) -> None:
        """Meet it as if for the first time: the line broke, or it was used by others."""
        self.is_met = False

    def meet(self, just_read: Counters | None = None) -> Counters:
        """Read the counters and make sure that they are what the journal expects.

        Those that were ``just_read`` are not asked for again, unless the journal knows more.

        Imports daily reports made at the printer. Raises ``Blocked`` when the counters cannot be
        explained, ``DeviceError`` when they cannot be read.
        """
        printer, engine = self._context.printer, self._context.engine
        expected = engine.call(settings.expected_counters, self._context.journal).result()
        now = just_read or printer.counters()
        found = compare(expected, now)
        if found.stop:
            # A report that it makes while it is being read tears the picture: look once more.
            now = printer.counters()
            found = compare(expected, now)
        self.missing = len(found.reports)
        for number in found.reports:
            report = self._read_back(number, expected, now)
            engine.call(self._import_report, report, now).result()
            self.missing -= 1
        if found.stop and expected is not None:
            self.is_met = False
            raise self.stopped(stop(found.stop, expected, now), expected, now)
        ways = None if self.is_met else self._ask_ways()
        if ways is not None or time.monotonic() - self._noted_at_s >= _NOTE_EVERY_S:
            self._note(now)
        difference = engine.call(self._met, now, found, ways).result()
        if difference is not None:
            self.is_met = False
            raise report_differs(difference)
        self.is_met = True
        self._met_at_s = time.monotonic()
        return now

    def _read_back(self, number: int, expected: Counters | None, now: Counters) -> Report:
        try:
            return self._context.printer.report(number)
        except Refused as refused:
            if refused.why is not Why.NOT_FOUND or expected is None:
                raise
            # What it holds is nowhere, and nobody guesses.
            self.is_met = False
            raise self.stopped(stop(Code.DISAGREES, expected, now), expected, now) from refused

    def _ask_ways(self) -> Ways:
        printer = self._context.printer
        rates = printer.rates()
        try:
            return Ways(rates, printer.percent_mode())
        except Refused:
            # It cannot tell; the amount that goes with each percent will show when we are wrong.
            return Ways(rates, None)

    def _note(self, now: Counters) -> None:
        """Look at the clock and at what is left of the memory; nothing here stops a sale."""
        printer = self._context.printer
        self._noted_at_s = time.monotonic()
        if not (now.receipts or now.cancelled or now.invoices):
            self._put_clock_right()
        try:
            at, archive = printer.clock(), printer.archive
            left = archive.reports_left() if archive else None
        except Refused:
            return
        ours = self._context.now().replace(tzinfo=None, microsecond=0)
        self._context.tell(PrinterNoted(at, drift(at, ours), left))

    def _put_clock_right(self) -> None:
        try:
            moments = put_clock_right(self._context)
        except Refused:
            # It takes no time before its last record; the drift stays noted.
            return
        if moments:
            before, after = (moment.isoformat() for moment in moments)
            event = self._ledger.event
            call = self._context.engine.call
            call(event, "", "printer_clock_set", before=before, after=after).result()

    def stopped(
        self, reason: Blocked, expected: Counters, found: Counters, rid: str = ""
    ) -> Blocked:
        """Keep both pictures for the office, once; gives ``reason`` back."""
        name = NAMES[reason.code]
        self._context.engine.call(self._ledger.stopped, name, expected, found, rid).result()
        return reason

    # --- on the engine's thread ----------------------------------------------------------------

    def _met(self, now: Counters, found: Findings, ways: Ways | None) -> Difference | None:
        """What is known now; gives a difference that nobody has confirmed."""
        db = self._context.journal
        if settings.expected_counters(db) != now:
            self._ledger.expect(now, cancelled=found.cancelled, power_cuts=found.power_cuts)
        if ways is not None:
            self._ledger.learn(ways.rates, ways.percent_mode)
        return settings.difference(db)
