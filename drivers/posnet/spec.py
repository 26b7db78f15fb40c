"""What a row of the table of commands says: types, limits, what a second copy would do. No I/O.

Types are written as the maker's tables write them, behind the name and ``!`` for what is always
there or ``?`` for what may be left out:

    s<limit> text · n<largest> number · b flag · zl<largest> amount in grosze · D date
    DT date and time · and ours: m<limit> text of several lines · k<limit> text with markup
    q quantity in thousandths · p rate in basis points

``s80/40`` is 80 with Online printers and 40 with the older generation. ``v*`` stands for va to vg,
one for each VAT rate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, StrEnum

from drivers.posnet.generation import Generation

AMOUNT_MAX = 9_999_999_999
LETTERS = "abcdefg"
_PART = re.compile(r"([a-z][a-z0-9*])([!?])([A-Za-z]+)(\d*)(?:/(\d+))?")


class Kind(StrEnum):
    """How a value stands on the wire."""

    TEXT = "s"
    LINES = "m"
    MARKUP = "k"
    NUMBER = "n"
    FLAG = "b"
    AMOUNT = "zl"
    DAY = "D"
    MOMENT = "DT"
    QUANTITY = "q"
    RATE = "p"


class Again(Enum):
    """What a second copy of a command would do when the first was carried out after all."""

    READ = "nothing: it changes nothing, or the same thing to the same value"
    GUARDED = "be refused, or show in the sums that the receipt's end states"
    ONCE = "harm: print or count twice"


class Seen(StrEnum):
    """Where our knowledge of a command comes from, the surest last."""

    TEXT = "text"  # the maker's document alone
    DRIVERS = "drivers"  # and independent public drivers
    DEVICE = "device"  # and the public recordings of a real printer


@dataclass(frozen=True, slots=True)
class Twice:
    """``Again``, and why."""

    again: Again
    because: str = ""


def guarded(because: str) -> Twice:
    """A second copy is harmless, ``because``."""
    return Twice(Again.GUARDED, because)


def once(because: str) -> Twice:
    """A second copy does harm, ``because``."""
    return Twice(Again.ONCE, because)


@dataclass(frozen=True, slots=True)
class Field:
    """Type of one parameter or reply field.

    ``limit`` is the longest text or the largest number, 0 for none; ``old_limit`` that of the older
    generation.
    """

    kind: Kind
    limit: int = 0
    old_limit: int = 0
    is_needed: bool = True

    def most(self, generation: Generation) -> int:
        """The limit for printers of ``generation``."""
        return self.old_limit if generation is Generation.OLD else self.limit


@dataclass(frozen=True, slots=True)
class Spec:
    """One row of the table.

    ``page`` is the one of POT-I-DEV-37 v5978. ``is_long`` asks for the patience of a report,
    ``is_breakable`` can be interrupted by ``!break``.
    """

    name: str
    page: int
    use: str
    parameters: dict[str, Field]
    reply: dict[str, Field]
    seen: Seen
    twice: Twice = Twice(Again.READ)
    is_long: bool = False
    is_breakable: bool = False

    @property
    def again(self) -> Again:
        """What a second copy would do."""
        return self.twice.again


def row(
    name: str,
    page: int,
    use: str,
    parameters: str = "",
    reply: str = "",
    *,
    seen: Seen = Seen.TEXT,
    twice: Twice = Twice(Again.READ),
    is_long: bool = False,
    is_breakable: bool = False,
) -> Spec:
    """Make a row from ``parameters`` and ``reply`` written as above."""
    parameters_, reply_ = _fields(parameters), _fields(reply)
    return Spec(name, page, use, parameters_, reply_, seen, twice, is_long, is_breakable)


def _fields(text: str) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for part in text.split():
        found = _PART.fullmatch(part)
        if not found:
            msg = f"{part!r} is no field"
            raise ValueError(msg)
        name, sign, kind, limit, old_limit = found.groups()
        most = int(limit) if limit else AMOUNT_MAX if kind == Kind.AMOUNT else 0
        field = Field(Kind(kind), most, int(old_limit or most), is_needed=sign == "!")
        names = [name[0] + letter for letter in LETTERS] if name[1] == "*" else [name]
        fields |= dict.fromkeys(names, field)
    return fields
