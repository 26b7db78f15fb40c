"""What each kind of record does to the books. No I/O.

A record that older files lack a field of means what it meant then. Source: protocol.md §12, §14.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.day import Day, LastDocument, Shift
from hw_emulator.posnet.ledger import EMERGENCIES, ONLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.posnet.books import Books, Record


def _born(books: Books, record: Record) -> None:
    books.unique_no = record["unique_no"]
    books.is_fiscal = record["is_fiscal"]
    books.nip = record["nip"]
    books.rates_bp = list(record["rates_bp"])
    books.header = record["header"]
    books.born_at = books.shift.started_at = record["at"]
    books.counts_daily = record.get("counts_daily", True)


def _open(books: Books, record: Record) -> None:
    books.last = LastDocument(is_open=True, kind=record["document"])
    books.last.reference = record.get("reference", "")
    books.last.text = list(record.get("text", ()))


def _progress(books: Books, record: Record) -> None:
    last = books.last
    last.totals_gr = list(record["totals_gr"])
    last.packs_gr = list(record.get("packs_gr", last.packs_gr))
    last.payments_gr = record["payments_gr"]
    last.change_gr = record["change_gr"]
    last.reference = record.get("reference", last.reference)
    last.text += record.get("text", ())


def _ended(books: Books, record: Record) -> None:
    _progress(books, {**record, "text": ()})
    books.last.text = []
    books.last.is_open = books.last.footer_pending = record["footer_pending"]


def _add(totals_gr: list[int], record: Record) -> list[int]:
    return [old + new for old, new in zip(totals_gr, record["totals_gr"], strict=True)]


def _receipt(books: Books, record: Record) -> None:
    day, shift = books.day, books.shift
    day.totals_gr = _add(day.totals_gr, record)
    day.receipts += 1
    day.sold_at(record["at"])
    shift.receipts += 1
    shift.totals_gr += sum(record["totals_gr"])
    shift.stornos += sum(line["is_storno"] for line in record["lines"])
    books.receipts_ever += 1
    books.move_cash(record.get("cash_gr", 0))
    books.remember_goods(record["lines"])
    books.printed(record, "receipt")
    _ended(books, record)


def _invoice(books: Books, record: Record) -> None:
    day = books.day
    day.invoice_totals_gr = _add(day.invoice_totals_gr, record)
    day.invoices += 1
    day.sold_at(record["at"])
    books.shift.totals_gr += sum(record["totals_gr"])
    books.invoices_ever += 1
    books.remember_goods(record["lines"])
    books.printed(record, "invoice")
    _ended(books, record)


def _packaging(books: Books, record: Record) -> None:
    books.day.nonfiscal += 1
    books.move_cash(record["cash_gr"])
    books.printed(record, "nonfiscal")
    _ended(books, record)


def _footer_end(books: Books, _record: Record) -> None:
    books.last.is_open = books.last.footer_pending = False


def _cancelled(books: Books, record: Record) -> None:
    books.day.cancelled += 1
    books.day.cancelled_gr += record["value_gr"]
    books.shift.cancelled += 1
    books.receipts_ever += 1
    _dropped(books, record, "cancelled")


def _cancelled_invoice(books: Books, record: Record) -> None:
    books.day.cancelled_invoices += 1
    books.day.cancelled_invoices_gr += record["value_gr"]
    books.invoices_ever += 1
    _dropped(books, record, "cancelled_invoice")


def _cancelled_packaging(books: Books, record: Record) -> None:
    books.day.nonfiscal += 1
    _dropped(books, record, "nonfiscal")


def _dropped(books: Books, record: Record, kind: str) -> None:
    if record["by"] == "power":
        books.day.emergencies += 1
    books.last.is_open = False
    books.last.text = []
    books.printed(record, kind)


def _report(books: Books, record: Record) -> None:
    books.zero_reports = books.zero_reports + 1 if record["is_zero"] else 0
    if books.is_fiscal:
        books.reports.append(record)
    books.day = Day()
    books.printed(record, "report")


def _nonfiscal(books: Books, record: Record) -> None:
    books.day.nonfiscal += 1
    books.move_cash(record.get("cash_gr", 0))
    paid_gr = record.get("paid_gr", 0)
    books.shift.paid_in_gr += max(0, paid_gr)
    books.shift.paid_out_gr += max(0, -paid_gr)
    if record["resets_shift"]:
        books.shift = Shift(started_at=record["at"])
    books.printed(record, "nonfiscal")


def _printout(books: Books, record: Record) -> None:
    books.printed(record, "printout")


def _rates(books: Books, record: Record) -> None:
    books.rates_bp = list(record["rates_bp"])
    books.vat_changes += 1
    books.day.local_events += 1


def _setting(books: Books, record: Record) -> None:
    for name, value in record["values"].items():
        if "." in name:  # of a settings table, not a field of the books
            books.settings[name] = value
        else:
            setattr(books, name, tuple(value) if isinstance(value, list) else value)


def _note(books: Books, record: Record) -> None:
    books.settings.update(record["values"])
    for table, rows in record.get("rows", {}).items():
        kept = books.tables.setdefault(table, {})
        for key, row in rows.items():
            if row is None:
                kept.pop(key, None)
            else:
                kept[key] = row
    books.day.failed_transfers += record.get("failed_transfers", 0)
    if record["document"] == "event":
        _count_event(books.day, record["type"])
    elif record["document"] == "fiscalisation":
        books.become_fiscal(record["at"], record["details"])


def _count_event(day: Day, kind: int) -> None:
    if kind in EMERGENCIES:
        day.emergencies += 1
    elif kind in ONLINE:
        day.online_events += 1
    else:
        day.local_events += 1


def _ram_reset(books: Books, record: Record) -> None:
    books.forget()
    books.shift.started_at = record["at"]
    books.ram_resets += 1


def _read_only(books: Books, _record: Record) -> None:
    books.is_read_only = True


def _nothing(_books: Books, _record: Record) -> None:
    """Records that only a checker reads."""


APPLY: dict[str, Callable[[Books, Record], None]] = {
    "born": _born,
    "open": _open,
    "progress": _progress,
    "receipt": _receipt,
    "invoice": _invoice,
    "packaging": _packaging,
    "footer_line": _nothing,
    "footer_end": _footer_end,
    "cancelled": _cancelled,
    "cancelled_invoice": _cancelled_invoice,
    "cancelled_packaging": _cancelled_packaging,
    "report": _report,
    "nonfiscal": _nonfiscal,
    "printout": _printout,
    "rates": _rates,
    "setting": _setting,
    "note": _note,
    "ram_reset": _ram_reset,
    "read_only": _read_only,
}
