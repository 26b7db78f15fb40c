"""Error numbers of the POSNET protocol → our errors. The table lies in ``codes.json``.

Numbers 1 to 15 are frame errors: the device found the frame itself wrong and executed nothing.
Source: POT-I-DEV-37, chapter on error codes, and public drivers of the older generation.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from drivers.errors import Refused, Why

TOKEN_NOT_FOUND = 13
# Frame errors that a second copy of the same frame may escape: noise, or a full buffer.
TRANSIENT = frozenset({5, 6, 11, 14, 15})
_UNKNOWN = ("UNKNOWN", "number not in the table")
_UNNAMED = "UNNAMED"  # a few numbers of older models, of which only the meaning is known
_WHY = {
    382: Why.NO_SALES,
    383: Why.REPORT_MISSING,
    387: Why.MEMORY_FULL,
    388: Why.MEMORY_FULL,
    503: Why.NO_CASH,
    1018: Why.MEMORY_FULL,
    1039: Why.MEMORY_FULL,
    2000: Why.RATE_INACTIVE,
    2020: Why.CLOCK,
    2022: Why.CLOCK,
    2024: Why.CLOCK,
    2025: Why.CLOCK,
    2102: Why.RATE_INACTIVE,
    2104: Why.NAME,
    2106: Why.TAX_STEP,
    2801: Why.TOTALS,
    2802: Why.TOTALS,
    2805: Why.TOTALS,
    2900: Why.MEMORY_FULL,
}


@cache
def _table() -> dict[int, tuple[str, str]]:
    text = resources.files("drivers.posnet").joinpath("codes.json").read_text("utf-8")
    rows = json.loads(text).items()
    return {int(code): (name or _UNNAMED, meaning) for code, (name, meaning) in rows}


def describe(code: int) -> tuple[str, str]:
    """Give the mnemonic and the meaning of ``code``."""
    return _table().get(code, _UNKNOWN)


def refusal(code: int, command: str, item: str = "") -> Refused:
    """Make the error for a device that answered ``command`` (on ``item``) with ``code``."""
    mnemonic, meaning = describe(code)
    return Refused(code, mnemonic, meaning, command, _WHY.get(code, Why.OTHER), item)
