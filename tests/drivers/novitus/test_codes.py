"""Numbers become sentences, and grounds that the till has an answer to."""

from __future__ import annotations

import pytest

from drivers.errors import Why
from drivers.fiscal import Mechanism
from drivers.novitus.codes import describe, http_refusal, mechanism, refusal


def test_a_known_number_speaks_english():
    error = refusal(27, "Nieprawidłowa wartość całkowita", "receipt", "Mleko")
    assert (error.code, error.meaning, error.why, error.item) == (
        27,
        "wrong total",
        Why.TOTALS,
        "Mleko",
    )


def test_an_unknown_number_says_what_the_printer_says():
    assert describe(1521, "Długość ID") == "Długość ID"
    assert describe(1521) == "number not in the table"
    assert refusal(1521, "Długość ID", "receipt").why is Why.OTHER


@pytest.mark.parametrize("code", [1086, 1088, 1089])
def test_numbers_on_which_the_sources_differ_are_left_to_the_printer(code):
    assert describe(code, "x") == "x"


@pytest.mark.parametrize(
    ("status", "name", "why"),
    [
        (409, "REPORT_WAITS", Why.REPORT_MISSING),
        (507, "MEMORY_FULL", Why.MEMORY_FULL),
        (418, "HTTP_418", Why.OTHER),
    ],
)
def test_http(status, name, why):
    error = http_refusal(status, 11, "", "receipt")
    assert (error.mnemonic, error.why, error.meaning) == (name, why, "no reason given")


def test_mechanism():
    assert mechanism(1037) is Mechanism.NO_PAPER
    assert mechanism(27) is None
