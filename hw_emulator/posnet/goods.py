"""How the printer compares goods names, and when it locks them. Pure.

Source: protocol.md §7, goods-name identity.
"""

from __future__ import annotations

from hw_emulator.posnet.values import EXEMPT

_KEPT = frozenset(",.\\/%")


def identity(name: str) -> str:
    r"""What counts of a name: letters without case, digits and ``, . \ / %``."""
    return "".join(c for c in name.upper() if c.isalpha() or c.isdigit() or c in _KEPT)


def height(rate_bp: int) -> int:
    """Rates in the order "higher than" means: exempt is below 0 %."""
    return -1 if rate_bp >= EXEMPT else rate_bp
