"""Everything else the printer prints as a document, and what it tells of itself.

Source: docs/novitus.md, "Daily report", "Non-fiscal printout", "Status".
"""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hw_emulator.novitus import layout
from hw_emulator.novitus.codes import Code, Failed
from hw_emulator.novitus.receipt import plain_line
from hw_emulator.posnet.values import EXEMPT, INACTIVE

if TYPE_CHECKING:
    from hw_emulator.novitus.device import Device
    from hw_emulator.posnet.books import Record

_PROTECTED_MB = 1024


def daily_report(device: Device, document: dict[str, Any]) -> None:
    """Print the daily report of the printer's own day; raises ``Failed``."""
    day, month, year = (int(part) for part in re.split(r"[:/\-.]", document["date"]))
    today = device.clock().date()
    if (year, month, day) != (today.year, today.month, today.day):
        raise Failed(Code.DATE)
    make_report(device)


def make_report(device: Device) -> None:
    """Write and print the daily report; raises ``Failed`` when the memory is full."""
    books, at = device.books, device.moment()
    if books.is_fiscal and len(books.reports) >= device.reports_max:
        raise Failed(Code.MEMORY_FULL)
    day = books.day
    record: Record = {
        "at": at,
        "number": books.next_report_no,
        "header_no": books.header_no + 1,
        "rates_bp": list(books.rates_bp),
        "is_zero": books.totals_are_zero,
        **asdict(day),
    }
    signature = layout.sign(books.signature, record)
    text = layout.head(books, layout.REPORT_TITLE, f"numer {record['number']}")
    text += [*layout.rate_table(books.rates_bp), layout.RULE]
    text += layout.tax_lines(day.totals_gr, books.rates_bp)
    text += layout.pair("Liczba paragonów", str(day.receipts))
    text += layout.pair("Liczba paragonów anulowanych", str(day.cancelled))
    text += layout.foot(books, "", at, signature)
    device.memory.append("report", {**record, "signature": signature, "text": text})
    device.paper.write(text)


def non_fiscal(device: Device, document: dict[str, Any]) -> None:
    """Print lines of text."""
    lines = [shown for line in document["lines"] for shown in plain_line(line)]
    device.print_document("", lines)


def status(device: Device, kind: str) -> dict[str, Any]:
    """One of the three statuses."""
    return {kind: _STATUSES[kind](device)}


def _fiscal_memory(device: Device) -> dict[str, Any]:
    books = device.books
    last = books.reports[-1]["at"] if books.reports else books.born_at
    return {
        "unique_number": books.unique_no,
        "tax_id": books.nip,
        "size": 130_023_424,
        "max_daily_reports": device.reports_max,
        "daily_reports_count": len(books.reports),
        "last_daily_report_date": _moment(last),
        "start_fiscal_date": _moment(books.born_at),
    }


def _protected_memory(device: Device) -> dict[str, Any]:
    return {
        "number": 1,
        "label": f"{device.books.unique_no}.0001",
        "last_jpkid": str(device.books.header_no),
        "size": _PROTECTED_MB,
        "free": _PROTECTED_MB,
    }


def _device(device: Device) -> dict[str, Any]:
    books = device.books
    active = [
        (letter, rate, total)
        for letter, rate, total in zip(
            layout.LETTERS, books.rates_bp, books.day.totals_gr, strict=True
        )
        if rate != INACTIVE
    ]
    return {
        "name": device.model,
        "version": device.version,
        "characters_per_line": device.characters,
        "tax_rates": [
            {"name": letter, "value": "ZW" if rate == EXEMPT else decimal(rate)}
            for letter, rate, _ in active
        ],
        "totals": [
            {"tax_rate": letter, "receipt": decimal(total), "invoice": "0.00"}
            for letter, _, total in active
        ],
    }


_STATUSES = {
    "fiscal_memory": _fiscal_memory,
    "protected_memory": _protected_memory,
    "device": _device,
}


def decimal(hundredths: int) -> str:
    """Grosze or basis points with a point and two places."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _moment(at: str) -> str:
    return datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M:%S")
