"""Protected memory as it numbers documents: one series for all kinds. A fold over records. Pure.

What was printed is in the records themselves (``FiscalMemory.documents``). Events, images and new
headers are documents as well, and are only counted. Source: protocol.md appendix A, "Protected
memory".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record

# Kinds of documents with the numbers ``eclastdocnoget`` knows them by.
TYPES = {
    "receipt": 0,
    "cancelled": 1,
    "invoice": 2,
    "cancelled_invoice": 3,
    "report": 4,
    "nonfiscal": 5,
    "event": 6,
    "fiscalisation": 7,
    "certificate": 8,
    "certificate_sent": 9,
    "image": 10,
    "qr": 11,
    "schedule": 12,
    "header": 13,
}
# Kinds of records that are documents of another kind.
_ALIKE = {"packaging": "nonfiscal", "cancelled_packaging": "nonfiscal", "printout": "nonfiscal"}


@dataclass(slots=True)
class Archive:
    """How many documents there are, and the number of the last one of each kind."""

    count: int = 0
    characters: int = 0
    last: dict[str, int] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Take one record of the file, if it is a document."""
        kind = record["document"] if record["kind"] == "note" else record["kind"]
        kind = _ALIKE.get(kind, kind)
        if kind in TYPES:
            self.count += 1
            self.last[kind] = self.count
            self.characters += sum(map(len, record.get("text", ())))
