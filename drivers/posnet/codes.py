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
TRY_LATER = 41
# Frame errors that a second copy of the same frame may escape: noise, or a full buffer.
TRANSIENT = frozenset({5, 6, 11, 14, 15})
_CANCEL, _OLD_CANCEL = 30, 10
_UNKNOWN = ("UNKNOWN", "number not in the table")
_UNNAMED = "UNNAMED"  # a few numbers of older models, of which only the meaning is known
_CODES: dict[Why, tuple[int, ...]] = {
    Why.NAME: (2056, 2104),
    Why.TAX_STEP: (2105, 2106),
    Why.RATE_INACTIVE: (2000, 2004, 2102, 2103, 2701),
    Why.PRICE: (2001, 2006, 2007, 2008, 2009),
    Why.GOODS_FULL: (857, 2101),
    Why.TOTALS: (2801, 2802, 2803, 2804, 2805, 2806, 2807, 2808, 2809, 2851, 2852, 2853),
    Why.PAYMENT: (1951, 1952, 1953, 1954, 1955, 1961, 1962, 2040, 2054, 2094, 2705, 3055),
    Why.EMPTY: (1992, 2041, 2810),
    Why.DISCOUNT: (1980, 1981, 1982, 1983, 1984, 1985, 1990, 1991, 2600, 2601),
    Why.RECEIPT_FULL: (*(1950, 1956, 1957, 1958, 1959, 1963, 1964, 1965, 1966, 2052, 2703),),
    Why.BUYER: (2031, 2096, 2532, 2533, 2535),
    Why.TEXT: (
        *(717, 2055, 2057, 2058, 2059, 2081, 2501, 2502, 2503, 2504, 2507, 2508, 2509, 2702),
        *(3200, 3201, 3202, 3205, 3206, 3209, 3210, 3220),
    ),
    Why.NO_SALES: (382, 2039),
    Why.REPORT_MISSING: (383,),
    Why.TOTALS_FULL: (2010,),
    Why.DAY_OPEN: (2035, 3054, 3711),
    Why.RATES: (703, 2027, 2028, 2029, 2030, 3080, 3084, 3085),
    Why.HEADER: (709, 2002, 2003, 2095, *range(4201, 4210)),
    Why.CLOCK: (463, 464, 722, 723, 724, 2019, 2020, 2021, 2022, 2023, 2024),
    Why.CLOCK_LOST: (460, 461, 2026),
    Why.CLOCK_BEHIND: (1029, 1045, 2025),
    Why.MEMORY_FULL: (*(387, 388, 1013, 1018, 1039, 1069, 1070, 2097, 2098, 2900, 2903, 2904),),
    Why.MEMORY_FAULT: (
        *range(1000, 1013),
        *(1014, 1015, 1016, *range(1019, 1028), *range(1030, 1039), 1040, 1041, 1044),
        *(*range(1050, 1058), *range(1060, 1065), *range(1066, 1069), *range(1071, 1080)),
        *(1210, 1211, 2032, 2901, 2902, 2907, 2908, 2911, 2913, 2916),
    ),
    Why.RAM_RESETS: (1017,),
    Why.READ_ONLY: (2036,),
    Why.FAULT: (50, 51, 52, 53, 54, 55, 56, 3750, 3751, 3752, 3753),
    Why.AUTHORISATION: (481, 484, 486, 487, 488, 2110),
    Why.CERTIFICATE: (*range(3720, 3736), 3738),
    Why.KEY_MISSING: (3929,),
    Why.REPOSITORY: (462, 3432, *range(3901, 3905), 3920, 3921, 3926, 3927),
    Why.NO_CASH: (503,),
    Why.E_DOCUMENT: (*range(4250, 4261), *range(4271, 4274), *range(4275, 4278)),
    Why.NOT_FOUND: (384, 1028, 2107, 2917, 2918, 2930, 3251, 4000, 4100),
    Why.RANGE: (*range(2042, 2051),),
    Why.BUSY: (40, 41),
    Why.DOCUMENT_OPEN: (2005, 2038, 2060, 2062, 2064, 2066, 2505, 2506),
    Why.CANCELLED: (30,),
    Why.MECHANISM: (2704, 2706, 2707),
}
_WHY = {code: why for why, codes in _CODES.items() for code in codes}


@cache
def _table() -> dict[int, tuple[str, str]]:
    text = resources.files("drivers.posnet").joinpath("codes.json").read_text("utf-8")
    rows = json.loads(text).items()
    return {int(code): (name or _UNNAMED, meaning) for code, (name, meaning) in rows}


def describe(code: int) -> tuple[str, str]:
    """Give the mnemonic and the meaning of ``code``."""
    return _table().get(code, _UNKNOWN)


def refusal(code: int, command: str, item: str = "", *, is_frame_error: bool = False) -> Refused:
    """Make the error for a device that answered ``command`` (on ``item``) with ``code``.

    The older generation says with number 10 that somebody cancelled; in a frame error, where every
    number below 16 belongs, it says that a field has the wrong length.
    """
    if code == _OLD_CANCEL and not is_frame_error:
        code = _CANCEL
    mnemonic, meaning = describe(code)
    return Refused(code, mnemonic, meaning, command, _WHY.get(code, Why.OTHER), item)
