"""Documents of daily reports, and what the fiscal printer has counted. No I/O."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from terminal.sync.wire.heads import RunningTotal


class CounterDoc(Struct, frozen=True):
    """What the fiscal printer had counted right after; a till that is restored expects it."""

    unique_no: str
    reports: int
    header_no: int
    receipts: int
    cancelled: int
    last_receipt_no: int
    totals_gr: list[int]
    cancelled_gr: int
    ram_resets: int
    invoices: int
    invoices_cancelled: int
    invoice_totals_gr: list[int]
    emergencies: int


class ReportDoc(Struct, frozen=True, tag_field="kind", tag="report"):
    """A daily fiscal report; ``printer_gr`` and ``local_gr`` are gross totals A to G of receipts.

    Invoices are counted apart; a till that knew none left their totals out.

    Its day begins with document ``first_seq`` of ``first_epoch`` (0: of its own epoch), and ends
    with ``last_seq`` of its own; ``first_at`` and ``last_at`` are when its first and last receipt
    were finished. ``printed_at`` is the printer's time, without zone.

    ``count`` receipts and invoices lie in that part of the journal, and ``head`` is the hash of its
    last document: the office compares both with what it holds. ``tax_gr`` and ``invoice_tax_gr``
    stand on the printer's paper, which takes them out of each letter's gross at ``rates_bp``.
    Discounts and mark-ups are our own: no printer keeps them. Older tills leave all of these out.
    """

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    printer_no: str
    report_no: int
    receipts: int
    cancelled: int
    printer_gr: list[int]
    local_gr: list[int]
    route: Literal["terminal", "external"]
    first_seq: int
    last_seq: int
    first_epoch: int = 0
    first_at: str = ""
    last_at: str = ""
    printed_at: str = ""
    cancelled_gr: int = 0
    counters: CounterDoc | None = None
    invoices: int = 0
    invoices_cancelled: int = 0
    printer_invoice_gr: list[int] = []
    local_invoice_gr: list[int] = []
    count: int = 0
    head: str = ""
    rates_bp: list[int] = []
    tax_gr: list[int] = []
    invoice_tax_gr: list[int] = []
    discounts_gr: list[int] = []
    markups_gr: list[int] = []
    running: RunningTotal | None = None
