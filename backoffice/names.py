r"""What a fiscal printer compares of a product's name. Pure.

The printer looks at letters (of either case), digits and ``, . \ / %`` only, and remembers the VAT
rate of a name: two products that look alike to it must carry the same letter.
"""

from __future__ import annotations

from functools import lru_cache

_DIGITS_AND_SIGNS = frozenset("0123456789,.\\/%")


# Each change of one product compares it with all the others, most of which were seen before.
@lru_cache(maxsize=2**17)
def compared(name: str) -> str:
    """The part of ``name`` that the printer tells apart; empty when it would refuse the name."""
    return "".join(
        letter for letter in name.lower() if letter.isalpha() or letter in _DIGITS_AND_SIGNS
    )
