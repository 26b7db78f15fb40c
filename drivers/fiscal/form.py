"""What a non-fiscal document is made of: lines with styles, codes, small print. No I/O.

Text carries no marks of any protocol: a style is said beside it, and the driver writes what its
printer understands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Style(StrEnum):
    """How letters look; ``CENTRED`` and ``HUGE`` hold for the whole line."""

    WIDE = "wide"
    HIGH = "high"
    UNDERLINED = "underlined"
    ITALIC = "italic"
    NEGATIVE = "negative"
    BOLD = "bold"
    CENTRED = "centred"
    HUGE = "huge"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line in one look."""

    text: str
    styles: frozenset[Style] = frozenset()


StyledLine: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text line; longer ones go on in the next."""

    text: str
    is_wide: bool = False
    is_high: bool = False


@dataclass(frozen=True, slots=True)
class FreeLine:
    """One line of pieces that look different."""

    spans: StyledLine


@dataclass(frozen=True, slots=True)
class TinyLine:
    """One line of small print."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Separator:
    """A line across the paper."""


class BarcodeKind(StrEnum):
    """Bar codes in a form."""

    EAN_128 = "ean_128"
    EAN_13 = "ean_13"


@dataclass(frozen=True, slots=True)
class Barcode:
    """A bar code; EAN-13 takes 12 or 13 digits."""

    text: str
    kind: BarcodeKind = BarcodeKind.EAN_128


class MatrixKind(StrEnum):
    """Two-dimensional codes."""

    QR = "qr"
    AZTEC = "aztec"
    DATA_MATRIX = "data_matrix"
    PDF417 = "pdf417"


@dataclass(frozen=True, slots=True)
class Matrix:
    """A two-dimensional code; ``dots`` is the size of one module, ``correction`` the level."""

    text: str
    kind: MatrixKind = MatrixKind.QR
    dots: int | None = None
    correction: int | None = None


Part: TypeAlias = TextLine | FreeLine | TinyLine | Blank | Separator | Barcode | Matrix


@dataclass(frozen=True, slots=True)
class Form:
    """A non-fiscal document; ``is_wide`` asks for the form of 80 mm paper."""

    title: str
    parts: tuple[Part, ...]
    is_wide: bool = False
