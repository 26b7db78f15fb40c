"""A slip for the screen, where there is no receipt printer or nobody reads paper. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.paper import Align, Kind

if TYPE_CHECKING:
    from drivers.paper import Row, Slip


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row; ``right`` stands at the right edge."""

    text: str
    right: str = ""
    is_centred: bool = False
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A slip as text."""

    title: str
    rows: tuple[ShownRow, ...]


def shown(slip: Slip) -> Shown:
    """What is readable of a slip; a bar code is its digits."""
    return Shown(slip.title, tuple(_row(one) for one in slip.rows if one.kind is not Kind.LOGO))


def _row(one: Row) -> ShownRow:
    if one.kind is Kind.RULE:
        return ShownRow("-" * 40)
    return ShownRow(one.text, one.right, one.align is Align.CENTRE, one.is_bold)
