"""Tax inside a gross amount, as the fiscal printer counts it. Pure."""

from __future__ import annotations

EXEMPT_BP = 10_000


def tax_gr(gross_gr: int, rate_bp: int) -> int:
    """Tax inside a gross amount, half up to whole grosze; nothing at the exempt marker."""
    if rate_bp >= EXEMPT_BP:
        return 0
    return (2 * gross_gr * rate_bp + EXEMPT_BP + rate_bp) // (2 * (EXEMPT_BP + rate_bp))
