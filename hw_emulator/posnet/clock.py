"""Commands of the clock and of the VAT rates.

Source: protocol.md appendix A, "Clock, VAT, header, footer, service data".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout, printing, report_layout
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.ledger import Kind
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.values import (
    EXEMPT,
    INACTIVE,
    Fields,
    read_rate,
    show_iso,
    show_moment,
    show_rates,
)

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_CORRECTION_MAX = timedelta(hours=2)
_RATE_NAMES = ("va", "vb", "vc", "vd", "ve", "vf", "vg")


@command("rtcget")
def rtcget(device: Device, _args: Args) -> Fields:
    """Read the clock."""
    now = device.moment()
    iso = [] if device.profile.is_old else [("tm", show_iso(now))]
    return [("da", show_moment(now)), *iso]


@command("rtcset", table="da!t st:b", row="idle", prints=Prints.ALWAYS)
def rtcset(device: Device, args: Args) -> None:
    """Set the clock: in fiscal mode by two hours at most and only right after a daily report."""
    books, now = device.books, device.clock()
    wanted = args.moment("da").replace(tzinfo=now.tzinfo)
    difference = wanted - now.replace(second=0)
    if books.is_fiscal:
        if not books.totals_are_zero:
            raise Refused(Code.TOTALS_NOT_ZERO)
        if abs(difference) > _CORRECTION_MAX:
            raise Refused(Code.CLOCK_OVER_TWO_HOURS)
        if books.reports and wanted < datetime.fromisoformat(books.reports[-1]["at"]).replace(
            second=0
        ):
            raise Refused(Code.DATE_BEFORE_MEMORY)
    printing.check_room(device)
    offset = books.clock_offset_s + int(difference.total_seconds())
    device.keep({"clock_offset_s": offset})
    before, after = now.isoformat(), device.moment()
    device.note_event(Kind.CLOCK, ot=before, oi=before, nt=after, ni=after)
    lines = [
        "PROGRAMOWANIE ZEGARA",
        *layout.pair("Zegar przed zmianą:", report_layout.show_minute(now.isoformat())),
        *layout.pair("Zegar po zmianie:", report_layout.show_minute(device.moment())),
    ]
    device.print_document("", lines, kind="printout")


@command("vatget")
def vatget(device: Device, _args: Args) -> Fields:
    """Read the VAT rates."""
    return show_rates(device.books.rates_bp)


def read_rates(args: Args) -> list[int]:
    """The seven rates of a command; raises Refused for a table no printer takes."""
    rates = [_rate(args, name) for name in _RATE_NAMES]
    if all(rate == INACTIVE for rate in rates):
        raise Refused(Code.VAT_NONE_ACTIVE)
    # 0 % may stand twice: the vendor's own example programs it so.
    percents = [rate for rate in rates if 0 < rate < EXEMPT]
    if len(set(percents)) != len(percents):
        raise Refused(Code.VAT_REPEATED)
    return rates


def _check_rates(device: Device, args: Args) -> None:
    check_today(device, args)
    read_rates(args)


@command(
    "vatset",
    table="va:q vb:q vc:q vd:q ve:q vf:q vg:q da:d",
    row="idle",
    prints=Prints.ALWAYS,
    key_without="da",
    check=_check_rates,
)
def vatset(device: Device, args: Args) -> None:
    """Program the VAT rates; the table in force is accepted and changes nothing."""
    rates = read_rates(args)
    if rates == device.books.rates_bp:
        return
    if not device.books.totals_are_zero:
        raise Refused(Code.TOTALS_NOT_ZERO)
    change_rates(device, rates)


def change_rates(device: Device, rates: list[int]) -> None:
    """Write other rates into the memory and print them; the totals have to be zero."""
    books = device.books
    if books.vat_changes >= device.profile.vat_changes_max:
        raise Refused(Code.VAT_CHANGES_USED_UP)
    printing.check_room(device)
    change = zip(layout.LETTERS, books.rates_bp, rates, strict=True)
    text = ["STARE STAWKI => NOWE STAWKI"]
    for letter, before, after in change:
        text += layout.pair(_shown(letter, before), _shown(letter, after))
    device.memory.append("rates", {"at": device.moment(), "rates_bp": rates})
    device.print_document("ZMIANA STAWEK PTU", text, kind="printout", is_special=True)


def _shown(letter: str, rate_bp: int) -> str:
    if rate_bp == EXEMPT:
        return f"{letter} Zwolniona"
    return f"PTU {letter} {'----' if rate_bp > EXEMPT else layout.show_rate_short(rate_bp)}"


def _rate(args: Args, name: str) -> int:
    if not args.has(name):
        return INACTIVE
    rate = read_rate(args.quantity(name))
    if rate is None:
        raise Refused(Code.VAT_VALUE)
    return rate


def check_today(device: Device, args: Args) -> None:
    """Refuse a date that is not the printer's own; without one, a key was pressed."""
    if args.has("da") and args.day("da") != device.clock().date():
        raise Refused(Code.DATE_DIFFERS)
