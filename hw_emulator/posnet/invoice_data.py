"""What an invoice says besides its lines: number, buyer, notes in three sections. Pure.

Source: protocol.md §10, appendix A (trfvinit, trfv…).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hw_emulator.posnet.codes import Code, Refused

HEADER, DATA, FOOTER = 0, 1, 2
SECTIONS = (HEADER, DATA, FOOTER)
FREE_LINES_MAX, COPIES_MAX = 100, 9
_NOTES_MAX = 100


@dataclass(frozen=True, slots=True)
class Note:
    """Lines in a section; ``name`` is the command that wrote them: sent again, it replaces them."""

    name: str
    section: int
    lines: tuple[str, ...]


@dataclass(slots=True)
class InvoiceData:
    """The data of one invoice; ``width`` limits free lines."""

    title: str = ""
    copies: int = 0
    marks_copies: bool = True
    width: int = 40
    number: str = ""
    number_section: int = HEADER
    buyer: str = ""
    buyer_nip: str = ""
    buyer_address: str = ""
    buyer_section: int = HEADER
    payment_form: str = ""
    payment_until: str = ""
    signers: tuple[str, str] | None = None
    notes: list[Note] = field(default_factory=list)
    _free_lines: int = 0

    def write(self, note: Note) -> None:
        """Put a note where it belongs, in place of an earlier one of the same name."""
        kept = [old for old in self.notes if old.name != note.name]
        if len(kept) >= _NOTES_MAX:
            raise Refused(Code.LINE_COUNT)
        self.notes = [*kept, note] if note.lines else kept

    def write_free(self, note: Note) -> None:
        """Add a free line; raises Refused after a hundred."""
        if self._free_lines >= FREE_LINES_MAX:
            raise Refused(Code.LINE_COUNT)
        self._free_lines += 1
        self.notes.append(note)

    def check(self) -> None:
        """Refuse an invoice without a number or a buyer."""
        if not self.number.strip():
            raise Refused(Code.INVOICE_NUMBER)
        if not self.buyer.strip():
            raise Refused(Code.INVOICE_BUYER)

    def section(self, section: int) -> list[str]:
        """Lines of the notes in a section, in the order they came."""
        return [line for note in self.notes if note.section == section for line in note.lines]
