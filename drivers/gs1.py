"""GS1 element strings: application identifiers, check digits, dates, measures. Pure.

    element string = *( identifier value [GS] )        GS is FNC1 as a scanner sends it

Values whose identifier begins with one of ``_PREDEFINED`` have a fixed length and no separator; the
others end at GS or at the end. Nothing here raises on hostile text: what cannot be read is told in
``Elements.trouble``, and nothing of the text is believed then.

Source: GS1 General Specifications, sections 3.2 (identifiers), 7.8 (FNC1), 7.9 (check digits) and
7.12 (dates).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

GS = "\x1d"
TEXT_MAX = 512
# Format as the specification writes it (N digits, X any character) → the identifiers that have it;
# "n" stands for any digit. The family 43 (addresses of a delivery) is wider here than its members.
_FORMATS = {
    "N1": "7252",
    "N2": "20 7241",
    "N3": "422 424 426",
    "N4": "394n 8111",
    "N6": "11 12 13 15 16 17 31nn 32nn 33nn 34nn 35nn 36nn 395n 7006 8005",
    "N8": "7250",
    "N10": "7003",
    "N12": "7251",
    "N13": "410 411 412 413 414 415 416 417 7001",
    "N14": "01 02 03 8001",
    "N15": "8040 8041",
    "N17": "402",
    "N18": "00 8006 8017 8018 8026",
    "N32": "8042",
    "N..4": "7004",
    "N..6": "242",
    "N..8": "30 37",
    "N..10": "8019",
    "N..12": "8011",
    "N..15": "390n 392n",
    "N3+N..12": "423 425",
    "N3+N..15": "391n 393n",
    "N6+N..4": "7011",
    "N6+N..6": "7007",
    "N8+N..4": "8008",
    "N13+N..12": "255",
    "N18+N..2": "8043",
    "X3": "7258",
    "X4": "7040",
    "X..2": "7010",
    "X..3": "427 7008",
    "X..4": "7041",
    "X..10": "7009 7255",
    "X..12": "7005",
    "X..20": "10 21 22 243 254 420 7020 7021 7022 71n 7240 8002 8012",
    "X..25": "7242 8013 8014 8020",
    "X..28": "235",
    "X..30": "240 241 250 251 400 401 403 7002 7023 8004 8010 90",
    "X..34": "8007",
    "X..40": "7253 7254 7259",
    "X..50": "8009",
    "X..70": "430n 431n 432n 433n 7257 8110 8112 8200",
    "X..90": "7256 8030 9n",
    "N3+X..9": "421",
    "N3+X..27": "703n",
    "N13+X..17": "253",
    "N14+X..16": "8003",
    "X2+X..28": "723n",
}
_PREDEFINED = frozenset(
    ["00", "01", "02", "03", "04", *map(str, range(11, 21)), *map(str, range(31, 37)), "41"]
)
_CHECKED = frozenset(["00", "01", "02", "03", "402", "8017", "8018", *map(str, range(410, 418))])
_DATED = frozenset(["11", "12", "13", "15", "16", "17"])
_LONGEST_AI, _SHORTEST_AI = 4, 2
_CENTURY, _WINDOW = 100, 51
_ZLOTY = "985"
_MILLI_DIGITS, _GROSZ_DIGITS = 3, 2


@dataclass(frozen=True, slots=True)
class _Shape:
    shortest: int
    longest: int
    is_digits: bool


def _shape_of(notation: str) -> _Shape:
    shortest = longest = 0
    for part in notation.split("+"):
        is_open, length = ".." in part, int(part[1:].removeprefix(".."))
        longest += length
        # What may vary is never empty, unless something fixed stands before it.
        shortest += (0 if shortest else 1) if is_open else length
    return _Shape(shortest, longest, "X" not in notation)


_SHAPES = {
    identifier: _shape_of(notation)
    for notation, identifiers in _FORMATS.items()
    for identifier in identifiers.split()
}


@dataclass(frozen=True, slots=True)
class Elements:
    """What an element string says: pairs of identifier and value, or why it says nothing."""

    pairs: tuple[tuple[str, str], ...] = ()
    trouble: str = ""

    def get(self, identifier: str) -> str:
        """Value of ``identifier``; empty when it is not there."""
        return next((value for name, value in self.pairs if name == identifier), "")

    @property
    def gtin(self) -> str:
        """The number of the article, 14 digits; empty when there is none."""
        return self.get("01")

    @property
    def qty_milli(self) -> int | None:
        """Net weight in thousandths of a kilogram; None when it is not told, or not so finely."""
        found = self._decimal("310", _MILLI_DIGITS)
        return None if found is None else found[0]

    @property
    def amount_gr(self) -> int | None:
        """What this piece of a weighed article costs, in grosze; None when it is not told."""
        found = self._decimal("392", _GROSZ_DIGITS)
        if found is None:
            found = self._decimal("393", _GROSZ_DIGITS, skip=len(_ZLOTY))
            if found is not None and found[1] != _ZLOTY:
                return None
        return None if found is None else found[0]

    def _decimal(self, family: str, digits: int, skip: int = 0) -> tuple[int, str] | None:
        """The value of ``family`` + n, whose last n digits are decimals, in units of 10^-digits."""
        for name, value in self.pairs:
            if name[:-1] == family:
                shift = digits - int(name[-1])
                number = int(value[skip:])
                if shift < 0 and number % 10**-shift:
                    return None
                return (number * 10**shift if shift >= 0 else number // 10**-shift), value[:skip]
        return None


def parse(text: str) -> Elements:
    """Read an element string; a separator at the start or after a fixed length does no harm."""
    if len(text) > TEXT_MAX:
        return Elements(trouble=f"longer than {TEXT_MAX} characters")
    pairs: list[tuple[str, str]] = []
    rest = text.lstrip(GS)
    while rest:
        identifier = _identifier(rest)
        if not identifier:
            return Elements(trouble=f"no application identifier begins with {rest[:4]!r}")
        shape = _SHAPES[_family(identifier)]
        rest = rest[len(identifier) :]
        is_fixed = identifier[:2] in _PREDEFINED
        value = rest[: shape.longest] if is_fixed else rest.partition(GS)[0]
        if trouble := _trouble(identifier, value, shape):
            return Elements(trouble=trouble)
        pairs.append((identifier, value))
        rest = rest[len(value) :].removeprefix(GS)
    return Elements(tuple(pairs), "" if pairs else "empty")


def _identifier(text: str) -> str:
    for length in range(_SHORTEST_AI, _LONGEST_AI + 1):
        head = text[:length]
        if len(head) == length and _is_digits(head) and _family(head):
            return head
    return ""


def _family(identifier: str) -> str:
    """The row of the table for ``identifier``: itself, or with its last digits left open."""
    for open_digits in range(3):
        head = identifier[: len(identifier) - open_digits] + "n" * open_digits
        if len(head) == len(identifier) and head in _SHAPES:
            return head
    return ""


def _trouble(identifier: str, value: str, shape: _Shape) -> str:
    if not shape.shortest <= len(value) <= shape.longest:
        wanted = f"{shape.shortest} to {shape.longest}"
        return f"({identifier}) has {len(value)} characters instead of {wanted}"
    if not value.isascii() or not value.isprintable() or " " in value:
        return f"({identifier}) holds a character that GS1 does not know"
    if shape.is_digits and not _is_digits(value):
        return f"({identifier}) is not all digits"
    if identifier in _CHECKED and not has_check_digit(value):
        return f"({identifier}) has a wrong check digit"
    if identifier in _DATED and as_date(value, 2000) is None:
        return f"({identifier}) is no date"
    return ""


def check_digit(digits: str) -> int:
    """The digit that GS1 puts behind ``digits``: weights 3 and 1 from the right, modulo 10."""
    total = sum(int(digit) * (3, 1)[no % 2] for no, digit in enumerate(reversed(digits)))
    return -total % 10


def has_check_digit(number: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    return len(number) > 1 and _is_digits(number) and check_digit(number[:-1]) == int(number[-1])


def as_date(value: str, this_year: int) -> date | None:
    """``YYMMDD``; day 00 is the last of the month, the century is the nearest. None for no date."""
    if len(value) != 6 or not _is_digits(value):  # noqa: PLR2004
        return None
    year, month, day = int(value[:2]), int(value[2:4]), int(value[4:])
    year += this_year // _CENTURY * _CENTURY
    if year - this_year >= _WINDOW:
        year -= _CENTURY
    elif this_year - year >= _WINDOW - 1:
        year += _CENTURY
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
