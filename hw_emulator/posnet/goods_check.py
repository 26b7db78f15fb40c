"""Commands of the goods base: asking for a name, the check reports, emptying it.

A check report is open like a form and takes its place. Source: protocol.md appendix A, "Goods
database control"; the rules of the base are in ``goods``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.clock import check_today
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.forms import Form
from hw_emulator.posnet.goods import height, identity
from hw_emulator.posnet.outside import need_jumper
from hw_emulator.posnet.registry import ROWS, Prints, command
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import EXEMPT, INACTIVE, show_flag, show_rate

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

_CHECK, _LOCKED = 1, 2
_TITLES = {_CHECK: "RAPORT KONTROLI BAZY PLU", _LOCKED: "RAPORT TOWARÓW ZABLOKOWANYCH"}


@dataclass(slots=True)
class GoodsReport(Form):
    """An open check report."""

    kind: int = _CHECK
    goods: int = 0
    differences: int = 0


def _known_rate(books: Books, name: str) -> int | None:
    key = identity(name)
    if not key:
        raise Refused(Code.GOODS_NAME)
    return books.goods.get(key)


def _is_locked(books: Books, rate_bp: int) -> bool:
    """Whether a higher rate than this one is in force, so that goods are kept from it."""
    active = [height(rate) for rate in books.rates_bp if rate <= EXEMPT]
    return max(active, default=-1) > height(rate_bp)


@command("dbchkplu", table="vt!i na!s80")
def dbchkplu(device: Device, args: Args) -> Fields:
    """Tell the rate a name was last sold at, and whether a higher one is refused."""
    rate = _known_rate(device.books, args.text("na"))
    if rate is None:
        return [("vv", show_rate(INACTIVE)), ("bl", "N")]
    return [("vv", show_rate(rate)), ("bl", show_flag(_is_locked(device.books, rate)))]


def _report(device: Device) -> GoodsReport:
    if not isinstance(device.form, GoodsReport):
        raise Refused(SetupCode.GOODS_REPORT_NOT_OPEN)
    return device.form


@command("dbchkstart", table="ty!i", prints=Prints.ALWAYS)
def dbchkstart(device: Device, args: Args) -> None:
    """Start a report: all goods that are sent (1), or those of them that are locked (2)."""
    if isinstance(device.form, GoodsReport):
        raise Refused(SetupCode.GOODS_REPORT_OPEN)
    if code := ROWS["idle"][device.state]:
        raise Refused(code)
    kind = args.number("ty")
    if kind not in _TITLES:
        raise BadField(Code.BAD_VALUE, "ty")
    report = GoodsReport(0, _TITLES[kind], kind=kind)
    report.add(*layout.pair("PLU/NR PTU:BAZA", "PTU:DRUKARKA"), layout.RULE)
    device.form = report


@command("dbchkline", table="vt!i na!s80", prints=Prints.ALWAYS)
def dbchkline(device: Device, args: Args) -> None:
    """Compare one name and its rate with what the printer remembers."""
    report, books, vat = _report(device), device.books, args.number("vt")
    if vat >= len(books.rates_bp):
        raise Refused(SetupCode.GOODS_REPORT_VAT)
    known = _known_rate(books, args.text("na"))
    if report.kind == _LOCKED and (known is None or not _is_locked(books, known)):
        return
    report.goods += 1
    is_different = known not in {None, books.rates_bp[vat]} or books.rates_bp[vat] == INACTIVE
    report.differences += is_different
    shown = "---" if known is None else _shown(known)
    number = f"{report.goods:06d}  {layout.LETTERS[vat]}"
    report.add(args.text("na")[: layout.WIDTH])
    report.add(*layout.pair(number, shown + (" ?" if is_different else "")))


def _shown(rate_bp: int) -> str:
    words = {EXEMPT: "ZWOLNIONA", INACTIVE: "NIEAKTYWNA"}
    return words.get(rate_bp, f"{show_rate(rate_bp)} %")


@command("dbchkend", prints=Prints.ALWAYS)
def dbchkend(device: Device, _args: Args) -> None:
    """End the report and print it."""
    report = _report(device)
    device.form = None
    report.add(layout.RULE, *layout.pair("Ilość towarów:", str(report.goods)))
    if report.kind == _CHECK:
        report.add(*layout.pair("Ilość różnic:", str(report.differences)))
    device.print_document(report.title, report.lines)


@command("dbtrdelall", table="da!d", row="idle")
def dbtrdelall(device: Device, args: Args) -> None:
    """Forget all goods, and with them what is locked."""
    check_today(device, args)
    need_jumper(device)
    device.keep({"goods": {}})
