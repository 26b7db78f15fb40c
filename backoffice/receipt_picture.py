"""How the head and the foot of a shop's receipts come out on paper. Pure.

What stands between them, and the line with the NIP, is the printer's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terminal.sync import wire

# Columns of a roll of 57 mm and of one of 80 mm.
NARROW, WIDE = 40, 56
# As wide as the till breaks the words at the foot.
FOOT_WIDTH = 25


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines of a receipt; ``broken`` are lines of the head that one line of paper does not hold."""

    head: tuple[str, ...]
    foot: tuple[str, ...]
    broken: tuple[str, ...]


def picture(shop: wire.Shop, footer: str, width: int = NARROW) -> Picture:
    """The head and the foot as a printer of ``width`` columns prints them."""
    town = f"{shop.postal_code} {shop.city}".strip()
    told = [text for text in (shop.company, shop.name, shop.street, town) if text.strip()]
    head = [line.center(width).rstrip() for text in told for line in wrap(text, width)]
    number = "nr:1"
    head.append(f"NIP {shop.nip}".ljust(width - len(number)) + number)
    foot = [f" {line}" for line in wrap(footer, FOOT_WIDTH)]
    return Picture(tuple(head), tuple(foot), tuple(text for text in told if len(text) > width))
