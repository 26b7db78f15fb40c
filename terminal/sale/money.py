"""The only place that rounds. Pure: whole grosze, thousandths, basis points; no floats.

Rounding is half up to one grosz; percents and amounts come off the VAT letters as the fiscal
printer takes them off, percents in its own one of two ways. Source: POT-I-DEV-37, chapter on
arithmetic; VAT act, art. 106e(7) and (11).
"""

from __future__ import annotations

from drivers.fiscal import EXEMPT, VAT_LETTERS, PercentMode, Seven

QTY_ONE = 1000
PERCENT_BP = 10_000
AMOUNT_MAX_GR = 9_999_999_999
QTY_MAX_MILLI = 9_999_999_999


def divide_half_up(amount: int, divisor: int) -> int:
    """``amount / divisor`` for values not below zero, halves away from zero."""
    return (2 * amount + divisor) // (2 * divisor)


def line_value(price_gr: int, qty_milli: int) -> int:
    """Price times quantity: 349 gr × 2.5 = 873 gr."""
    return divide_half_up(price_gr * qty_milli, QTY_ONE)


def percent_off(amount_gr: int, percent_bp: int, mode: PercentMode) -> int:
    """What a percent takes off an amount: 15 % of 13.50 is 2.02 or 2.03.

    Either what is left is rounded (11.475 → 11.48), or the discount is (2.025 → 2.03). A negative
    percent is a mark-up, and takes off less than nothing: there both ways are one.
    """
    if percent_bp < 0:
        return -divide_half_up(amount_gr * -percent_bp, PERCENT_BP)
    if mode is PercentMode.DISCOUNT_FIRST:
        return divide_half_up(amount_gr * percent_bp, PERCENT_BP)
    return amount_gr - divide_half_up(amount_gr * (PERCENT_BP - percent_bp), PERCENT_BP)


def percent_off_letters(totals_gr: Seven, percent_bp: int, mode: PercentMode) -> Seven:
    """Totals A to G after a percent was taken off each of them."""
    return _seven([total - percent_off(total, percent_bp, mode) for total in totals_gr])


def tax_of(gross_gr: int, rate_bp: int) -> int:
    """VAT contained in a gross amount; exempt and inactive letters contain none."""
    if rate_bp >= EXEMPT:
        return 0
    return divide_half_up(gross_gr * rate_bp, PERCENT_BP + rate_bp)


def spread(totals_gr: Seven, discount_gr: int) -> Seven:
    """Totals A to G after ``discount_gr`` (negative: mark-up) was taken off their sum.

    The remainder is carried from letter to letter and adds a grosz when it fills, exactly as the
    printer does it. Raises ValueError when the discount leaves nothing.
    """
    before = sum(totals_gr)
    after = before - discount_gr
    if before <= 0 or after <= 0:
        msg = f"discount {discount_gr} of {before}"
        raise ValueError(msg)
    carried = 0
    result = []
    for total in totals_gr:
        share, rest = divmod(total * after, before)
        carried += rest
        if carried >= before:
            share += 1
            carried -= before
        result.append(share)
    return _seven(result)


def show_gr(amount_gr: int) -> str:
    """An amount in a sentence: 1234 → ``12,34``."""
    sign = "-" if amount_gr < 0 else ""
    whole, rest = divmod(abs(amount_gr), 100)
    return f"{sign}{whole},{rest:02}"


def by_letter(amounts: list[tuple[str, int]]) -> Seven:
    """Sum amounts per VAT letter."""
    totals = [0] * len(VAT_LETTERS)
    for letter, amount in amounts:
        totals[VAT_LETTERS.index(letter)] += amount
    return _seven(totals)


def minus(left: Seven, right: Seven) -> Seven:
    """Letter by letter difference."""
    return _seven([a - b for a, b in zip(left, right, strict=True)])


def plus(left: Seven, right: Seven) -> Seven:
    """Letter by letter sum."""
    return _seven([a + b for a, b in zip(left, right, strict=True)])


def _seven(values: list[int]) -> Seven:
    a, b, c, d, e, f, g = values
    return a, b, c, d, e, f, g
