"""Error numbers the emulated printer answers with, and the exceptions that carry them. No logic.

Numbers 1 to 15 are frame errors (an ``ERR`` frame), all others refusals of a command.
Source: protocol.md, appendix B.
"""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """Error numbers by what they mean."""

    UNKNOWN_COMMAND = 1
    MISSING_FIELD = 2
    BAD_VALUE = 3
    BAD_TOKEN = 4
    BAD_LENGTH = 10
    NOT_IMMEDIATE = 12
    NO_ANSWER_KEPT = 13
    QUEUE_FULL = 14

    CANCELLED = 30
    BUSY = 41
    ZERO_REPORT = 382
    NO_RECORD = 384
    CASH_BELOW_ZERO = 503

    REPORTS_USED_UP = 1018

    RECEIPT_TOO_BIG = 1950
    PAYMENTS_TOO_BIG = 1952
    ALREADY_PAID = 1953
    LINE_TOO_BIG = 1956
    CHANGE_TOO_BIG = 1961
    PAYMENT_ZERO = 1962
    DISCOUNT_BASE = 1980
    DISCOUNT_BASE_ZERO = 1983
    DISCOUNT_ZERO = 1984
    DISCOUNT_LEAVES_NOTHING = 1985
    DISCOUNT_NOT_ALLOWED = 1991
    NO_ITEMS = 1992

    VAT_FIELD = 2000
    NO_HEADER = 2002
    NO_ACTIVE_VAT = 2004
    NO_TRANSACTION = 2005
    PRICE = 2006
    QUANTITY = 2007
    LINE_ZERO = 2009
    DAILY_TOTALS_FULL = 2010
    DATE_DIFFERS = 2022
    CLOCK_OVER_TWO_HOURS = 2023
    DATE_IMPOSSIBLE = 2024
    DATE_BEFORE_MEMORY = 2025
    VAT_REPEATED = 2028
    VAT_VALUE = 2029
    VAT_NONE_ACTIVE = 2030
    TOTALS_NOT_ZERO = 2035
    IN_TRANSACTION = 2038
    TOTAL_ZERO = 2041
    PERIOD_STARTS_LATER = 2045
    PERIOD_ENDS_EARLIER = 2046
    REPORT_NUMBER_ZERO = 2047
    REPORT_RANGE = 2048
    REPORT_NUMBER_TOO_BIG = 2049
    DATE_RANGE = 2050
    TOO_MANY_LINES = 2052
    NOT_PAID = 2054
    EMPTY_TEXT = 2056
    BAD_BARCODE = 2059
    WRONG_STATE = 2060
    PRINTOUT_OPEN = 2062
    PARAMETER = 2063
    FOOTER_NO_PRINTOUT = 2064
    FOOTER_NOT_OPEN = 2066
    HEADER_TOO_LONG = 2095
    GOODS_NAME = 2104
    GOODS_LOCKED = 2106

    FORM_NUMBER = 2501
    FORM_LINE = 2502
    FORM_HEADER = 2503
    FORM_TOO_FEW = 2504
    FORM_NOT_OPEN = 2505
    FORM_OPEN = 2506
    FORM_COMMAND = 2507
    FORM_MASK = 2509
    DISCOUNT_VALUE = 2601
    PAYMENT_KIND = 2705
    FOOTER_LINE_NUMBER = 2702
    FOOTER_LINES_MAX = 2703

    DISCOUNT_CHECK = 2801
    LINE_CHECK = 2802
    TOTAL_CHECK = 2805
    PACK_OUT_CHECK = 2806
    PACK_IN_CHECK = 2807
    PAYMENTS_CHECK = 2808
    CHANGE_CHECK = 2809
    STORNO_QUANTITY = 2851
    STORNO_VALUE = 2852

    COMPANY_NAME = 4201
    POSTAL_CODE = 4202
    TOWN = 4203
    POSTAL_CODE_FORMAT = 4209


class Refused(Exception):
    """The command was understood and not carried out."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class BadField(Exception):
    """The frame itself is wrong; ``field`` is the offending parameter."""

    def __init__(self, code: int, field: str = "") -> None:
        super().__init__(code, field)
        self.code = code
        self.field = field
