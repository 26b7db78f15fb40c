"""What a printer counts between two daily reports, during a shift and within a document. No I/O.

Source: protocol.md §12, §14.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hw_emulator.posnet.values import RATES


def zeros() -> list[int]:
    """Nothing, per rate."""
    return [0] * RATES


@dataclass(slots=True)
class Day:
    """Everything a daily report sets to zero.

    ``totals_gr`` and ``invoice_totals_gr`` are gross per rate; ``receipts``, ``cancelled``,
    ``invoices`` and ``cancelled_invoices`` count documents.
    """

    totals_gr: list[int] = field(default_factory=zeros)
    receipts: int = 0
    cancelled: int = 0
    cancelled_gr: int = 0
    invoice_totals_gr: list[int] = field(default_factory=zeros)
    invoices: int = 0
    cancelled_invoices: int = 0
    cancelled_invoices_gr: int = 0
    goods_changes: int = 0
    nonfiscal: int = 0
    emergencies: int = 0
    local_events: int = 0
    online_events: int = 0
    failed_transfers: int = 0
    first_sale: str = ""
    last_sale: str = ""

    @property
    def is_zero(self) -> bool:
        """Whether there was neither a sale nor a cancelled one."""
        return not (self.receipts or self.cancelled or self.invoices or self.cancelled_invoices)

    def sold_at(self, at: str) -> None:
        """Keep the time of the first and of the last sale."""
        self.first_sale = self.first_sale or at
        self.last_sale = at


@dataclass(slots=True)
class Shift:
    """Sums since the last zeroing shift report; they live through daily reports."""

    started_at: str = ""
    receipts: int = 0
    totals_gr: int = 0
    cancelled: int = 0
    stornos: int = 0
    paid_in_gr: int = 0
    paid_out_gr: int = 0


@dataclass(slots=True)
class LastDocument:
    """The open document or, after its end, the last one, as ``strns`` tells it.

    ``packs_gr`` are packaging given out and taken back, ``text`` what was printed of a document
    that is still open.
    """

    is_open: bool = False
    kind: int = 0
    totals_gr: list[int] = field(default_factory=zeros)
    packs_gr: list[int] = field(default_factory=lambda: [0, 0])
    payments_gr: int = 0
    change_gr: int = 0
    footer_pending: bool = False
    reference: str = ""
    text: list[str] = field(default_factory=list)
