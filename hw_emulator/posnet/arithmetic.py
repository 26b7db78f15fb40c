"""The printer's arithmetic: line values, discounts, spreading, VAT. Whole grosze, half up. Pure.

Source: protocol.md §11.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hw_emulator.posnet.values import EXEMPT

FULL_PERCENT = 10_000
_EXCHANGE_UNIT = 10_000


def half_up(numerator: int, denominator: int) -> int:
    """Quotient of two non-negative numbers, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def line_value(price_gr: int, quantity: Decimal) -> int:
    """Price times quantity in grosze."""
    return int((price_gr * quantity).quantize(Decimal(1), ROUND_HALF_UP))


def percent_off(value_gr: int, percent: int, *, discount_first: bool) -> int:
    """Discount of ``percent`` hundredths of a percent, by one of the printer's two methods."""
    if discount_first:
        return half_up(value_gr * percent, FULL_PERCENT)
    return value_gr - half_up(value_gr * (FULL_PERCENT - percent), FULL_PERCENT)


def percent_on(value_gr: int, percent: int) -> int:
    """Mark-up of ``percent`` hundredths of a percent."""
    return half_up(value_gr * percent, FULL_PERCENT)


def spread(totals_gr: list[int], delta_gr: int) -> list[int]:
    """Totals per rate after an amount is taken off (negative) or put on, shared in rate order."""
    before = sum(totals_gr)
    after = before + delta_gr
    carried = 0
    shared = []
    for total in totals_gr:
        quotient, remainder = divmod(total * after, before)
        carried += remainder
        if carried >= before:
            quotient += 1
            carried -= before
        shared.append(quotient)
    return shared


def vat_of(gross_gr: int, rate_bp: int) -> int:
    """VAT contained in a gross amount; exempt and inactive rates carry none."""
    if rate_bp >= EXEMPT:
        return 0
    return half_up(gross_gr * rate_bp, FULL_PERCENT + rate_bp)


def exchanged(amount: int, rate: int) -> int:
    """Grosze for an amount in hundredths of a currency; ``rate`` has four decimals."""
    return half_up(amount * rate, _EXCHANGE_UNIT)
