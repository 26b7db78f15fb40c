"""Holds the journal's expectation against the printer's counters while nothing is in doubt. Pure.

Daily reports made at the printer itself are named to be imported; anything that money hangs on and
that nobody in the journal did stops selling.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from terminal.errors import Code
from terminal.sale.counting import NOTHING, after_report, moved

if TYPE_CHECKING:
    from drivers.fiscal import Counters


@dataclass(frozen=True, slots=True)
class Findings:
    """What the comparison found.

    ``reports`` are numbers of daily reports made elsewhere. ``cancelled`` counts documents that the
    printer gave up by itself, ``power_cuts`` how often its power failed over an open one. ``stop``
    is why selling stops.
    """

    reports: tuple[int, ...] = ()
    cancelled: int = 0
    power_cuts: int = 0
    stop: Code | None = None


def compare(expected: Counters | None, now: Counters) -> Findings:
    """What happened at the printer since ``expected`` was read; None is the first meeting."""
    if expected is None:
        return Findings()
    if now.unique_no != expected.unique_no:
        return Findings(stop=Code.WRONG_PRINTER)
    if now.ram_resets != expected.ram_resets:
        return Findings(stop=Code.RAM_RESET)
    reports = tuple(range(expected.reports + 1, now.reports + 1))
    base = after_report(expected, now.reports) if reports else expected
    change = moved(base, now)
    cancelled = change.cancelled + change.invoices_cancelled
    rest = replace(change, cancelled=0, invoices_cancelled=0)
    is_older = now.reports < expected.reports or now.header_no < expected.header_no
    if is_older or rest != NOTHING or change.cancelled < 0 or change.invoices_cancelled < 0:
        return Findings(reports, stop=Code.DISAGREES)
    return Findings(reports, cancelled, max(0, now.emergencies - base.emergencies))
