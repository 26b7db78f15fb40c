"""What a fiscal memory adds up to: counters, totals, settings, goods. A fold over records, no I/O.

Every number a status command answers is here; nothing else holds state that outlives the power.
Source: protocol.md §12, §14.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hw_emulator.posnet.archive import Archive
from hw_emulator.posnet.day import Day, LastDocument, Shift
from hw_emulator.posnet.fold import APPLY
from hw_emulator.posnet.goods import height, identity
from hw_emulator.posnet.ledger import Ledger
from hw_emulator.posnet.values import CASH_MAX, INACTIVE, RATES

Record: TypeAlias = dict[str, Any]

DEFAULT_CASHIER, DEFAULT_DESK = "KIEROWNIK", "001"
# Kinds of documents as ``scomm ts`` and ``strns ts`` tell them.
IN_RECEIPT, IN_BLOCK_RECEIPT, IN_INVOICE, IN_PACKAGING = 16, 17, 33, 48


@dataclass(slots=True)
class Books:
    """State of the device as its memory proves it; rates in basis points, letters A to G.

    ``settings`` and ``tables`` are what settings and services keep, ``archive`` and ``ledger`` what
    protected and fiscal memory number. ``header_no`` counts printouts, ``receipts_ever`` and
    ``invoices_ever`` also cancelled ones.
    """

    unique_no: str = ""
    is_fiscal: bool = True
    nip: str = ""
    born_at: str = ""
    counts_daily: bool = True
    is_read_only: bool = False
    rates_bp: list[int] = field(default_factory=lambda: [INACTIVE] * RATES)
    header: str = ""
    footer_info: str = ""
    discount_first: bool = False
    prints_cancelled: bool = True
    cashier: str = DEFAULT_CASHIER
    desk: str = DEFAULT_DESK
    cash_gr: int = 0
    clock_offset_s: int = 0
    ram_resets: int = 0
    vat_changes: int = 0
    header_no: int = 0
    receipts_ever: int = 0
    invoices_ever: int = 0
    signature: str = ""
    day: Day = field(default_factory=Day)
    shift: Shift = field(default_factory=Shift)
    last: LastDocument = field(default_factory=LastDocument)
    reports: list[Record] = field(default_factory=list)
    zero_reports: int = 0
    goods: dict[str, int] = field(default_factory=dict)
    last_document: dict[str, int] = field(default_factory=dict)
    progid: tuple[str, str, str] = ("", "", "")
    settings: Record = field(default_factory=dict)
    tables: dict[str, Record] = field(default_factory=dict)
    archive: Archive = field(default_factory=Archive)
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def receipt_no(self) -> int:
        """Number of the last receipt, cancelled ones count; of the day or, if so born, ever."""
        day = self.day.receipts + self.day.cancelled
        return day if self.counts_daily else self.receipts_ever

    def next_number(self, kind: int) -> int:
        """Number the next document of ``kind`` will have; a packaging settlement has none."""
        if kind == IN_PACKAGING:
            return 0
        return self.invoices_ever + 1 if kind == IN_INVOICE else self.receipt_no + 1

    @property
    def totals_are_zero(self) -> bool:
        """Whether the day has no sale and no cancelled receipt."""
        return self.day.is_zero

    @property
    def next_report_no(self) -> int:
        """Number the next daily report will have."""
        return len(self.reports) + 1

    def apply(self, record: Record) -> None:
        """Add one record."""
        APPLY[record["kind"]](self, record)
        self.archive.add(record)
        self.ledger.add(record, is_fiscal=self.is_fiscal)

    def printed(self, record: Record, kind: str) -> None:
        """Count a printout of ``kind``."""
        self.header_no = record["header_no"]
        self.last_document[kind] = self.header_no
        self.signature = record.get("signature", self.signature)

    def remember_goods(self, lines: list[Record]) -> None:
        """Keep the rate each name was sold at; it can only go down."""
        for line in lines:
            key = identity(line["name"])
            rate_bp = self.rates_bp["ABCDEFG".index(line["vat"])]
            known = self.goods.get(key)
            if known is None or height(rate_bp) < height(known):
                self.goods[key] = rate_bp
                self.day.goods_changes += 1

    def move_cash(self, change_gr: int) -> None:
        """Cash that came into the drawer or left it; the state never overflows nor falls below."""
        state = self.cash_gr + change_gr
        self.cash_gr = max(0, state if state <= CASH_MAX else change_gr)

    def forget(self) -> None:
        """Lose what was in RAM only."""
        self.shift, self.last = Shift(), LastDocument()
        self.day = Day(emergencies=1)
        self.goods = {}
        self.cash_gr = 0
        self.cashier, self.desk = DEFAULT_CASHIER, DEFAULT_DESK
        self.footer_info = ""
        self.discount_first = False
        self.settings = {k: v for k, v in self.settings.items() if k.startswith("flash.")}

    def become_fiscal(self, at: str, details: Record) -> None:
        """Count from nothing, and in earnest, from ``at`` on."""
        self.forget()
        self.day = Day()
        self.is_fiscal, self.nip = True, details["nip"]
        self.counts_daily = details["daily_counter"]
        self.born_at = self.shift.started_at = at
        self.header_no = self.receipts_ever = self.invoices_ever = self.zero_reports = 0
        self.ram_resets = self.vat_changes = 0
