"""Holds the journal's expectation against the printer's counters while nothing is in doubt. Pure.

Daily reports made at the printer itself are named to be imported; anything that money hangs on and
that nobody in the journal did stops selling.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drivers.fiscal import NO_TOTALS
from terminal.errors import Blocked, Code

if TYPE_CHECKING:
    from drivers.fiscal import Counters


@dataclass(frozen=True, slots=True)
class Findings:
    """What the comparison found.

    ``reports`` are numbers of daily reports made elsewhere, ``cancelled`` counts receipts that the
    printer gave up by itself, ``block`` stops selling.
    """

    reports: tuple[int, ...] = ()
    cancelled: int = 0
    block: Blocked | None = None


def compare(expected: Counters | None, now: Counters) -> Findings:
    """What happened at the printer since ``expected`` was read; None is the first meeting."""
    if expected is None:
        return Findings()
    if now.unique_no != expected.unique_no:
        found, own = now.unique_no, expected.unique_no
        return Findings(block=Blocked(Code.WRONG_PRINTER, found=found, expected=own))
    if now.ram_resets != expected.ram_resets:
        return Findings(block=Blocked(Code.RAM_RESET))
    reports: tuple[int, ...] = ()
    if now.reports > expected.reports:
        reports = tuple(range(expected.reports + 1, now.reports + 1))
        expected = replace(expected, receipts=0, cancelled=0, totals_gr=NO_TOTALS)
    differs = (now.receipts, now.totals_gr) != (expected.receipts, expected.totals_gr)
    if now.reports < expected.reports or now.cancelled < expected.cancelled or differs:
        return Findings(reports, block=Blocked(Code.DISAGREES, detail=_detail(expected, now)))
    return Findings(reports, cancelled=now.cancelled - expected.cancelled)


def _detail(expected: Counters, now: Counters) -> str:
    def show(counters: Counters) -> str:
        gross = sum(counters.totals_gr)
        return f"{counters.receipts} × {gross // 100},{gross % 100:02d}"

    return f"{show(now)} ≠ {show(expected)}"
