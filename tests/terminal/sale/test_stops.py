"""Why selling stops, with both pictures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.fiscal import Counters
from terminal.errors import Blocked, Code
from terminal.sale.picture import Then
from terminal.sale.settle import TABLE
from terminal.sale.stops import NAMES, in_words, stop

OWN = Counters("ABC 2101000001", 4, 55, 7, 1, 8, (100, 200, 300, 0, 0, 0, 0), 50, 0)
OTHER = replace(OWN, receipts=8, totals_gr=(100, 200, 301, 0, 0, 0, 0))


def test_everything_that_stops_selling_has_a_name_for_the_office() -> None:
    assert {row.code for row in TABLE if row.then is Then.STOP} == set(NAMES)


def test_another_printer_is_named_by_both_numbers() -> None:
    reason = stop(Code.WRONG_PRINTER, OWN, replace(OWN, unique_no="XYZ 1"))
    assert reason.sentence() == "Another printer is connected: XYZ 1 instead of ABC 2101000001"


@pytest.mark.parametrize("code", [Code.RAM_RESET, Code.DISAGREES])
def test_both_pictures_are_in_words(code: Code) -> None:
    reason = stop(code, OWN, OTHER, "0123456789abcdef")
    assert isinstance(reason, Blocked)
    assert reason.params["expected"] == in_words(OWN)
    assert reason.params["found"] == in_words(OTHER)
    assert "{" not in reason.sentence()


def test_the_sentence_has_the_receipt_and_both_figures() -> None:
    reason = stop(Code.DISAGREES, OWN, OTHER, "0123456789abcdef")
    assert "01234567 8 × 6,01 ≠ 7 × 6,00" in reason.sentence()
    assert ": 8 × 6,01 ≠ 7 × 6,00." in stop(Code.DISAGREES, OWN, OTHER).sentence()


def test_a_picture_tells_all_counters() -> None:
    words = in_words(replace(OWN, invoices=2, invoice_totals_gr=(0, 0, 0, 0, 0, 0, 1)))
    for part in (
        "ABC 2101000001",
        "daily reports 4",
        "receipts since then 7 (6,00 zł)",
        "cancelled 1",
        "invoices 2 (0,01 zł)",
        "RAM resets 0",
        "printouts 55",
    ):
        assert part in words
