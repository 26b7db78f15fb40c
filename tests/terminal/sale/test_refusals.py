"""Device errors in the words of a shop."""

from __future__ import annotations

import pytest

from drivers.errors import DeviceError, InDoubt, NotReady, Refused, Unreachable, Why
from terminal.errors import Code, Rejected
from terminal.sale.refusals import CODES, explain


def refused(why: Why) -> Refused:
    return Refused(2106, "ERR_BAZA", "item locked", "trline", why)


GROUNDS = [
    (Why.NAME, Code.NAME_REFUSED, "refused the name: Mleko"),
    (Why.TAX_STEP, Code.TAX_STEP, "lower VAT rate: Mleko"),
    (Why.RATE_INACTIVE, Code.RATE_INACTIVE, "VAT rate C"),
    (Why.PRICE, Code.BAD_AMOUNT, "greater than zero"),
    (Why.GOODS_FULL, Code.GOODS_FULL, "no room for another name: Mleko"),
    (Why.TOTALS, Code.TOTALS_DIFFER, "counts differently"),
    (Why.PAYMENT, Code.NOT_COVERED, "take them back"),
    (Why.EMPTY, Code.EMPTY_RECEIPT, "empty"),
    (Why.DISCOUNT, Code.DISCOUNT_TOO_BIG, "too big"),
    (Why.RECEIPT_FULL, Code.RECEIPT_FULL, "split it"),
    (Why.BUYER, Code.BAD_NIP, "5260001246"),
    (Why.TEXT, Code.TEXT_REFUSED, "(2106): item locked"),
    (Why.NO_SALES, Code.NO_SALES, "No sales"),
    (Why.REPORT_MISSING, Code.REPORT_MISSING, "daily report first"),
    (Why.TOTALS_FULL, Code.TOTALS_FULL, "daily report (menu 3)"),
    (Why.DAY_OPEN, Code.NEEDS_REPORT, "daily report first"),
    (Why.RATES, Code.RATES_REFUSED, "(2106): item locked"),
    (Why.HEADER, Code.HEADER_WRONG, "(2106): item locked"),
    (Why.CLOCK, Code.CLOCK_REFUSED, "two hours at most"),
    (Why.CLOCK_LOST, Code.CLOCK_LOST, "emergency mode"),
    (Why.CLOCK_BEHIND, Code.CLOCK_BEHIND, "call service"),
    (Why.MEMORY_FULL, Code.MEMORY_FULL, "memory is full"),
    (Why.MEMORY_FAULT, Code.MEMORY_FAULT, "(2106): item locked"),
    (Why.RAM_RESETS, Code.RAM_RESETS_USED, "reset too often"),
    (Why.READ_ONLY, Code.READ_ONLY, "only reads"),
    (Why.FAULT, Code.PRINTER_FAULT, "(2106): item locked"),
    (Why.AUTHORISATION, Code.AUTHORISATION, "enter its code"),
    (Why.CERTIFICATE, Code.CERTIFICATE, "certificate"),
    (Why.KEY_MISSING, Code.KEY_MISSING, "Connect it"),
    (Why.REPOSITORY, Code.REPOSITORY, "selling goes on"),
    (Why.NO_CASH, Code.CASH_NEGATIVE, "Not enough cash"),
    (Why.E_DOCUMENT, Code.E_DOCUMENT, "printed instead"),
    (Why.NOT_FOUND, Code.NO_RECORD, "no such document"),
    (Why.RANGE, Code.BAD_RANGE, "item locked"),
    (Why.BUSY, Code.PRINTER_BUSY, "Another program"),
    (Why.DOCUMENT_OPEN, Code.OPEN_IN_PRINTER, "is open in the printer"),
    (Why.CANCELLED, Code.CANCELLED_THERE, "pressed cancel"),
    (Why.MECHANISM, Code.MECHANISM, "See the printer"),
    (Why.OTHER, Code.PRINTER_REFUSED, "(2106 ERR_BAZA): item locked"),
]


def test_every_ground_has_a_sentence_of_its_own() -> None:
    assert {why for why, _, _ in GROUNDS} == set(Why) == set(CODES)
    assert len(set(CODES.values())) == len(Why)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        *((refused(why), code, words) for why, code, words in GROUNDS),
        (NotReady("no_paper"), Code.NO_PAPER, "printing goes on"),
        (Unreachable("port"), Code.NO_PRINTER, "does not answer"),
        (InDoubt("silence"), Code.NOT_PRINTED, "nothing is in the fiscal memory"),
        (None, Code.NOT_PRINTED, "nothing is in the fiscal memory"),
    ],
)
def test_the_cashier_reads_what_happened(error: DeviceError | None, code: Code, words: str) -> None:
    told = explain(error, "Mleko", "C", "5260001246")
    assert isinstance(told, Rejected)
    assert told.code is code
    assert words in told.sentence()


@pytest.mark.parametrize("why", list(Why))
def test_every_ground_gives_a_sentence_even_without_a_line(why: Why) -> None:
    assert "{" not in explain(refused(why)).sentence()
