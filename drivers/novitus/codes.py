"""Error numbers of Novitus printers and of NoviAPI → our errors. The table is ``codes.json``.

The two kinds of numbers overlap: those of the interface come with an HTTP status, those of the
printer with a document. Source: docs/novitus.md, "Errors".
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import NoReturn

from drivers.errors import Refused, Why
from drivers.fiscal import Mechanism

NO_PAPER = 1037
CASH_BELOW_ZERO = 32

# Numbers of the interface.
STORED_IN_QUEUE = 10

_UNNAMED = "UNNAMED"  # the maker gives numbers and sentences, no names
_WHY = {
    1: Why.CLOCK,
    5: Why.CLOCK,
    7: Why.CLOCK,
    16: Why.NAME,
    18: Why.RATE_INACTIVE,
    20: Why.TOTALS,
    26: Why.TOTALS,
    27: Why.TOTALS,
    28: Why.MEMORY_FULL,
    30: Why.TOTALS,
    CASH_BELOW_ZERO: Why.NO_CASH,
    35: Why.NO_SALES,
    38: Why.NAME,
    1003: Why.RATE_INACTIVE,
    1008: Why.MEMORY_FULL,
    1029: Why.MEMORY_FULL,
    1085: Why.CLOCK,
}
_HTTP_NAMES = {
    400: "BAD_DOCUMENT",
    401: "BAD_TOKEN",
    403: "BUSY",
    404: "NOT_FOUND",
    409: "REPORT_WAITS",
    429: "TOO_MANY_TOKENS",
    500: "INTERNAL",
    507: "MEMORY_FULL",
}
_HTTP_WHY = {409: Why.REPORT_MISSING, 507: Why.MEMORY_FULL}
_MECHANISMS = {NO_PAPER: Mechanism.NO_PAPER, 1017: Mechanism.NO_ACCESS}


@cache
def _table() -> dict[int, str]:
    text = resources.files("drivers.novitus").joinpath("codes.json").read_text("utf-8")
    return {int(code): meaning for code, meaning in json.loads(text).items()}


def describe(code: int, told: str = "") -> str:
    """What ``code`` means; ``told`` is what the printer says of a number not in the table."""
    return _table().get(code) or told or "number not in the table"


def refusal(code: int, told: str, command: str, item: str = "") -> Refused:
    """Make the error for a printer that carried ``command`` out with the error ``code``."""
    why = _WHY.get(code, Why.OTHER)
    return Refused(code, _UNNAMED, describe(code, told), command, why, item)


def http_refusal(status: int, code: int, told: str, command: str) -> Refused:
    """Make the error for an interface that answered ``command`` with an HTTP status."""
    name = _HTTP_NAMES.get(status, f"HTTP_{status}")
    return Refused(code, name, told or "no reason given", command, _HTTP_WHY.get(status, Why.OTHER))


def refuse(why_not: str, command: str, why: Why = Why.OTHER, item: str = "") -> NoReturn:
    """Raise the error for what this protocol cannot carry: nothing was sent."""
    raise Refused(0, "NOT_SENT", why_not, command, why, item)


def mechanism(code: int) -> Mechanism | None:
    """What is wrong with the mechanism when the device shows ``code``; None when it is not that."""
    return _MECHANISMS.get(code)
