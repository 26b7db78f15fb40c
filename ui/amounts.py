"""Amounts as people read and type them. Pure: whole grosze, thousandths and basis points inside.

On entry both ``,`` and ``.`` are the decimal sign and nothing separates thousands; an amount
without a decimal sign is grosze, so that ``2000`` is 20,00.
"""

from __future__ import annotations

DIGITS_MAX = 10
_EXEMPT_BP = 10_000


def zloty(amount_gr: int) -> str:
    """An amount for the screen: 123456 → ``1 234,56``."""
    sign = "-" if amount_gr < 0 else ""
    whole, rest = divmod(abs(amount_gr), 100)
    return f"{sign}{whole:,}".replace(",", " ") + f",{rest:02}"


def quantity(qty_milli: int, precision: int = 0) -> str:
    """A quantity with at least ``precision`` decimals: 2500 → ``2,5``."""
    return _decimals(qty_milli, 3, precision)


def percent(percent_bp: int) -> str:
    """A share for the screen: 1250 → ``12,5 %``."""
    return _decimals(percent_bp, 2, 0) + " %"


def rate(rate_bp: int) -> str:
    """A VAT rate: 2300 → ``23%``, a dash for one that takes no tax."""
    return "-" if rate_bp >= _EXEMPT_BP else _decimals(rate_bp, 2, 0) + "%"


def read_zloty(text: str) -> int | None:
    """Typed amount in grosze, None when it is none: ``2000`` and ``20,`` are both 2000."""
    if "," not in text:
        return _read(text, 0)
    return _read(text, 2)


def read_quantity(text: str) -> int | None:
    """Typed quantity in thousandths, None when it is none."""
    return _read(text, 3)


def read_percent(text: str) -> int | None:
    """Typed share in basis points, None when it is none."""
    return _read(text, 2)


def _decimals(value: int, places: int, least: int) -> str:
    whole, rest = divmod(value, 10**places)
    fraction = f"{rest:0{places}}".rstrip("0").ljust(least, "0")
    return f"{whole},{fraction}" if fraction else str(whole)


def _read(text: str, places: int) -> int | None:
    whole, _, fraction = text.partition(",")
    digits = whole + fraction
    if not digits.isascii() or not digits.isdigit() or len(digits) > DIGITS_MAX:
        return None
    if len(fraction) > places:
        return None
    return int(digits + "0" * (places - len(fraction)))
