"""The fiscal printer behind the interface: documents in, results out. No threads, no HTTP.

Its fiscal memory, paper and printouts are those of the other fiscal printer: the law makes them
alike. Whether a document has to wait for the mechanism is asked beforehand (``needs_paper``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hw_emulator.novitus import layout, packets, printouts, receipt
from hw_emulator.novitus.codes import Code, meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.paper import Paper
    from hw_emulator.posnet.books import Books, Record
    from hw_emulator.posnet.memory import FiscalMemory, MemoryView

MODEL, VERSION = "POINT", "1.01"
UNIQUE_NO, NIP = "ZBN2101000001", "5222628262"
HEADER = "Sklep Przykładowy\nul. Polna 1\n00-001 Warszawa"
RATES_BP = (2300, 800, 500, 0, 10_000, 10_100, 10_100)
REPORTS_MAX = 2195
CHARACTERS = 42
_ZONE = ZoneInfo("Europe/Warsaw")


class Mechanism(IntEnum):
    """State of the printing mechanism; the value is the error the device shows."""

    OK = 0
    NO_PAPER = Code.NO_PAPER
    COVER = Code.NO_MECHANISM


def warsaw_now() -> datetime:
    """Polish local time, to the second."""
    return datetime.now(_ZONE).replace(microsecond=0)


@dataclass(slots=True)
class Device:
    """One printer. ``mechanism`` may be set from outside at any moment.

    ``counts_cancelled``: whether a cancelled receipt takes a number, which is written nowhere.
    """

    memory: FiscalMemory
    paper: Paper
    now: Callable[[], datetime] = warsaw_now
    model: str = MODEL
    version: str = VERSION
    characters: int = CHARACTERS
    is_fiscal: bool = True
    reports_max: int = REPORTS_MAX
    unique_no: str = UNIQUE_NO
    counts_cancelled: bool = True
    ram_reset: bool = False
    mechanism: Mechanism = Mechanism.OK
    drawer_kicks: int = 0
    drift: timedelta = timedelta()

    def __post_init__(self) -> None:
        if self.memory.is_blank:
            self.memory.append(
                "born",
                {
                    "at": self.moment(),
                    "unique_no": self.unique_no,
                    "is_fiscal": self.is_fiscal,
                    "nip": NIP,
                    "rates_bp": list(RATES_BP),
                    "header": HEADER,
                    "counts_daily": False,
                },
            )
        if self.ram_reset:
            self.memory.append("ram_reset", {"at": self.moment()})
        if self.books.last.is_open:
            receipt.cancel(self, "power")

    @property
    def books(self) -> Books:
        """Counters, totals and settings."""
        return self.memory.books

    @property
    def number(self) -> int:
        """How many receipts there were since the last loss of RAM."""
        # No document of this printer sets the shift to zero.
        shift = self.books.shift
        return shift.receipts + (shift.cancelled if self.counts_cancelled else 0)

    def clock(self) -> datetime:
        """The printer's clock."""
        return self.now() + self.drift + timedelta(seconds=self.books.clock_offset_s)

    def jump(self, seconds: int) -> None:
        """Let the clock jump, as worn-out clocks do."""
        self.drift += timedelta(seconds=seconds)

    def moment(self) -> str:
        """The printer's clock as ISO date-time with offset."""
        return self.clock().isoformat()

    def view(self) -> MemoryView:
        """What is in the fiscal memory."""
        return self.memory.view()

    def keep(self, settings: Record) -> None:
        """Write settings of ``Books`` into the memory."""
        self.memory.append("setting", {"values": settings})

    def shown(self) -> dict[str, Any]:
        """What the interface tells of the device."""
        if not self.mechanism:
            return {"status": "OK"}
        code = int(self.mechanism)
        return {"status": "ERROR", "error": {"code": code, "description": meaning(code)}}

    def needs_paper(self, kind: str, document: dict[str, Any]) -> bool:
        """Whether the document prints."""
        if kind == "direct_io":
            return packets.prints(document["direct_io"])
        return kind != "status"

    def execute(self, kind: str, document: dict[str, Any]) -> tuple[dict[str, Any], int]:
        """Carry a document out; gives its response and its number in the protected memory.

        Raises ``Failed``.
        """
        body = next(iter(document.values()))
        match kind:
            case "receipt":
                receipt.print_receipt(self, body)
            case "daily_report":
                printouts.daily_report(self, body)
            case "nf_printout":
                printouts.non_fiscal(self, body)
            case "status":
                return {"status": printouts.status(self, body["type"])}, 0
            case _:
                return packets.carry_out(self, body), 0
        return {}, self.books.header_no

    def print_document(
        self, title: str, lines: list[str], *, kind: str = "nonfiscal", cash_gr: int = 0
    ) -> None:
        """Print a whole document that is no receipt, and count it; ``cash_gr`` moves the drawer."""
        at = self.moment()
        is_fiscal = self.books.is_fiscal and kind == "nonfiscal"
        titles = [layout.NONFISCAL_TITLE] if is_fiscal else []
        text = [*layout.head(self.books, *titles, title), *lines, *layout.foot(self.books, "", at)]
        record: Record = {"at": at, "title": title, "header_no": self.books.header_no + 1}
        if kind == "nonfiscal":
            record |= {"resets_shift": False, "cash_gr": cash_gr, "paid_gr": cash_gr}
        self.memory.append(kind, {**record, "text": text})
        self.paper.write(text)
