"""Commands that only read: counters, totals, states, versions. They change nothing.

Source: protocol.md §14; the order of the fields is the one recorded on a real register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.day import Day, zeros
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.settings import flag
from hw_emulator.posnet.values import (
    Fields,
    show_flag,
    show_iso,
    show_moment,
    show_rates,
    show_seven,
)

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_DRAWER_OPEN, _DRAWER_CLOSED, _UNKNOWN = "0", "1", "2"


def _shown_number(device: Device) -> str:
    return device.books.progid[2] or device.books.unique_no


@command("scomm")
def scomm(device: Device, _args: Args) -> Fields:
    """General state."""
    books = device.books
    open_kind = books.last.kind if books.last.is_open else 0
    return [
        ("fs", show_flag(books.is_fiscal)),
        ("tz", show_flag(books.totals_are_zero)),
        ("ts", str(open_kind)),
        ("hr", show_flag(bool(books.header))),
        ("nu", _shown_number(device)),
        ("td", show_flag(books.is_read_only)),
    ]


@command("scnt")
def scnt(device: Device, _args: Args) -> Fields:
    """Counters."""
    books = device.books
    return [
        ("rd", str(len(books.reports))),
        ("hn", str(books.header_no)),
        ("bn", str(books.day.receipts)),
        ("fn", str(books.day.invoices)),
        ("nu", _shown_number(device)),
        ("bc", str(books.day.cancelled)),
        ("bt", str(books.receipt_no)),
        ("fc", str(books.day.cancelled_invoices)),
    ]


@command("sfsk")
def sfsk(device: Device, _args: Args) -> Fields:
    """Fiscal memory: resets, reports, rates."""
    books = device.books
    # A printer that is not fiscal has no memory to tell of.
    is_fiscal = books.is_fiscal
    last_report = books.reports[-1]["at"] if books.reports else ""
    return [
        ("fs", show_flag(is_fiscal)),
        ("cl", str(books.ram_resets if is_fiscal else 0)),
        ("rd", str(len(books.reports))),
        ("vt", str(books.vat_changes if is_fiscal else 0)),
        *show_rates(books.rates_bp),
        ("rw", show_moment(last_report)),
        *([] if device.profile.is_old else [("tm", show_iso(last_report))]),
        ("nu", _shown_number(device)),
    ]


@command("stot")
def stot(device: Device, _args: Args) -> Fields:
    """Totals of the day."""
    books, day = device.books, device.books.day
    return [
        ("no", str(books.next_report_no)),
        *show_seven("f", day.invoice_totals_gr),
        ("fn", str(day.invoices)),
        *show_seven("p", day.totals_gr),
        ("pn", str(day.receipts)),
        ("ct", str(day.cancelled_gr)),
        ("cn", str(day.cancelled)),
        ("cc", str(day.goods_changes)),
        *show_rates(books.rates_bp),
        *([] if device.profile.is_old else _online_totals(day)),
    ]


def _online_totals(day: Day) -> Fields:
    return [
        ("ds", show_moment(day.first_sale)),
        ("is", show_iso(day.first_sale)),
        ("de", show_moment(day.last_sale)),
        ("ie", show_iso(day.last_sale)),
        ("ft", str(day.cancelled_invoices_gr)),
        ("fl", str(day.cancelled_invoices)),
        ("nf", str(day.nonfiscal)),
        ("bc", str(day.emergencies)),
        ("le", str(day.local_events)),
        ("oe", str(day.online_events)),
        ("tf", str(day.failed_transfers)),
    ]


@command("strns")
def strns(device: Device, _args: Args) -> Fields:
    """The open transaction, or the last one."""
    last = device.last
    return [
        ("to", str(int(last.is_open))),
        ("ts", str(last.kind)),
        *show_seven("v", last.totals_gr),
        ("pp", str(last.packs_gr[0])),
        ("pm", str(last.packs_gr[1])),
        ("re", str(last.change_gr)),
        ("fp", str(last.payments_gr)),
        ("fe", show_flag(last.footer_pending)),
    ]


@command("sprn", immediate=True)
def sprn(device: Device, _args: Args) -> Fields:
    """State of the printing mechanism."""
    return [("pr", str(int(device.mechanism)))]


@command("sdev", immediate=True)
def sdev(device: Device, _args: Args) -> Fields:
    """State of the device; ``tl`` says which interface holds the transaction."""
    return [
        ("ds", str(int(device.waiting or 0))),
        ("cp", "N"),
        ("qe", show_flag(device.is_idle())),
        ("pe", show_flag(device.paper_low and flag(device.books, "nearendsensorcfg.en"))),
        ("tl", str(device.owner)),
    ]


@command("sdrwr", immediate=True)
def sdrwr(device: Device, _args: Args) -> Fields:
    """State of the drawer."""
    seen = _DRAWER_OPEN if device.drawer_open else _DRAWER_CLOSED
    key = _DRAWER_CLOSED if flag(device.books, "drwparam.ks") else _UNKNOWN
    return [("ds", seen if flag(device.books, "drwparam.fs") else _UNKNOWN), ("ks", key)]


@command("sid")
def sid(device: Device, _args: Args) -> Fields:
    """Type and version, as programmed."""
    name, version, _ = device.books.progid
    profile = device.profile
    return [("nm", name or profile.model), ("vr", version or profile.version)]


@command("getrealid")
def getrealid(device: Device, _args: Args) -> Fields:
    """Type, version and unique number, as built."""
    profile = device.profile
    program = [] if profile.is_old else [("vf", profile.program)]
    fields = [("nm", profile.model), ("vr", profile.version), ("nu", device.books.unique_no)]
    return [*fields, *program]


@command("doccntget")
def doccntget(device: Device, _args: Args) -> Fields:
    """Number of printed receipts and of all printouts."""
    books = device.books
    sales = books.receipts_ever + books.invoices_ever
    return [("bi", str(sales)), ("al", str(books.header_no))]


@command("billcountercfgget")
def billcountercfgget(device: Device, _args: Args) -> Fields:
    """Whether receipts are counted by the day."""
    return [("dl", show_flag(device.books.counts_daily))]


@command("fmrecrd", table="no:i")
def fmrecrd(device: Device, args: Args) -> Fields:
    """A daily report out of fiscal memory; the last one by default."""
    report = device.report(args.number("no") if args.has("no") else len(device.books.reports))
    first, last = report["first_sale"], report["last_sale"]
    return [
        ("da", show_moment(report["at"])),
        ("tm", show_iso(report["at"])),
        ("no", str(report["number"])),
        *show_seven("f", report.get("invoice_totals_gr", zeros())),
        ("fn", str(report.get("invoices", 0))),
        ("fo", str(report.get("cancelled_invoices_gr", 0))),
        ("fl", str(report.get("cancelled_invoices", 0))),
        *show_seven("p", report["totals_gr"]),
        ("pn", str(report["receipts"])),
        ("ct", str(report["cancelled_gr"])),
        ("cn", str(report["cancelled"])),
        ("cc", str(report["goods_changes"])),
        ("nn", str(report["nonfiscal"])),
        ("ss", show_moment(first)),
        ("is", show_iso(first)),
        ("se", show_moment(last)),
        ("ie", show_iso(last)),
        ("fs", str(report["emergencies"])),
        ("lt", str(report["local_events"])),
        ("ot", str(report.get("online_events", 0))),
        ("ft", str(report.get("failed_transfers", 0))),
        ("si", report["signature"]),
    ]
