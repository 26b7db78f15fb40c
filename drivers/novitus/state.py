"""Answers of the printer → the values the till knows. No I/O.

Raises ``InDoubt`` for an answer that cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from drivers.errors import InDoubt
from drivers.fiscal import EXEMPT, INACTIVE, Report

if TYPE_CHECKING:
    from drivers.fiscal import Seven
    from drivers.novitus.frame import Document
    from drivers.novitus.packet import Packet
    from drivers.novitus.tally import Day

_DECIMAL = re.compile(r"(\d{1,11})(?:[.,](\d{1,2}))?\Z", re.ASCII)
_WHOLE = re.compile(r"\d{1,15}\Z", re.ASCII)
_UNIQUE_NO = re.compile(r"[!-~][ -~]{0,39}\Z")
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)\Z", re.ASCII)
_FLAGS, _SEVEN, _CENTURY = 9, 7, 2000
_CASH = 2 * _SEVEN + 1


@dataclass(frozen=True, slots=True)
class Register:
    """What ``23#s`` tells; ``number`` counts receipts since the last reset of the RAM."""

    is_fiscal: bool
    is_open: bool
    ram_resets: int
    rates: Seven
    number: int
    totals_gr: Seven
    cash_gr: int | None


@dataclass(frozen=True, slots=True)
class FiscalMemory:
    """What the status of the fiscal memory tells."""

    unique_no: str
    reports: int
    reports_max: int
    reported_at: datetime


def register(packet: Packet) -> Register:
    """The answer to ``23#s``: flags, rates, receipts, totals, cash, unique number."""
    if packet.command != "#X":
        _unreadable("#s", packet)
    flags_text, *rest = packet.texts.split("/")
    flags = flags_text.split(";")
    if len(flags) < _FLAGS or len(rest) < _CASH:
        _unreadable("#s", packet)
    count = rest[_SEVEN]
    if not all(_WHOLE.match(each) for each in (*flags, count)):
        _unreadable("#s", packet)
    return Register(
        is_fiscal=flags[1] == "1",
        is_open=flags[2] == "1",
        ram_resets=int(flags[5]),
        rates=_seven([_hundredths("#s", each) for each in rest[:_SEVEN]]),
        number=int(count),
        totals_gr=_seven([_hundredths("#s", each) for each in rest[_SEVEN + 1 : _CASH]]),
        cash_gr=_hundredths("#s", rest[_CASH]) if len(rest) > _CASH else None,
    )


def rates(found: Register) -> Seven:
    """VAT rates; a number above 100 % that is no marker counts as inactive."""
    return _seven([rate if rate <= EXEMPT else INACTIVE for rate in found.rates])


def clock(packet: Packet) -> datetime:
    """The answer to ``#c``; the year has two digits or four."""
    parts = packet.texts.split(";")
    try:
        year, month, day, hour, minute = (int(part) for part in parts[:5])
        if packet.command != "#C":
            _unreadable("#c", packet)
        year += _CENTURY if year < _CENTURY else 0
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the printer's own time
    except ValueError:
        _unreadable("#c", packet)


def header(packet: Packet) -> str:
    """The answer to ``#u``, lines separated by line feeds."""
    if packet.command != "#U":
        _unreadable("#u", packet)
    lines = packet.texts.rstrip("\u02d9").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in lines.strip("\n").split("\n"))


def fiscal_memory(status: Document) -> FiscalMemory:
    """The status ``fiscal_memory``."""
    unique_no = status.get("unique_number")
    if not isinstance(unique_no, str) or not _UNIQUE_NO.match(unique_no):
        _unreadable("fiscal_memory", status)
    return FiscalMemory(
        unique_no,
        _count("fiscal_memory", status.get("daily_reports_count")),
        _count("fiscal_memory", status.get("max_daily_reports", 0)),
        _moment(status.get("last_daily_report_date")),
    )


def last_document(status: Document) -> int:
    """Number of the last document, of the status ``protected_memory``."""
    return _count("protected_memory", status.get("last_jpkid"))


def report(day: Day) -> Report:
    """A day of the tally as the till knows it."""
    return Report(
        number=day.number,
        made_at=day.reported_at,
        receipts=day.receipts,
        cancelled=day.cancelled,
        totals_gr=day.totals_gr,
        cancelled_gr=0,
    )


def _moment(value: object) -> datetime:
    """The moment of a report; a printer that never made one tells none."""
    found = _MOMENT.match(value) if isinstance(value, str) else None
    if not found:
        return datetime(_CENTURY, 1, 1)  # noqa: DTZ001
    try:
        return datetime(*map(int, found.groups()))  # type: ignore[arg-type] # noqa: DTZ001
    except ValueError:
        _unreadable("fiscal_memory", value)


def _count(what: str, value: object) -> int:
    """A count, which some printers give as a number and some as its digits."""
    text = str(value) if type(value) is int else value
    if not isinstance(text, str) or not _WHOLE.match(text):
        _unreadable(what, value)
    return int(text)


def _hundredths(what: str, text: str) -> int:
    found = _DECIMAL.match(text.strip())
    if not found:
        _unreadable(what, text)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def _seven(values: list[int]) -> Seven:
    a, b, c, d, e, f, g = values
    return a, b, c, d, e, f, g


def _unreadable(what: str, found: object) -> NoReturn:
    msg = f"unreadable answer to {what}: {found!r:.200}"
    raise InDoubt(msg)
