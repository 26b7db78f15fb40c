"""Text with the printer's marks: ``&b`` begins and ends wide letters. No I/O.

A mark is made here and nowhere else: every ``&`` of the data is doubled, which the printer prints
as one, and nothing is ever cut between a mark and its end. Source: POT-I-DEV-37, chapters on the
header and on the footer: a second occurrence ends a mark, a line begins at most ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.fiscal import Style
from drivers.posnet.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.fiscal import Header, StyledLine

_MARKS = {
    Style.WIDE: "b",
    Style.HIGH: "h",
    Style.UNDERLINED: "u",
    Style.ITALIC: "i",
    Style.NEGATIVE: "N",
    Style.BOLD: "s",
    Style.CENTRED: "c",
    Style.HUGE: "H",
}
_MARKS_MAX = 10
# The tax authority's copy takes these out of the header by their marks.
_COMPANY, _POSTAL_CODE, _CITY, _STREET = "1", "2", "3", "5"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line; ``marks`` are letters or digits that stand behind a single ``&``."""

    text: str
    marks: str = ""

    def wire(self, room: int) -> str:
        """This piece in at most ``room`` signs, shortened where it must be, or nothing."""
        opening = "".join("&" + mark for mark in self.marks)
        left = room - 2 * len(opening)
        found = ""
        for sign in plain(self.text, max(left, 0)):
            written = "&&" if sign == "&" else sign
            if len(found) + len(written) > left:
                break
            found += written
        return opening + found + opening if found else ""


@dataclass(frozen=True, slots=True)
class Markup:
    """Lines of pieces."""

    lines: tuple[tuple[Piece, ...], ...]

    def wire(self, limit: int) -> str:
        """The lines with their marks, in at most ``limit`` signs."""
        return "\n".join(self._lines(limit))

    def _lines(self, limit: int) -> Iterator[str]:
        left = limit
        for line in self.lines:
            written, marks = "", 0
            for piece in line:
                marks += len(piece.marks)
                # The printer refuses a line with more marks; its words matter more than its look.
                kept = piece if marks <= _MARKS_MAX else Piece(piece.text)
                written += kept.wire(left - len(written))
            left -= len(written) + 1
            if left < -1:
                return
            yield written


def styled(lines: tuple[StyledLine, ...]) -> Markup:
    """Lines in the looks of the till."""
    return Markup(
        tuple(
            tuple(
                Piece(
                    span.text,
                    "".join(mark for style, mark in _MARKS.items() if style in span.styles),
                )
                for span in line
            )
            for line in lines
        )
    )


def header_markup(header: Header) -> Markup:
    """The header with the maker's marks around what the tax authority's copy needs."""
    lines = (
        (Piece(header.company, _COMPANY),),
        (Piece(header.name),),
        (Piece(header.street, _STREET),),
        (Piece(header.postal_code, _POSTAL_CODE), Piece(" "), Piece(header.city, _CITY)),
    )
    return Markup(tuple(line for line in lines if any(piece.text.strip() for piece in line)))
