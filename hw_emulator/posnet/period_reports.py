"""Reports out of fiscal memory: by numbers, by dates, of a month, and the one that closes it.

They carry no number of their own and are not kept. Source: protocol.md §12, appendix A (Reports).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from hw_emulator.posnet import birth, layout, printing, report_layout
from hw_emulator.posnet.clock import check_today
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.registry import Prints, command

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_PERIOD, _MONTH = "RAPORT FISKALNY OKRESOWY", "RAPORT FISKALNY MIESIĘCZNY"
_CLOSING = "RAPORT FISKALNY ROZLICZENIOWY"


@command("periodicrepbynumbers", table="fn!i tn!i su:b", row="idle", prints=Prints.ALWAYS)
def periodicrepbynumbers(device: Device, args: Args) -> None:
    """Print the period between two daily reports."""
    first, last = check_numbers(device, args)
    chosen = device.books.reports[first - 1 : last]
    _print_period(device, chosen, _PERIOD, is_summary=args.flag("su"))


def check_numbers(device: Device, args: Args) -> tuple[int, int]:
    """First and last report of a period; raises Refused."""
    first, last = args.number("fn"), args.number("tn")
    if not first or not last:
        raise Refused(Code.REPORT_NUMBER_ZERO)
    if first > last:
        raise Refused(Code.REPORT_RANGE)
    if last > len(device.books.reports):
        raise Refused(Code.REPORT_NUMBER_TOO_BIG)
    return first, last


@command("periodicrepbydates", table="fd!d2042 td!d2043 su:b", row="idle", prints=Prints.ALWAYS)
def periodicrepbydates(device: Device, args: Args) -> None:
    """Print the period between two days."""
    first, last = check_dates(device, args)
    chosen = [r for r in device.books.reports if first <= day_of(r["at"]) <= last]
    _print_period(device, chosen, _PERIOD, is_summary=args.flag("su"))


def check_dates(device: Device, args: Args) -> tuple[date, date]:
    """First and last day of a period; raises Refused."""
    first, last = args.day("fd"), args.day("td")
    if first > last:
        raise Refused(Code.DATE_RANGE)
    if first > device.clock().date():
        raise Refused(Code.PERIOD_STARTS_LATER)
    if last < day_of(device.books.born_at):
        raise Refused(Code.PERIOD_ENDS_EARLIER)
    return first, last


@command("monthlyrep", table="da!d su:b", row="idle", prints=Prints.ALWAYS)
def monthlyrep(device: Device, args: Args) -> None:
    """Print a month; old printers do not print one that is not over."""
    month = args.day("da").replace(day=1)
    current = device.clock().date().replace(day=1)
    if month > current:
        raise Refused(Code.PERIOD_STARTS_LATER)
    if month == current and device.profile.is_old:
        raise Refused(Code.MONTH_NOT_OVER)
    chosen = [r for r in device.books.reports if day_of(r["at"]).replace(day=1) == month]
    _print_period(device, chosen, _MONTH, is_summary=args.flag("su"))


def day_of(at: str) -> date:
    """Day of an ISO date-time."""
    return datetime.fromisoformat(at).date()


def _print_period(device: Device, chosen: list[Record], title: str, *, is_summary: bool) -> None:
    if not chosen:
        raise Refused(Code.NO_RECORD)
    lines = report_layout.span(chosen, device.books.born_at)
    if not is_summary:
        lines += report_layout.days(chosen)
    printing.print_readout(device, title, [*lines, *report_layout.summary(chosen)])


@command("endrepro", table="da!d su:b", row="idle", prints=Prints.ALWAYS)
def endrepro(device: Device, args: Args) -> None:
    """Print the closing report of everything; from then on the printer is read-only."""
    books = device.books
    check_today(device, args)
    if not books.is_fiscal:
        raise Refused(Code.NOT_FISCAL)
    if not books.totals_are_zero:
        raise Refused(Code.TOTALS_NOT_ZERO)
    if not books.is_read_only:
        birth.close_memory(device, birth.CLOSED)
    if books.reports:
        is_summary = args.flag("su", default=True)
        _print_period(device, books.reports, _CLOSING, is_summary=is_summary)
    else:
        lines = layout.text(f"FISKALIZACJA: {report_layout.show_minute(books.born_at)}")
        printing.print_readout(device, _CLOSING, lines)
