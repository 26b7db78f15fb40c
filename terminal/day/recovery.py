"""Finds out whether a daily report was made: the printer's report counter says so, nothing else.

    another printer ─▶ selling stops, ask again
    no paper, cover open, waits for a key ─▶ say so, ask again; nothing else is sent
    counter as before ─▶ not made
    counter moved ─▶ made; every report since the intent is read back

On the printer's thread. Whatever the driver raised is kept for the sentence on the screen; a
printer that is silent is asked again until it answers or the till is switched off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, Refused
from terminal.errors import Code
from terminal.events import ClosingStep, PrinterChanged, SellingBlocked
from terminal.i18n import translate as _
from terminal.sale.stops import stop
from terminal.sale.waiting import BUSY, waiting_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Counters, Report
    from terminal.context import Context

RETRY_S = 2.0
_LOOK_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """The counters after the report, and every report made since the intent; none: not made."""

    counters: Counters
    reports: tuple[Report, ...]


class _Stranger(Exception):
    """Another printer answers; ``now`` are its counters."""

    def __init__(self, now: Counters) -> None:
        super().__init__(now.unique_no)
        self.now = now


def find_out(
    context: Context,
    base: Counters,
    meet_stranger: Callable[[Counters], None],
    *,
    is_answered: bool = False,
) -> Finding | None:
    """Hold the printer against ``base``; None when the till is switched off before it answers.

    ``meet_stranger`` hears once of another printer that answers instead. ``is_answered`` says that
    the answer to the report came and was good: then the printer is not asked who and how it is.
    """
    is_stopped, is_careful = False, not is_answered
    while True:
        pause_s = RETRY_S
        try:
            found = _look(context, base, is_careful=is_careful)
        except DeviceError as error:
            # A refusal is an answer: somebody else holds the printer, or is in its menu.
            is_there = isinstance(error, Refused)
            waits_for = BUSY if is_there else ""
            context.tell(PrinterChanged(is_there, waits_for, retry_s=RETRY_S))
        except _Stranger as stranger:
            if not is_stopped:
                is_stopped = True
                meet_stranger(stranger.now)
                context.tell(SellingBlocked(stop(Code.WRONG_PRINTER, base, stranger.now)))
            context.tell(PrinterChanged(is_online=True, retry_s=RETRY_S))
        else:
            if isinstance(found, Finding):
                context.tell(PrinterChanged(is_online=True))
                if is_stopped:
                    context.tell(SellingBlocked(None))
                return found
            context.tell(PrinterChanged(is_online=True, waits_for=found))
            pause_s = _LOOK_EVERY_S
        is_careful = True
        context.tell(ClosingStep("UNKNOWN", _("Checking whether the report was made")))
        if context.stopping.wait(pause_s):
            return None


def _look(context: Context, base: Counters, *, is_careful: bool) -> Finding | str:
    """What became of the report, or what the printer waits for."""
    printer = context.printer
    if is_careful:
        printer.connect()
        status = printer.status()
        if not status.is_ready:
            return waiting_for(status)
    counters = printer.counters()
    if counters.unique_no != base.unique_no:
        raise _Stranger(counters)
    numbers = range(base.reports + 1, counters.reports + 1)
    return Finding(counters, tuple(printer.report(number) for number in numbers))
