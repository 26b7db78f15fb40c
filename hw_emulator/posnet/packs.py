"""Returnable packaging of one document: given out, taken back, reversed. Pure.

Source: protocol.md §10, appendix A (trpack).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.values import AMOUNT_MAX

# How many different ones fit is not published; a crate trade needs some dozens.
PACKS_MAX = 100
_ENTRIES_MAX = 500


@dataclass(frozen=True, slots=True)
class Pack:
    """One line of packaging; ``number`` is empty for a nameless one."""

    number: str
    price_gr: int
    quantity: int
    is_returned: bool
    is_storno: bool
    description: str = ""

    @property
    def value_gr(self) -> int:
        """Price times quantity."""
        return self.price_gr * self.quantity

    @property
    def key(self) -> tuple[str, int, bool]:
        """What a storno has to repeat."""
        return self.number, self.price_gr, self.is_returned


@dataclass(slots=True)
class Packs:
    """All packaging of a document."""

    entries: list[Pack] = field(default_factory=list)

    @property
    def out_gr(self) -> int:
        """Value of what was given out."""
        return self._sum_gr(is_returned=False)

    @property
    def in_gr(self) -> int:
        """Value of what was taken back."""
        return self._sum_gr(is_returned=True)

    @property
    def due_gr(self) -> int:
        """What the buyer pays for packaging; negative when he gets money back."""
        return self.out_gr - self.in_gr

    def left(self) -> dict[tuple[str, int, bool], int]:
        """Quantity that stands, by what it is."""
        left: dict[tuple[str, int, bool], int] = {}
        for pack in self.entries:
            sign = -1 if pack.is_storno else 1
            left[pack.key] = left.get(pack.key, 0) + sign * pack.quantity
        return left

    def add(self, pack: Pack) -> None:
        """Give out, take back or reverse; raises Refused."""
        left = self.left()
        if pack.is_storno:
            if not left.get(pack.key):
                raise Refused(Code.STORNO_PACK)
            if pack.quantity > left[pack.key]:
                raise Refused(Code.STORNO_QUANTITY)
        elif pack.key not in left and len(left) >= PACKS_MAX:
            raise Refused(Code.TOO_MANY_PACKS)
        elif self._sum_gr(is_returned=pack.is_returned) + pack.value_gr > AMOUNT_MAX:
            raise Refused(Code.PACKS_TOO_BIG)
        if len(self.entries) >= _ENTRIES_MAX:
            raise Refused(Code.TOO_MANY_LINES)
        self.entries.append(pack)

    def _sum_gr(self, *, is_returned: bool) -> int:
        return sum(
            -pack.value_gr if pack.is_storno else pack.value_gr
            for pack in self.entries
            if pack.is_returned is is_returned
        )
