"""How printouts look: lines of text that fit any paper. Pure; decides nothing about money.

Every line is a plain text of at most 40 characters. Those made of parts keep them, so that
``fitted`` can lay them out anew on wide paper (56). Source: protocol.md §7, §19; the words are the
Polish ones a fiscal printer prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.image_store import placed_image
from hw_emulator.posnet.profile import NARROW
from hw_emulator.posnet.settings import flag
from hw_emulator.posnet.values import EXEMPT, INACTIVE, show_rate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hw_emulator.posnet.books import Books

WIDTH = NARROW
LETTERS = "ABCDEFG"
NONFISCAL_TITLE = "N I E F I S K A L N Y"
NONFISCAL = "NIEFISKALNY"
CURRENCY = "PLN"
_COLUMNS = 3


class Piece(str):
    """A line that knows how to be laid out on other paper; ``lay`` gives all lines of its text.

    Where a text takes several lines only the first one has ``lay``.
    """

    __slots__ = ("lay",)
    lay: Callable[[int], list[str]] | None


def _pieces(lay: Callable[[int], list[str]]) -> list[str]:
    pieces = [Piece(line) for line in lay(WIDTH)]
    for piece in pieces:
        piece.lay = None
    pieces[0].lay = lay
    return list(pieces)


def fitted(lines: Iterable[str], width: int) -> list[str]:
    """Plain lines on paper of ``width``; a line that is no layout stays as it is."""
    found: list[str] = []
    for line in lines:
        if width == WIDTH or not isinstance(line, Piece):
            found.append(str(line))
        elif line.lay:
            found += line.lay(width)
    return found


def _rule() -> str:
    return _pieces(lambda width: [("- " * width)[:width].rstrip()])[0]


RULE = _rule()


def money(value_gr: int) -> str:
    """Grosze as ``9,99``."""
    sign = "-" if value_gr < 0 else ""
    return f"{sign}{abs(value_gr) // 100},{abs(value_gr) % 100:02d}"


def centred(text: str) -> str:
    """One line in the middle of the paper."""
    return _pieces(lambda width: [text[:width].center(width).rstrip()])[0]


def right(text: str) -> str:
    """One line at the right edge of the paper."""
    return _pieces(lambda width: [text[-width:].rjust(width)])[0]


def pair(left: str, value: str) -> list[str]:
    """Text on the left, value on the right; two lines when one is too narrow."""

    def lay(width: int) -> list[str]:
        gap = width - len(left) - len(value)
        if gap > 0:
            return [(left + " " * gap + value).rstrip()]
        return [left[:width], value[-width:].rjust(width)]

    return _pieces(lay)


def text(line: str) -> list[str]:
    """A text that goes on in the next line where the paper ends."""
    return _pieces(lambda w: [line[i : i + w] for i in range(0, max(1, len(line)), w)])


def columns(cells: list[str]) -> list[str]:
    """Cells side by side, three in a line."""

    def lay(width: int) -> list[str]:
        rows = [cells[i : i + _COLUMNS] for i in range(0, len(cells), _COLUMNS)]
        size = width // _COLUMNS
        return ["".join(cell.ljust(size) for cell in row).rstrip() for row in rows] or [""]

    return _pieces(lay)


def marked_up(source: str) -> list[str]:
    """Lines of a text with ``&`` markup: tags are dropped, ``&c`` centres its line."""
    return [piece for line in source.split("\n") for piece in _plain(line)]


def _plain(line: str) -> list[str]:
    shown: list[str] = []
    is_centred = False
    marks = iter(line)
    for mark in marks:
        if mark != "&":
            shown.append(mark)
            continue
        tag = next(marks, "")
        if tag == "&":
            shown.append("&")
        is_centred = is_centred or tag in {"c", "H"}
    plain = "".join(shown).rstrip()
    return [centred(plain)] if is_centred else text(plain)


def head(
    books: Books, title: str, *, is_fiscal: bool = True, header_no: int | None = None
) -> list[str]:
    """Programmed header, tax number and number of the printout, title (several lines by LF).

    What is not fiscal, or comes from a printer that is not, says so first. ``header_no`` is the
    next one unless given; 0 is a printout without a number.
    """
    number = books.header_no + 1 if header_no is None else header_no
    shown_no = f"nr:{number}" if number else ""
    titles, line = title.split("\n"), pair(f"NIP {books.nip}", shown_no)
    if not (is_fiscal and books.is_fiscal):
        titles = [_unfiscal(line) for line in titles]
        if not is_fiscal and flag(books, "hdrcompress.nf"):
            line = pair(f"NIP {books.nip} {shown_no}", NONFISCAL)
        else:
            titles.insert(0, NONFISCAL_TITLE)
    return [
        *placed_image(books, "header"),
        *marked_up(books.header),
        *line,
        *(centred(line) for line in titles if line),
    ]


def _unfiscal(title: str) -> str:
    return " ".join(word for word in title.split() if word not in {"FISKALNY", "FISKALNA"})


def nonfiscal_end(books: Books) -> list[str]:
    """The word above the foot of what is not fiscal, unless its foot is compact."""
    return [] if flag(books, "ftrcompress.nf") else [centred(NONFISCAL_TITLE)]


def foot(
    books: Books, who: str, at: str, signature: str = "", *, buyer: str = "", is_fiscal: bool = True
) -> list[str]:
    """Number, cash desk and cashier, time, signature and unique number of a printout.

    The fiscal logo is printed by a fiscal printer, on fiscal documents.
    """
    when = at[:16].replace("T", " ")
    if not is_fiscal and flag(books, "ftrcompress.nf"):
        return _compact_foot(who, when, signature, books.unique_no)
    lines = [who[:WIDTH], right(buyer), right(when)] if buyer else _signed_off(who, when)
    if signature:
        lines.append(signature)
    logo = "{PL} " if books.is_fiscal and is_fiscal else ""
    return [*lines, centred(logo + books.unique_no), ""]


def _compact_foot(who: str, when: str, signature: str, unique_no: str) -> list[str]:
    # Only wide paper has room for two things in a line; narrow paper lacks the word alone.
    def lay(width: int) -> list[str]:
        if width == WIDTH:
            return [*_signed_off(who, when), signature, centred(unique_no)]
        name = f"{NONFISCAL} {who}"[: width - len(when) - 1]
        return [
            f"{name:<{width - len(when)}}{when}",
            f"{signature} {unique_no:>{width - len(signature) - 1}}",
        ]

    return [*_pieces(lay), ""]


def _signed_off(who: str, when: str) -> list[str]:
    return _pieces(lambda width: [who[: width - len(when) - 1].ljust(width - len(when)) + when])


def show_rate_short(rate_bp: int) -> str:
    """Rate as it is printed in tables: ``23%`` or ``7,5%``."""
    return show_rate(rate_bp).rstrip("0").rstrip(",") + "%"


def rate_table(rates_bp: list[int]) -> list[str]:
    """The VAT rates in use."""
    cells: list[str] = []
    for letter, rate in zip(LETTERS, rates_bp, strict=True):
        if rate < EXEMPT:
            cells.append(f"PTU {letter} {show_rate_short(rate)}")
        elif rate < INACTIVE:
            cells.append(f"{letter} Zwolniona")
    return columns(cells)
