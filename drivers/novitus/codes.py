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
_CODES: dict[Why, tuple[int, ...]] = {
    Why.NAME: (16, 38),
    Why.RATE_INACTIVE: (18, 1003),
    Why.PRICE: (17, 19),
    Why.TOTALS: (20, 27),
    Why.PAYMENT: (26, 30, 51),
    Why.DISCOUNT: (1004,),
    Why.RECEIPT_FULL: (23, 58),
    Why.TEXT: (15, 25, 34, 84),
    Why.NO_SALES: (35,),
    Why.TOTALS_FULL: (28,),
    Why.DAY_OPEN: (8,),
    Why.RATES: (11, 1007),
    Why.HEADER: (12, 40),
    Why.CLOCK: (5, 7),
    Why.CLOCK_LOST: (1,),
    Why.CLOCK_BEHIND: (1085,),
    Why.MEMORY_FULL: (1008, 1029),
    Why.MEMORY_FAULT: (6, 1016, 1019, 1028, 1030),
    Why.READ_ONLY: (1021,),
    Why.FAULT: (1000, 1009, 1010, 1018, 9999),
    Why.NO_CASH: (CASH_BELOW_ZERO,),
    Why.NOT_FOUND: (1025, 1046),
    Why.RANGE: (1024,),
    Why.BUSY: (1033, 1034),
    Why.DOCUMENT_OPEN: (21, 1002),
}
_WHY = {code: why for why, codes in _CODES.items() for code in codes}
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
_HTTP_WHY = {403: Why.BUSY, 409: Why.REPORT_MISSING, 507: Why.MEMORY_FULL}
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
