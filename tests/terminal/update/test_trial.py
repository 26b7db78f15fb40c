"""The health checks of a version on trial: every one of them, and what they say together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.fiscal import NO_TOTALS, Counters
from terminal.update.trial import LIMIT_S, STEADY_S, Health, Signs, is_untouched, judge

CLOSED = Counters("XYZ 1", 5, 900, 0, 0, 77, NO_TOTALS, 0, 1)
WELL = Signs(STEADY_S, is_drawn=True, head_kept=True, at_close=CLOSED, now=CLOSED)
SILENT = replace(WELL, now=None)


@pytest.mark.parametrize(
    ("signs", "health", "check"),
    [
        (WELL, Health.GREEN, "journal"),
        (replace(WELL, at_close=None), Health.GREEN, "journal"),
        (replace(WELL, running_s=STEADY_S - 0.1), Health.PENDING, "steady"),
        (replace(WELL, is_drawn=False), Health.PENDING, "screen"),
        (replace(WELL, is_drawn=False, running_s=LIMIT_S), Health.PENDING, "screen"),
        (replace(WELL, is_drawn=False, running_s=LIMIT_S + 0.1), Health.RED, "screen"),
        (replace(WELL, head_kept=False), Health.RED, "journal"),
        (SILENT, Health.SILENT, "printer"),
        (replace(SILENT, running_s=1.0), Health.PENDING, "steady"),
        # The printer is never what a version is given up for while it is silent.
        (replace(SILENT, running_s=1e9), Health.SILENT, "printer"),
        (replace(SILENT, head_kept=False), Health.RED, "journal"),
        (replace(WELL, now=replace(CLOSED, receipts=1), running_s=1.0), Health.RED, "printer"),
    ],
)
def test_what_the_checks_say(signs: Signs, health: Health, check: str) -> None:
    assert judge(signs) == (health, check)


@pytest.mark.parametrize(
    ("change", "is_proof"),
    [
        ({}, True),
        ({"header_no": 905}, True),
        ({"emergencies": 3}, True),
        ({"unique_no": "XYZ 2"}, False),
        ({"reports": 6}, False),
        ({"receipts": 1}, False),
        ({"cancelled": 1}, False),
        ({"last_receipt_no": 78}, False),
        ({"totals_gr": (1, 0, 0, 0, 0, 0, 0)}, False),
        ({"cancelled_gr": 1}, False),
        ({"ram_resets": 2}, False),
        ({"invoices": 1}, False),
        ({"invoices_cancelled": 1}, False),
        ({"invoice_totals_gr": (1, 0, 0, 0, 0, 0, 0)}, False),
    ],
    ids=str,
)
def test_what_proves_that_nothing_was_sold(change: dict[str, object], is_proof: bool) -> None:
    assert is_untouched(CLOSED, replace(CLOSED, **change)) is is_proof
