"""The printer's counters against the journal's expectation, with nothing in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.fiscal import NO_TOTALS, Counters
from terminal.errors import Code
from terminal.sale.reconcile import Findings, compare

OWN = Counters("ABC 2101000001", 4, 55, 7, 1, 8, (100, 200, 300, 0, 0, 0, 0), 50, 0)
AFTER = replace(OWN, reports=5, receipts=0, cancelled=0, totals_gr=NO_TOTALS)


def test_first_meeting_and_agreement() -> None:
    assert compare(None, OWN) == Findings()
    assert compare(OWN, OWN) == Findings()
    # Other printouts move the header number; money does not hang on it.
    assert compare(OWN, replace(OWN, header_no=99)) == Findings()


def test_reports_made_at_the_printer_are_named() -> None:
    assert compare(OWN, AFTER) == Findings(reports=(5,))
    assert compare(OWN, replace(AFTER, reports=7)).reports == (5, 6, 7)


def test_receipts_the_printer_cancelled_are_counted() -> None:
    assert compare(OWN, replace(OWN, cancelled=3)) == Findings(cancelled=2)


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (replace(OWN, unique_no="XYZ 1"), Code.WRONG_PRINTER),
        (replace(OWN, ram_resets=1), Code.RAM_RESET),
        (replace(OWN, receipts=8), Code.DISAGREES),
        (replace(OWN, totals_gr=(101, 200, 300, 0, 0, 0, 0)), Code.DISAGREES),
        (replace(OWN, cancelled=0), Code.DISAGREES),
        (replace(OWN, reports=3), Code.DISAGREES),
        (replace(AFTER, receipts=1), Code.DISAGREES),
    ],
)
def test_what_nobody_did_stops_selling(now: Counters, code: Code) -> None:
    found = compare(OWN, now)
    assert found.stop is code
