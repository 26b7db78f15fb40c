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
        (2054, Why.OTHER),
    ],
)
def test_grounds_that_the_till_has_its_own_words_for(code, why):
    assert codes.refusal(code, "trend").why is why
