"""A fiscal memory as values: receipts, invoices, reports, and documents as they were printed. Pure.

Protected memory is the text of every numbered printout; it is read with ``stored_documents``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hw_emulator.posnet.books import Books

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hw_emulator.posnet.books import Record

# The line below a receipt that names a transaction (trftrln id).
_TRANSACTION_LINE = 0


@dataclass(frozen=True, slots=True)
class SoldLine:
    """One line in fiscal memory; money in grosze, ``value_gr`` after the line discount.

    ``quantity`` is the decimal number as sent. A storno has ``is_storno`` and positive values.
    """

    name: str
    vat: str
    price_gr: int
    quantity: str
    value_gr: int
    discount_gr: int
    is_storno: bool


@dataclass(frozen=True, slots=True)
class FiscalReceipt:
    """One receipt in fiscal memory.

    ``reference`` is the system number the driver asked to be printed (``ftrcfg sn``), or else the
    first extra footer line: the ghost channel that ties a receipt to the sale that caused it.
    ``report_no`` is the daily report the receipt belongs to, ``packs_gr`` packaging given out and
    taken back. A payment is (form, grosze, name); form 1 is foreign currency.
    """

    number: int
    header_no: int
    report_no: int
    at: str
    reference: str
    total_gr: int
    totals_gr: tuple[int, ...]
    lines: tuple[SoldLine, ...]
    payments: tuple[tuple[int, int, str], ...]
    change_gr: int
    packs_gr: tuple[int, int]
    nip: str
    signature: str


@dataclass(frozen=True, slots=True)
class FiscalInvoice:
    """One invoice; ``number`` is the device's own, ``invoice_no`` the seller's."""

    number: int
    header_no: int
    report_no: int
    at: str
    reference: str
    invoice_no: str
    buyer: str
    nip: str
    total_gr: int
    totals_gr: tuple[int, ...]
    lines: tuple[SoldLine, ...]
    signature: str


@dataclass(frozen=True, slots=True)
class CancelledReceipt:
    """A receipt or an invoice that was cancelled; ``by`` says by what: command or power."""

    number: int
    header_no: int
    report_no: int
    at: str
    reference: str
    value_gr: int
    by: str


@dataclass(frozen=True, slots=True)
class DailyReport:
    """A daily report; in non-fiscal mode ``number`` is 0."""

    number: int
    header_no: int
    at: str
    receipts: int
    cancelled: int
    totals_gr: tuple[int, ...]
    cancelled_gr: int
    invoices: int
    invoice_totals_gr: tuple[int, ...]
    cancelled_invoices: int
    cancelled_invoices_gr: int


@dataclass(frozen=True, slots=True)
class MemoryView:
    """What a checker needs to know of a fiscal memory; ``books`` are the counters it adds up to."""

    receipts: tuple[FiscalReceipt, ...]
    cancelled: tuple[CancelledReceipt, ...]
    reports: tuple[DailyReport, ...]
    books: Books
    invoices: tuple[FiscalInvoice, ...] = ()
    cancelled_invoices: tuple[CancelledReceipt, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document in protected memory.

    ``kind`` is the kind of its record, ``number`` the header's (nr:), ``serial`` the receipt's,
    invoice's or report's own, 0 for others; ``lines`` are as they were printed.
    """

    kind: str
    number: int
    serial: int
    at: str
    lines: tuple[str, ...]


def stored_documents(records: Iterable[Record]) -> Iterator[StoredDocument]:
    """The numbered printouts among ``records``, oldest first, with the footers added to them."""
    document: StoredDocument | None = None
    for record in records:
        if document and record["kind"] == "footer_line":
            added = tuple(record.get("lines", ()))
            document = replace(document, lines=document.lines + added)
        elif "header_no" in record:
            if document:
                yield document
            document = StoredDocument(
                kind=record["kind"],
                number=record["header_no"],
                serial=record.get("number", 0),
                at=record["at"],
                lines=tuple(record.get("text", ())),
            )
    if document:
        yield document


def make_view(records: list[Record]) -> MemoryView:
    """Sort the records of a log into receipts, invoices, cancelled ones and reports."""
    found: dict[str, list[Record]] = {}
    books = Books()
    for record in records:
        books.apply(record)
        found.setdefault(record["kind"], []).append(record)
    notes = _footer_notes(records)
    return MemoryView(
        receipts=tuple(_receipt(r, notes.get(r["n"], "")) for r in found.get("receipt", ())),
        cancelled=tuple(map(_cancelled, found.get("cancelled", ()))),
        reports=tuple(map(_report, found.get("report", ()))),
        books=books,
        invoices=tuple(map(_invoice, found.get("invoice", ()))),
        cancelled_invoices=tuple(map(_cancelled, found.get("cancelled_invoice", ()))),
    )


def _footer_notes(records: list[Record]) -> dict[int, str]:
    """What stands behind the words of the transaction's number, by the record of the receipt."""
    notes: dict[int, str] = {}
    last = 0
    for record in records:
        if record["kind"] == "receipt":
            last = record["n"]
        elif record["kind"] == "footer_line" and record.get("id") == _TRANSACTION_LINE:
            notes.setdefault(last, record["text"])
    return notes


def _lines(record: Record) -> tuple[SoldLine, ...]:
    names = ("name", "vat", "price_gr", "quantity", "value_gr", "discount_gr", "is_storno")
    return tuple(SoldLine(**{name: line[name] for name in names}) for line in record["lines"])


def _receipt(record: Record, note: str) -> FiscalReceipt:
    packs_out_gr, packs_in_gr = record.get("packs_gr", (0, 0))
    return FiscalReceipt(
        number=record["number"],
        header_no=record["header_no"],
        report_no=record["report_no"],
        at=record["at"],
        reference=record["reference"] or note,
        total_gr=sum(record["totals_gr"]),
        totals_gr=tuple(record["totals_gr"]),
        lines=_lines(record),
        payments=tuple((form, value, name) for form, value, name, *_ in record["payments"]),
        change_gr=record["change_gr"],
        packs_gr=(packs_out_gr, packs_in_gr),
        nip=record["nip"],
        signature=record["signature"],
    )


def _invoice(record: Record) -> FiscalInvoice:
    return FiscalInvoice(
        number=record["number"],
        header_no=record["header_no"],
        report_no=record["report_no"],
        at=record["at"],
        reference=record["reference"],
        invoice_no=record["invoice_no"],
        buyer=record["buyer"],
        nip=record["nip"],
        total_gr=sum(record["totals_gr"]),
        totals_gr=tuple(record["totals_gr"]),
        lines=_lines(record),
        signature=record["signature"],
    )


def _cancelled(record: Record) -> CancelledReceipt:
    names = ("number", "header_no", "report_no", "at", "reference", "value_gr", "by")
    return CancelledReceipt(**{name: record[name] for name in names})


def _report(record: Record) -> DailyReport:
    return DailyReport(
        number=record["number"],
        header_no=record["header_no"],
        at=record["at"],
        receipts=record["receipts"],
        cancelled=record["cancelled"],
        totals_gr=tuple(record["totals_gr"]),
        cancelled_gr=record["cancelled_gr"],
        invoices=record.get("invoices", 0),
        invoice_totals_gr=tuple(record.get("invoice_totals_gr", ())),
        cancelled_invoices=record.get("cancelled_invoices", 0),
        cancelled_invoices_gr=record.get("cancelled_invoices_gr", 0),
    )
