"""What kind of printer is emulated: its generation, its paper, its limits, its habits. Pure.

A profile never changes while a printer works; what a client can set is in ``books``, what the
world does to the printer is in ``conditions``. Source: protocol.md §8, §11.7, §12, §14, §17.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

REPORTS_MAX, VAT_CHANGES_MAX, RAM_RESETS_MAX = 1830, 30, 200
NARROW, WIDE = 40, 56


class Generation(StrEnum):
    """Thermal FV and its relatives before 2019, or the Online printers after."""

    OLD = "old"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer.

    ``model``, ``version`` and ``program`` are what getrealid tells, ``width`` is in characters.
    ``reports_max`` to ``goods_max`` are how much the memories hold. ``counts_daily``: a daily
    report sets the receipt number to zero; a new memory keeps the choice for good.
    ``needs_daily_report``: no receipt on a new day before the report of the last one (383).
    ``second_only_reads``: PC2 may ask but not act (40). ``invoice_needs_key``: the end of an
    invoice waits for a key. ``is_strict``: unknown and repeated parameters, and tokens of fewer
    than four digits, are refused instead of tolerated.
    """

    generation: Generation = Generation.ONLINE
    model: str = "POSNET THERMAL XL2 ONLINE"
    version: str = "30.01"
    program: str = "2.01.00000000"
    width: int = NARROW
    reports_max: int = REPORTS_MAX
    vat_changes_max: int = VAT_CHANGES_MAX
    ram_resets_max: int = RAM_RESETS_MAX
    documents_max: int = 10_000_000
    goods_max: int = 250_000
    receipts_max: int = 9999
    counts_daily: bool = True
    needs_daily_report: bool = False
    second_only_reads: bool = False
    invoice_needs_key: bool = False
    is_strict: bool = False

    @property
    def is_old(self) -> bool:
        """Whether it is of the generation before the Online printers."""
        return self.generation is Generation.OLD

    @property
    def block_lines_max(self) -> int:
        """Lines of a receipt in block mode."""
        return 100 if self.is_old else 500

    @property
    def header_max(self) -> int:
        """Bytes of the programmed header."""
        return 500 if self.is_old else 600

    @property
    def cancelled_code(self) -> int:
        """Error number of an operation given up at the keyboard."""
        return 10 if self.is_old else 30


PROFILES = {
    "xl2": Profile(),
    "hd": Profile(model="POSNET THERMAL HD ONLINE", version="31.01"),
    "temo": Profile(model="POSNET TEMO ONLINE", version="32.01"),
    "trio": Profile(model="POSNET TRIO ONLINE", version="33.01"),
    "pospay": Profile(model="POSNET POSPAY ONLINE", version="34.01"),
    "vero": Profile(model="POSNET VERO", version="35.01"),
    "hx": Profile(model="POSNET THERMAL HX", version="38.01"),
    "evo": Profile(model="POSNET EVO", version="39.01"),
    "fawag": Profile(model="FAWAG BOX", version="52.01"),
    "old": Profile(
        Generation.OLD,
        model="THERMAL HS FV EJ",
        version="1.01",
        program="1.01",
        invoice_needs_key=True,
    ),
}
