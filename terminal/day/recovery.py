"""Finds out whether a daily report was made: the printer's report counter says so, nothing else.

On the printer's thread. Whatever the driver raised is kept for the sentence on the screen; a
printer that is silent is asked again until it answers or the till is switched off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, Unreachable
from terminal.events import ClosingStep, PrinterChanged
from terminal.i18n import translate as _

if TYPE_CHECKING:
    from drivers.fiscal import Counters, Report
    from terminal.context import Context

_RETRY_S = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """The counters after the report, and every report made since the intent; none: not made."""

    counters: Counters
    reports: tuple[Report, ...]


def find_out(context: Context, base: Counters) -> Finding | None:
    """Hold the printer against ``base``; None when the till is switched off before it answers."""
    while True:
        try:
            found = _look(context, base)
        except DeviceError:
            context.tell(PrinterChanged(is_online=False, retry_s=_RETRY_S))
            context.tell(ClosingStep("UNKNOWN", _("Checking whether the report was made")))
            if context.stopping.wait(_RETRY_S):
                return None
        else:
            context.tell(PrinterChanged(is_online=True))
            return found


def _look(context: Context, base: Counters) -> Finding:
    printer = context.printer
    printer.connect()
    counters = printer.counters()
    if counters.unique_no != base.unique_no:
        msg = f"printer {counters.unique_no} answers instead of {base.unique_no}"
        raise Unreachable(msg)
    numbers = range(base.reports + 1, counters.reports + 1)
    return Finding(counters, tuple(printer.report(number) for number in numbers))
