from __future__ import annotations

import pytest

from drivers.errors import Why
from drivers.posnet import codes


def test_every_number_has_a_name_and_a_meaning():
    table = codes._table()
    assert len(table) == 528
    assert all(1 <= code <= 9999 for code in table)
    assert all(name and name == name.strip() and meaning for name, meaning in table.values())


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (5, "PROTO_ERR_CRC_INVALID"),
        (13, "PROTO_ERR_TOKEN_NOT_FOUND"),
        (15, "PROTO_ERR_SYNTAX"),
        (30, "ERR_CANCEL"),
        (4903, "ERR_DUTY_FREE_INVALID_PORT_DATA"),
    ],
)
def test_names_as_in_the_makers_table(code, name):
    assert codes.describe(code)[0] == name


def test_refusal():
    error = codes.refusal(2, "trline")
    assert (error.code, error.mnemonic) == (2, "PROTO_ERR_CMD_MANDATORY_FIELDS")
    assert "mandatory" in error.meaning
    assert error.command == "trline"


def test_a_number_nobody_documented():
    assert codes.refusal(9876, "trend").mnemonic == "UNKNOWN"


def test_transient_errors_are_frame_errors_and_never_the_missing_token():
    assert all(codes.describe(code)[0].startswith("PROTO_ERR") for code in codes.TRANSIENT)
    assert codes.TOKEN_NOT_FOUND not in codes.TRANSIENT


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (382, Why.NO_SALES),
        (383, Why.REPORT_MISSING),
        (1018, Why.MEMORY_FULL),
        (2000, Why.RATE_INACTIVE),
        (2104, Why.NAME),
        (2106, Why.TAX_STEP),
        (2805, Why.TOTALS),
        (503, Why.NO_CASH),
        (2054, Why.PAYMENT),
        (323, Why.OTHER),
    ],
)
def test_grounds_that_the_till_has_its_own_words_for(code, why):
    assert codes.refusal(code, "trend").why is why


def test_every_ground_but_one_has_its_numbers_and_every_number_one_ground():
    assert set(codes._CODES) == set(Why) - {Why.OTHER}
    numbers = [code for found in codes._CODES.values() for code in found]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(codes._table())


@pytest.mark.parametrize(
    ("case", "numbers", "why"),
    [
        ("E-04 clock stands", (460, 461, 2026), Why.CLOCK_LOST),
        ("E-11 memory full", (387, 388, 1018, 1039, 2098, 2900, 2904), Why.MEMORY_FULL),
        ("E-12 RAM resets", (1017,), Why.RAM_RESETS),
        ("E-14 goods full", (2101,), Why.GOODS_FULL),
        ("E-15 totals", (2801, 2802, 2805), Why.TOTALS),
        ("E-16 payment", (2054, 1953), Why.PAYMENT),
        ("E-17 empty", (2041, 1992), Why.EMPTY),
        ("E-18 price", (2006, 2007), Why.PRICE),
        ("E-19 discount", (1985,), Why.DISCOUNT),
        ("E-20 totals full", (2010,), Why.TOTALS_FULL),
        ("E-21 clock refused", (2020, 2022, 2023), Why.CLOCK),
        ("E-21 sales not zero", (2035,), Why.DAY_OPEN),
        ("E-22 behind", (2025, 1045), Why.CLOCK_BEHIND),
        ("E-23 repository", (3904, 3926), Why.REPOSITORY),
        ("E-24 shared key", (3929,), Why.KEY_MISSING),
        ("E-25 certificates", (3733, 3735), Why.CERTIFICATE),
        ("E-26 authorisation", (484, 488), Why.AUTHORISATION),
        ("E-28 buyer", (2096,), Why.BUYER),
        ("E-43 electronic receipt", (4250, 4251), Why.E_DOCUMENT),
        ("E-45 update waits for the report", (3711,), Why.DAY_OPEN),
        ("another interface", (40, 41), Why.BUSY),
        ("cancelled at the printer", (30,), Why.CANCELLED),
        ("VAT rates", (2027, 2029, 3080), Why.RATES),
        ("read only", (2036,), Why.READ_ONLY),
    ],
)
def test_the_cases_a_cashier_must_be_told_about(case, numbers, why):
    assert [codes.refusal(number, "x").why for number in numbers] == [why] * len(numbers), case


def test_number_10_is_two_things():
    cancelled = codes.refusal(10, "vatset")
    assert (cancelled.code, cancelled.why) == (30, Why.CANCELLED)
    length = codes.refusal(10, "trline", is_frame_error=True)
    assert (length.mnemonic, length.why) == ("PROTO_ERR_DATA_LENGTH", Why.OTHER)
