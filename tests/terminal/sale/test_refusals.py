"""Device errors in the words of a shop."""

from __future__ import annotations

import pytest

from drivers.errors import DeviceError, InDoubt, NotReady, Refused, Unreachable, Why
from terminal.errors import Code, Rejected
from terminal.sale.refusals import explain


def refused(why: Why) -> Refused:
    return Refused(2106, "ERR_BAZA", "item locked", "trline", why)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (refused(Why.NAME), Code.NAME_REFUSED, "refused the name: Mleko"),
        (refused(Why.TAX_STEP), Code.TAX_STEP, "lower VAT rate: Mleko"),
        (refused(Why.RATE_INACTIVE), Code.RATE_INACTIVE, "VAT rate C"),
        (refused(Why.NO_SALES), Code.NO_SALES, "No sales"),
        (refused(Why.REPORT_MISSING), Code.REPORT_MISSING, "daily report first"),
        (refused(Why.MEMORY_FULL), Code.MEMORY_FULL, "memory is full"),
        (refused(Why.TOTALS), Code.TOTALS_DIFFER, "counts differently"),
        (refused(Why.NO_CASH), Code.CASH_NEGATIVE, "Not enough cash"),
        (refused(Why.OTHER), Code.PRINTER_REFUSED, "(2106 ERR_BAZA): item locked"),
        (refused(Why.CLOCK), Code.PRINTER_REFUSED, "(2106 ERR_BAZA): item locked"),
        (NotReady("no_paper"), Code.NO_PAPER, "printing goes on"),
        (Unreachable("port"), Code.NO_PRINTER, "does not answer"),
        (InDoubt("silence"), Code.NOT_PRINTED, "nothing is in the fiscal memory"),
        (None, Code.NOT_PRINTED, "nothing is in the fiscal memory"),
    ],
)
def test_the_cashier_reads_what_happened(error: DeviceError | None, code: Code, words: str) -> None:
    told = explain(error, "Mleko", "C")
    assert isinstance(told, Rejected)
    assert told.code is code
    assert words in told.sentence()


@pytest.mark.parametrize("why", list(Why))
def test_every_ground_gives_a_sentence_even_without_a_line(why: Why) -> None:
    assert "{" not in explain(refused(why)).sentence()
