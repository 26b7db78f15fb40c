"""The number in the bar code of a receipt: known before it is printed, unlike the printer's. Pure.

GS1 prefix 980 (refund receipts), 16 digits that hold the first 48 bits of the receipt's identity,
and a check digit: 20 digits, an even number, for which Code 128 packs two into one symbol.
"""

from __future__ import annotations

PREFIX = "980"
LENGTH = 20
_DIGITS = 16
_HEX = 12
_HEX_DIGITS = frozenset("0123456789abcdef")


def code_of(rid: str) -> str:
    """The code of the receipt ``rid``; empty for one that is no UUID."""
    start = rid.replace("-", "")[:_HEX]
    if len(start) < _HEX or not set(start) <= _HEX_DIGITS:
        return ""
    number = int(start, 16)
    digits = f"{PREFIX}{number:0{_DIGITS}}"
    return digits + _check_digit(digits)


def rid_start(code: str) -> str:
    """How the rid of a receipt with this code begins; empty for what is no such code."""
    is_digits = code.isascii() and code.isdigit()
    if not is_digits or len(code) != LENGTH or not code.startswith(PREFIX):
        return ""
    if _check_digit(code[:-1]) != code[-1]:
        return ""
    number = int(code[len(PREFIX) : -1])
    text = f"{number:0{_HEX}x}"
    return f"{text[:8]}-{text[8:]}" if len(text) == _HEX else ""


def _check_digit(digits: str) -> str:
    """GS1's: 3 and 1 in turn from the right, up to the next ten."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)
