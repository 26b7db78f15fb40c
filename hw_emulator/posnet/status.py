"""Commands that only read: counters, totals, states, versions. They change nothing.

Source: protocol.md §14; the order of the fields is the one recorded on a real register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.registry import command
from hw_emulator.posnet.values import (
    NO_DATE,
    NO_DATE_ISO,
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

MODEL, VERSION, PROGRAM = "POSNET THERMAL XL2 ONLINE", "30.01", "1.00"
_DRAWER_OPEN, _DRAWER_CLOSED, _UNKNOWN = "0", "1", "2"
# Document types of eclastdocnoget that this device makes.
_DOCUMENTS = {0: "receipt", 1: "cancelled", 4: "report", 5: "nonfiscal"}


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
        ("td", "N"),
    ]


@command("scnt")
def scnt(device: Device, _args: Args) -> Fields:
    """Counters."""
    books = device.books
    return [
        ("rd", str(len(books.reports))),
        ("hn", str(books.header_no)),
        ("bn", str(books.day.receipts)),
        ("fn", "0"),
        ("nu", _shown_number(device)),
        ("bc", str(books.day.cancelled)),
        ("bt", str(books.receipt_no)),
        ("fc", "0"),
    ]


@command("sfsk")
def sfsk(device: Device, _args: Args) -> Fields:
    """Fiscal memory: resets, reports, rates."""
    books = device.books
    last_report = books.reports[-1]["at"] if books.reports else ""
    return [
        ("fs", show_flag(books.is_fiscal)),
        ("cl", str(books.ram_resets)),
        ("rd", str(len(books.reports))),
        ("vt", str(books.vat_changes)),
        *show_rates(books.rates_bp),
        ("rw", show_moment(last_report)),
        ("tm", show_iso(last_report)),
        ("nu", _shown_number(device)),
    ]


@command("stot")
def stot(device: Device, _args: Args) -> Fields:
    """Totals of the day."""
    books, day = device.books, device.books.day
    return [
        ("no", str(books.next_report_no)),
        *show_seven("f", [0] * 7),
        ("fn", "0"),
        *show_seven("p", day.totals_gr),
        ("pn", str(day.receipts)),
        ("ct", str(day.cancelled_gr)),
        ("cn", str(day.cancelled)),
        ("cc", str(day.goods_changes)),
        *show_rates(books.rates_bp),
        ("ds", show_moment(day.first_sale)),
        ("is", show_iso(day.first_sale)),
        ("de", show_moment(day.last_sale)),
        ("ie", show_iso(day.last_sale)),
        ("ft", "0"),
        ("fl", "0"),
        ("nf", str(day.nonfiscal)),
        ("bc", str(day.emergencies)),
        ("le", str(day.local_events)),
        ("oe", "0"),
        ("tf", "0"),
    ]


@command("strns")
def strns(device: Device, _args: Args) -> Fields:
    """The open transaction, or the last one."""
    last = device.last
    return [
        ("to", str(int(last.is_open))),
        ("ts", str(last.kind)),
        *show_seven("v", last.totals_gr),
        ("pp", "0"),
        ("pm", "0"),
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
        ("pe", show_flag(device.paper_low)),
        ("tl", str(device.owner)),
    ]


@command("sdrwr", immediate=True)
def sdrwr(device: Device, _args: Args) -> Fields:
    """State of the drawer."""
    return [("ds", _DRAWER_OPEN if device.drawer_open else _DRAWER_CLOSED), ("ks", _UNKNOWN)]


@command("sid")
def sid(device: Device, _args: Args) -> Fields:
    """Type and version, as programmed."""
    name, version, _ = device.books.progid
    return [("nm", name or MODEL), ("vr", version or VERSION)]


@command("getrealid")
def getrealid(device: Device, _args: Args) -> Fields:
    """Type, version and unique number, as built."""
    return [("nm", MODEL), ("vr", VERSION), ("nu", device.books.unique_no), ("vf", PROGRAM)]


@command("eclastdocnoget", table="ty:i")
def eclastdocnoget(device: Device, args: Args) -> Fields:
    """Number of the last document of a type in protected memory; 0 when there is none."""
    documents = device.books.last_document
    if not args.has("ty"):
        return [("di", str(max(documents.values(), default=0)))]
    return [("di", str(documents.get(_DOCUMENTS.get(args.number("ty"), ""), 0)))]


@command("doccntget")
def doccntget(device: Device, _args: Args) -> Fields:
    """Number of printed receipts and of all printouts."""
    return [("bi", str(device.books.receipts_ever)), ("al", str(device.books.header_no))]


@command("billcountercfgget")
def billcountercfgget(_device: Device, _args: Args) -> Fields:
    """Receipts are counted by the day."""
    return [("dl", "T")]


@command("fmrecrd", table="no:i")
def fmrecrd(device: Device, args: Args) -> Fields:
    """A daily report out of fiscal memory; the last one by default."""
    report = device.report(args.number("no") if args.has("no") else len(device.books.reports))
    first, last = report["first_sale"], report["last_sale"]
    return [
        ("da", show_moment(report["at"])),
        ("tm", show_iso(report["at"])),
        ("no", str(report["number"])),
        *show_seven("f", [0] * 7),
        ("fn", "0"),
        ("fo", "0"),
        ("fl", "0"),
        *show_seven("p", report["totals_gr"]),
        ("pn", str(report["receipts"])),
        ("ct", str(report["cancelled_gr"])),
        ("cn", str(report["cancelled"])),
        ("cc", str(report["goods_changes"])),
        ("nn", str(report["nonfiscal"])),
        ("ss", show_moment(first) if first else NO_DATE),
        ("is", show_iso(first) if first else NO_DATE_ISO),
        ("se", show_moment(last)),
        ("ie", show_iso(last)),
        ("fs", str(report["emergencies"])),
        ("lt", str(report["local_events"])),
        ("ot", "0"),
        ("ft", "0"),
        ("si", report["signature"]),
    ]
