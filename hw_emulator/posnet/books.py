"""What a fiscal memory adds up to: counters, totals, settings, goods. A fold over records, no I/O.

Every number a status command answers is here; nothing else holds state that outlives the power.
Source: protocol.md §12, §14.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from hw_emulator.posnet.goods import height, identity
from hw_emulator.posnet.values import INACTIVE

if TYPE_CHECKING:
    from collections.abc import Callable

Record: TypeAlias = dict[str, Any]

RATES = 7
DEFAULT_CASHIER, DEFAULT_DESK = "KIEROWNIK", "001"
IN_RECEIPT, IN_BLOCK_RECEIPT = 16, 17


def _zeros() -> list[int]:
    return [0] * RATES


@dataclass(slots=True)
class Day:
    """Everything a daily report sets to zero; ``cancelled`` counts receipts."""

    totals_gr: list[int] = field(default_factory=_zeros)
    receipts: int = 0
    cancelled: int = 0
    cancelled_gr: int = 0
    goods_changes: int = 0
    nonfiscal: int = 0
    emergencies: int = 0
    local_events: int = 0
    first_sale: str = ""
    last_sale: str = ""


@dataclass(slots=True)
class LastDocument:
    """The open document or, after its end, the last one, as ``strns`` tells it."""

    is_open: bool = False
    kind: int = 0
    totals_gr: list[int] = field(default_factory=_zeros)
    payments_gr: int = 0
    change_gr: int = 0
    footer_pending: bool = False


@dataclass(slots=True)
class Shift:
    """Totals since the last zeroing shift report; they live through daily reports."""

    receipts: int = 0
    totals_gr: int = 0
    cancelled: int = 0


@dataclass(slots=True)
class Books:
    """State of the device as its memory proves it; rates in basis points, letters A to G."""

    unique_no: str = ""
    is_fiscal: bool = True
    nip: str = ""
    born_at: str = ""
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
    signature: str = ""
    day: Day = field(default_factory=Day)
    shift: Shift = field(default_factory=Shift)
    last: LastDocument = field(default_factory=LastDocument)
    reports: list[Record] = field(default_factory=list)
    zero_reports: int = 0
    goods: dict[str, int] = field(default_factory=dict)
    last_document: dict[str, int] = field(default_factory=dict)
    progid: tuple[str, str, str] = ("", "", "")

    @property
    def receipt_no(self) -> int:
        """Number of the last receipt: completed and cancelled ones count (bt = bn + bc)."""
        return self.day.receipts + self.day.cancelled

    @property
    def totals_are_zero(self) -> bool:
        """Whether the day has no sale and no cancelled receipt."""
        return self.day.receipts == 0 and self.day.cancelled == 0

    @property
    def next_report_no(self) -> int:
        """Number the next daily report will have."""
        return len(self.reports) + 1

    def apply(self, record: Record) -> None:
        """Add one record."""
        _APPLY[record["kind"]](self, record)

    def printed(self, record: Record, kind: str) -> None:
        """Count a printout of ``kind``."""
        self.header_no = record["header_no"]
        self.last_document[kind] = self.header_no

    def remember_goods(self, lines: list[Record]) -> None:
        """Keep the rate each name was sold at; it can only go down."""
        for line in lines:
            key = identity(line["name"])
            rate_bp = self.rates_bp["ABCDEFG".index(line["vat"])]
            known = self.goods.get(key)
            if known is None or height(rate_bp) < height(known):
                self.goods[key] = rate_bp
                self.day.goods_changes += 1


def _born(books: Books, record: Record) -> None:
    books.unique_no = record["unique_no"]
    books.is_fiscal = record["is_fiscal"]
    books.nip = record["nip"]
    books.rates_bp = list(record["rates_bp"])
    books.header = record["header"]
    books.born_at = record["at"]


def _open(books: Books, record: Record) -> None:
    books.last = LastDocument(is_open=True, kind=record["document"])


def _progress(books: Books, record: Record) -> None:
    books.last.totals_gr = list(record["totals_gr"])
    books.last.payments_gr = record["payments_gr"]
    books.last.change_gr = record["change_gr"]


def _receipt(books: Books, record: Record) -> None:
    totals = record["totals_gr"]
    day = books.day
    day.totals_gr = [old + new for old, new in zip(day.totals_gr, totals, strict=True)]
    day.receipts += 1
    day.first_sale = day.first_sale or record["at"]
    day.last_sale = record["at"]
    books.shift.receipts += 1
    books.shift.totals_gr += sum(totals)
    books.receipts_ever += 1
    books.signature = record["signature"]
    books.remember_goods(record["lines"])
    books.printed(record, "receipt")
    _progress(books, record)
    books.last.is_open = books.last.footer_pending = record["footer_pending"]


def _footer_end(books: Books, _record: Record) -> None:
    books.last.is_open = books.last.footer_pending = False


def _cancelled(books: Books, record: Record) -> None:
    books.day.cancelled += 1
    books.day.cancelled_gr += record["value_gr"]
    books.shift.cancelled += 1
    books.receipts_ever += 1
    if record["by"] == "power":
        books.day.emergencies += 1
    books.last.is_open = False
    books.printed(record, "cancelled")


def _report(books: Books, record: Record) -> None:
    books.zero_reports = books.zero_reports + 1 if record["is_zero"] else 0
    if books.is_fiscal:
        books.reports.append(record)
    books.day = Day()
    books.printed(record, "report")


def _nonfiscal(books: Books, record: Record) -> None:
    books.day.nonfiscal += 1
    if record["resets_shift"]:
        books.shift = Shift()
    books.printed(record, "nonfiscal")


def _printout(books: Books, record: Record) -> None:
    books.printed(record, "printout")


def _rates(books: Books, record: Record) -> None:
    books.rates_bp = list(record["rates_bp"])
    books.vat_changes += 1
    books.day.local_events += 1


def _setting(books: Books, record: Record) -> None:
    for name, value in record["values"].items():
        setattr(books, name, tuple(value) if isinstance(value, list) else value)


def _ram_reset(books: Books, _record: Record) -> None:
    books.ram_resets += 1
    books.day = Day(emergencies=1)
    books.shift = Shift()
    books.last = LastDocument()
    books.goods = {}
    books.cash_gr = 0
    books.cashier, books.desk = DEFAULT_CASHIER, DEFAULT_DESK
    books.footer_info = ""
    books.discount_first = False


def _nothing(_books: Books, _record: Record) -> None:
    """Records that only a checker reads."""


_APPLY: dict[str, Callable[[Books, Record], None]] = {
    "born": _born,
    "open": _open,
    "progress": _progress,
    "receipt": _receipt,
    "footer_line": _nothing,
    "footer_end": _footer_end,
    "cancelled": _cancelled,
    "report": _report,
    "nonfiscal": _nonfiscal,
    "printout": _printout,
    "rates": _rates,
    "setting": _setting,
    "ram_reset": _ram_reset,
}
